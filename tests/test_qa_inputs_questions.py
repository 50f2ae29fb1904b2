"""Question sets and batch input: what is read, and what is refused with its line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from corpus import InputError
from qa.inputs.questions import (
    Question,
    Relevant,
    batch_of_bytes,
    questions_of_bytes,
    read_questions,
    read_source,
    words_only,
)

FACT = {
    "id": "f1",
    "question": "规划到哪一年为止?",
    "kind": "fact",
    "relevant": [{"document": "某市法治规划", "evidence": "规划期为2021年至2025年"}],
}
NONE = {"id": "u1", "question": "市长电话是多少?", "kind": "unanswerable", "relevant": []}


def written(folder: Path, *lines: Any, name: str = "题集.jsonl") -> Path:
    """A file with each line as JSON, or as it stands where it is text already."""
    path = folder / name
    rows = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in lines]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def without(row: dict[str, Any], field: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != field}


def test_reads_questions_in_order_past_blank_lines(tmp_path: Path) -> None:
    law = {"document": "中华人民共和国民法典", "article": "第五十四条"}
    path = written(tmp_path, FACT, "", {**NONE, "id": 7, "relevant": [law]}, NONE)
    first, second, third = read_questions(path)
    assert first == Question(
        id="f1",
        question="规划到哪一年为止?",
        kind="fact",
        relevant=(Relevant("某市法治规划", evidence="规划期为2021年至2025年"),),
    )
    assert (second.id, second.relevant[0].article) == ("7", "第五十四条")
    assert [each.answerable for each in (first, second, third)] == [True, True, False]


def test_reads_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    rows = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in (FACT, NONE))
    path.write_bytes(b"\xef\xbb\xbf" + rows.encode())
    assert [question.id for question in read_questions(path)] == ["f1", "u1"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "f2", "question": ', "不是完整的 JSON"),
        ("[" * 100_000, "不是完整的 JSON"),
        ('["f2"]', "应为 JSON 对象"),
        (without(FACT, "id"), "缺少“id”"),
        (without(FACT, "question"), "缺少“question”"),
        (without(FACT, "kind"), "缺少“kind”"),
        (without(FACT, "relevant"), "缺少“relevant”"),
        ({**FACT, "question": " 。 "}, "“question”为空"),
        ({**FACT, "question": 5}, "“question”应为文字"),
        ('{"id": "f2", "question": "\\ud800问", "kind": "fact", "relevant": []}', "不完整的字符"),
        ({**FACT, "id": "f 2"}, "空白"),
        ({**FACT, "kind": "all"}, "“kind”不能是 all"),
        ({**FACT, "id": "u1"}, "id “u1”与第 1 行重复"),
        ({**FACT, "relevant": {}}, "“relevant”应为列表"),
        ({**FACT, "relevant": ["第五条"]}, "“relevant”的每一项应为 JSON 对象"),
        ({**FACT, "relevant": [{"document": "规划"}]}, "既无“evidence”也无“article”"),
        ({**FACT, "relevant": [{"evidence": "法治"}]}, "缺少“document”"),
        ({**FACT, "relevant": [{"document": "规划", "evidence": "——"}]}, "“evidence”为空"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: Any, complaint: str) -> None:
    path = written(tmp_path, NONE, line)
    with pytest.raises(InputError) as caught:
        read_questions(path)
    assert str(caught.value).startswith(f"{path} 第 2 行：")
    assert complaint in str(caught.value)


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(b"\n" + json.dumps(FACT, ensure_ascii=False).encode("gbk"))
    with pytest.raises(InputError, match="第 2 行：不是 UTF-8 编码"):
        read_questions(path)


def test_an_empty_or_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有题目"):
        read_questions(written(tmp_path, "", " "))
    with pytest.raises(InputError, match="没有这个文件"):
        read_questions(tmp_path / "无.jsonl")
    with pytest.raises(InputError, match="读不了"):
        read_questions(tmp_path)


def test_batch_takes_question_or_text_and_numbers_lines_without_id(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "a", "question": "甲?"}, "", {"text": "乙。"})
    assert batch_of_bytes(*read_source(path)) == [("a", "甲?"), ("3", "乙。")]


def test_batch_reads_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO('{"question": "甲?"}\n{"id": "b"}'.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    with pytest.raises(InputError, match="标准输入 第 2 行：缺少“question”或“text”"):
        batch_of_bytes(*read_source("-"))


def test_words_are_compared_without_width_space_and_punctuation() -> None:
    assert words_only("防范化解重大风 险,A12项。\u200b") == words_only("防范化解重大风险,A12项")
    assert words_only("应当") != words_only("可以")


def test_a_row_that_names_its_document_alone_is_not_taken_for_unanswerable() -> None:
    table = "编号,问题,文件,原文\n1,谁清理积雪,某办法,由物业清理\n".encode()
    with pytest.raises(InputError, match="第 2 行：写了“文件”，却没有“原文依据”或“条文号”"):
        questions_of_bytes(table, "题集.csv")
