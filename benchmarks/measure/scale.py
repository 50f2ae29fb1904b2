"""A library of any size made from the laws, and what it costs to open, to ask and to keep.

    python -m benchmarks.measure.scale make --from HOME --home NEW --passages 100000
    python -m benchmarks.measure.scale measure --home NEW [--record FILE.jsonl --label NAME]
    python -m benchmarks.measure.scale_chart FILE.jsonl --out docs/scale.svg

`make` takes the documents and encodings of a built home with all laws as they are, and adds copies
of the laws under other titles until there are so many passages. In a copy a third of all clauses is
replaced by clauses of the same length from anywhere in the laws (seeded), so that its articles
differ and every place stays where it was; its vectors are those of the article it came from, each
turned at random. The library is written by the project's own `build_index`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Document, load_documents
from index import build_index, current_folder, read_manifest
from index.backends import load_backend
from index.fields import dense_field
from index.maxsim import QUANTUM, quantised
from index.model import Embedder, Encoded, find_model, load_embedder
from index.parts import TokenParts
from qa import Engine, Settings
from qa.inputs.questions import read_questions

SETS = Path(__file__).resolve().parents[2] / "qa" / "sets"
_CLAUSE = re.compile(r"(?<=[，。；、：])[\u4e00-\u9fff]{4,40}(?=[，。；])")
_PLACES = "东西南北江河湖海山岭川原安宁和平昌盛永泰清明龙凤金玉石林桥关"
_TURNED = 0.55
"""Length of what is added to a unit vector: copies have a cosine of 0.88 with their origin."""
_PAGES, _PAGE = 50, 500
"""The draft to check, and characters of a page."""


def main() -> None:
    """Make a library, or measure one."""
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make")
    making.add_argument("--from", dest="source", type=Path, required=True)
    making.add_argument("--home", type=Path, required=True)
    making.add_argument("--passages", type=int, required=True)
    making.add_argument("--backend", default="faiss")
    measuring = verbs.add_parser("measure")
    measuring.add_argument("--home", type=Path, required=True)
    measuring.add_argument("--every", type=int, default=8)
    measuring.add_argument("--record", type=Path)
    measuring.add_argument("--label", default="")
    given = parser.parse_args()
    if given.verb == "make":
        make(given.source, given.home, given.passages, given.backend)
    else:
        figures = measure(given.home, given.every)
        if given.record:
            with given.record.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"label": given.label, **figures}) + "\n")


def make(source: Path, home: Path, passages: int, backend: str) -> None:
    """Write a library of about so many passages under a new home."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "models").exists():
        (home / "models").symlink_to((source / "models").resolve())
    originals = list(load_documents(current_folder(source)))
    documents, origins = grown(originals, passages)
    manifest = read_manifest(source)
    model = load_embedder(find_model(source, manifest.fingerprint))
    start = time.perf_counter()
    made = build_index(home, documents, Turned(model, source, origins), backend)  # type: ignore[arg-type]
    seconds = time.perf_counter() - start
    print(f"{made.passages} passages, {len(documents)} documents, {seconds:.0f} s, {peak()} MB")


def grown(originals: Sequence[Document], passages: int) -> tuple[list[Document], dict[str, int]]:
    """The documents and copies of the laws, and from each copied text to the row it came from."""
    dice, rows, count = random.Random(14), dict[str, int](), 0
    for document in originals:
        rows[document.id] = count
        count += len(texts(document))
    laws = [document for document in originals if document.origin == "law"]
    pool = clauses(laws)
    documents, origins = list(originals), dict[str, int]()
    number = 0
    while count < passages:
        law = laws[number % len(laws)]
        copy = copied(law, number, pool, dice)
        before, after = texts(law), texts(copy)
        for row, (one, other) in enumerate(zip(before, after, strict=True), rows[law.id]):
            if one != other:
                origins[other] = row
        documents.append(copy)
        count, number = count + len(after), number + 1
    return documents, origins


def texts(document: Document) -> list[str]:
    """What is embedded of a document, passage by passage."""
    return [dense_field(document, p)[0] for p in document.passages if p.kind == "text"]


def clauses(documents: Sequence[Document]) -> dict[int, list[str]]:
    """The clauses of documents by their length."""
    pool: dict[int, list[str]] = {}
    for document in documents:
        for clause in _CLAUSE.findall(document.text):
            pool.setdefault(len(clause), []).append(clause)
    return pool


def copied(law: Document, number: int, pool: dict[int, list[str]], dice: random.Random) -> Document:
    """A law of another place: a third of its clauses are others of the same length."""
    place = "".join(dice.choice(_PLACES) for _ in range(3))
    id_ = f"{law.id}-copy{number}"

    def other(found: re.Match[str]) -> str:
        return dice.choice(pool[len(found[0])]) if dice.random() < 1 / 3 else found[0]

    return replace(
        law,
        id=id_,
        title=f"{place}市{number}号{law.title.removeprefix('中华人民共和国')}",
        text=_CLAUSE.sub(other, law.text),
        kind="地方性法规",
        aliases=(),
        asked=(),
        amended=(),
        successor=f"{law.successor}-copy{number}" if law.successor else "",
        passages=tuple(
            replace(p, id=p.id.replace(law.id, id_, 1), document_id=id_) for p in law.passages
        ),
    )


class Turned:
    """Encodings kept from a built home; a copy has those of its origin, each turned at random."""

    def __init__(self, model: Embedder, source: Path, origins: dict[str, int]) -> None:
        folder, manifest = current_folder(source), read_manifest(source)
        self._vectors = load_backend(manifest.backend, folder).vectors()
        self._tokens = TokenParts.load(folder)
        self._model, self._origins = model, origins
        held = [text for document in load_documents(folder) for text in texts(document)]
        self._held = {text: row for row, text in enumerate(held)}
        self.name, self.dimension = model.name, model.dimension
        self.token_dimension, self.fingerprint = model.token_dimension, model.fingerprint

    def encode(self, texts: Sequence[str], kind: Any, progress: Any = None) -> Encoded:
        """See ``Embedder.encode``."""
        if kind == "query" or not all(
            text in self._held or text in self._origins for text in texts
        ):
            return self._model.encode(texts, kind, progress)
        dice = np.random.default_rng(len(texts))
        vectors = np.empty((len(texts), self.dimension), np.float32)
        tokens, spans = [], []
        for at, text in enumerate(texts):
            row = self._held.get(text, self._origins.get(text, 0))
            own, where = self._tokens.passage(row)
            vectors[at], spans_of, own_tokens = self._vectors[row], where, own
            if text not in self._held:
                vectors[at] = turned(vectors[at : at + 1], dice)[0]
                own_tokens = quantised(turned(own.astype(np.float32) / QUANTUM, dice))
            tokens.append(np.asarray(own_tokens))
            spans.append(np.asarray(spans_of))
        return Encoded(vectors, tokens, spans)


def turned(rows: np.ndarray[Any, Any], dice: np.random.Generator) -> np.ndarray[Any, Any]:
    """Unit rows with a random part added, unit rows again."""
    noise = dice.standard_normal(rows.shape, dtype=np.float32)
    noise *= _TURNED / np.sqrt(rows.shape[1])
    rows = rows + noise
    unit: np.ndarray[Any, Any] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), 1e-9
    )
    return unit


def measure(home: Path, every: int) -> dict[str, float]:
    """What opening, asking, finding, checking and keeping it costs; printed as it is known."""
    figures: dict[str, float] = {}

    def note(name: str, value: float) -> None:
        figures[name] = round(value, 1)
        print(f"{name:24} {value:10.1f}", flush=True)

    folder = current_folder(home)
    note("passages", read_manifest(home).passages)
    note("disk MB", sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6)
    start = time.perf_counter()
    engine = Engine.open(Settings.load(str(home)))
    note("open s", time.perf_counter() - start)
    for what, value in resident().items():
        note(f"open {what}", value)
    start = time.perf_counter()
    engine.search("企业老被检查打扰怎么管")
    note("first search s", time.perf_counter() - start)
    ask = questions()[::every]
    for name, call in (("search", engine.search), ("ask", engine.ask)):
        for what, value in timed(call, ask, engine).items():
            note(f"{name} {what}", value)
    for what, value in resident().items():
        note(f"asked {what}", value)
    words = list(stretches(engine, 60))
    start = time.perf_counter()
    engine.find(words[0])
    note("first find s", time.perf_counter() - start)
    for name, each in (("find exact", words), ("find near", [near(word) for word in words])):
        for what, value in timed(engine.find, each[1:], engine).items():
            note(f"{name} {what}", value)
    for what, value in resident().items():
        note(f"found {what}", value)
    draft = written(engine)
    engine.check(draft[:500])
    start = time.perf_counter()
    checked = engine.check(draft)
    note("check 50 pages s", time.perf_counter() - start)
    note("check items", len(checked.items))
    for what, value in resident().items():
        note(f"checked {what}", value)
    note("peak MB", peak())
    return figures


def questions() -> list[str]:
    """The development sets' questions."""
    files = sorted(SETS.glob("*-dev.jsonl"))
    return [each.question for path in files for each in read_questions(path)]


def timed(call: Callable[[str], object], asked: Sequence[str], engine: Engine) -> dict[str, float]:
    """Milliseconds of a call: wall time, and processor time, which a busy machine leaves as it is.

    Each query is encoded anew.
    """
    walls, own = [], []
    for each in asked:
        engine.index.forget()
        start, worked = time.perf_counter(), time.process_time()
        call(each)
        walls.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - worked))
    late = sorted(walls)[int(0.95 * len(walls))], sorted(own)[int(0.95 * len(own))]
    return {
        "p50 ms": statistics.median(walls),
        "p95 ms": late[0],
        "cpu p50 ms": statistics.median(own),
        "cpu p95 ms": late[1],
    }


def stretches(engine: Engine, count: int) -> Iterator[str]:
    """Clauses of the library from one end to the other."""
    held = list(engine.index.documents.values())
    dice = random.Random(14)
    while count:
        document = dice.choice(held).whole
        found = re.findall(r"[\u4e00-\u9fff]{10,40}", document.text)
        if document.current and found:
            count -= 1
            yield dice.choice(found)


def near(words: str) -> str:
    """The words with one character in the middle changed."""
    at = len(words) // 2
    return words[:at] + "某" + words[at + 1 :]


def written(engine: Engine) -> str:
    """A draft that cites and quotes the library's articles, one in three a little wrong."""
    held = [d for d in engine.index.documents.values() if d.current]
    dice, parts, size = random.Random(15), [], 0
    while size < _PAGES * _PAGE:
        document = dice.choice(held).whole
        passage = dice.choice([p for p in document.passages if p.kind == "text"])
        quoted = re.findall(r"[\u4e00-\u9fff，、]{10,80}", document.passage_text(passage))
        if quoted and passage.article:
            words = dice.choice(quoted).strip("，、")
            words = near(words) if dice.random() < 1 / 3 else words
            parts.append(
                f"根据《{document.title}》{passage.article}规定，“{words}”。"
                "各地区、各部门要结合实际认真贯彻落实，及时报告进展情况，确保各项任务按期完成。\n"
            )
            size += len(parts[-1])
    return "".join(parts)


def resident() -> dict[str, float]:
    """Resident megabytes, and those of them that are no file mapped into memory."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    named = {"MB": "VmRSS:", "own MB": "RssAnon:"}
    return {what: int(status.split(name)[1].split()[0]) / 1024 for what, name in named.items()}


def peak() -> int:
    """The most megabytes that were resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
