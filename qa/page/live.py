"""The engine behind a page that goes on serving while the library changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["LiveEngine"]


class LiveEngine:
    """Stands for the engine in use: whatever is asked of it is asked of the newest.

    A call that has begun ends on the engine it began with. ``changes`` counts the engines since.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.changes = 0

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
