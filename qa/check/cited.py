"""The verdict on a citation: whether the document and the place in it are there and in force."""

from __future__ import annotations

import re

from corpus import Citation, Document, clause_span, parse_article, to_chinese
from qa.check.finding import Finding, standing_note
from qa.check.replaced import nearest_in
from qa.check.shelf import Place, Shelf, last_article
from qa.check.versions import of_older_number, unheld_version

__all__ = ["judge_citation", "said_place"]

_LAW = re.compile(
    r"^(?:中华人民共和国)?[\u4e00-\u9fff、]{1,40}(?<!办)(?:法典|法)(?:[(（]试行[)）])?$"
)
_FOREIGN = re.compile(
    r"^(?:[美英法德日韩俄]国?|日本|德国|法国|瑞士|意大利|俄罗斯|苏俄|中华民国|大清|罗马|拿破仑|欧盟|联合国|国际|台湾|香港|澳门|普通)"
)
_SHORTEST_KNOWN = 4
_MENTIONED = 80.0


def said_place(citation: Citation) -> str:
    """第五条第二款第（三）项, as far as the citation says it."""
    words = citation.article or "".join(citation.sections)
    if citation.clause is not None:
        words += f"第{to_chinese(citation.clause)}款"
    if citation.item is not None:
        words += f"第（{to_chinese(citation.item)}）项"
    return words


def judge_citation(shelf: Shelf, citation: Citation) -> Finding:
    """The finding on one citation."""
    document = shelf.documents.get(citation.document_id or "")
    if document is None:
        return unheld_version(shelf, citation) if citation.version else _unheld(shelf, citation)
    spans = shelf.spans(document, citation)
    if not spans:
        older = of_older_number(shelf, citation, document) if citation.article else None
        return older or _no_place(shelf, citation, document)
    place = Place(document, *spans[0]) if citation.article else None
    if not document.current:
        return _outdated(shelf, citation, document, place)
    note = standing_note(document)
    return Finding("exists", document.title, document, citation.article, place, (), note)


def _no_place(shelf: Shelf, citation: Citation, document: Document) -> Finding:
    articles = shelf.articles(document)
    label = citation.article or ""
    place = None
    if citation.article is None:
        note = f"{document.name}没有{said_place(citation)}。"
    elif not articles:
        note = f"{document.name}不分条，请按章节引用。"
    elif label not in articles:
        note = f"{document.name}没有{label}，最后一条是{last_article(articles)}。"
    else:
        start, end = articles[label][0]
        place = Place(document, start, end)
        note = f"{document.name}{label}{_has(document, start, end, citation)}。"
    if not document.current:
        note += _gone(shelf, document)
    return Finding("no_such_article", document.title, document, citation.article, place, (), note)


def _has(document: Document, start: int, end: int, citation: Citation) -> str:
    count = 0
    while clause_span(document.text, start, end, count + 1, None):
        count += 1
    if citation.clause is not None and not 0 < citation.clause <= count:
        return f"只有{to_chinese(count)}款，没有第{to_chinese(citation.clause)}款"
    return f"没有{said_place(citation).removeprefix(citation.article or '')}"


def _gone(shelf: Shelf, document: Document) -> str:
    by = shelf.replacement(document)
    if by is None:
        return f"{document.name}库中标为{document.status}，请核对现行依据。"
    if by.title == document.title:
        return f"{document.name}的这一版本已被修改。"
    return f"{document.name}已由{by.name}废止。"


def _outdated(shelf: Shelf, citation: Citation, document: Document, place: Place | None) -> Finding:
    note = _gone(shelf, document)
    by = shelf.replacement(document)
    moved = shelf.moved(document, citation)
    if moved is not None:
        said = said_place(citation)
        now = "条号未变" if moved == said else f"{said}现为{moved}"
        note += f"{now}，文字是否相当请自行判断。"
    elif by is not None and place is not None:
        words = re.sub(r"^\s*第[^条]{1,12}条(?:之.)?\s*", "", place.words)
        best = nearest_in(shelf, words, by)
        if best is not None:
            note += f"现行规定中措辞最接近的是{best.citation}，是否相当请自行判断。"
    return Finding(
        "superseded",
        document.title,
        document,
        citation.article,
        place,
        suggestion=note,
        moved_to=moved,
    )


def _unheld(shelf: Shelf, citation: Citation) -> Finding:
    title = citation.title
    by = shelf.repealed_by(title)
    if by is not None:
        note = f"《{title}》已由{by.name}废止，请改引后者的相应条文。"
        return Finding("superseded", title, None, citation.article, None, (), note)
    either = [f"《{each}》" for each in shelf.meant(title)]
    if len(either) > 1:
        note = f"“{title}”可能指{'或'.join(either)}，请写全称。"
        return Finding("not_held", title, None, citation.article, None, (), note)
    names = shelf.near_names(title)
    near = f"名称相近的有{'、'.join(f'《{name}》' for name in names)}。" if names else ""
    if _would_be_held(shelf, citation, bool(names)):
        note = f"库中的国家法律里没有《{title}》。{near or '请核对名称。'}"
        return Finding("no_such_document", title, None, citation.article, None, (), note)
    if citation.article is not None and parse_article(citation.article) is None:
        note = f"“{citation.article}”不是条文的编号，请核对。"
        return Finding("no_such_article", title, None, citation.article, None, (), note)
    note = f"库中没有《{title}》，无法核对；取得全文、入库后再查。"
    if _LAW.match(title) and not shelf.complete_laws:
        note = f"库中没有《{title}》，无法核对；装入全部国家法律后再查（faju build --laws all）。"
    return Finding("not_held", title, None, citation.article, None, (), note + near)


def _would_be_held(shelf: Shelf, citation: Citation, names: bool) -> bool:
    """Whether a law of this name, if there were one, would be in the library."""
    title = citation.title
    if not shelf.complete_laws or not _LAW.match(title):
        return False
    if title.startswith("中华人民共和国"):
        return True
    if _FOREIGN.match(title) or len(title) < _SHORTEST_KNOWN:
        return False
    # 《行政法》, 《国际法》: a book or a branch of law unless an article of it is cited.
    return citation.article is not None or names
