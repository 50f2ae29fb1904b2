"""Commands of faju in processes of their own, forked from one that has all modules in memory.

A new interpreter takes seconds to import what a command needs; a fork takes none, so that a kill
at a random moment meets the command's work and not its imports.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import resource
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import NamedTuple

from qa.cli import main

__all__ = ["Command", "Ended", "Running", "start"]

Command = Callable[[Sequence[str]], int]
"""``qa.cli.main``, or what stands for it in a test; a module's own function."""

_BEFORE = ["qa.cli", "qa.engine", "qa.library", "qa.drafts", "qa.exports", "qa.accounts"]
_BEFORE += ["faiss", "jieba", "bm25s", "argon2", "onnx", "index.model"]


class Ended(NamedTuple):
    """How a command ended: its exit status (negative: the signal), and what it said."""

    status: int
    said: str


class Running(NamedTuple):
    """A command that was started, and the pipe that it speaks into."""

    process: ForkServerProcess
    said: Connection

    def ended(self) -> Ended:
        """Wait for its end."""
        pieces = iter(lambda: os.read(self.said.fileno(), 65536), b"")
        said = b"".join(pieces).decode("utf-8", "replace")
        self.said.close()
        self.process.join()
        return Ended(self.process.exitcode or 0, said)


def start(
    words: Sequence[str],
    given: str = "",
    command: Command = main,
    largest: int = 0,
) -> Running:
    """Start a command; ``given`` is what it reads.

    ``largest`` bytes are the longest file it may write (0: any).
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_BEFORE)
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(command, words, there, given, largest))
    process.start()
    there.close()
    return Running(process, here)


def _run(
    command: Command, words: Sequence[str], said: Connection, given: str, largest: int
) -> None:
    os.dup2(said.fileno(), 1)
    os.dup2(said.fileno(), 2)
    said.close()
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.stdin = io.StringIO(given)
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    sys.exit(command(words))
