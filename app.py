"""The web page: ``python app.py`` serves it, ``build_app(engine)`` makes it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from qa.cli import main as faju
from qa.page import build_app

__all__ = ["build_app", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """``faju serve`` with these arguments."""
    return faju(["serve", *(sys.argv[1:] if argv is None else argv)])


if __name__ == "__main__":
    sys.exit(main())
