"""A run of another system, read from a TREC run file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Document, InputError, Passage, decode
from qa.evaluation.places import Places
from qa.evaluation.relevance import item_key, passage_key
from qa.inputs import Question
from qa.records import PassageRecord, passage_record

__all__ = ["SavedRun", "read_run"]

_COLUMNS = "题号 Q0 段落编号 名次 分数 名称"


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What a run file found, as hits by the question's id, best first; ``notes`` are in Chinese."""

    name: str
    hits: Mapping[str, Sequence[PassageRecord]]
    notes: tuple[str, ...] = ()


def read_run(
    path: str | Path, questions: Sequence[Question], documents: Iterable[Document]
) -> SavedRun:
    """The run at ``path``, in the order of its scores, equal ones as they stand in the file.

    A document of the run is a passage of the library by its id, or ``relevant-2`` for the second
    relevant item of the question, as ``qa.evaluation.evaluate`` writes them. Any other is a miss
    that keeps its rank, and is counted in the notes. InputError for a broken line, and for a run
    none of whose questions or none of whose documents are known.
    """
    source = Path(path)
    held = tuple(documents)
    library = {passage_key(p.id): (d, p) for d in held for p in d.passages if p.kind == "text"}
    places = Places(held)
    found = _read(source)
    asked = [question for question in questions if question.id in found]
    if not asked:
        raise InputError(f"{source} 里没有这套题的任何一个题号，请检查是不是这套题的结果。")
    hits, unknown = {}, []
    for question in asked:
        known = library | _items(question, places)
        ranked = sorted(found[question.id], key=lambda entry: -entry[1])
        hits[question.id] = [_passage(key, known) for key, _ in ranked]
        unknown += [key for key, _ in ranked if key not in known]
    total = sum(len(each) for each in hits.values())
    if len(unknown) == total:
        raise InputError(
            f"{source} 里的段落编号（如 {unknown[0]}）库中一个也没有；"
            "应是本文库的段落编号（faju search --json 里的 passage_id）。"
        )
    note = f"{source.name}：{total} 个段落编号中有 {len(unknown)} 个库中没有，如 "
    return SavedRun(source.stem, hits, (note + unknown[0],) if unknown else ())


def _items(question: Question, places: Places) -> dict[str, tuple[Document, Passage]]:
    found = {}
    for number, relevant in enumerate(question.relevant, 1):
        place = places.find(relevant)
        if place is not None:
            found[item_key(number)] = (place.document, place.passage)
    return found


def _passage(key: str, known: Mapping[str, tuple[Document, Passage]]) -> PassageRecord:
    if key in known:
        return passage_record(*known[key])
    return {
        "passage_id": key,
        "document": {"id": "", "title": "", "status": ""},
        "section": [],
        "article": None,
        "citation": key,
        "text": "",
        "start": 0,
        "end": 0,
        "highlights": [],
    }


def _read(source: Path) -> dict[str, list[tuple[str, float]]]:
    try:
        content = source.read_bytes()
    except OSError as exc:
        raise InputError(f"读不了 {source}（{exc.strerror}），请检查路径和权限。") from exc
    found: dict[str, list[tuple[str, float]]] = {}
    for number, line in enumerate(decode(content, str(source)).splitlines(), 1):
        if not line.strip():
            continue
        try:
            id_, _, key, _, score, _ = line.split()
            entry = (key, float(score))
        except ValueError as exc:
            raise InputError(
                f"{source} 第 {number} 行不是 TREC 格式；每行应为六列：{_COLUMNS}。"
            ) from exc
        found.setdefault(id_, []).append(entry)
    return found
