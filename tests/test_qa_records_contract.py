"""What the program really prints and publishes, against docs/contract.json."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from doubles.contract import CONTRACT, checked
from doubles.engine import FakeEngine
from doubles.llm_server import llm_server, play

from benchmarks.contract import FILE, written
from qa import Settings
from qa.api.mcp_server import make_server
from qa.cli import main

ROOT = Path(__file__).parents[1]
TOOLS = ("search", "ask", "find", "check", "get_section", "documents", "confirm")


def test_the_file_is_what_the_types_say() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run: python -m benchmarks.contract"


def test_a_field_that_the_contract_does_not_name_is_found() -> None:
    with pytest.raises(AssertionError, match="surprise"):
        checked("documents remove", {"id": "a", "title": "b", "outcome": "removed", "surprise": 1})
    with pytest.raises(AssertionError, match="outcome"):
        checked("documents remove", {"id": "a", "title": "b", "outcome": "gone"})


def run(capsys: pytest.CaptureFixture[str], *command: str) -> list[dict[str, Any]]:
    assert main(command) in {0, 1}
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "草稿.txt"
    path.write_text(
        "《民法典》第五条规定：“民事主体从事民事活动，可以遵循自愿原则，按照自己的意思设立、变更、"
        "终止民事法律关系。”\n参见《某市没有的条例》第三条。\n"
        "《民法典》第六条规定：“此句查无出处，谁也没有写过。”",
        encoding="utf-8",
    )
    return str(path)


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("build", []),
        ("search", ["听证会", "-k", "3"]),
        ("search", ["民法典第一千二百六十条"]),
        ("ask", ["重大行政决策要走哪些程序？"]),
        ("ask", ["火星上的食堂几点开门？"]),
        ("find", ["法无授权不可为"]),
        ("find", ["民事主体从事民事活动，可以遵循自愿原则"]),
        ("documents list", []),
        ("documents show", ["民法典"]),
        ("documents cited", []),
        ("documents cited --by", ["宪法", "--by"]),
        ("documents compare", ["宪法（1982年）", "宪法"]),
    ],
)
def test_what_a_command_prints_keeps_the_contract(
    quick_home: Path, capsys: pytest.CaptureFixture[str], command: str, given: list[str]
) -> None:
    words = command.removesuffix(" --by").split()
    records = run(capsys, *words, *given, "--home", str(quick_home), "--json")
    assert records
    for record in records:
        checked(command, record)


def test_a_checked_draft_keeps_the_contract(
    quick_home: Path, capsys: pytest.CaptureFixture[str], draft: str
) -> None:
    (reply,) = run(capsys, "check", draft, "--home", str(quick_home), "--json")
    checked("check", reply)
    verdicts = [item["verdict"] for item in reply["items"]]
    assert verdicts == ["exists", "altered", "not_held", "exists", "not_found"]
    assert [item["document"]["id"] is None for item in reply["items"]] == [n == 2 for n in range(5)]


@pytest.mark.parametrize("command", ["search", "ask", "find", "check"])
def test_lines_of_a_batch_keep_the_contract_those_that_fail_too(
    quick_home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    batch = tmp_path / "一批.jsonl"
    lines = [{"id": "甲", "text": "民法典第五条"}, {"id": "乙", "text": "+++"}]
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    found = run(capsys, command, "--batch", str(batch), "--home", str(quick_home))
    assert [record["id"] for record in found] == ["甲", "乙"]
    assert ["error" in record for record in found] == [False, command != "check"]
    for record in found:
        checked(command, record)


def test_documents_taken_in_and_out_keep_the_contract(
    quick_home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(quick_home, home)
    at = ("--home", str(home), "--json")
    (tmp_path / "a.md").write_text("# 某市停车管理办法\n\n第一条 停车应当入位。\n", "utf-8")
    (tmp_path / "b.md").write_text("", "utf-8")
    files = [str(tmp_path / name) for name in ("a.md", "b.md")]
    added, failed = run(capsys, "documents", "add", *files, "--yes", *at)
    assert (added["outcome"], failed["outcome"]) == ("added", "failed")
    (own,) = run(capsys, "documents", "list", "--own", *at)
    assert own["file"] == "a.md" and own["fetched"] == {}
    (removed,) = run(capsys, "documents", "remove", own["id"], "--yes", *at)
    for command, record in (("add", added), ("add", failed), ("list", own), ("remove", removed)):
        checked(f"documents {command}", record)


def test_an_answer_written_out_keeps_the_contract(
    quick_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with llm_server() as server:
        server.answer = play("本法自2021年1月1日起施行[1]。")
        model = ("--llm", server.address, "--llm-model", "m")
        command = ("ask", "民法典第一千二百六十条", "--json", "--home", str(quick_home))
        (reply,) = run(capsys, *command, *model)
    checked("ask", reply)
    assert reply["written"]["model"] == "m"


def test_an_evaluation_keeps_the_contract(
    quick_home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    questions = tmp_path / "题集.jsonl"
    law = [{"document": "中华人民共和国民法典", "article": "第五条"}]
    asked = [
        {"id": "1", "question": "自愿原则是什么？", "kind": "法条", "relevant": law},
        {"id": "2", "question": "民法典第五条", "kind": "法条", "relevant": law},
        {"id": "3", "question": "食堂几点开门？", "kind": "无答案", "relevant": []},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    runs = ("--run", "lexical", "--run", "hybrid", "--out", str(tmp_path / "结果"))
    (figures,) = run(capsys, "evaluate", str(questions), *runs, "--json", "--home", str(quick_home))
    checked("evaluate", figures)
    assert figures["differences"] and figures["curves"]
    for line in (tmp_path / "结果" / "questions.jsonl").read_text("utf-8").splitlines():
        checked("questions.jsonl", json.loads(line))


def test_the_double_keeps_the_contract() -> None:
    double = FakeEngine()
    checked("about", double.about())
    checked("documents", {"documents": double.documents()})
    checked("section", double.section("code", 30))
    checked("links", double.links("plan"))
    checked("ask", double.ask("涉企检查"))
    checked("find", double.find("法人"))
    for row in double.cited():
        checked("documents cited", row)


def test_mcp_and_http_publish_the_same_schemas(tmp_path: Path) -> None:
    from gradio import Blocks

    from qa.api import Line, add_endpoints

    with Blocks() as page:
        add_endpoints(FakeEngine(), Line())  # type: ignore[arg-type]
    told = page.get_api_info()["named_endpoints"]
    by_http = [each["returns"][0]["type"] for each in told.values()]
    tools = anyio.run(make_server(Settings(tmp_path)).list_tools)
    assert [tool.name for tool in tools] == list(TOOLS)
    by_mcp: list[Mapping[str, Any]] = [tool.output_schema or {} for tool in tools]
    assert by_http == by_mcp
    for schema in by_mcp:
        kept = {k: v for k, v in schema.items() if k != "$defs"}
        assert kept == CONTRACT["$defs"][schema["title"]]
        assert schema.get("$defs", {}).items() <= CONTRACT["$defs"].items()


def public_annotations(path: Path) -> Iterator[str]:
    """Those of public functions and methods, not of what is defined inside a function."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    classes = [each for each in body if isinstance(each, ast.ClassDef) and each.name[0] != "_"]
    inside = [node for each in classes for node in each.body]
    for node in (*body, *inside):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            for annotation in (*(arg.annotation for arg in given), node.returns):
                yield ast.unparse(annotation) if annotation else ""


def test_no_public_signature_has_a_record_without_a_type() -> None:
    modules = [path for path in (ROOT / "qa").rglob("*.py") if "page" not in path.parts]
    assert len(modules) > 100
    bare = {
        path.relative_to(ROOT).as_posix(): annotation
        for path in modules
        for annotation in public_annotations(path)
        if re.search(r"(?:[Dd]ict|Mapping)\[str, Any\]", annotation)
    }
    assert not bare
