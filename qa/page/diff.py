"""What differs between a draft and the source as HTML: two lines, each letter marked by a sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from rapidfuzz.distance import Levenshtein

from qa.wording import Folded, strict

__all__ = ["LEGEND", "compared", "steps"]

LEGEND = (
    '<p class="diff-legend">标记：<del>划线</del>是原文没有的字，<ins>下划线</ins>是原文的字，'
    '<span class="lack" role="img" aria-label="缺字">▲</span>处漏了字。</p>'
)
"""What the signs of ``compared`` mean."""
_LACK = '<span class="lack" role="img" aria-label="此处缺字">▲</span>'
_LONGEST = 6000  # characters; beyond it the differences are listed and not drawn

Span = tuple[int, int]
Step = Mapping[str, Any]


def steps(draft: str, source: str) -> list[tuple[Span, Span]]:
    """Where the draft and the source differ: spans of both, an empty one where letters lack.

    The same steps as ``qa.wording.differences``, with their places.
    """
    ours, theirs = strict(draft), strict(source)
    found: list[tuple[Span, Span]] = []
    for code in Levenshtein.opcodes(ours.text, theirs.text):
        if code.tag == "equal":
            continue
        a, b = (code.src_start, code.src_end), (code.dest_start, code.dest_end)
        if found and found[-1][0][1] == a[0] and found[-1][1][1] == b[0]:
            last = found.pop()
            a, b = (last[0][0], a[1]), (last[1][0], b[1])
        found.append((a, b))
    return [(_span(ours, draft, a), _span(theirs, source, b)) for a, b in found]


def _span(folded: Folded, text: str, span: Span) -> Span:
    if span[0] < span[1]:
        return folded.span(*span)
    at = int(folded.positions[span[0]]) if span[0] < len(folded.text) else len(text.rstrip())
    return at, at


def compared(draft: str, source: str, unlike: Sequence[Step], said: str = "您写的") -> str:
    """The draft over the source, what differs marked in both; "" when nothing does.

    ``unlike`` are the contract's differences. Where they are not those of the two texts as wholes
    (fragments were compared piece by piece), they are listed instead.
    """
    if not unlike:
        return ""
    if len(draft) + len(source) <= _LONGEST:
        found = steps(draft, source)
        drawn = [(draft[a:b], source[c:d]) for (a, b), (c, d) in found]
        if drawn == [(each["draft"], each["source"]) for each in unlike]:
            ours = _drawn(draft, [a for a, _ in found], "del", _LACK)
            theirs = _drawn(source, [b for _, b in found], "ins", "")
            return (
                f'<dl class="diff"><div><dt>{said}</dt><dd>{ours}</dd></div>'
                f"<div><dt>原文</dt><dd>{theirs}</dd></div></dl>"
            )
    items = "".join(f"<li>{_told(each)}</li>" for each in unlike)
    return f'<ul class="diff-list" aria-label="不同之处">{items}</ul>'


def _drawn(text: str, spans: Sequence[Span], tag: str, lack: str) -> str:
    out, done = [], 0
    for start, end in spans:
        out.append(escape(text[done:start]))
        words = escape(text[start:end])
        out.append(f"<{tag}>{words}</{tag}>" if words else lack)
        done = end
    return "".join([*out, escape(text[done:])])


def _told(step: Step) -> str:
    ours, theirs = escape(step["draft"]), escape(step["source"])
    if not ours:
        return f"漏了 <ins>{theirs}</ins>"
    if not theirs:
        return f"多了 <del>{ours}</del>"
    return f"<del>{ours}</del> 原文作 <ins>{theirs}</ins>"
