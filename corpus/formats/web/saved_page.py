"""A saved web page: the article in it, and what the page says of it.

Made for the pages of Chinese government sites. The parser is lxml's, which runs no script and
fetches nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin

from corpus.errors import InputError
from corpus.formats.extracted import Extracted
from corpus.formats.lines import Line, assemble, tidy
from corpus.formats.web.body import article, page_lines, without_furniture
from corpus.formats.web.emptiness import doubts
from corpus.formats.word import Element
from corpus.read import decode

__all__ = ["read_fragment", "read_page"]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_ENCODINGS = dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk"), "gb18030") | {"big5": "big5hkscs"}
_XML = re.compile(r"\A\s*<\?xml[^>]*>")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|rtf|txt|xlsx?|et|pptx?|ofd|ceb|zip|rar|7z)(?=$|[?#&])", re.I
)
_META = {
    "title": ("articletitle", "og:title", "dc.title", "title"),
    "date": (
        "pubdate",
        "publishdate",
        "article:published_time",
        "firstpublishedtime",
        "dc.date",
        "date",
    ),
    "source": ("contentsource", "dc.source", "source"),
    "author": ("author", "dc.creator"),
    "address": ("og:url", "url"),
}
_SAID = {
    "date": r"(?:发布|发文|公布)\s*(?:日\s*期|时\s*间)",
    "source": r"(?:信息|文章|稿件)?来\s*源",
    "issuer": r"(?:发文|发布|制定|公开)\s*(?:机\s*关|机\s*构|单\s*位)",
    "number": r"(?:发\s*文\s*字\s*号|文\s*件\s*编\s*号|文\s*号)",
    "written": r"(?:成\s*文|生\s*成|印\s*发)\s*(?:日\s*期|时\s*间)",
}
_DATE = re.compile(r"(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?")
_POSTED = re.compile(rf"^({_DATE.pattern})\s+\d{{1,2}}:\d\d", re.M)
_LONGEST_FACT = 60  # characters; beyond it the line is prose (by eye)
_SITE = re.compile(r"\s*[_|｜]\s*.*$|\s+[-–—]\s+.*$|-[^-]{0,20}(?:网|政府|门户)[^-]{0,10}$")


def read_page(content: bytes, name: str) -> Extracted:
    """The article of an HTML page with its headings, its attachments and the page's own facts.

    Facts: ``title``, ``date`` (of publication), ``source``, ``author``, ``address``, and, where a
    table on the page says them, ``issuer``, ``number`` (发文字号) and ``written`` (成文日期).
    """
    text, damaged = _decoded(content, name)
    root = _parsed(text, name)
    facts = _facts(root, text)
    shown = list(_shown(root))
    without_furniture(root)
    base = next((each.get("href", "") for each in root.iter("base")), "")
    address = facts.get("address", "")
    attachments = tuple(dict.fromkeys(_attachments(root, _joined(address, base))))
    lines = article(root, facts.get("title", ""))
    warnings = tuple(doubts(root, lines, facts.get("title", ""), name))
    if damaged:
        warnings += (f"{name} 有 {damaged} 处无法解码的字符，请核对原网页。",)
    joined, headings = assemble(lines)
    kept = set(joined.split("\n"))
    around = tuple(line for line in shown if not kept.issuperset(tidy(line)))
    return Extracted(joined, "html", headings, (), facts, attachments, warnings, around)


def _shown(root: Element) -> Iterator[str]:
    """The lines that a reader of the page sees, its menus among them."""
    for line in page_lines(root):
        yield from tidy(line.text)
    for menu in root.iter("nav", "aside", "footer"):
        for words in menu.itertext():
            yield from tidy(words)


def read_fragment(source: str) -> list[Line]:
    """The lines of a stretch of HTML, a table's row one of them."""
    from lxml import html

    return list(page_lines(html.fragment_fromstring(source, create_parent="div")))


def _decoded(content: bytes, name: str) -> tuple[str, int]:
    """The page's text by its mark or the encoding it says, and how many characters were lost."""
    said = _CHARSET.search(content[:4096])
    encoding = _ENCODINGS.get(said.group(1).decode("ascii").lower() if said else "", "utf-8")
    marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not marked:
        try:
            return content.decode(encoding), 0
        except UnicodeDecodeError:
            pass
    try:
        return decode(content, name), 0
    except InputError:
        text = content.decode(encoding, "replace")
        lost = text.count("\ufffd")
        if lost * 50 > len(text):
            raise
        return text, lost


def _parsed(text: str, name: str) -> Element:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    clean = _XML.sub("", text.lstrip("\ufeff").replace("\x00", ""))
    try:
        root = html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as exc:
        raise InputError(f"{name} 不是完整的网页，请在浏览器中重新保存后再试。") from exc
    for element in root.iter():
        # lxml reads control characters and then refuses to move them about.
        element.text = _CONTROL.sub("", element.text or "")
        element.tail = _CONTROL.sub("", element.tail or "")
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise InputError(f"{name} 的标签嵌套过深，可能是恶意文件，没有打开。")
    return root


def _facts(root: Element, text: str) -> dict[str, str]:
    metas = {
        (each.get("name") or each.get("property") or "").strip().lower(): each.get("content", "")
        for each in reversed(list(root.iter("meta")))
    }
    facts = {
        key: next((value for name in names if (value := _short(metas.get(name, "")))), "")
        for key, names in _META.items()
    }
    said = dict(_said(root))
    for key, value in said.items():
        facts[key] = facts.get(key) or value
    facts["title"] = _title(root, facts["title"])
    saved = _SAVED_FROM.search(text[:2000])
    canonical = (each.get("href") for each in root.iter("link") if each.get("rel") == "canonical")
    facts["address"] = (
        next(canonical, None) or facts["address"] or (saved.group(1) if saved else "")
    )
    return {key: value for key, value in facts.items() if value}


def _short(text: str) -> str:
    return " ".join(" ".join(tidy(text)).split())


def _title(root: Element, said: str) -> str:
    heads = [_short("".join(each.itertext())) for each in root.iter("h1")]
    named = _SITE.sub("", next((_short(each.text or "") for each in root.iter("title")), ""))
    return said or (heads[0] if len(heads) == 1 else "") or named


def _said(root: Element) -> Iterator[tuple[str, str]]:
    """What the visible words of the page say of the document: a label, and the words after it."""
    lines = [line for each in page_lines(root) for line in tidy(each.text)]
    joined = "\n".join(line[:400] for line in lines)
    for key, label in _SAID.items():
        for match in re.finditer(
            rf"(?<![\u4e00-\u9fff]){label}\s*(?:[:：]\s*\|?|\|)\s*([^\n|]*)", joined
        ):
            value = match.group(1).strip()
            if key in {"date", "written"}:
                found = _DATE.match(value)
                value = found.group() if found else ""
            elif key == "source":
                value = re.split(r"[\s【\[]", value)[0]
            if value and len(value) <= _LONGEST_FACT and not value.endswith(("：", ":")):
                yield key, value
                break
        else:
            posted = _POSTED.search(joined) if key == "date" else None
            yield key, posted.group(1) if posted else ""


def _attachments(root: Element, base: str) -> Iterator[str]:
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        words = _short("".join(link.itertext())) or _short(link.get("title") or "")
        if not address or address.lower().startswith(("javascript:", "#", "data:")):
            continue
        if _FILE.search(address) or _FILE.search(words):
            name = words or unquote(re.split(r"[?#]", address)[0].rsplit("/", 1)[-1])
            yield f"{name}: {_joined(base, address)}"


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
