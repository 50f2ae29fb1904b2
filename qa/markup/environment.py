"""The one Jinja2 environment; a room's HTML is written in the files of its ``templates`` folder.

Whatever a template is given is escaped, but for ``Html``, which came out of one; a name that it is
not given is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token
from markupsafe import Markup as Html

__all__ = ["Html", "render"]

_BREAK = re.compile(r"\s*\n\s*")


class _OneLine(Extension):
    """Line breaks and indents are for the reader of a template and show nowhere on the page."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:
        """The tokens, without them; between words or attributes a space is left."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, _BREAK.sub(_joint, token.value))
            else:
                yield token


def _joint(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    apart = (
        before.isascii() and after.isascii() and before not in {"", ">"} and after not in {"", "<"}
    )
    return " " if apart else ""


def render(name: str, **values: object) -> Html:
    """The template of this name (its room and its file: ``page/answer.html``) with ``values``."""
    return Html(_environment().get_template(name).render(values))


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_source),
        extensions=[_OneLine],
    )
    environment.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.filters["spans"] = _spans
    return environment


def _source(name: str) -> str:
    room, file = name.split("/")
    return resources.files(f"qa.{room}").joinpath("templates", file).read_text(encoding="utf-8")


def _spans(spans: Sequence[Sequence[int]]) -> str:
    """Spans in an attribute: ``3-9,12-15``."""
    return ",".join(f"{start}-{end}" for start, end in spans)
