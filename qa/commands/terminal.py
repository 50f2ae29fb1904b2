"""Results as plain text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.records import (
    AskReply,
    CheckReply,
    CitedRecord,
    DifferenceRecord,
    DocumentRecord,
    FindReply,
    Hit,
    LinkRecord,
    PassageRecord,
    SearchReply,
    WrittenRecord,
    amended_line,
    check_tally,
    outcome,
    passages_said,
    related_said,
    verdict_words,
)

if TYPE_CHECKING:
    from qa.library import Reading

__all__ = [
    "ask_text",
    "check_text",
    "cited_line",
    "document_text",
    "find_text",
    "link_line",
    "printable",
    "reading_text",
    "search_text",
    "written_head",
    "written_line",
]

_NEAREST = 3
_SHOWN = 80
_PASSAGE = 200
_CONTENTS = 60


def search_text(result: SearchReply) -> str:
    """Ranked passages."""
    if not result["hits"]:
        return result["notice"] or "没有找到。"
    blocks = [
        f"{hit['rank']}. {_source(hit)}  {hit['score']:.3f}\n   {hit['text']}"
        + (_history(hit) if result["route"] == "place" else "")
        for hit in result["hits"]
    ]
    return "\n\n".join([result["notice"], *blocks] if result["notice"] else blocks)


def _history(hit: Hit) -> str:
    """What changed an article that was asked for, and what it read before."""
    amended = hit.get("amended", [])
    lines = ["；".join(map(amended_line, amended)) + "。"] if amended else []
    former = amended[-1]["wording"] if amended else ""
    lines += [f"修改前：{former}"] if former else []
    return "".join(f"\n   〔{line}〕" for line in lines)


def ask_text(result: AskReply, k: int | None = None) -> str:
    """Answer sentences with their sources, or that nothing answers.

    ``k`` passages stand below where that many were asked for; where nothing answers, the nearest.
    """
    blocks = [result["notice"]] if result["notice"] else []
    blocks += [
        f"  {_indented(words)}\n    ——{_source(hit)}" for hit, words in passages_said(result)
    ]
    related = related_said(result)
    blocks += ["相关原句："] if related else []
    blocks += [f"  {_clipped(words)}\n    ——{_source(hit)}" for hit, words in related]
    near = result["hits"][: (0 if result["answered"] else _NEAREST) if k is None else k]
    if result["answered"]:
        blocks += ["相关原文："] if near else []
    else:
        blocks.append(f"{outcome(result)}。" + ("以下内容可能相关：" if near else ""))
    blocks += [f"  {hit['citation']}\n  {_clipped(hit['text'])}" for hit in near]
    return "\n\n".join(blocks)


def written_head(model: str) -> str:
    """What stands above a written answer."""
    return f"以下由语言模型 {model} 根据上面的原文写成，逐句核对过；引用请以原文为准。"


def written_line(sentence: WrittenRecord, styled: bool = False) -> str:
    """One written sentence; one that fails is marked, and ``styled`` struck through."""
    text = sentence["text"]
    if sentence["verified"]:
        return text
    struck = f"\x1b[9m{text}\x1b[0m" if styled else text
    return f"〔未通过核对：{sentence['reason']}〕{struck}"


def find_text(result: FindReply) -> str:
    """Where the words stand, and what differs."""
    similar = result.get("similar", [])
    placed = any(hit["score"] == 1 for hit in similar)
    blocks = [] if result["matches"] or placed else ["文档库里没有找到这些文字，也没有相近的。"]
    for match in result["matches"]:
        kind = "原文如此" if match["kind"] == "exact" else f"近似 {match['similarity']:.0%}"
        lines = [f"{_source(match)}  {kind}", f"  {match['context']}"]
        lines += [f"  {_difference(each)}" for each in match["differences"]]
        blocks.append("\n".join(lines))
    blocks += ["所写的条文：" if placed else "意思相近："] if similar else []
    blocks += [f"{_source(hit)}\n  {_clipped(hit['text'], _PASSAGE)}" for hit in similar]
    return "\n\n".join(blocks)


def check_text(result: CheckReply) -> str:
    """A draft's items, one paragraph each."""
    if not result["items"]:
        return "草稿里没有引文，也没有提到法律或文件的条款。"
    blocks = []
    for item in result["items"]:
        words = verdict_words(item["verdict"], item.get("goes_on", False))
        lines = [f"〔{words}〕{item['surface']}"]
        if item["source"]:
            lines.append(f"  出处：{item['source']['citation']}")
        lines += [f"  {_difference(each)}" for each in item["differences"]]
        lines += [f"  {item['suggestion']}"] if item["suggestion"] else []
        blocks.append("\n".join(lines))
    retold = sum(item.get("retold", False) for item in result["items"])
    return "\n\n".join([*blocks, check_tally([i["verdict"] for i in result["items"]], retold)])


def document_text(record: DocumentRecord) -> str:
    """A document and its table of contents."""
    facts = (record["name"], record["status"], record["issuer"], record["published"])
    head = "  ".join(fact for fact in facts if fact)
    if "file" in record:
        how = "，文字由 OCR 识别" if record["method"] == "ocr" else ""
        source = record["address"] or record["file"]
        head += f"\n来自 {source}（{record['format']}），{record['added']} 入库{how}"
    return "\n".join([head, *("  " * entry["level"] + entry["heading"] for entry in record["toc"])])


def reading_text(reading: Reading) -> str:
    """A file that may be taken in: what it says of itself, its contents, what to look at."""
    told = reading.proposal
    facts = (
        ("标题", told.title),
        ("发文机关", told.issuer),
        ("文号", told.number),
        ("公布日期", told.published),
        ("施行日期", told.effective),
        ("类型", told.kind),
        ("效力", told.status),
    )
    lines = [f"—— {reading.name}", *(f"{name}：{fact or '（未写明）'}" for name, fact in facts)]
    contents = reading.contents()
    lines += ["目录："] + ["  " * level + heading for level, heading in contents[:_CONTENTS]]
    if len(contents) > _CONTENTS:
        lines.append(f"  ……共 {len(contents)} 个标题")
    elif not contents:
        lines.append("  （没有认出章节标题）")
    versions = {"newer": f"库中有旧版本{reading.held}，入库后以此件为准。"}
    versions |= {"older": f"库中已有新版本{reading.held}，此件作为旧版本入库。"}
    lines += [versions[reading.relation]] if reading.relation in versions else []
    return "\n".join([*lines, *(f"注意：{warning}" for warning in reading.warnings)])


def printable(text: str) -> str:
    """The text without characters that move the cursor, colour the screen or turn words round."""
    return "".join(c if c.isprintable() or c in "\n\u3000" else "\ufffd" for c in text)


def cited_line(row: CitedRecord) -> str:
    """One cited document."""
    lines = "、".join(map(str, row["lines"]))
    state = "入库" if row["held"] else "未入库"
    return f"{state}  《{row['title']}》  第 {lines} 行  {row['how']}".rstrip()


def link_line(link: LinkRecord) -> str:
    """One passage that cites."""
    source = link["from"]
    return f"{source['citation']}  “{link['surface']}”  {link['note']}".rstrip()


def _source(hit: PassageRecord) -> str:
    status = hit["document"]["status"]
    return f"{hit['citation']}  [{status}]" if status else hit["citation"]


def _indented(words: str) -> str:
    """The lines of a list under each other."""
    return words.replace("\n", "\n  ")


def _clipped(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}……"


def _difference(difference: DifferenceRecord) -> str:
    if difference["op"] == "insert":
        return f"少了“{difference['source']}”"
    if difference["op"] == "delete":
        return f"多了“{difference['draft']}”"
    return f"“{difference['draft']}”应为“{difference['source']}”"
