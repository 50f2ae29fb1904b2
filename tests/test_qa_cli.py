"""The commands as people type them: output, JSON, batches, exit status."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from qa.cli import main


@pytest.fixture(autouse=True)
def home(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAJU_HOME", str(built_home))
    return built_home


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


HIT = {
    "rank",
    "score",
    "passage_id",
    "document",
    "section",
    "article",
    "citation",
    "text",
    "start",
    "end",
    "highlights",
}


def test_search_prints_the_contract_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "涉企检查", "-k", "3", "--json"]) == 0
    (result,) = lines(capsys)
    assert {"query", "route", "hits"} <= result.keys()
    assert [hit["rank"] for hit in result["hits"]] == [1, 2, 3]
    assert all(
        set(hit) == HIT and set(hit["document"]) == {"id", "title", "status"}
        for hit in result["hits"]
    )


def test_ask_prints_sentences_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "民法典第五十四条"]) == 0
    out = capsys.readouterr().out
    assert "自然人从事工商业经营，经依法登记，为个体工商户。" in out
    assert "——《中华人民共和国民法典》第五十四条  [现行有效]" in out


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_answer_in_the_readme_is_the_one_that_is_printed(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text = (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
    (command, shown) = re.findall(r"^\$ \S+ (ask .*)\n((?:  .*\n)+?)  ……", text, re.M)[0]
    assert main(command.split()) == 0
    assert shown in capsys.readouterr().out


def test_what_is_not_answered_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "地铁票价是多少钱"]) == 1
    assert capsys.readouterr().out.startswith("文件未作规定。")
    assert main(["ask", "民法典第一千三百条", "--json"]) == 1
    (result,) = lines(capsys)
    assert result["answered"] is False and result["sentences"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", ""], "问题是空的"),
        (["search", "。。。"], "只有标点"),
        (["search"], "请写要查的内容"),
        (["search", "检查", "--document", "没有的"], "没有“没有的”"),
        (["search", "检查", "-k", "0"], "k 至少是 1"),
        (["search", "检查", "--out", "x"], "--batch"),
        (["documents", "show"], "哪份文档"),
        (["documents", "show", "无此文"], "没有“无此文”"),
        (["build", "--laws", "none"], "laws 应是"),
        (["evaluate", "没有.jsonl"], "没有.jsonl"),
        (["check"], "请写明要核对的文件"),
        (["check", "没有.docx"], "没有.docx"),
    ],
)
def test_a_mistake_is_one_chinese_line_and_exit_two(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_nothing_built_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "空的 文件夹"
    assert main(["search", "检查", "--home", str(home)]) == 2
    assert f"faju --home '{home}' build" in capsys.readouterr().err


def test_k_passages_stand_below_an_answer_where_that_many_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    question = "企业老被检查打扰，规划里怎么管？"
    assert main(["ask", question]) == 0
    assert "相关原文" not in capsys.readouterr().out
    assert main(["ask", question, "-k", "4"]) == 0
    assert capsys.readouterr().out.partition("相关原文：")[2].count("\n  《") == 4


def test_several_drafts_are_checked_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = tmp_path / "对.txt", tmp_path / "错.txt"
    right.write_text("见民法典第五十四条。", encoding="utf-8")
    wrong.write_text("见民法典第一千九百条。", encoding="utf-8")
    reports = tmp_path / "报告"
    files = [str(right), str(wrong), str(tmp_path / "没有.txt")]
    assert main(["check", *files, "--report", str(reports)]) == 1
    said = capsys.readouterr()
    assert said.out.index(f"—— {right}") < said.out.index(f"—— {wrong}")
    assert said.out.endswith("共 3 份：有错 1 份，未能核对 1 份。\n")
    assert said.err.startswith("faju: 读不了")
    assert sorted(path.name for path in reports.iterdir()) == [
        "对-核对报告.docx",
        "错-核对报告.docx",
    ]
    assert main(["check", *files[:2], "--csv", str(tmp_path / "表.csv")]) == 2
    assert "--csv 后面写文件夹" in capsys.readouterr().err


def test_a_list_in_a_text_file_is_asked_line_by_line_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "问题.txt"
    given.write_text("1. 民法典第五十四条\n2. 民法典第五十五条\n", encoding="utf-8")
    assert main(["ask", "--batch", str(given)]) == 0
    said = capsys.readouterr()
    assert "已读取：每行一题，共 2 题。" in said.err
    asked = [json.loads(line) for line in said.out.splitlines()]
    assert [(each["id"], each["question"]) for each in asked] == [
        ("1", "民法典第五十四条"),
        ("2", "民法典第五十五条"),
    ]


def test_a_batch_keeps_order_and_ids_and_reports_a_bad_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "问题.jsonl"
    questions.write_text(
        '{"id": "b", "question": "民法典第一条"}\n{"id": "a", "text": "宪法第一条"}\n',
        encoding="utf-8",
    )
    out = tmp_path / "答案.jsonl"
    assert main(["ask", "--batch", str(questions), "--out", str(out)]) == 0
    results = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(r["id"], r["hits"][0]["article"]) for r in results] == [
        ("b", "第一条"),
        ("a", "第一条"),
    ]
    questions.write_text('{"id": "b", "question": "民法典第一条"}\n{oops\n', encoding="utf-8")
    assert main(["ask", "--batch", str(questions)]) == 2
    assert "第 2 行" in capsys.readouterr().err


def test_find_and_check_print_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "法无授权不可为", "--json"]) == 0
    (found,) = lines(capsys)
    assert {"kind", "similarity", "differences", "citation", "start", "end"} <= set(
        found["matches"][0]
    )
    draft = tmp_path / "草稿.txt"
    draft.write_text("《民法典》第一千三百条。", encoding="utf-8")
    assert main(["check", str(draft), "--json", "--csv", str(tmp_path / "表.csv")]) == 1
    (checked,) = lines(capsys)
    (item,) = checked["items"]
    assert (item["kind"], item["verdict"]) == ("citation", "no_such_article")
    assert (tmp_path / "表.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_documents_are_listed_shown_and_their_citations_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["documents", "list"]) == 0
    assert "征求意见稿" in capsys.readouterr().out
    assert main(["documents", "show", "民法典"]) == 0
    assert "第一章 基本规定" in capsys.readouterr().out
    assert main(["documents", "cited"]) == 0
    out = capsys.readouterr().out
    assert re.search("未入库  《重大行政决策程序暂行条例》  第 68 行", out)
    assert re.search("^入库  《中华人民共和国民法典》", out, re.M)


def test_a_second_build_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--json"]) == 0
    (built,) = lines(capsys)
    assert built["fresh"] is False and built["documents"] == 4


def test_evaluate_prints_a_table_and_writes_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "题集.jsonl"
    relevant = [{"document": "中华人民共和国民法典", "article": "第一千零四十七条"}]
    question = {"id": "1", "question": "多大可以结婚", "kind": "law", "relevant": relevant}
    questions.write_text(json.dumps(question, ensure_ascii=False), encoding="utf-8")
    assert main(["evaluate", str(questions), "--run", "hybrid", "--out", str(tmp_path / "o")]) == 0
    assert "R@1" in capsys.readouterr().out
    assert (tmp_path / "o" / "metrics.json").is_file()
