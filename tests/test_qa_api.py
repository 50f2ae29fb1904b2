"""The library for programs: HTTP endpoints, MCP tools, and the examples of docs/programs.md."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from doubles.engine import BROKEN, FakeEngine
from doubles.llm_server import llm_server, play

from qa import Engine, Settings

DOCS = Path(__file__).parents[1] / "docs" / "programs.md"
FAJU = "import sys; from qa.cli import main; sys.exit(main())"
QUESTION = "企业老被检查打扰，规划里怎么管？"


PAGE = """
from doubles.engine import FakeEngine
from qa.page import serve
from qa import Engine, Settings
Engine.open = lambda settings: FakeEngine()
serve(Settings.load(port=int("{port}")), print)
"""


@contextmanager
def served(code: str, *given: str) -> Iterator[str]:
    """A server in a process of its own, by the address that it says."""
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    with subprocess.Popen(
        [sys.executable, "-c", code, *given],
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        try:
            yield next(found[0] for line in lines if (found := re.search(r"http://[\w.:/]+", line)))
        finally:
            process.terminate()
            process.communicate()


def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    from gradio_client import Client

    with served(PAGE.format(port=free_port())) as address:
        yield Client(address, verbose=False)


def test_the_page_has_these_endpoints_and_no_others(client: Any) -> None:
    told = client.view_api(return_format="dict")
    named = told["named_endpoints"]
    assert list(named) == [
        "/search",
        "/ask",
        "/find",
        "/check",
        "/section",
        "/documents",
        "/confirm",
    ]
    assert not told["unnamed_endpoints"]
    assert "用原文句子回答问题" in named["/ask"]["description"]
    types = {each["parameter_name"]: each["type"] for each in named["/search"]["parameters"]}
    assert types["query"] == {"type": "string"} and types["k"] == {"type": "integer"}


def test_an_endpoint_gives_the_engine_s_own_result(client: Any) -> None:
    engine = FakeEngine()
    assert client.predict("涉企检查", k=2, api_name="/ask") == engine.ask("涉企检查", 2)
    assert client.predict("法人", api_name="/find") == engine.find("法人")
    assert client.predict("code", 30, api_name="/section") == engine.section("code", 30)
    assert client.predict(api_name="/documents") == {"documents": engine.documents()}
    checked = client.predict("他说“可以不去”。", api_name="/check")
    assert [item["verdict"] for item in checked["items"]] == ["altered"]


def test_filters_reach_the_engine(client: Any) -> None:
    hits = client.predict("第五十七条", documents=["code"], api_name="/ask")["hits"]
    assert {hit["document"]["id"] for hit in hits} == {"code"}


@pytest.mark.parametrize(
    ("api_name", "given", "sentence"),
    [
        ("/ask", {"question": "出错"}, BROKEN),
        ("/ask", {"question": "检查", "k": 0}, "k 应在 1 到 100 之间，现在是 0。"),
        ("/find", {"text": "长" * 300_001}, "要找的文字有 300001 个字，一次最多 300000 个字"),
        ("/ask", {"question": "检查", "k": "许多"}, "参数 k 的值不对"),
        ("/section", {"document": "没有的"}, "没有的"),
        ("/section", {"document": "code", "start": -1}, "start 应在 0 到"),
        ("/check", {"text": " "}, "文稿是空的"),
    ],
)
def test_a_mistake_comes_back_as_its_chinese_sentence(
    client: Any, api_name: str, given: dict[str, Any], sentence: str
) -> None:
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=re.escape(sentence)):
        client.predict(api_name=api_name, **given)


def stdio(home: Path) -> Any:
    from mcp import StdioServerParameters

    given = ["-c", FAJU, "mcp", "--home", str(home)]
    return StdioServerParameters(command=sys.executable, args=given)


def http(home: Path) -> AbstractContextManager[str]:
    return served(FAJU, "mcp", "--http", "--port", "0", "--home", str(home))


async def called(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    from mcp import Client

    async with Client(server, read_timeout_seconds=60) as client:
        return [await client.call_tool(name, given) for name, given in calls]


CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ask", {"question": QUESTION, "k": 3}),
    ("search", {"query": "听证会", "k": 2, "section": "第三章"}),
    ("find", {"text": "法无授权不可为"}),
    ("check", {"text": "民法典第九千条规定：“人人平等。”"}),
    ("get_section", {"document": "民法典", "start": 3000}),
    ("documents", {}),
)


def expected(engine: Engine) -> list[Mapping[str, object]]:
    from qa import Filters

    return [
        engine.ask(QUESTION, 3),
        engine.search("听证会", 2, filters=Filters(section="第三章")),
        engine.find("法无授权不可为"),
        engine.check("民法典第九千条规定：“人人平等。”").record(),
        engine.section("民法典", 3000),
        {"documents": engine.documents()},
    ]


def test_tools_give_the_engine_s_own_results_over_stdio_and_http(
    built_home: Path, engine: Engine
) -> None:
    by_stdio = anyio.run(called, stdio(built_home), *CALLS)
    assert [result.structured_content for result in by_stdio] == expected(engine)
    assert json.loads(by_stdio[0].content[0].text) == by_stdio[0].structured_content
    with http(built_home) as address:
        by_http = anyio.run(called, address, *CALLS)
    assert [result.structured_content for result in by_http] == expected(engine)


def test_a_tool_s_mistakes_are_errors_in_chinese(built_home: Path, tmp_path: Path) -> None:
    results = anyio.run(
        called,
        stdio(built_home),
        ("ask", {"question": "。。。"}),
        ("ask", {"question": "检查", "k": 0}),
        ("ask", {"question": "检查", "k": "许多", "section": 3}),
        ("search", {}),
        ("answer", {}),
    )
    assert all(result.is_error for result in results)
    assert [result.content[0].text for result in results] == [
        "问题里只有标点符号，请输入想问的内容。",
        "k 应在 1 到 100 之间，现在是 0。",
        "参数 k、section 的值不对或没有写，请按工具说明填写。",
        "参数 query 的值不对或没有写，请按工具说明填写。",
        "没有“answer”这个工具，可用：search、ask、find、check、get_section、documents、confirm。",
    ]
    (unbuilt,) = anyio.run(called, stdio(tmp_path), ("documents", {}))
    assert unbuilt.is_error and "faju build" in unbuilt.content[0].text


def test_tools_are_described_in_chinese_with_typed_parameters(tmp_path: Path) -> None:
    from mcp import Client

    from qa.api.mcp_server import make_server

    async def listed() -> list[Any]:
        async with Client(make_server(Settings.load(tmp_path))) as client:
            return list((await client.list_tools()).tools)

    tools = {tool.name: tool for tool in anyio.run(listed)}
    assert list(tools) == ["search", "ask", "find", "check", "get_section", "documents", "confirm"]
    for tool in tools.values():
        assert re.search("[\u4e00-\u9fff]", tool.title) and "返回" in tool.description
        assert tool.output_schema["type"] == "object"
        for parameter in tool.input_schema["properties"].values():
            assert re.search("[\u4e00-\u9fff]", parameter["description"])
    assert tools["ask"].input_schema["properties"]["k"]["type"] == "integer"
    assert tools["ask"].input_schema["required"] == ["question"]


def test_standard_output_carries_nothing_but_the_protocol(built_home: Path) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}}
    client = {"clientInfo": {"name": "test", "version": "1"}}
    lines: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": hello | client},
        {"method": "notifications/initialized"},
        {
            "id": 2,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": "法"}},
        },
        {"id": 3, "method": "tools/call", "params": {"name": "ask", "arguments": {}}},
    ]
    command = [sys.executable, "-c", FAJU, "mcp", "-v", "--home", str(built_home)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for line in lines:
            process.stdin.write(json.dumps({"jsonrpc": "2.0", **line}).encode() + b"\n")
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(3)]
        process.stdin.close()
        assert process.stdout.read() == b""
    assert sorted(answer["id"] for answer in answers) == [1, 2, 3]


def test_a_taken_port_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from qa.cli import main

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["mcp", "--http", "--port", str(port), "--home", str(tmp_path)]) == 2
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 1 and f"{port} 端口不能用" in said


def blocks(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert found
    return found


PLACES = {
    "page": "http://127.0.0.1:7860",
    "mcp": "http://127.0.0.1:8765/mcp",
    "llm": "http://127.0.0.1:11434/v1",
}
COMMAND = f"""faju() {{ {sys.executable} -c '{FAJU}' "$@"; }}
"""


def run(script: list[str], home: Path, **addresses: str) -> str:
    """Run an example as a reader would, at the addresses of this test."""
    code = script[-1]
    for written, real in addresses.items():
        place = PLACES[written]
        assert place in code
        code = code.replace(place, real)
    ran = subprocess.run(
        [*script[:-1], code],
        env={**os.environ, "FAJU_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_every_example_of_the_documentation_runs(built_home: Path, engine: Engine) -> None:
    by_python, by_gradio, by_mcp, by_writer = blocks("python")
    by_curl, by_command = blocks("bash")
    citation = engine.ask(QUESTION)["hits"][0]["citation"]
    printed = run([sys.executable, "-c", by_python], built_home)
    assert citation in printed and "问题是空的" in printed
    with served(FAJU, "serve", "--port", free_port(), "--home", str(built_home)) as address:
        printed = run([sys.executable, "-c", by_gradio], built_home, page=address)
        assert f"True {citation}" in printed and "k 应在 1 到 100 之间" in printed
        event = run(["bash", "-c", by_curl], built_home, page=address)
        assert event.startswith("event: complete\ndata: ")
        (answer,) = json.loads(event.split("data: ", 1)[1])
        assert answer == engine.ask(QUESTION, 5)
    with http(built_home) as address:
        printed = run([sys.executable, "-c", by_mcp], built_home, mcp=address)
    assert engine.ask(QUESTION)["sentences"][0]["text"] in printed and "True k 应在" in printed
    with llm_server() as server:
        server.answer = play("规范涉企行政检查[1]。")
        printed = run([sys.executable, "-c", by_writer], built_home, llm=server.address)
        assert printed == "规范涉企行政检查[1]。 [1] True \n"
        printed = run(["bash", "-c", COMMAND + by_command], built_home, llm=server.address)
        assert "\n  规范涉企行政检查[1]。\n" in printed
    assert set(re.findall("^```(.+)", DOCS.read_text(encoding="utf-8"), re.M)) == {
        "bash",
        "json",
        "python",
    }


def test_the_documented_configuration_starts_the_server(built_home: Path) -> None:
    from mcp import StdioServerParameters

    (written,) = blocks("json")
    (server,) = json.loads(written)["mcpServers"].values()
    assert server["command"] == "faju"
    args = ["-c", FAJU, *server["args"]]
    environment = {**os.environ, "FAJU_HOME": str(built_home)}
    given = StdioServerParameters(command=sys.executable, args=args, env=environment)
    (result,) = anyio.run(called, given, ("documents", {}))
    assert result.structured_content["documents"]
