"""Question sets, read from JSON lines or a table, and batch input, read from JSON lines.

A line of a question set is ``{"id", "question", "kind", "relevant": [...]}``; what is relevant is
said by its words (``evidence``) or by its article, never by a passage's id, so that a set outlives
any change of chunking. ``"relevant": []`` marks a question that the library does not answer. Where
it was labelled which sentences answer, an item has ``list`` (the lines of a list that answers only
whole) and the question ``bearing`` (words of further sentences that bear on it). A table (.csv,
.xlsx) has the columns of ``COLUMNS``; rows with the same 编号 are one question with several
relevant items, a row with neither 原文依据 nor 条文号 is a question without an answer.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from corpus import InputError, normal_article
from qa.inputs.tables import SUFFIXES, Row, read_table

__all__ = [
    "COLUMNS",
    "Question",
    "Relevant",
    "batch_of_bytes",
    "questions_of_bytes",
    "read_questions",
    "read_source",
    "words_only",
]

COLUMNS = {
    "编号": "id",
    "问题": "question",
    "题型": "kind",
    "文件": "document",
    "原文依据": "evidence",
    "条文号": "article",
}
"""The columns of a question set kept as a table, and the fields they are."""

_HEADERS = COLUMNS | {field: field for field in COLUMNS.values()}
_CALLED = {field: header for header, field in COLUMNS.items()}
_NO_KIND = "未分类"


@dataclass(frozen=True, slots=True)
class Relevant:
    """One thing that answers: words of a document, an article of it, or words in an article.

    ``lines`` are those of a list that answers only whole: its opening line and every item.
    """

    document: str
    evidence: str | None = None
    article: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set; without ``relevant`` it is unanswerable.

    ``bearing`` are words of the sentences that bear on it beside those that answer; None where
    nobody looked.
    """

    id: str
    question: str
    kind: str
    relevant: tuple[Relevant, ...]
    bearing: tuple[str, ...] | None = None

    @property
    def answerable(self) -> bool:
        """Whether the library is expected to say."""
        return bool(self.relevant)


def words_only(text: str) -> str:
    """``text`` as it is compared: NFKC, lower case, letters, digits and symbols only."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "ZPC").lower()


def read_questions(path: str | Path) -> tuple[Question, ...]:
    """The questions of the set at ``path``, in its order; InputError names the line at fault."""
    return questions_of_bytes(_read(Path(path)), str(path))


def questions_of_bytes(content: bytes, name: str) -> tuple[Question, ...]:
    """The questions of a set in a file's bytes: a table if ``name`` ends so, or JSON lines."""
    if Path(name).suffix.lower() in SUFFIXES:
        rows = read_table(content, name, _HEADERS, ("id", "question"))
        questions = tuple(_of_rows(rows, name))
    else:
        questions = tuple(_question(line) for line in _unlike(_lines(content, name)))
    if not questions:
        raise InputError(
            f"题集 {name} 里没有题目；每行应为一个 JSON 对象，含 id、question、kind、relevant，"
            "或用 .csv、.xlsx 表格"
        )
    return questions


def read_source(path: str | Path) -> tuple[bytes, str]:
    """A file's bytes and what to call it in a message; ``-`` is stdin."""
    source = None if str(path) == "-" else Path(path)
    return _read(source), "标准输入" if source is None else str(source)


def batch_of_bytes(content: bytes, name: str) -> list[tuple[str, str]]:
    """Each JSON line's ``id`` (else its number) and its ``question`` or ``text``."""
    rows = [
        (line.id(str(line.number)), line.text("question", "text"))
        for line in _unlike(_lines(content, name))
    ]
    if not rows:
        raise InputError(f"{name} 里没有内容；每行应为一个含 id 和 question（或 text）的 JSON 对象")
    return rows


@dataclass(frozen=True)
class _Line:
    source: str
    number: int
    fields: dict[str, Any]
    called: Mapping[str, str] = field(default_factory=dict)

    def fail(self, complaint: str) -> NoReturn:
        raise InputError(f"{self.source} 第 {self.number} 行：{complaint}")

    def text(self, *names: str, of: Mapping[str, Any] | None = None) -> str:
        """The text under the first of ``names`` that is there."""
        fields = self.fields if of is None else of
        found = [name for name in names if fields.get(name) is not None]
        if not found:
            self.fail(f"缺少“{'”或“'.join(self.called.get(name, name) for name in names)}”")
        value, shown = fields[found[0]], self.called.get(found[0], found[0])
        if not isinstance(value, str):
            self.fail(f"“{shown}”应为文字，现为 {_short(value)}")
        if not words_only(value):
            self.fail(f"“{shown}”为空")
        if any("\ud800" <= c <= "\udfff" for c in value):
            self.fail(f"“{shown}”含有不完整的字符（\\ud800 一类），请改正后再用")
        return value

    def texts(self, name: str, of: Mapping[str, Any] | None = None) -> tuple[str, ...] | None:
        """The list of texts under this name; None where it is not there."""
        value = (self.fields if of is None else of).get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            self.fail(f"“{name}”应为列表，现为 {_short(value)}")
        return tuple(self.text(name, of={name: each}) for each in value)

    def id(self, default: str | None = None) -> str:
        """The line's own id; a whole number will do."""
        value = self.fields.get("id", default)
        value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        return self.text("id", of={"id": value})


def _question(line: _Line) -> Question:
    relevant = line.fields.get("relevant")
    if relevant is None:
        line.fail("缺少“relevant”；无答案的题请写 []")
    if not isinstance(relevant, list):
        line.fail(f"“relevant”应为列表，现为 {_short(relevant)}")
    made = _made(line, [_relevant(line, entry) for entry in relevant])
    return replace(made, bearing=line.texts("bearing"))


def _made(line: _Line, relevant: Sequence[Relevant]) -> Question:
    identity, text, kind = line.id(), line.text("question"), line.text("kind")
    if any(c.isspace() for c in identity):
        line.fail(f"编号“{identity}”含有空白；编号要写进 TREC 文件，不能有空白")
    if kind == "all":
        line.fail(f"“{line.called.get('kind', 'kind')}”不能是 all：它在结果里指全部题目")
    return Question(identity, text, kind, tuple(relevant))


def _relevant(line: _Line, entry: Any) -> Relevant:
    if not isinstance(entry, dict):
        line.fail(f"“relevant”的每一项应为 JSON 对象，现有 {_short(entry)}")
    evidence, article = (
        line.text(name, of=entry) if entry.get(name) is not None else None
        for name in ("evidence", "article")
    )
    if evidence is None and article is None:
        line.fail("“relevant”里有一项既无“evidence”也无“article”")
    lines = line.texts("list", of=entry) or ()
    return Relevant(line.text("document", of=entry), evidence, article, lines)


def _of_rows(rows: Sequence[Row], name: str) -> Iterator[Question]:
    groups: dict[str, list[_Line]] = {}
    for row in rows:
        fields = {field: cell for field, cell in row.fields.items() if cell}
        line = _Line(name, row.number, fields, called=_CALLED)
        groups.setdefault(line.id(), []).append(line)
    for lines in groups.values():
        yield _of_group(lines)


def _of_group(lines: Sequence[_Line]) -> Question:
    first = lines[0]
    head = {"kind": _NO_KIND} | first.fields
    relevant = []
    for line in lines:
        for name in ("question", "kind"):
            if line.fields.get(name, head.get(name)) != head.get(name):
                line.fail(f"编号与第 {first.number} 行相同，“{_CALLED[name]}”却不同")
        if "evidence" in line.fields or "article" in line.fields:
            article = line.fields.get("article", "")
            written = {"article": normal_article(article) or article} if article else {}
            relevant.append(_relevant(line, line.fields | written))
        elif len(lines) > 1:
            line.fail(f"编号与第 {first.number} 行相同，却没有“原文依据”或“条文号”")
        elif "document" in line.fields:
            line.fail("写了“文件”，却没有“原文依据”或“条文号”（表头要与模板一样）")
    return _made(replace(first, fields=head), relevant)


def _lines(content: bytes, name: str) -> Iterator[_Line]:
    for number, raw in enumerate(content.split(b"\n"), start=1):
        line = _Line(name, number, {})
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            line.fail("不是 UTF-8 编码；请把文件另存为 UTF-8 后再用")
        if text:
            yield replace(line, fields=_object(line, text))


def _unlike(lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines, each with an id (else its number) that no earlier one has."""
    seen: dict[str, int] = {}
    for line in lines:
        found = line.id(str(line.number))
        if found in seen:
            line.fail(f"id “{found}”与第 {seen[found]} 行重复")
        seen[found] = line.number
        yield line


def _object(line: _Line, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        line.fail(f"不是完整的 JSON：{_short(text)}")
    if not isinstance(value, dict):
        line.fail(f"应为 JSON 对象（{{…}}），现为 {_short(value)}")
    return value


def _read(source: Path | None) -> bytes:
    if source is None:
        return sys.stdin.buffer.read()
    try:
        return source.read_bytes()
    except OSError as exc:
        reason = "没有这个文件" if isinstance(exc, FileNotFoundError) else exc.strerror
        raise InputError(f"读不了 {source}（{reason}）；请检查路径") from exc


def _short(value: Any) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:40] + "……"
