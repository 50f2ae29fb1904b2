"""Many inputs in one go: JSON lines in, JSON lines out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from corpus import InputError
from qa.check.finding import FAULTS
from qa.questions import read_batch

__all__ = ["found_nothing", "run_batch"]

# The list that says whether anything was found, by the field that holds the input.
_LISTS = {"query": "hits", "question": "hits", "text": "matches", "draft": "items"}


def run_batch(
    source: str, target: str | None, call: Callable[[str], dict[str, Any]], name: str
) -> bool:
    """Call with each line's text and write the results; whether every one found something.

    A line whose text cannot be used gets an ``error`` instead of a result. ``target`` None is
    standard output. Raises InputError for a broken line, before anything is written.
    """
    from tqdm import tqdm

    lines = list(read_batch(source))
    complete = True
    with _opened(target) as file:
        for key, text in tqdm(lines, unit="题", file=sys.stderr, disable=None, leave=False):
            try:
                result = call(text)
            except InputError as exc:
                result = {name: text, _LISTS[name]: [], "error": str(exc)}
            complete = complete and not found_nothing(result)
            file.write(json.dumps({"id": key, **result}, ensure_ascii=False) + "\n")
    return complete


def found_nothing(result: dict[str, Any]) -> bool:
    """Whether a result is an empty one, a refusal, or a draft with faults."""
    if "items" in result:
        faults = any(item["verdict"] in FAULTS for item in result["items"])
        return faults or "error" in result
    return not result.get("answered", result.get("hits") or result.get("matches"))


@contextmanager
def _opened(path: str | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with Path(path).open("w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as exc:
        raise InputError(f"写不了 {path}（{exc.strerror}），请换一个位置。") from exc
