"""What is told of a quotation beside its verdict."""

from __future__ import annotations

from qa.check.endings import Rest
from qa.check.finding import describe, shown
from qa.check.laying import Laid
from qa.check.shelf import Place

__all__ = ["going_on", "told"]


def going_on(rest: Rest | None) -> str:
    """That the source's sentence goes on, unless the words end in the middle of a clause."""
    if rest is None or (rest.kind == "clause" and rest.words[:1] not in "，,；;：:（("):
        return ""
    if rest.kind in {"proviso", "next"}:
        return f"原文接着有但书：“{shown(rest.words)}”。"
    return f"原文此句未完，接着是“{shown(rest.words)}”。"


def told(laid: Laid | None, place: Place) -> str:
    """What is wrong with altered words, and what they should be."""
    if laid is None:
        return f"原文是：“{shown(place.words)}”。"
    opened = laid.opened and laid.wording is not None
    parts = laid.differences[:-1] if opened else laid.differences
    differs = f"（{describe(parts)}）" if parts else ""
    if opened and laid.rest is not None:
        aside = f"另有不同{differs}。" if differs else ""
        return f"原文此句未完，接着是“{shown(laid.rest.words)}”，引到这里句号应放在引号外。{aside}"
    if laid.wording is None:
        return f"原文是：“{shown(place.words)}”{differs}。"
    cut = "引文用句号断在但书之前；" if laid.rest and laid.rest.kind == "proviso" else ""
    return f"{cut}应为：“{shown(laid.wording)}”{differs}。"
