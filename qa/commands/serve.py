"""``faju serve`` and ``faju mcp``."""

from __future__ import annotations

import argparse
import sys

from qa.commands.output import DONE
from qa.settings import Settings

__all__ = ["mcp", "serve"]

_PORT = 8765


def mcp(args: argparse.Namespace, settings: Settings) -> int:
    """The library as tools for assistants; standard output carries nothing but the protocol."""
    from qa.api import serve_http, serve_stdio

    if args.http:
        port = _PORT if args.port is None else settings.port
        serve_http(settings, port, lambda line: print(line, file=sys.stderr, flush=True))
    else:
        serve_stdio(settings)
    return DONE


def serve(args: argparse.Namespace, settings: Settings) -> int:
    """The page, until it is interrupted."""
    from qa.page import serve as serve_page

    serve_page(settings, print)
    return DONE
