"""A 修正案 or 修改决定 read from its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.amending.reading import read_steps
from corpus.amending.steps import Amendment, Step
from corpus.lawrows import Row, owned_rows, printed

__all__ = ["amended_title", "read_amendment"]

_AMENDS = re.compile(r"修改《([^》]+)》的决定$|^(.+?)修正案(?:（[^）]+）)?$")
_RENUMBERS = re.compile(r"(?:条文|条款)(?:的)?(?:顺序|序号)作相应(?:的)?调整")


def amended_title(title: str) -> str:
    """The title of the law that a decision or amendment of this title changes, or ""."""
    match = _AMENDS.search(title)
    return (match[1] or match[2]) if match else ""


def read_amendment(
    identity: str, title: str, dates: tuple[str, str], rows: Sequence[Row]
) -> Amendment:
    """The steps of an amendment; ``dates`` are those of publication and of coming into force.

    A step says which article of the amendment orders it, as it is cited: 第五条, "" for one without
    articles.
    """
    law = amended_title(title)
    steps: list[Step] = []
    owned = list(owned_rows(title, rows))
    for at, row in enumerate(rows):
        if not owned[at]:
            continue
        given = []
        for further, own in zip(rows[at + 1 :], owned[at + 1 :], strict=True):
            if own:
                break
            given.append((further.label, further.text))
        steps += read_steps(row.text, law, printed(row)[0] or "", given)
    renumbers = any(_RENUMBERS.search(row.text) for row in rows)
    return Amendment(identity, title, *dates, tuple(steps), renumbers)
