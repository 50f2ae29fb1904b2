"""``faju`` in a process of its own, with the fake model."""

from __future__ import annotations

from collections.abc import Sequence

from conftest import FakeEmbedder, embedding_with

from qa.cli import main

__all__ = ["quick_main"]


def quick_main(words: Sequence[str]) -> int:
    """Run one command line."""
    with embedding_with(FakeEmbedder()):
        return main(words)
