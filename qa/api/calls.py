"""What programs may call, by HTTP (``qa.api.endpoints``) and MCP (``qa.api.mcp_server``).

One typed function for each. Every result is the object of the command line's ``--json``; whatever
the caller can mend is a FajuError with one Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from corpus import InputError
from index import Filters, Run
from qa.api.line import HEAVY, Line
from qa.drafts import draft_of_text
from qa.inputs import LIMITS
from qa.records import (
    AskReply,
    CheckReply,
    ConfirmedRecord,
    DocumentList,
    FindReply,
    SearchReply,
    SectionRecord,
)

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["DESCRIPTIONS", "ProgramCall", "program_calls"]

ProgramCall = Callable[..., Mapping[str, object]]

DESCRIPTIONS = {
    "search": "查找相关段落，按相关程度排列。返回 {query, route, hits, notice}。hits 的每一段都是"
    "原文（text），并注明文件、章节、条文号、效力（document.status）和可以直接引用的出处（citation）；"
    "start、end 是它在文件里的位置。",
    "ask": "用原文句子回答问题，并注明出处；文件没有规定的照实说。返回 {question, answered, "
    "confidence, sentences, related, hits, notice, route, reason}。sentences 是回答问题的原文，"
    "最切题的在前，hit 是它在 hits 里的序号；related 是可能有关的原句；route 为 catalogue 或 talk "
    "时，答复在 notice 里，不是原文；answered 为 false 表示没有答案，这时 hits 只是可能相关的段落，"
    "不能当作答案，reason 说明原因：silent 文件未作规定，not_held 文库未收所问的文件，repealed "
    "该文件已废止，no_such_place 没有所问的条款，no_document 没有写明是哪份文件的条款。",
    "find": "查找一段文字的原文出处，一字不差的（exact）和相近的（near）。返回 {text, matches}；"
    "每一处有出处（citation）、原文（quoted）和逐字的差别（differences）。",
    "check": "核对文稿里的每一处引文和条文号，逐处给出结论（verdict）。返回 {text, items}。结论有："
    "verbatim 与原文一致，altered 与原文有出入，wrong_article 出处有误，no_such_article 没有"
    "这一条，no_such_document 没有这部法律，superseded 已被修改或废止，exists 出处存在，not_held "
    "库中未收，not_found 库中查不到。有误的附原文（source）和改法（suggestion）。",
    "section": "读某个位置所在的整节（章、条）原文。返回 {document, path, start, end, blocks}。",
    "documents": "列出文档库里的文件。返回 {documents}，每份有编号、标题、效力、发布机关和日期。",
    "confirm": "记下某一段原文回答了某个问题：以后这样问或问得相近，先找到这一段；只存在本文库里，"
    "文件换了新版而原文还在的仍然有效。返回 {question, document, words, added, stands}。",
}
"""What each call does, for whoever reads the page of the interface or the list of tools."""

Count = Annotated[int, Field(description=f"最多返回几段，1 到 {LIMITS.hits}")]
Documents = Annotated[
    list[str] | None, Field(description="只在这些文件里找：编号、标题或简称；不写就是全部")
]
Section = Annotated[str, Field(description="只在这个章节里找，例如“第三章第三节”；不写就是全部")]
AllVersions = Annotated[bool, Field(description="是否包括已废止和已被修改的旧版本")]
Question = Annotated[
    str, Field(description="用中文写的问题，或一个出处，例如“民法典第五百七十七条”")
]
Given = Annotated[str, Field(description=f"要核对的文稿全文，最多 {LIMITS.text_length} 个字")]


def program_calls(
    opened: Callable[[], Engine],
    line: Line,
    may_change: Callable[[], bool] = lambda: True,
) -> Sequence[ProgramCall]:
    """The calls over the engine that ``opened`` gives; it is asked for when a call comes.

    Long texts wait in ``line``; ``may_change`` says whether who asks may change the library.
    """
    asking, checking = _asking(opened), _checking(opened, line)
    return (*asking, *checking, *_reading(opened), *_learning(opened, may_change))


def _asking(opened: Callable[[], Engine]) -> Sequence[ProgramCall]:
    def search(
        query: Annotated[str, Field(description="要查的内容")],
        k: Count = 10,
        run: Annotated[Run | None, Field(description="检索方式，不写就是语义和字词一起")] = None,
        documents: Documents = None,
        section: Section = "",
        all_versions: AllVersions = False,
    ) -> SearchReply:
        """Ranked passages."""
        filters = _filters(documents, section, all_versions)
        return opened().search(_short(query, "查询内容"), _few(k), run, filters)

    def ask(
        question: Question,
        k: Count = 10,
        documents: Documents = None,
        section: Section = "",
        all_versions: AllVersions = False,
    ) -> AskReply:
        """Verbatim answer sentences, or that the library does not say."""
        filters = _filters(documents, section, all_versions)
        return opened().ask(_short(question, "问题"), _few(k), filters)

    return search, ask


def _checking(opened: Callable[[], Engine], line: Line) -> Sequence[ProgramCall]:
    def find(
        text: Annotated[str, Field(description="要找的文字：一句话或几个词")],
        k: Count = 10,
        documents: Documents = None,
        all_versions: AllVersions = False,
    ) -> FindReply:
        """Where words stand."""
        words = _short(text, "要找的文字")
        return opened().find(words, _few(k), all_versions, tuple(documents or ()))

    def check(text: Given) -> CheckReply:
        """A draft's quotations and citations, each with a verdict."""
        draft = draft_of_text(_short(text, "文稿"))
        if len(text) < HEAVY:
            return opened().check(draft).record()
        ticket = line.enter()
        try:
            with line.turn(ticket):
                return opened().check(draft).record()
        finally:
            line.leave(ticket)

    return find, check


def _reading(opened: Callable[[], Engine]) -> Sequence[ProgramCall]:
    def section(
        document: Annotated[str, Field(description="文件的编号、标题或简称")],
        start: Annotated[
            int, Field(description="文件里的位置，例如某一段的 start；不写就是开头")
        ] = 0,
    ) -> SectionRecord:
        """The whole section around an offset."""
        found = opened().section(document, start)
        last = found["document"]["characters"] - 1
        if not 0 <= start <= last:
            raise InputError(f"start 应在 0 到 {last} 之间，现在是 {start}。")
        return found

    def documents() -> DocumentList:
        """Every document of the library."""
        return {"documents": opened().documents()}

    return section, documents


def _learning(
    opened: Callable[[], Engine], may_change: Callable[[], bool]
) -> Sequence[ProgramCall]:
    def confirm(
        question: Question,
        document: Annotated[str, Field(description="文件的编号、标题或简称")],
        start: Annotated[int, Field(description="回答问题的那一段在文件里的位置（hit 的 start）")],
    ) -> ConfirmedRecord:
        """Keep that a passage answers a question."""
        if not may_change():
            raise InputError("确认问题的答案需要“编辑”权限，请找本单位的管理员。")
        return opened().questions.confirm(question, document, start)

    return (confirm,)


def _filters(documents: list[str] | None, section: str, all_versions: bool) -> Filters:
    return Filters(tuple(documents or ()), section, all_versions=all_versions)


def _few(k: int) -> int:
    if not 1 <= k <= LIMITS.hits:
        raise InputError(f"k 应在 1 到 {LIMITS.hits} 之间，现在是 {k}。")
    return k


def _short(text: str, name: str) -> str:
    if len(text) > LIMITS.text_length:
        raise InputError(
            f"{name}有 {len(text)} 个字，一次最多 {LIMITS.text_length} 个字，请分成几次。"
        )
    return text
