"""Where the article of a page stands, and its lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import compress, count, takewhile
from typing import Any

from corpus.formats.lines import Line, tidy
from corpus.formats.number_formats import written
from corpus.formats.web.tables import table_rows
from corpus.formats.word import Element

__all__ = ["article", "page_lines", "without_furniture"]

_KNOWN = re.compile(
    r"ucap-?content|trs_(?:u?editor|editor_view|paper_preview)|zoom|maintextzoom|vsb_content(?:_\d+)?"
    r"|v_news_content|pages?_?content|article[-_]?(?:content|body|con|text)|artibody|textbody"
    r"|news[-_]?(?:content|body|text)|xxgk[-_]?content|detail[-_]?content|content[-_]?(?:body|text)"
    r"|con[-_]?text|wz[-_]?content|wzzw|zwnr|rich_media_content|j-fontcontent|ewebeditor\w*",
    re.I,
)
_DROPPED = (
    *("script", "style", "noscript", "iframe", "object", "embed", "svg", "canvas", "template"),
    *("nav", "aside", "footer", "select", "button", "input", "textarea", "audio", "video"),
)
_FURNITURE = re.compile(
    r"share|bdshare|bdsharebuttonbox|jiathis|nav|navbar|navigation|menu|breadcrumbs?|crumbs?|foot|footer"
    r"|sidebar|related|recommend|print|qrcode|ewm|erweima|wechat|weixin|toolbar|fontsize|copyright"
    r"|search|login|dqwz|xgwd|xgxw|wxshare|tools?",
    re.I,
)
_HOLDERS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figcaption figure form header hr"
    " main ol section table tbody td tfoot th thead tr ul".split()
)
_BLOCKS = _HOLDERS | {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "caption"}
_LISTS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_STARTS_NUMBERED = re.compile(
    r"\s*(?:[(（〔]?[\d一二三四五六七八九十]+[)）〕、.．]|第[^\s]{1,5}[条章节]|[①-⑳])"
)
_CJK = r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
_WRAP = re.compile(rf"(?<={_CJK})[ \t]*[\r\n]\s*(?={_CJK})")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_ANYWHERE = re.compile(
    r"扫一扫.{0,20}"
    r"|(?:[【\[(（]?(?:我要)?(?:打印(?:本页)?|关闭(?:窗口)?|返回顶部|纠错|收藏|字体|分享)"
    r"[】\])）]?[ |]*)+"
    r"|分享[到至]?[:：].{0,40}|【?字[体号][:：].{0,20}|\[大 ?中 ?小\]|附件下载[>:：]*"
    r"|(?:浏览|点击|访问|阅读)(?:次数|数|量)[:：].{0,20}|[上下]一[篇条][:：].*"
    r"|您?(?:当前|现在|所在|现在所在)的?位置[:：].*"
)
_AT_HEAD = re.compile(
    r"(?:信息)?(?:来源|发布(?:时间|日期)|责任编辑|编辑|作者)\s*[:：].{0,80}"
    r"|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?|(?:首页|网站首页)\s*[>»].*"
)
_AT_END = re.compile(
    r".{0,30}(?:版权所有|ICP备|公网安备|网站标识码|网站地图|建议使用).*"
    r"|.{0,30}(?:技术支持|主办单位|承办单位)[:：].*"
    r"|(?:信息)?(?:来源|责任编辑|编辑)\s*[:：].{0,40}|相关(?:链接|阅读|文档|稿件|信息|解读)[:：]?"
)
_RELATED = re.compile(r"[【\[]?(?:相关|延伸|推荐)[\u4e00-\u9fff]{2,4}[】\]]?\s*[:：]?")
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s?[〔\[［（(]\s?\d{4}\s?[〕\]］）)]\s?第?\s?\d{1,5}\s?号"
)
# By eye, on saved pages of gov.cn's kind; benchmarks.measure.documents --type html holds both.
_HEAD_LINES = 15  # in which the document's title stands again above its body
_LEAST = 2  # characters outside links of what says something
_MOST = 0.8  # of a page's words: what holds so many is the body, or holds it


def without_furniture(root: Element) -> None:
    """Take menus, share bars, footers and everything unseen out of the page, in place."""
    weights = _weights(root)
    most = max(weights.get(root, 0) * (1 - _MOST), 1)
    for element in list(root.iter()):
        if element.getparent() is None or element.tag in {"body", "html", "head"}:
            continue
        if element.tag in _DROPPED or (
            weights.get(element, 0) <= most and (_is_furniture(element) or _is_unseen(element))
        ):
            element.drop_tree()


def article(root: Element, title: str) -> list[Line]:
    """The lines of the page's article.

    It is what stands in a container known to hold one, else in the smallest element that holds
    most of the page's prose; ``title`` is where it begins.
    """
    weights = _weights(root)
    links = {" ".join("".join(each.itertext()).split()) for each in root.iter("a")}
    known = [each for each in root.iter() if _is_known(each)]
    inside = set(known)
    tops = [each for each in known if not any(up in inside for up in each.iterancestors())]
    if sum(weights.get(each, 0) for each in tops) * 3 > weights.get(root, 0):
        return _trimmed([line for top in tops for line in page_lines(top)], "", links)
    elements = _heaviest(root, weights)
    return _trimmed([line for each in elements for line in page_lines(each)], title, links)


def page_lines(root: Element) -> Iterator[Line]:
    """The lines that a browser would show of the element; a table's row is one, cells by " | "."""
    from lxml import etree

    pieces: list[str] = []
    level: int | None = None
    label = ""
    counts: dict[Any, int] = {}

    def flush() -> Line:
        nonlocal label
        text = _SPACES.sub(" ", _WRAP.sub("", "".join(pieces))).strip()
        pieces.clear()
        if text:
            text, label = label + text, ""
        return Line(text, level)

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        block = element.tag in _BLOCKS
        if block:
            yield flush()
        if event == "start":
            level = int(element.tag[1]) if _is_heading(element) else level
            rows = table_rows(element, _cell) if element.tag == "table" else []
            if rows or element.tag in _DROPPED or element.tag == "head":
                walk.skip_subtree()
                yield from rows
            else:
                label = _label(element, counts) if element.tag == "li" else label
                pieces.append(element.text or "")
            continue
        level = None if _is_heading(element) else level
        if element.tag == "br":
            yield flush()
        if element is not root:
            pieces.append(element.tail or "")
    yield flush()


def _weights(root: Element) -> dict[Any, int]:
    """How many characters of each element stand outside links and controls."""
    weights: dict[Any, int] = {}
    for element in reversed(list(root.iter())):
        own = weights.get(element, 0)
        if element.tag in {"a", "head", *_DROPPED}:
            own = 0
        else:
            own += len("".join((element.text or "").split()))
        weights[element] = own
        parent = element.getparent()
        if parent is not None:
            tail = len("".join((element.tail or "").split()))
            weights[parent] = weights.get(parent, 0) + own + tail
    return weights


def _names(element: Element) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}".split()


def _is_known(element: Element) -> bool:
    return element.tag in _BLOCKS and any(map(_KNOWN.fullmatch, _names(element)))


def _is_furniture(element: Element) -> bool:
    parts = (
        part
        for name in _names(element)
        for part in [name, *re.split(r"[-_\d]+|(?<=[a-z])(?=[A-Z])", name)]
    )
    return any(map(_FURNITURE.fullmatch, parts))


def _is_unseen(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None
    )


def _heaviest(root: Element, weights: dict[Any, int]) -> list[Element]:
    """Down from the page as long as one child holds most of the words, and is no paragraph.

    The headings right above that child are returned before it; what stands around a table of
    words, but for links, with it.
    """
    element = root
    heads: list[Element] = []
    while True:
        best = max(element, key=lambda each: weights.get(each, 0), default=None)
        if best is None or weights.get(best, 0) < _MOST * weights.get(element, 0):
            return [*heads, element]
        if best.tag not in _HOLDERS or not any(each.tag in _BLOCKS | {"br"} for each in best):
            return [*heads, element]
        if best.tag == "table" and table_rows(best, _cell):
            return [*heads, *(each for each in element if weights.get(each, 0) >= _LEAST)]
        above = takewhile(_is_heading, best.itersiblings(preceding=True))
        heads += reversed(list(above))
        element = best


def _is_heading(element: Element) -> bool:
    return re.fullmatch("h[1-6]", str(element.tag)) is not None


def _trimmed(lines: list[Line], title: str, links: Collection[str]) -> list[Line]:
    """Without the lines that belong to the page, those before the ``title`` among them."""
    single = [
        Line(text, line.level)
        for line in lines
        for text in ([" ".join(tidy(line.text))] if line.level else tidy(line.text))
    ]
    kept = [line for line in single if line.text and not _ANYWHERE.fullmatch(line.text)]
    for at, line in enumerate(kept[:_HEAD_LINES]):
        if title and line.text == title:
            numbered = (_PAPER.fullmatch(line.text) is not None for line in kept[:at])
            kept = kept[next(compress(count(), numbered), at) :]
            break
    kept = _without_related(kept, links)
    start = 1 if title and kept and kept[0].text == title else 0
    while len(kept) > start and _AT_HEAD.fullmatch(kept[start].text):
        del kept[start]
    return kept


def _without_related(lines: list[Line], links: Collection[str]) -> list[Line]:
    """Without what closes a page: who made it, and links under 相关文档."""
    end = len(lines)
    while end and _AT_END.fullmatch(lines[end - 1].text):
        end -= 1
    first = end
    while first and lines[first - 1].text in links:
        first -= 1
    above = first and first < end and _RELATED.fullmatch(lines[first - 1].text)
    return lines[: first - 1] if above else lines[:end]


def _cell(cell: Element) -> str:
    return " ".join(words for line in page_lines(cell) for words in tidy(line.text))


def _label(item: Element, counts: dict[Any, int]) -> str:
    """The number that a browser writes before an item; ``counts`` keeps each list's last one."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    last = counts.get(parent, _whole(parent.get("start"), 1) - 1)
    counts[parent] = _whole(item.get("value"), last + 1)
    if _STARTS_NUMBERED.match("".join(item.itertext())[:20]):
        return ""
    form = _LISTS.get(parent.get("type") or "1", "decimal")
    return f"{written(counts[parent], form)}. "


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
