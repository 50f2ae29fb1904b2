"""The library as tools for assistants: an MCP server on the official SDK, by stdio or HTTP."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from threading import Lock
from typing import TYPE_CHECKING, Any

from corpus import FajuError
from qa.api.calls import DESCRIPTIONS, program_calls
from qa.api.door import Door
from qa.api.line import Line
from qa.api.live import LiveEngine
from qa.engine import Engine
from qa.settings import Settings

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context, MCPServer
    from mcp_types import CallToolResult, InputRequiredResult

__all__ = ["HOST", "make_server", "serve_http", "serve_stdio"]

HOST = "127.0.0.1"
_TOOLS = {"section": "get_section"}
_TITLES = {
    "search": "查找相关段落",
    "ask": "用原文回答问题",
    "find": "查找原文出处",
    "check": "核对引文和条文号",
    "get_section": "读整节原文",
    "documents": "列出文档库",
    "confirm": "记下哪一段回答了问题",
}
_INSTRUCTIONS = (
    "法据收有政府规划和国家法律的原文。引用时一字不改，并写明出处（citation）和效力（status）；"
    "ask 的 answered 为 false，就是没有答案（reason 说明原因），不要自行补充。"
    "写好的文稿用 check 核对。"
)


def make_server(settings: Settings, line: Line | None = None) -> MCPServer[Any]:
    """The server over the library of these settings, which is opened when the first call comes.

    Long texts wait in ``line``.
    """
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError

    class Server(MCPServer[Any]):
        """Says what went wrong in Chinese."""

        async def call_tool(
            self,
            name: str,
            arguments: dict[str, Any],
            context: Context[Any, Any] | None = None,
        ) -> CallToolResult | InputRequiredResult:
            if name not in _TITLES:
                return _said(f"没有“{name[:40]}”这个工具，可用：{'、'.join(_TITLES)}。")
            try:
                return await super().call_tool(name, arguments, context)
            except ToolError as problem:
                sentence = _sentence(problem.__cause__)
                if sentence is None:
                    raise
                return _said(sentence)

    server = Server(
        "faju",
        title="法据",
        instructions=_INSTRUCTIONS,
        version=version("faju"),
        log_level="WARNING",
    )
    _add_tools(server, settings, line or Line())
    return server


def _add_tools(server: MCPServer[Any], settings: Settings, line: Line) -> None:
    from mcp_types import ToolAnnotations

    for call in program_calls(_newest(settings), line):
        name = _TOOLS.get(call.__name__, call.__name__)
        server.add_tool(
            call,
            name=name,
            title=_TITLES[name],
            description=DESCRIPTIONS[call.__name__],
            annotations=ToolAnnotations(read_only_hint=name != "confirm", open_world_hint=False),
        )


def _said(sentence: str) -> CallToolResult:
    """What went wrong, as a tool's answer."""
    from mcp_types import CallToolResult, TextContent

    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)


def _sentence(cause: BaseException | None) -> str | None:
    """What the caller can mend, None for a bug."""
    from pydantic import ValidationError

    if isinstance(cause, FajuError):
        return str(cause)
    if isinstance(cause, ValidationError):
        names = "、".join(sorted({str(error["loc"][0]) for error in cause.errors()}))
        return f"参数 {names} 的值不对或没有写，请按工具说明填写。"
    return None


def _newest(settings: Settings) -> Callable[[], Engine]:
    """The library when a call comes: opened once, and again when another was built meanwhile."""
    opened: list[LiveEngine] = []
    opening = Lock()

    def engine() -> Engine:
        with opening:
            if opened:
                opened[0].renew()
            else:
                opened.append(LiveEngine(Engine.open(settings)))
            return opened[0].engine

    return engine


def serve_stdio(settings: Settings) -> None:
    """Serve the process that started this one, until it closes standard input."""
    make_server(settings).run("stdio")


def serve_http(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """Serve the programs of this machine until interrupted; ``say`` hears the address.

    FajuError when the port cannot be had.
    """
    import uvicorn

    line = Line()
    app = Door(make_server(settings, line).streamable_http_app(), line)
    with socket() as listener:
        listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as exc:
            raise FajuError(
                f"{HOST} 的 {port} 端口不能用（可能已被占用），请用 --port 换一个。"
            ) from exc
        say(f"MCP 服务地址：http://{HOST}:{listener.getsockname()[1]}/mcp（按 Ctrl+C 停止）")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run([listener])
