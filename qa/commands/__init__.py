"""The commands of ``faju``, one function each: from parsed options to what is printed."""

from qa.commands.ask import ask, check, find, search
from qa.commands.build import build
from qa.commands.documents import documents
from qa.commands.evaluate import evaluate
from qa.commands.options import make_parser
from qa.commands.output import DONE, MISTAKE
from qa.commands.serve import mcp, serve

__all__ = [
    "DONE",
    "MISTAKE",
    "ask",
    "build",
    "check",
    "documents",
    "evaluate",
    "find",
    "make_parser",
    "mcp",
    "search",
    "serve",
]
