"""A question that is short for another: read against the question before it.

“女的呢？” after “男的多大可以结婚？” asks the same of another; “第二款呢？” and “下一条呢？” ask
for a place beside the one that was answered. What is whole by itself is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus import parse_number, to_chinese
from index import Index, words
from qa.records import AskReply

__all__ = ["Alike", "follow_up", "followed", "more_asked"]

Alike = Callable[[str, Sequence[str]], Sequence[float]]
"""How much a word is like each of some words."""

_LONGEST = 12  # characters of what is short for a question
_NUMBER = "[0-9〇零一二三四五六七八九十百千]+"
_SHORT = re.compile(
    r"(?:那么?|那要是|要是|如果是?|换成|假如是?)?[,，]?(?P<what>[^?？。！!,，]+?)(?:的话)?呢[?？]?"
)
_ASKING = re.compile(r"[怎啥谁哪几吗]|什么|多少|如何|为何|是否|能否")
_MORE = re.compile(
    r"(?:那)?(?:还有|别的|其他的?|其它的?|另外)(?:的|别的|其他的?|哪些|什么|没有了?)?(?:规定|条款|内容|要求)?"
    r"(?:吗|呢|没有)?[?？]?"
)
_PLACE = re.compile(rf"第?(?P<number>{_NUMBER})(?P<unit>条|款|项)")
_BESIDE = re.compile(r"(?P<way>下|上|后|前)一?条")
_ARTICLE = re.compile(rf"第({_NUMBER})条$")
# On a dozen pairs of words (benchmarks are too many for it): the right word leads by this much.
_ALIKE, _LEAD = 0.4, 0.08


def more_asked(question: str) -> bool:
    """Whether only more of the same is asked for: “还有吗？”."""
    return _MORE.fullmatch(question.strip()) is not None


def follow_up(question: str, before: str, ask: Callable[[str], AskReply], index: Index) -> str:
    """The whole question that a short one stands for, "" where it is whole by itself.

    ``before`` is asked again, to know from where it was answered.
    """
    if not before.strip() or not _short(question):
        return ""
    reply = ask(before)
    first = reply["sentences"][0]["hit"] if reply["sentences"] else 1
    hit = next((hit for hit in reply["hits"] if hit["rank"] == first), None)
    place = (hit["document"]["title"], hit["article"] or "") if hit else ("", "")

    def alike(word: str, others: Sequence[str]) -> Sequence[float]:
        vectors = index.embedder.encode([word, *others], "passage").vectors
        return [float(score) for score in vectors[1:] @ vectors[0]]

    return followed(question, before, place, words(before), alike)


def followed(
    question: str, before: str, place: tuple[str, str], cut: Sequence[str], alike: Alike
) -> str:
    """The whole question that a short one stands for; "" where it is whole.

    ``place`` is the title and the article that the question ``before`` was answered from ("" where
    there is none), ``cut`` are the words of that question.
    """
    what = _short(question)
    return (_placed(what, place) or _put_in(what, before, cut, alike)) if what else ""


def _short(question: str) -> str:
    """What a short question names; "" for one that is whole."""
    short = _SHORT.fullmatch(question.strip())
    what = short["what"].strip() if short else ""
    return "" if len(what) > _LONGEST or _ASKING.search(what) else what


def _placed(what: str, place: tuple[str, str]) -> str:
    """A place beside the one before: another article, a paragraph or an item of the same."""
    title, article = place
    named, beside = _PLACE.fullmatch(what), _BESIDE.fullmatch(what)
    if title and named:
        written = f"第{named['number']}{named['unit']}"
        if named["unit"] == "条":
            return f"《{title}》{written}"
        return f"《{title}》{article}{written}" if article else ""
    number = _ARTICLE.fullmatch(article)
    if not title or beside is None or number is None:
        return ""
    step = 1 if beside["way"] in "下后" else -1
    return f"《{title}》第{to_chinese((parse_number(number[1]) or 0) + step)}条"


def _put_in(what: str, before: str, cut: Sequence[str], alike: Alike) -> str:
    """The question before with ``what`` in the place of the word that is most like it.

    Where no word is clearly the one, both stand together.
    """
    known = [word for word in dict.fromkeys(cut) if word.isalnum() and word != what]
    if not known or what in before:
        return f"{what}，{before}"
    scores = alike(what.removesuffix("的") or what, known)
    best, *others = sorted(range(len(known)), key=lambda at: -scores[at])
    lead = scores[best] - (scores[others[0]] if others else 0.0)
    if scores[best] < _ALIKE or lead < _LEAD:
        return f"{what}，{before}"
    old = known[best]
    if what.endswith("的") and f"{old}的" in before:
        old += "的"
    return before.replace(old, what, 1)
