"""Only what is new is embedded: other encodings are taken over from the generation in use."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import checksum
from index.backends import load_backend
from index.doc2query import AskedVectors
from index.generation import Kept
from index.maxsim import TokenStore
from index.model import Embedder
from index.parts import Part, load_parts, part_folder, save_names

__all__ = ["Encoder", "text_keys"]

Progress = Callable[[int, int], None]
Vectors = NDArray[np.float32]

log = logging.getLogger(__name__)


def text_keys(texts: Sequence[str]) -> list[str]:
    """What tells texts apart."""
    return [checksum(text.encode("utf-8", "replace"))[:24] for text in texts]


class Encoder:
    """Gives a new generation its encodings.

    ``linked`` are the files that both generations have, with their checksums; ``progress`` hears
    how many of the texts to embed are done.
    """

    def __init__(
        self, fresh: Path, kept: Kept | None, embedder: Embedder, progress: Progress | None
    ) -> None:
        self.linked: dict[str, str] = {}
        usable = kept is not None and kept.manifest.fingerprint == embedder.fingerprint
        self._fresh, self._kept = fresh, kept if usable else None
        self._embedder, self._progress = embedder, progress
        self._done = self._total = 0
        self._parts: dict[str, Part] = {}
        self._places: dict[str, tuple[Part, int]] = {}
        if self._kept:
            self._parts = load_parts(self._kept.folder)
            for part in self._parts.values() or [_undivided(self._kept)]:
                self._remember(part)

    def encode(
        self, texts: Sequence[str], ends: Iterable[int], questions: Sequence[str]
    ) -> tuple[Vectors, Vectors]:
        """Write the passages' encodings, in parts that end at the rows ``ends``.

        The vectors (passages, dimension) come back, and those of the questions asked.
        """
        keys, asked = text_keys(texts), self._asked()
        unasked = dict(zip(text_keys(questions), questions, strict=True))
        unasked = {key: text for key, text in unasked.items() if key not in asked}
        self._total = len(set(keys) - self._places.keys()) + len(unasked)
        log.info("%d texts to embed", self._total)
        vectors = np.empty((len(texts), self._embedder.dimension), np.float32)
        names, first = [], 0
        for end in ends:
            name = self._part(keys[first:end], texts[first:end])
            vectors[first:end] = self._parts[name].vectors
            names.append(name)
            first = end
        save_names(self._fresh, names)
        made = self._embedder.encode(list(unasked.values()), "query", self._counted())
        asked |= dict(zip(unasked, made.vectors, strict=True))
        of_questions = [asked[key] for key in text_keys(questions)]
        nothing = np.empty((0, self._embedder.dimension), np.float32)
        return vectors, np.stack(of_questions) if of_questions else nothing

    def _part(self, keys: Sequence[str], texts: Sequence[str]) -> str:
        """Have a part of these texts in the new generation; its name."""
        name = checksum("\n".join([self._embedder.fingerprint, *keys]).encode())[:24]
        folder = part_folder(self._fresh, name)
        if folder.exists():
            return name
        if name in self._parts:
            self._link(name, folder)
        else:
            self._parts[name] = self._made(keys, texts)
            self._parts[name].save(folder)
            self._parts[name] = Part.load(folder)
            self._remember(self._parts[name])
        return name

    def _link(self, name: str, folder: Path) -> None:
        assert self._kept is not None
        folder.mkdir(parents=True)
        for file in sorted(part_folder(self._kept.folder, name).iterdir()):
            try:
                os.link(file, folder / file.name)
            except OSError:  # a file system without links
                shutil.copyfile(file, folder / file.name)
            path = (folder / file.name).relative_to(self._fresh).as_posix()
            self.linked[path] = self._kept.manifest.files[path]

    def _made(self, keys: Sequence[str], texts: Sequence[str]) -> Part:
        missing = dict(zip(keys, texts, strict=True))
        missing = {key: text for key, text in missing.items() if key not in self._places}
        made = self._embedder.encode(list(missing.values()), "passage", self._counted())
        self._done += len(missing)
        new = Part(made.vectors, TokenStore.build(made.tokens, made.spans), list(missing))
        places = self._places | {key: (new, row) for row, key in enumerate(missing)}
        held = [places[key] for key in keys]
        tokens = [part.tokens.passage(row) for part, row in held]
        vectors = np.stack([part.vectors[row] for part, row in held])
        store = TokenStore.build([each[0] for each in tokens], [each[1] for each in tokens])
        return Part(vectors, store, keys)

    def _remember(self, part: Part) -> None:
        self._places |= {key: (part, row) for row, key in enumerate(part.keys)}

    def _asked(self) -> dict[str, Vectors]:
        if self._kept is None:
            return {}
        held = AskedVectors.load(self._kept.folder)
        return dict(zip(self._kept.keys["asked"], held.vectors, strict=True))

    def _counted(self) -> Progress | None:
        heard, before = self._progress, self._done
        return heard and (lambda done, _: heard(before + done, self._total))


def _undivided(kept: Kept) -> Part:
    """The encodings of a generation that has them in one (format 3)."""
    vectors = load_backend(kept.manifest.backend, kept.folder).vectors()
    return Part(vectors, TokenStore.load(kept.folder), kept.keys["passages"])
