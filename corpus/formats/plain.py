"""Plain text, and Markdown with its marks taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby

from corpus.formats.extracted import Extracted
from corpus.formats.lines import Line, assemble
from corpus.formats.web import read_fragment

__all__ = ["read_markdown", "read_plain"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"^(title|author|date|source)[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.M | re.I)
_FENCE = re.compile(r"(```+|~~~+)")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_GLUED_HEADING = re.compile(r"(#{1,6})([^#\s\d].*?)[ \t]*#*")
_UNDERLINE = re.compile(r"=+|-{2,}")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}")
_DIVIDER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_LEAD = re.compile(r"(?:[ \t]*>[ \t]?)*[ \t]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_TAG = re.compile(
    r"</?(?:a|b|big|center|div|em|font|h[1-6]|i|img|li|ol|p|small|span|strong|sub|sup|u|ul|table"
    r"|tbody|td|th|thead|tr)(?:\s[^<>]*)?/?>",
    re.I,
)
_TABLE = re.compile(r"<(/?)table\b[^<>]*>", re.I)
_BREAK = re.compile(r"<(?:br|hr)\s*/?>", re.I)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,500}?)(?<!`)\1(?!`)")
_STARS = re.compile(r"(\*{1,3}|~~)(?=\S)([^*~\n]+?)(?<=\S)\1")
_BARS = re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_GAP = re.compile(r"[ \u3000]*\t[ \u3000]*|[ \u3000]{2,}")
# 第一章 总则 and a page's number behind it is an entry of the contents.
_NUMBERED = re.compile(
    r"第[\d一二三四五六七八九十]+[章节条编部]|[一二三四五六七八九十]+、|附[件录表图]"
)
_LABEL = re.compile(r"[(（第]?[\d一二三四五六七八九十]+(?:[)）.．、]|[章节条编])")
_HIDDEN = 0xF0000  # the private use area, which no text has


def read_plain(text: str) -> Extracted:
    """The lines of the text; a table set by tabs or wide spaces has its cells apart by " | "."""
    lines = re.split(r"\r\n?|\n", text)
    return Extracted(assemble(map(Line, _with_columns(lines)))[0], "txt")


def _with_columns(lines: list[str]) -> Iterator[str]:
    """The lines, those of as many cells as their neighbours with bars between the cells.

    Two such lines are a table where tabs part them, three where spaces do.
    """
    for tabs, group in groupby(lines, key=_columns):
        found = list(group)
        if len(found) >= (2 if tabs > 0 else 3) and tabs:
            yield from (" | ".join(_cells(line)) for line in found)
        else:
            yield from found


def _columns(line: str) -> int:
    """How many cells the line has, below zero where spaces part them; 0 for a line without."""
    cells = _cells(line)
    if len(cells) < 2 or _NUMBERED.match(cells[0]) or _LABEL.fullmatch(cells[0]):
        return 0
    return len(cells) if "\t" in line.strip() else -len(cells)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _GAP.split(line.strip())]


def read_markdown(text: str) -> Extracted:
    """The words of a Markdown text; its headings, and what a YAML head says of it.

    A line stays a line: Chinese documents turned into Markdown put a paragraph on each.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    facts: dict[str, str] = {}
    if front:
        text = text[front.end() :]
        found = _FIELD.findall(front.group(1))
        facts = {name.lower(): value.strip("'\"") for name, value in found}
    joined, headings = assemble(_with_tables(_COMMENT.sub("", text)))
    return Extracted(joined, "md", headings, facts=facts)


def _with_tables(text: str) -> Iterator[Line]:
    """The lines of the text, those of tables written as HTML with their cells apart."""
    done = 0
    for start, end in _tables(text):
        yield from _lines(text[done:start])
        for line in read_fragment(text[start:end]):
            yield Line(_words(line.text), line.level)
        done = end
    yield from _lines(text[done:])


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables stand that are closed."""
    opened: list[int] = []
    for match in _TABLE.finditer(text):
        if not match[1]:
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if not opened:
                yield start, match.end()


def _lines(text: str) -> Iterator[Line]:
    lines = text.split("\n")
    fence = ""
    skip = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        mark = _FENCE.match(line.strip())
        if mark and (not fence or mark.group().startswith(fence)):
            fence = "" if fence else mark.group()
        elif fence:
            yield Line(line)
        elif skip or _RULE.fullmatch(line.strip()) or _is_divider(line):
            skip = False
        else:
            bare = _LEAD.sub("", line, count=1)
            skip = bool(bare.strip()) and _is_underline(line, after)
            yield _heading(bare, after if skip else "")


def _is_divider(line: str) -> bool:
    return "|" in line and _DIVIDER.fullmatch(line.strip()) is not None


def _is_underline(line: str, after: str) -> bool:
    """A heading's underline: not under a heading, an item or a table row of another style."""
    heads = not re.match(r"[ \t]*(?:#|>|[-*+][ \t]|\|)", line)
    return heads and _UNDERLINE.fullmatch(after.strip()) is not None


def _heading(line: str, underline: str) -> Line:
    stripped = line.strip()
    match = _HEADING.fullmatch(stripped) or _GLUED_HEADING.fullmatch(stripped)
    if match:
        return Line(_words(match.group(2) or ""), len(match.group(1)))
    level = {"=": 1, "-": 2}.get(underline.strip()[:1])
    if stripped.startswith("|") and stripped.endswith("|"):
        cells = re.split(r"(?<!\\)\|", stripped[1:-1])
        return Line(" | ".join(_words(cell.strip()) for cell in cells))
    return Line(_words(stripped), level)


def _words(text: str) -> str:
    """The text without the marks of emphasis, links, code, tags and escapes."""
    text = _ESCAPE.sub(lambda match: chr(_HIDDEN + ord(match.group(1))), text)
    text = _CODE.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    for _ in range(3):
        text = _BARS.sub(r"\2", _STARS.sub(r"\2", text))
    text = unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return re.sub(r"[\U000f0000-\U000f00ff]", lambda match: chr(ord(match.group()) - _HIDDEN), text)
