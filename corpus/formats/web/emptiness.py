"""Whether a saved page holds an article at all, or menus and labels alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.errors import InputError
from corpus.formats.labels import FACT_LABEL
from corpus.formats.lines import Line
from corpus.formats.word import Element

__all__ = ["doubts"]

_SAYS = re.compile(
    r".*[。；！？|].*|.*[：:]\s?\S.*|[(（第]?[\d一二三四五六七八九十]+[)）、.．章条].*|.{30,}"
)
_FEW = 2000  # characters; what has more is an article (by eye)


def doubts(root: Element, lines: Sequence[Line], title: str, name: str) -> Iterator[str]:
    """A sentence where hardly anything on the page is an article.

    Raises InputError where nothing is: what is there are links, the title, and the labels of the
    page's record. Pages whose article a script fetches are saved so.
    """
    if sum(len(line.text) for line in lines) > _FEW:
        return
    links = [" ".join("".join(each.itertext()).split()) for each in root.iter("a")]
    links = sorted(filter(None, links), key=len, reverse=True)
    said = [line.text for line in lines if not _is_around(line.text, links, title)]
    if lines and not said:
        raise InputError(
            f"{name} 里只有标题、栏目和链接，没有正文（正文可能由脚本载入，或在附件里），"
            "请在浏览器中打开网页，把正文另存为 .docx 或 .txt 后再试。"
        )
    if said and not any(map(_SAYS.fullmatch, said)):
        yield f"{name} 里没有成句的正文，可能只存下了栏目，请与原网页核对。"


def _is_around(words: str, links: Sequence[str], title: str) -> bool:
    """Whether a line is the page's own: a label, the title, or nothing but links."""
    if FACT_LABEL.match(words) or "".join(words.split()) == "".join(title.split()):
        return True
    for link in links:
        words = words.replace(link, "")
    return re.search(r"\w", words) is None
