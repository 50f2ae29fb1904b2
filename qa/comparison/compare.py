"""The rows of a 新旧条文对照表, from the pairs of two documents."""

from __future__ import annotations

from collections import Counter

from corpus import Document, Pair, Piece, pair_documents, passage_at, version_name
from qa.comparison.parts import parted
from qa.records import (
    ComparedDocument,
    ComparedPart,
    ComparedPlace,
    ComparedRow,
    ComparisonReply,
    document_label,
)

__all__ = ["compare_documents"]

# What fits into the third column of the table (by eye).
_MOST_SAID = 4  # differences
_LONGEST_SAID = 24  # characters of each


def compare_documents(old: Document, new: Document) -> ComparisonReply:
    """Every article (paragraph, where there are none) of both, paired by wording and number."""
    rows = [_row(old, new, pair) for pair in pair_documents(old, new)]
    counts = Counter(row["kind"] for row in rows)
    return {
        "old": _document(old),
        "new": _document(new),
        "counts": {
            "kept": counts["kept"],
            "changed": counts["changed"],
            "added": counts["added"],
            "removed": counts["removed"],
            "moved": counts["moved"],
        },
        "rows": rows,
    }


def _document(document: Document) -> ComparedDocument:
    return {
        **document_label(document),
        "version": version_name(document),
        "published": document.published,
    }


def _row(old: Document, new: Document, pair: Pair) -> ComparedRow:
    one = _place(old, pair.old) if pair.old else None
    other = _place(new, pair.new) if pair.new else None
    row: ComparedRow = {
        "kind": "kept",
        "old": one,
        "new": other,
        "similarity": round(pair.likeness, 4),
        "parts": [],
        "note": "",
    }
    if one is None or other is None:
        row["kind"] = "removed" if other is None else "added"
        row["note"] = "删去" if other is None else "新增"
    elif pair.same:
        row["kind"] = "kept" if one["label"] == other["label"] else "moved"
        row["note"] = "未修改" if row["kind"] == "kept" else f"{_renumbered(one, other)}，文字未改"
    else:
        row["kind"] = "changed"
        row["parts"] = parted(one["text"], other["text"])
        row["note"] = _changed(one, other, row["parts"])
    source = _source(old, new, other)
    row["note"] += f"（{source}）" if source and row["kind"] in {"changed", "added"} else ""
    return row


def _place(document: Document, piece: Piece) -> ComparedPlace:
    return {
        "label": piece.label,
        "citation": document.citation(passage_at(document, piece.start)),
        "text": piece.words,
        "start": piece.start,
        "end": piece.end,
    }


def _renumbered(old: ComparedPlace, new: ComparedPlace) -> str:
    if not (old["label"] and new["label"]):
        return "位置变动"
    return f"{old['label']}改为{new['label']}"


def _changed(old: ComparedPlace, new: ComparedPlace, parts: list[ComparedPart]) -> str:
    """将“……”修改为“……”, as far as it can be said in a few words."""
    moved = f"{_renumbered(old, new)}，" if old["label"] != new["label"] else ""
    around = zip(["", *(part["old"] for part in parts)], parts, strict=False)
    differing = [(before, part) for before, part in around if part["op"] != "equal"]
    if len(differing) > _MOST_SAID:
        return f"{moved}修改 {len(differing)} 处"
    return moved + "；".join(_said(part, before) for before, part in differing)


def _said(part: ComparedPart, before: str) -> str:
    old, new = part["old"].strip(), part["new"].strip()
    if part["op"] == "insert":
        return f"增加“{_short(new)}”"
    if part["op"] == "delete":
        return f"删去“{_short(old)}”"
    # 营 for 有 says little: 国营 for 国有.
    lead = before[-1:].strip() if max(len(old), len(new)) == 1 else ""
    return f"“{lead}{_short(old)}”改为“{lead}{_short(new)}”"


def _short(words: str) -> str:
    line = " ".join(words.split())
    half = _LONGEST_SAID // 2
    return line if len(line) <= _LONGEST_SAID else f"{line[:half]}……{line[-half:]}"


def _source(old: Document, new: Document, place: ComparedPlace | None) -> str:
    """The amendments between the two that changed the article, as far as they are held."""
    history = new.history(place["label"]) if place else []
    between = [each for each in history if each.since > old.published]
    told = "、".join(each.by for each in between)
    return f"{told}，自{between[-1].since}起施行" if between else ""
