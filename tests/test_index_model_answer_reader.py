"""The reader of a question beside words: kept under the home, made anew where it cannot be."""

from __future__ import annotations

from pathlib import Path

from index.model import load_answer_reader, prepare_answer_reader


def test_words_that_answer_fit_better_than_words_that_do_not(built_home: Path) -> None:
    reader = load_answer_reader(built_home)
    texts = [
        ("某市公租房政策问答 搬走以后押金什么时候退", "答：验房合格后五个工作日内退还。"),
        ("某市公证服务收费办法", "公证费由申请人承担，另有约定的除外。"),
    ]
    answers, other = reader.read("公租房押金多久退", texts)
    assert answers > 0 > other


def test_it_is_written_once(built_home: Path) -> None:
    path = prepare_answer_reader(built_home)
    written = path.stat().st_mtime_ns
    assert prepare_answer_reader(built_home).stat().st_mtime_ns == written
