"""Fit index/translation.safetensors: python -m benchmarks.train.fit_translation PAIRS [--rounds 4].

P(question word | passage word) by IBM Model 1 (Brown et al., 1993) with an empty word, from every
question and passage there is to train on (``benchmarks.train.pairs``). PAIRS are citizens'
questions (benchmarks/sets/citizens.py).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.train.pairs import citizens, invented, laws
from index.fields import lexical_field
from index.lexical import asked_tokens, tokens

TARGET = Path(__file__).resolve().parents[2] / "index" / "translation.safetensors"
RARE, LONGEST = 3, 160
LEAST, MOST = 0.008, 32  # of a source word: probabilities kept, and how many


def main() -> None:
    """Learn, prune, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--target", type=Path, default=TARGET)
    args = parser.parse_args()
    asked, read = word_lists(args.pairs)
    targets, sources = vocabulary(asked), ["", *vocabulary(read)]
    print(f"{len(asked)} pairs, {len(targets)} words asked, {len(sources)} read")
    keys, value = learn(asked, read, targets, sources, args.rounds)
    write(args.target, keys, value, asked, targets, sources)


def word_lists(path: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The words of each question, and of a passage that answers it."""
    asked, read = [], []
    cache: dict[str, list[str]] = {}
    for pair in (*laws("train"), *invented("train"), *citizens(path, "train")):
        words = list(dict.fromkeys(asked_tokens(pair.question)))
        for document, passage in pair.places[:3]:
            if passage.id not in cache:
                text = lexical_field(document, passage)
                cache[passage.id] = list(dict.fromkeys(tokens(text)))[:LONGEST]
            asked.append(words)
            read.append(cache[passage.id])
    return asked, read


def vocabulary(lists: Sequence[Sequence[str]]) -> list[str]:
    """Words of at least ``RARE`` texts, sorted."""
    counts = Counter(word for words in lists for word in set(words))
    return sorted(word for word, count in counts.items() if count >= RARE)


def learn(
    asked: Sequence[Sequence[str]],
    read: Sequence[Sequence[str]],
    targets: Sequence[str],
    sources: Sequence[str],
    rounds: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Source * len(targets) + target of each pair of words that met, and its probability."""
    to = {word: number for number, word in enumerate(targets)}
    of = {word: number for number, word in enumerate(sources)}
    width = len(targets)
    meetings, groups, group = [], [], 0
    for q, p in zip(asked, read, strict=True):
        columns = np.array([to[word] for word in q if word in to], np.int64)
        rows = np.array([0, *(of[word] for word in p if word in of)], np.int64)
        meetings.append((rows[None] * width + columns[:, None]).ravel())
        groups.append(np.repeat(np.arange(group, group + len(columns)), len(rows)).astype(np.int32))
        group += len(columns)
    flat, owner = np.concatenate(meetings), np.concatenate(groups)
    keys, place = np.unique(flat, return_inverse=True)
    place = place.astype(np.int32)
    del flat, meetings
    source = keys // width
    value = np.ones(len(keys)) / width
    for number in range(rounds):
        weight = value[place]
        weight /= np.bincount(owner, weight, minlength=group)[owner]
        counted = np.bincount(place, weight, minlength=len(keys))
        value = counted / np.bincount(source, counted, minlength=len(sources))[source]
        print(f"round {number + 1}: {len(keys)} pairs of words", flush=True)
    return keys, value


def write(
    target: Path,
    keys: NDArray[np.int64],
    value: NDArray[np.float64],
    asked: Sequence[Sequence[str]],
    targets: Sequence[str],
    sources: Sequence[str],
) -> None:
    """The likeliest translations of each word; the empty word's are left out."""
    from safetensors.numpy import save_file

    source, column = keys // len(targets), keys % len(targets)
    kept = (value >= LEAST) & (source > 0)
    source, column, value = source[kept], column[kept], value[kept]
    order = np.lexsort((-value, source))
    source, column, value = source[order], column[order], value[order]
    firsts = np.searchsorted(source, np.arange(len(sources) + 1))
    within = np.arange(len(source)) - firsts[source]
    few = within < MOST
    source, column, value = source[few], column[few], value[few]
    counts = Counter(word for words in asked for word in words)
    total = sum(counts.values())
    arrays = {
        "sources": np.frombuffer("\n".join(sources).encode(), np.uint8),
        "targets": np.frombuffer("\n".join(targets).encode(), np.uint8),
        "starts": np.searchsorted(source, np.arange(len(sources) + 1)).astype(np.int32),
        "target": column.astype(np.uint16 if len(targets) < 65536 else np.int32),
        "value": value.astype(np.float16),
        "frequency": np.array([counts[word] / total for word in targets], np.float32),
    }
    save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, target)
    print(f"{target.name}: {len(value)} translations, {target.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
