"""The engine behind a server that goes on serving while the library changes."""

from __future__ import annotations

import ctypes
import gc
import logging
import sys
from threading import Event
from typing import Any, cast

from corpus import FajuError
from index import read_manifest
from qa.engine import Engine
from qa.library import version_of

__all__ = ["LiveEngine", "give_back"]

_log = logging.getLogger(__name__)

_EVERY = 3.0  # seconds between two looks at what is built


class LiveEngine:
    """Stands for the engine in use: whatever is asked of it is asked of the newest.

    A call that has begun ends on the engine it began with. ``changes`` counts the engines since,
    ``filling`` says how far a build is that goes on beside the page ("" where there is none).
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.changes = 0
        self.filling = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    @property
    def engine(self) -> Engine:
        """Itself, for those that take an engine."""
        return cast("Engine", self)

    def swap(self, engine: Engine) -> None:
        """Use another engine from now on."""
        self._engine = engine
        self.changes += 1
        give_back()

    def watch(self, ended: Event) -> None:
        """Until ``ended``, serve whatever is built under the home, by this program or another."""
        while not ended.wait(_EVERY):
            self.renew()

    def renew(self) -> None:
        """Open the library again if another was built; one that cannot be opened is let be."""
        settings = self._engine.settings
        try:
            if version_of(read_manifest(settings.home)) != self._engine.version:
                self.swap(Engine.open(settings))
        except FajuError as problem:
            _log.warning("%s", problem)


def give_back() -> None:
    """Let the system have the memory of what is no longer used.

    A change of the library frees some 400 MB in small pieces, which the C library would keep.
    """
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
        if trim is not None:
            trim(0)
