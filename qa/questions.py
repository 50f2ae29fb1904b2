"""Question sets and batch input, read from JSON lines.

A line of a question set is ``{"id", "question", "kind", "relevant": [...]}``; what is relevant is
said by its words (``evidence``) or by its article, never by a passage's id, so that a set outlives
any change of chunking. ``"relevant": []`` marks a question that the library does not answer.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from corpus import InputError

__all__ = ["Question", "Relevant", "read_batch", "read_questions", "words_only"]


@dataclass(frozen=True, slots=True)
class Relevant:
    """One thing that answers: words of a document, an article of it, or words in an article."""

    document: str
    evidence: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set; without ``relevant`` it is unanswerable."""

    id: str
    question: str
    kind: str
    relevant: tuple[Relevant, ...]

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
    questions = tuple(_question(line) for line in _lines(Path(path)))
    if not questions:
        raise InputError(
            f"题集 {path} 里没有题目；每行应为一个 JSON 对象，含 id、question、kind、relevant"
        )
    return questions


def read_batch(path: str | Path) -> Iterator[tuple[str, str]]:
    """Each line's ``id`` (else its number) and its ``question`` or ``text``; ``-`` is stdin.

    The whole input is looked through before the first is given out: a long run does not stop at a
    broken last line.
    """
    source: Path | None = None if str(path) == "-" else Path(path)
    rows = [(line.id(str(line.number)), line.text("question", "text")) for line in _lines(source)]
    if not rows:
        raise InputError(
            f"{_name(source)} 里没有内容；每行应为一个含 id 和 question（或 text）的 JSON 对象"
        )
    yield from rows


@dataclass(frozen=True)
class _Line:
    source: str
    number: int
    fields: dict[str, Any]
    seen: dict[str, int]

    def fail(self, complaint: str) -> NoReturn:
        raise InputError(f"{self.source} 第 {self.number} 行：{complaint}")

    def text(self, *names: str, of: dict[str, Any] | None = None) -> str:
        """The text under the first of ``names`` that is there."""
        fields = self.fields if of is None else of
        found = [name for name in names if fields.get(name) is not None]
        if not found:
            self.fail(f"缺少“{'”或“'.join(names)}”")
        value = fields[found[0]]
        if not isinstance(value, str):
            self.fail(f"“{found[0]}”应为文字，现为 {_short(value)}")
        if not words_only(value):
            self.fail(f"“{found[0]}”为空")
        if any("\ud800" <= c <= "\udfff" for c in value):
            self.fail(f"“{found[0]}”含有不完整的字符(\\ud800 一类),请改正后再用")
        return value

    def id(self, default: str | None = None) -> str:
        """The line's own id, refused when an earlier line has the same."""
        value = self.fields.get("id", default)
        value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        found = self.text("id", of={"id": value})
        if found in self.seen:
            self.fail(f"id “{found}”与第 {self.seen[found]} 行重复")
        self.seen[found] = self.number
        return found


def _question(line: _Line) -> Question:
    relevant = line.fields.get("relevant")
    identity, text, kind = line.id(), line.text("question"), line.text("kind")
    if any(c.isspace() for c in identity):
        line.fail(f"id “{identity}”含有空白；id 要写进 TREC 文件，不能有空白")
    if kind == "all":
        line.fail("“kind”不能是 all:它在结果里指全部题目")
    if relevant is None:
        line.fail("缺少“relevant”;无答案的题请写 []")
    if not isinstance(relevant, list):
        line.fail(f"“relevant”应为列表，现为 {_short(relevant)}")
    return Question(identity, text, kind, tuple(_relevant(line, entry) for entry in relevant))


def _relevant(line: _Line, entry: Any) -> Relevant:
    if not isinstance(entry, dict):
        line.fail(f"“relevant”的每一项应为 JSON 对象，现有 {_short(entry)}")
    evidence, article = (
        line.text(name, of=entry) if entry.get(name) is not None else None
        for name in ("evidence", "article")
    )
    if evidence is None and article is None:
        line.fail("“relevant”里有一项既无“evidence”也无“article”")
    return Relevant(line.text("document", of=entry), evidence, article)


def _lines(source: Path | None) -> Iterator[_Line]:
    seen: dict[str, int] = {}
    for number, raw in enumerate(_read(source).split(b"\n"), start=1):
        line = _Line(_name(source), number, {}, seen)
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            line.fail("不是 UTF-8 编码；请把文件另存为 UTF-8 后再用")
        if text:
            yield _Line(line.source, number, _object(line, text), seen)


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


def _name(source: Path | None) -> str:
    return "标准输入" if source is None else str(source)


def _short(value: Any) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:40] + "……"
