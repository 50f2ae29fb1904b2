"""A document's text beside how it was read: each stretch with its section."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import Document

__all__ = ["source_lines"]


def source_lines(document: Document) -> Iterator[str]:
    """Every stretch of the text in its order, the reading in brackets above it.

    What stands in no passage (the head, the foot, a table of contents) is there too, so that
    nothing of the text is missing.
    """
    spans = [(each.start, each.end, "") for each in document.furniture if each.kind == "page"]
    for passage in document.passages:
        path = " > ".join(section.heading for section in document.path(passage.section))
        said = "标题" if passage.kind == "heading" else passage.article or path or "不属于任何章节"
        if passage.article and path:
            said = f"{path} > {passage.article}"
        spans.append((passage.start, passage.end, said))
    pages = {page.start: page.label or str(page.number) for page in document.pages}
    for start, end, said in sorted(spans):
        turned = [label for at, label in pages.items() if start <= at < end]
        page = f"（第{'、'.join(turned)}页起）" if turned else ""
        yield f"〔{said or '题头、目录或页尾，不入检索'}〕{page}"
        yield from (f"  {line}" for line in document.text[start:end].split("\n") if line.strip())
