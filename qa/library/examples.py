"""Questions to try a library with, made from its first document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Document
from qa.records import DocumentRecord

__all__ = ["EXAMPLES", "example_questions", "has_bundled_plan"]

EXAMPLES = (
    "企业老被检查打扰，规划里怎么管？",
    "重大行政决策要走哪些程序？",
    "民法典第一千二百六十条",
)

_BUNDLED = "乌鲁木齐市法治首府建设“十四五”规划"
_DOING = re.compile(
    r"(?:加强|推进|完善|健全|提升|深化|优化|强化|规范|落实|加快|构建|建立|扩大|改进|促进|保障|提高)"
    r"[\u4e00-\u9fff]{3,14}"
)
_LAW = EXAMPLES[-1]


def example_questions(lead: Document) -> list[str]:
    """Two questions that its headings answer, the first chapter, and an article of the 民法典."""
    if lead.title == _BUNDLED:
        return list(EXAMPLES)
    doings = [section.title for section in lead.sections if _DOING.fullmatch(section.title)]
    questions = [f"怎么{title}？" for title in doings[:2]]
    labels = [s.label for s in lead.sections if s.label.startswith("第") and s.origin == "source"]
    place = [f"《{lead.title}》{labels[0]}"] if labels and len(questions) < 2 else []
    return [*questions, *place, _LAW]


def has_bundled_plan(documents: Sequence[DocumentRecord]) -> bool:
    """Whether the plan that the page's samples quote is among the documents."""
    return any(document["title"] == _BUNDLED for document in documents)
