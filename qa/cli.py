"""The command line: parse, call one command, say what went wrong in one line."""

from __future__ import annotations

import logging
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import FajuError
from qa.commands import COMMANDS, DONE, MISTAKE, read_command
from qa.settings import Settings

__all__ = ["main"]

_FLAGS = (
    *("model", "reranker", "backend", "laws", "plan", "host", "allow_host", "port"),
    *("certificate", "key"),
    *("milvus_uri", "milvus_token", "milvus_database", "milvus_collection"),
    *("milvus_certificate", "milvus_index"),
    *("llm", "llm_model"),
)

_FIRST_WORDS = "|".join({command.words.split()[0] for command in COMMANDS})
_COMMAND = re.compile(rf"faju(?= (?:{_FIRST_WORDS})\b)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 nothing found or not answered, 2 a mistake."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    home = None
    try:
        command, args = read_command(sys.argv[1:] if argv is None else argv, COMMANDS)
        logging.basicConfig(
            level=logging.INFO if args.verbose else logging.WARNING,
            stream=sys.stderr,
            format="%(message)s",
        )
        home = args.home
        flags = {name: getattr(args, name, None) for name in _FLAGS}
        return command.run(args, Settings.load(args.home, **flags))
    except FajuError as exc:
        print(f"faju: {_to_be_typed(str(exc), home)}", file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("faju: 已取消。", file=sys.stderr)
        return 130


def _to_be_typed(message: str, home: str | None) -> str:
    """A message whose commands can be typed as they stand.

    They name the ``--home`` in use, and the program by its path where it is in none of the folders
    that the shell looks into.
    """
    program = "faju" if shutil.which("faju") else _beside_python()
    with_home = f"{program} --home {shlex.quote(home)}" if home else program
    return _COMMAND.sub(with_home, message)


def _beside_python() -> str:
    """The program in the environment that runs, from here: ``.venv/bin/faju``."""
    name = "faju.exe" if sys.platform == "win32" else "faju"
    program = Path(sys.executable).parent / name
    if not program.exists():
        return "faju"
    here = Path.cwd()
    return shlex.quote(str(program.relative_to(here) if here in program.parents else program))
