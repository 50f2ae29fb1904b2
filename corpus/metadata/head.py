"""The head of an official document: the lines before its body, and its title among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.formats import FACT_LABEL
from corpus.headings import parse_heading
from corpus.metadata.dates import find_dates
from corpus.metadata.titles import BEGINS, clean_title, is_balanced, is_complete
from corpus.names import name_key

__all__ = [
    "annexed",
    "first_line",
    "head_lines",
    "is_note",
    "promulgates",
    "stands_around",
    "title_among",
    "title_lines",
]

_FURNITURE = re.compile(rf"^(?:{FACT_LABEL.pattern}|首页|附件|目\s*[录錄]|第?\s*\d+\s*页?$)")
_NOTICE = re.compile(
    r"关于(?:印发|发布|公布)[《〈]?(?P<inner>.+?)[》〉]?的(?:通知|公告|通告|决定)$"
)
_ORDER = re.compile(r"(?:令|公告)$")
_PROMULGATED = re.compile(r"通过|批准|公布|发布|颁布")
_PROMULGATES = re.compile(r"现(?:予以?)?(?:公布|发布|颁布)|予以(?:公布|发布)")
_PAPER_HEAD = re.compile(r"^(?!.*关于).*(?:政府|委员会|委|办公[厅室]|厅|局|院)(?:规范性)?文件$")
_VERSION = re.compile(
    r"[（(]\s?\d{4}\s?年?\s?(?:[-—–－~～至]+\s?\d{4}\s?年?|修[订正改]|版|年?本|度)\s?[)）]"
)
_DATED = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(][\d年月日\s.\-－—–～~]{6,24}(?:修[订正改]|公布|发布|通过)?[)）]$"
)
_NOTE_BEHIND = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]$"
)
_FIGURE = re.compile(r"\d{1,2}(?:[.．]\d{1,2})*[ \u3000]|\d{1,2}[.．]\d")
_PAPER_NUMBER = re.compile(r"[〔\[［【]\s?\d{4}\s?[〕\]］】]\s?第?\d+\s?号|令\s?第.+号")
_NUMBERED = re.compile(r"^(?:\d{4}\s?年?\s?)?第\s?[\d一二三四五六七八九十百〇零]+\s?号$")
_NUMBER_FIRST = re.compile(rf"[^，。：:；《]{{0,14}}(?:{_PAPER_NUMBER.pattern})")
_ORGAN_ALONE = re.compile(r".{0,30}(?:政府|委员会|办公[厅室]|[局厅部委署院])")
# By eye, on official pages and files; benchmarks.measure.documents prints how many titles, issuers
# and dates come out right.
_LONGEST_TITLE = 120  # characters over all its lines: 关于印发《…》的通知 with two titles in it
_LONGEST_LINE = 60  # characters; a longer one is the first paragraph
_LEAST = 5  # characters of a title that no word at its end shows to be one
_HEAD = 40  # lines


def head_lines(lines: Sequence[str]) -> list[str]:
    """The short lines before the first heading, article or sentence: 40 at most.

    A note in brackets over several lines is one (（2009年…通过　2023年…修订）), and so is each
    label with its value in the table over a paper on a page.
    """
    found: list[str] = []
    for at, words in enumerate(_notes_whole(lines[: 2 * _HEAD])):
        if not _is_body(words):
            found += _facts(words)
        elif found or at > 1 or parse_heading(words):
            break
    return found[:_HEAD]


def _is_body(words: str) -> bool:
    if is_note(words) or promulgates(words):
        return False
    if parse_heading(words) is not None:
        return True
    said = _FURNITURE.match(words) is not None
    return not said and (len(words) > _LONGEST_LINE or words[-1] in "。；;")


def is_note(words: str) -> bool:
    """A note in brackets that says when the document was passed, amended or issued."""
    return words[0] in "(（" and next(find_dates(words), None) is not None


def stands_around(words: str) -> bool:
    """Whether a short line is of a paper's head: its number, day, issuer, a stamp."""
    dated = next(find_dates(words), None)
    return (
        _FURNITURE.match(words) is not None
        or _NUMBER_FIRST.match(words) is not None
        or _NUMBERED.search(words) is not None
        or _PAPER_HEAD.search(words) is not None
        or (not re.search("[：:]", words) and all(map(_ORGAN_ALONE.fullmatch, words.split())))
        or (dated is not None and len(words) <= dated.end - dated.start + 2)
        or (words[0] in "(（【[" and words[-1] in ")）】]")
        or not re.search(r"[\u4e00-\u9fff]{2}", words)
    )


def promulgates(words: str) -> bool:
    """The sentence of an order that puts the document in force: 《…》已经…通过，现予公布."""
    return bool(_PROMULGATES.search(words)) and "《" in words


def _notes_whole(lines: Sequence[str]) -> Iterator[str]:
    """The lines that hold something, those of one note in brackets joined."""
    note = ""
    for words in (
        part for line in lines for part in _note_apart(line.strip("#* \t\u3000\xa0\ufeff"))
    ):
        note += words
        whole = note[:1] not in ("(", "（") or not _open(note) or len(note) > 12 * _LONGEST_LINE
        if note and whole:
            yield note
            note = ""
    if note:
        yield note


def _note_apart(line: str) -> Iterator[str]:
    """The line, and the note of its passing, or its number, that closes it as one of its own."""
    note = _NOTE_BEHIND.search(line)
    if (note and not _DATED.search(line)) and (
        _PAPER_NUMBER.search(note.group()) or any(d.purpose for d in find_dates(note.group()))
    ):
        yield line[: note.start()]
        yield note.group()
    else:
        yield line


def _open(line: str) -> bool:
    return sum(map(line.count, "(（")) > sum(map(line.count, ")）"))


def _facts(words: str) -> Iterator[str]:
    """The labels and values of a table's row, each pair a line; other lines as they are."""
    cells = [cell.strip() for cell in words.split(" | ")]
    if len(cells) < 2 or not FACT_LABEL.match(re.sub(r"\s", "", cells[0])):
        yield words
        return
    for cell, value in zip(cells[::2], cells[1::2], strict=False):
        label = re.sub(r"[\s:：]", "", cell)
        if value:
            yield f"{label}：{value}"


def title_lines(head: Sequence[str], marked: Sequence[str] = ()) -> str:
    """The title among the lines of the head, wrapped lines joined; "" where none looks like one.

    ``marked`` are the lines that are headings by their style: of two candidates they win.
    """
    candidates = []
    for first in range(len(head)):
        for last in range(first, min(first + 5, len(head))):
            joined = _joined(head[first : last + 1])
            if joined:
                version = "".join(head[last + 1 : last + 2])
                joined += clean_title(version) if _VERSION.fullmatch(version) else ""
                candidates.append((first, last, joined))
                break
            if not _may_go_on(head[last]):
                break
    best = max(
        candidates,
        # 保障措施 in a heading's style is no title.
        key=lambda found: (
            len(found[2]) > 4,
            head[found[0]] in marked,
            # 某局公告 above 关于…的公告 is the paper's head.
            "关于" in found[2],
            len(found[2]) > 6,
            -found[0],
        ),
        default=None,
    )
    return best[2] if best else ""


def _joined(lines: Sequence[str]) -> str:
    """The lines as one title, or "" where they are none."""
    words = "".join(line.strip() for line in lines)
    if len(words) > _LONGEST_TITLE or any(not _may_go_on(line) for line in lines):
        return ""
    if any(map(parse_heading, lines[1:])):
        return ""
    bare = clean_title(words)
    if not is_complete(bare) or parse_heading(bare) or len(bare) < 3:
        return ""
    return bare if len(lines) == 1 or BEGINS.match(words) else ""


def _may_go_on(line: str) -> bool:
    """Whether a title may stand on this line or go on after it."""
    return (
        not _FURNITURE.match(line)
        and " | " not in line
        and line[-1] not in "。；;：:，,！？"
        and not _PAPER_HEAD.search(line)
        and next(find_dates(_DATED.sub("", line)), None) is None
        and not _PAPER_NUMBER.search(line)
        and not _FIGURE.match(line)
    )


def first_line(head: Sequence[str]) -> str:
    """The first line of the head that may be a title of any kind, with those it goes on in."""
    for at, line in enumerate(head):
        if not _may_go_on(line) or len(line) < _LEAST or _ORGAN_ALONE.fullmatch(line):
            continue
        if parse_heading(line) or not re.search(r"[\u4e00-\u9fff]{2}", line):
            continue
        for last in range(at, min(at + 4, len(head))):
            title = clean_title("".join(head[at : last + 1]))
            if is_balanced(title) and len(title) <= _LONGEST_LINE:
                return title
    return ""


def title_among(lines: Sequence[str], title: str) -> bool:
    """Whether the title stands in consecutive lines as it is."""
    return bool(title) and name_key(title) in name_key("".join(lines))


def annexed(title: str, lines: Sequence[str]) -> str:
    """The document that a notice or an order hands out, when its title stands in ``lines``."""
    for inner in _handed_out(title, lines):
        wanted = name_key(inner)
        for first in range(len(lines)):
            for last in range(first, min(first + 4, len(lines))):
                if name_key(clean_title("".join(lines[first : last + 1]))) == wanted:
                    return inner
    return ""


def _handed_out(title: str, lines: Sequence[str]) -> Iterator[str]:
    notice = _NOTICE.search(title)
    if notice:
        yield clean_title(notice["inner"])
    elif _ORDER.search(title):
        for line in lines[:_HEAD]:
            if _PROMULGATED.search(line):
                yield from map(clean_title, re.findall("《([^《》]+)》", line))
