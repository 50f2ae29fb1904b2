"""Whether a page that was fetched is the document that was wanted, whole; else why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from corpus.catalog import CitedEntry
from corpus.formats import Extracted
from corpus.headings import like_label, parse_label
from corpus.names import name_key
from corpus.numerals import article_label, parse_article
from corpus.records import Document
from corpus.register import preview

__all__ = ["fault"]

# By eye, on the pages of tests/test_corpus_fetch.py: no real site was within reach. All err towards
# refusing a page: what is refused is told and can still be added as a file.
_SHORTEST = 500  # characters; a plan or a regulation has thousands
_SHORT_PAGE = 1500  # characters below which an error's words are taken for the page's own
_FEWEST = 3  # numbered headings and articles
_ALIKE = 95  # of 100: one wrong character in a title of twenty
_HEAD = 40  # lines in which the title is looked for
_LONGEST_LINE = 120  # characters of a line that may be the title
_COUNTED = 60  # 编, 章, 节 and 一、: each goes on from the last one or begins again
_DRAFT = re.compile(r"[(（].{0,6}(?:征求意见稿|送审稿|讨论稿|草案)[)）]")
_ABOUT = re.compile("解读|答记者问|问答|图解|一图|发布会|评论员|综述")
_NO_DOCUMENT = re.compile(
    r"验证码|人机验证|安全验证|滑块|请.{0,4}登录|用户名.{0,20}密码|访问过于频繁|访问被拒绝|系统维护"
    r"|(?:页面|网页|内容|文件|文章).{0,6}(?:不存在|找不到|未找到|已删除|走丢|无法访问)|(?:启用|开启|支持)\s?JavaScript"
    r"|\b404\b|not found|captcha|access denied|forbidden|bad gateway",
    re.I,
)
_ISSUED = re.compile(
    r".{0,60}?(?:印发|发布|公布|批准|转发|通过|颁布)?《(?P<title>.+)》(?:的通知|的决定|\(全文\)|全文)?"
)
_PAGED = re.compile(
    rb"createPageHTML\(\s*[\"']?(?:[2-9]|[1-9]\d)|>\s*(?:\xe4\xb8\x8b\xe4\xb8\x80\xe9\xa1\xb5"
    rb"|\xcf\xc2\xd2\xbb\xd2\xb3)\s*<"
)
"""More pages than one: the sites' own script, or a link 下一页 (in UTF-8 or GBK)."""


def fault(entry: CitedEntry, content: bytes, extracted: Extracted, title: str) -> str:
    """Why the page is not the cited document in full, as a Chinese clause; "" when it is.

    ``title`` is the one that the text was found to have.
    """
    return next(_faults(entry, content, extracted, title), "")


def _faults(entry: CitedEntry, content: bytes, extracted: Extracted, title: str) -> Iterator[str]:
    page_title, text = extracted.facts.get("title", ""), extracted.text
    size, head = len("".join(text.split())), _head(text)
    if size < _SHORT_PAGE and _NO_DOCUMENT.search(f"{page_title}\n{text}"):
        yield "打开的是错误、登录或验证页面，不是文件"
    if not _titled(entry, [page_title, title, *head]):
        yield f"网页上没有这个标题（网页的标题是“{(page_title or title)[:60]}”）"
    if _ABOUT.search(page_title) and not _ABOUT.search(entry.title):
        yield f"网页是对文件的介绍（“{page_title[:60]}”），不是原文"
    if _DRAFT.search("\n".join([page_title, *head])) and not _DRAFT.search(entry.title):
        yield "网页上的是征求意见稿或草案，不是正式文本"
    if size < _SHORTEST:
        held = "，正文可能在附件里" if extracted.attachments else ""
        yield f"网页上只有 {size} 个字，没有正文{held}"
    if extracted.kind == "html" and (b"</html" not in content.lower() or _PAGED.search(content)):
        yield "网页没有载完，或者正文分在几个网页上"
    document = preview(entry.title, extracted)
    articles = sum(passage.article is not None for passage in document.passages)
    if len(document.sections) + articles < _FEWEST:
        yield "网页上的文字没有章节或条文的编号，不像文件原文"
    gaps = list(_gaps(document))
    if gaps:
        yield f"编号不连续，缺{'、'.join(gaps[:5])}"


def _head(text: str) -> list[str]:
    """The first lines, and neighbours of them as one, as a long title is broken."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:_HEAD]
    return [*lines, *(one + other for one, other in pairwise(lines))]


def _titled(entry: CitedEntry, found: Sequence[str]) -> bool:
    """Whether one of the lines is the title: its letters nearly, its figures exactly.

    The years of the title must be there also where a line is an alias without them.
    """
    if not set(_figures(name_key(entry.title))) <= set(_figures(name_key("\n".join(found)))):
        return False
    wanted = [name_key(name) for name in (entry.title, *entry.aliases)]
    for line in found:
        key = _bare(name_key(line)) if len(line) <= _LONGEST_LINE else ""
        for name in wanted:
            same = _figures(key) == _figures(name)
            if same and fuzz.ratio(key, name) >= _ALIKE:
                return True
    return False


def _bare(key: str) -> str:
    """法治中国建设规划(2020-2025年), out of 中共中央印发《…》."""
    issued = _ISSUED.fullmatch(key)
    return issued["title"] if issued else key


def _figures(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def _gaps(document: Document) -> Iterator[str]:
    """The headings and the articles that the numbering shows to be missing."""
    last: dict[int, int] = {}
    for section in document.sections:
        rank, number = parse_label(section.label) or (0, 0)
        if section.origin == "numbering":
            yield section.label
        elif 0 < rank <= _COUNTED and number not in {1, last.get(rank, 0) + 1}:
            before = last.get(rank, 0) + 1
            yield from (
                like_label(section.label, n) for n in range(before, max(number, before + 1))
            )
        last[rank] = number
    articles = [parse_article(each.article) for each in document.passages if each.article]
    numbers = {article[0] for article in articles if article}
    yield from (article_label(n) for n in range(1, max(numbers, default=0)) if n not in numbers)
