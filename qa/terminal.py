"""Results as plain text for a terminal."""

from __future__ import annotations

from typing import Any

from qa.check.finding import VERDICTS

__all__ = [
    "ask_text",
    "check_text",
    "cited_line",
    "document_text",
    "find_text",
    "link_line",
    "search_text",
]

Record = dict[str, Any]

_NEAREST = 3
_SHOWN = 80


def search_text(result: Record) -> str:
    """Ranked passages."""
    if not result["hits"]:
        return result["notice"] or "没有找到。"
    blocks = [
        f"{hit['rank']}. {_source(hit)}  {hit['score']:.3f}\n   {hit['text']}"
        for hit in result["hits"]
    ]
    return "\n\n".join([result["notice"], *blocks] if result["notice"] else blocks)


def ask_text(result: Record) -> str:
    """Answer sentences with their sources, or that nothing answers."""
    blocks = [result["notice"]] if result["notice"] else []
    if not result["answered"] and result["hits"]:
        blocks.append("文件未作规定。以下内容可能相关：")
        blocks += [
            f"  {hit['citation']}\n  {_clipped(hit['text'])}" for hit in result["hits"][:_NEAREST]
        ]
    elif not result["answered"]:
        blocks.append("文件未作规定。")
    for sentence in result["sentences"]:
        hit = result["hits"][sentence["hit"] - 1]
        blocks.append(f"  {sentence['text']}\n    ——{_source(hit)}")
    return "\n\n".join(blocks)


def find_text(result: Record) -> str:
    """Where the words stand, and what differs."""
    if not result["matches"]:
        return "文档库里没有找到这些文字，也没有相近的。"
    blocks = []
    for match in result["matches"]:
        kind = "原文如此" if match["kind"] == "exact" else f"近似 {match['similarity']:.0%}"
        lines = [f"{_source(match)}  {kind}", f"  {match['context']}"]
        lines += [f"  {_difference(each)}" for each in match["differences"]]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def check_text(result: Record) -> str:
    """A draft's items, one paragraph each."""
    if not result["items"]:
        return "草稿里没有引文，也没有提到法律或文件的条款。"
    blocks = []
    for item in result["items"]:
        lines = [f"〔{VERDICTS[item['verdict']]}〕{item['surface']}"]
        if item["source"]:
            lines.append(f"  出处：{item['source']['citation']}")
        lines += [f"  {_difference(each)}" for each in item["differences"]]
        lines += [f"  {item['suggestion']}"] if item["suggestion"] else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def document_text(record: Record) -> str:
    """A document and its table of contents."""
    head = f"{record['name']}  {record['status']}  {record['issuer']} {record['published']}"
    return "\n".join([head, *("  " * entry["level"] + entry["heading"] for entry in record["toc"])])


def cited_line(row: Record) -> str:
    """One cited document."""
    lines = "、".join(map(str, row["lines"]))
    state = "入库" if row["held"] else "未入库"
    return f"{state}  《{row['title']}》  第 {lines} 行  {row['how']}".rstrip()


def link_line(link: Record) -> str:
    """One passage that cites."""
    source = link["from"]
    return f"{source['citation']}  “{link['surface']}”  {link['note']}".rstrip()


def _source(hit: Record) -> str:
    return f"{hit['citation']}  [{hit['document']['status']}]"


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"


def _difference(difference: Record) -> str:
    if difference["op"] == "insert":
        return f"少了“{difference['source']}”"
    if difference["op"] == "delete":
        return f"多了“{difference['draft']}”"
    return f"“{difference['draft']}”应为“{difference['source']}”"
