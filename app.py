"""The web page: ``python app.py`` serves it, ``build_app(engine)`` makes it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradio import Blocks

__all__ = ["build_app", "main"]


def build_app(*args: Any, **options: Any) -> Blocks:
    """The page over an engine, as ``qa.page.build_app`` makes it."""
    from qa.page import build_app as build

    return build(*args, **options)


def main(argv: Sequence[str] | None = None) -> int:
    """``faju serve`` with these arguments, wherever what it stands on is installed."""
    given = sys.argv[1:] if argv is None else list(argv)
    try:
        from qa.cli import main as faju
    except ModuleNotFoundError as missing:
        return _elsewhere(given, missing)
    return faju(["serve", *given])


def _elsewhere(given: Sequence[str], missing: ModuleNotFoundError) -> int:
    """Go on in the environment beside this file; where there is none, say how to make it."""
    here = Path(__file__).resolve().parent
    windows = sys.platform == "win32"
    python = here / ".venv" / ("Scripts/python.exe" if windows else "bin/python")
    if python.exists() and Path(sys.prefix).resolve() != (here / ".venv").resolve():
        command = [str(python), str(here / "app.py"), *given]
        if windows:
            return subprocess.call(command)
        os.execv(command[0], command)
    first = "双击 faju.bat" if windows else "运行 make app"
    reason = f"缺 {missing.name}"
    if missing.name == "tomllib":
        reason = f"需要 Python 3.11 以上，这个是 {sys.version.split()[0]}"
    sys.stderr.write(f"faju: 还没有安装好（{reason}）。请先在 {here} 里{first}。\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
