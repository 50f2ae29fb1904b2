"""Questions with the passages that answer them, from every source there is to train on.

- ``corpus/documents/questions.jsonl``: written for the plan and for laws;
- ``benchmarks/train/questions.jsonl``: written for more articles of law, for training alone;
- ``benchmarks/train/documents/*.txt``: plans, notices, guides of invented places with their
  questions (line numbers, a tab, the question; 0 for what the document does not answer);
- the train part of citizens' questions (``benchmarks.sets.citizens``), which is not in the
  repository.

Laws of ``benchmarks/train/held_out.json`` and documents of its places are kept apart whole: nothing
is trained on them, ``dev`` chooses and ``test`` reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from benchmarks.sets.citizens import read_pairs
from corpus import Document, Passage, load_catalog, load_library
from corpus.structure import structure

__all__ = ["Pair", "Part", "citizens", "held_out", "invented", "laws", "library", "read_invented"]

Part = Literal["train", "dev", "test"]
Place = tuple[Document, Passage]

HERE = Path(__file__).resolve().parent
DAY = date(2026, 11, 28)


@dataclass(frozen=True)
class Pair:
    """A question and the passages that answer it; none where nothing does."""

    question: str
    source: str
    places: tuple[Place, ...]
    document: str


@cache
def held_out() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Laws by title, and invented documents by the first letters of their file's name."""
    found: Mapping[str, Mapping[str, Sequence[str]]] = json.loads(
        (HERE / "held_out.json").read_text(encoding="utf-8")
    )
    return found


@cache
def library() -> tuple[Document, ...]:
    """Every law in force and the plan, with the questions written for them."""
    return tuple(d for d in load_library(load_catalog(), "all", DAY) if d.current)


def _part(kind: str, name: str) -> Part:
    for part in ("dev", "test"):
        if any(name.startswith(each) for each in held_out()[kind][part]):
            return part
    return "train"


@cache
def _articles() -> Mapping[tuple[str, str | None], Place]:
    found: dict[tuple[str, str | None], Place] = {}
    for document in library():
        for passage in document.passages:
            if passage.kind == "text":
                found.setdefault((document.title, passage.article), (document, passage))
    return found


def laws(part: Part) -> Iterator[Pair]:
    """Questions written for laws and for the plan."""
    if part == "train":
        for document in library():
            for asked in document.asked:
                passage = _around(document, asked.start)
                yield Pair(asked.question, "written", ((document, passage),), document.id)
    for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        place = _articles().get((given["document"], given["article"]))
        if place is None or _part("laws", given["document"]) != part:
            continue
        for question in given["questions"]:
            yield Pair(question, "law", (place,), place[0].id)


def citizens(path: Path, part: Part) -> Iterator[Pair]:
    """Citizens' questions with all their articles; those of laws held out are left out."""
    for question in read_pairs(path, part):
        keys = [(item.document, item.article) for item in question.relevant]
        places = tuple(_articles()[key] for key in keys if key in _articles())
        if places and all(_part("laws", d.title) == "train" for d, _ in places):
            yield Pair(question.question, "citizens", places, places[0][0].id)


def invented(part: Part) -> Iterator[Pair]:
    """Questions on the documents of invented places."""
    for path in sorted((HERE / "documents").glob("*.txt")):
        if _part("documents", path.stem) == part:
            yield from read_invented(path)[1]


def read_invented(path: Path) -> tuple[Document, list[Pair]]:
    """One invented document and its questions."""
    body, questions = path.read_text(encoding="utf-8").split("\n=====\n", 1)
    lines = body.strip("\n").split("\n")
    title = lines[0].strip()
    text = "\n".join(lines) + "\n"
    frame = Document(id=f"made-{path.stem}", title=title, kind="", status="", text=text)
    document = structure(frame)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return document, list(_asked(document, questions.splitlines(), starts))


def _asked(document: Document, lines: Iterable[str], starts: Sequence[int]) -> Iterator[Pair]:
    for line in lines:
        numbers, _, question = line.partition("\t")
        wanted = [int(n) for n in numbers.replace("，", ",").split(",") if n.strip().isdigit()]
        if not question.strip() or not wanted or max(wanted) >= len(starts):
            continue
        found = [_around(document, starts[n - 1]) for n in wanted if n]
        places = {passage.id: (document, passage) for passage in found if passage.kind == "text"}
        if places or wanted == [0]:
            yield Pair(question.strip(), "invented", tuple(places.values()), document.id)


def _around(document: Document, at: int) -> Passage:
    texts = [p for p in document.passages if p.start <= at < p.end]
    if texts:
        return texts[0]
    return max((p for p in document.passages if p.start <= at), key=lambda p: p.start)
