"""Only what is new is embedded: other vectors are taken over from the generation in use."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError, MissingError, checksum
from index.backends import load_backend
from index.doc2query import AskedVectors
from index.generation import current_folder, read_manifest, verify
from index.maxsim import TokenStore
from index.model import Embedder, Encoded

__all__ = ["encode_new", "save_keys", "text_keys"]

Progress = Callable[[int, int], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Passage:
    """One passage's vectors (``index.model.embed.Encoded``)."""

    vector: NDArray[np.float32]
    tokens: NDArray[np.int8]
    spans: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Known:
    passages: dict[str, _Passage] = field(default_factory=dict)
    asked: dict[str, NDArray[np.float32]] = field(default_factory=dict)


def encode_new(
    home: Path,
    texts: Sequence[str],
    questions: Sequence[str],
    embedder: Embedder,
    progress: Progress | None = None,
) -> tuple[Encoded, NDArray[np.float32]]:
    """The vectors of passages' texts, and those (questions, dimension) of the questions asked."""
    known = _known(home, embedder)
    missing = {key: text for key, text in zip(text_keys(texts), texts, strict=True)}
    missing = {key: text for key, text in missing.items() if key not in known.passages}
    unasked = dict(zip(text_keys(questions), questions, strict=True))
    unasked = {key: text for key, text in unasked.items() if key not in known.asked}
    log.info("%d passages and %d questions to embed", len(missing), len(unasked))

    def counted(before: int) -> Progress | None:
        total = len(missing) + len(unasked)
        return progress and (lambda done, _: progress(before + done, total))

    made = embedder.encode(list(missing.values()), "passage", counted(0))
    passages = zip(missing, map(_Passage, made.vectors, made.tokens, made.spans), strict=True)
    known.passages.update(passages)
    asked = embedder.encode(list(unasked.values()), "query", counted(len(missing)))
    known.asked.update(zip(unasked, asked.vectors, strict=True))
    held = [known.passages[key] for key in text_keys(texts)]
    encoded = Encoded(
        np.stack([each.vector for each in held]),
        [each.tokens for each in held],
        [each.spans for each in held],
    )
    vectors = [known.asked[key] for key in text_keys(questions)]
    return encoded, np.stack(vectors) if vectors else np.empty((0, embedder.dimension), np.float32)


def save_keys(
    folder: Path, texts: Sequence[str], questions: Sequence[str], words: Sequence[str]
) -> None:
    """Write what tells the next build which text each vector, and each row of words, is of."""
    keys = {
        "passages": text_keys(texts),
        "asked": text_keys(questions),
        "words": text_keys(words),
    }
    (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")


def text_keys(texts: Sequence[str]) -> list[str]:
    """What tells texts apart."""
    return [checksum(text.encode("utf-8", "replace"))[:24] for text in texts]


def _known(home: Path, embedder: Embedder) -> _Known:
    try:
        manifest = read_manifest(home)
        folder = current_folder(home)
        if manifest.fingerprint != embedder.fingerprint:
            return _Known()
        verify(folder, manifest)
        keys = json.loads((folder / "keys.json").read_bytes())
        vectors = load_backend(manifest.backend, folder).vectors()
        tokens = TokenStore.load(folder)
        asked = AskedVectors.load(folder)
    except MissingError:
        return _Known()
    except DamagedError as exc:
        log.warning("%s", exc)
        return _Known()
    rows = enumerate(keys["passages"])
    passages = {key: _Passage(vectors[row], *tokens.passage(row)) for row, key in rows}
    return _Known(passages, dict(zip(keys["asked"], asked.vectors, strict=True)))
