"""The command line: parse, call one command, say what went wrong in one line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from corpus import FajuError
from qa.commands import COMMANDS, DONE, MISTAKE, read_command
from qa.settings import Settings

__all__ = ["main"]

_FLAGS = (
    *("model", "reranker", "backend", "laws", "plan", "host", "allow_host", "port"),
    *("certificate", "key"),
    *("llm", "llm_model"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 nothing found or not answered, 2 a mistake."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        command, args = read_command(sys.argv[1:] if argv is None else argv, COMMANDS)
        logging.basicConfig(
            level=logging.INFO if args.verbose else logging.WARNING,
            stream=sys.stderr,
            format="%(message)s",
        )
        flags = {name: getattr(args, name, None) for name in _FLAGS}
        return command.run(args, Settings.load(args.home, **flags))
    except FajuError as exc:
        print(f"faju: {exc}", file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("faju: 已取消。", file=sys.stderr)
        return 130
