"""What is too long or too much, refused before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.api.line import Line
from qa.inputs import LIMITS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Door"]

_UPLOADS = "/gradio_api/component_server"
"""Where the page's own calls come, files among them."""
_LARGEST_UPLOAD = LIMITS.upload_size * 4 // 3 + 2**20  # as base64, with what stands around it
_LONGEST = LIMITS.text_length * 12 + 2**16
"""Bytes of a program's call: a character beside the common ones is twelve as JSON."""
_AT_ONCE = 128
_LATER = {"Retry-After": "30"}


class Door:
    """ASGI middleware that refuses long bodies (413, or 411 where the length is not said) and
    calls that nobody could answer soon (503): more than 128 at a time, and checks by programs
    while ``line`` is full.
    """  # noqa: D205

    def __init__(self, app: ASGIApp, line: Line) -> None:
        self._app = app
        self._line = line
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        from starlette.datastructures import Headers
        from starlette.responses import PlainTextResponse

        refusal = self._refusal(scope["path"], Headers(scope=scope).get("content-length", ""))
        if refusal is not None:
            status, sentence = refusal
            headers = _LATER if status == 503 else None
            await PlainTextResponse(sentence, status, headers)(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1

    def _refusal(self, path: str, length: str) -> tuple[int, str] | None:
        most = _LARGEST_UPLOAD if path.startswith(_UPLOADS) else _LONGEST
        if not length.isdecimal():
            return 411, "请求要写明长度（Content-Length）。"
        if int(length) > most:
            return 413, f"内容太长：一次最多 {most // 2**20} MB，请分成几次。"
        if self._inside >= _AT_ONCE:
            return 503, "现在访问的人太多，请过半分钟再试。"
        if self._line.full and path.endswith("/check"):
            return 503, self._line.sentence
        return None
