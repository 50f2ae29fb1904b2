"""Words that bind, deny or limit (应当, 可以, 不得; 不, 非; 以上), in a sentence and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.wording import strict

__all__ = ["changed_modals"]

_SAME = {
    "应": "应当",
    "应该": "应当",
    "不应": "不应当",
    "不应该": "不应当",
    "严禁": "禁止",
    "不可": "不可以",
    "无需": "无须",
    "不许": "不得",
    "不准": "不得",
}
_MODAL = re.compile(
    "不应当|不应该|不应|不得|不可以|不可(?!抗|分割|避免|或缺|侵犯|撤销)|不准|不许|不予|不能|不必|无权|无须|无需"
    "|严禁|禁止|应当|应该|必须|务必|可以|有权|允许"
    "|(?<![相响适反效供顺对回感报照理])应(?![急用对付变诉邀聘届答激征收战景声运])"
)
_AGAINST = frozenset({"不应当", "不得", "不可以", "不予", "不能", "无权", "禁止"})
_BOUNDS = "以上 以下 超过 不足 至少 最多 一律 任何 所有".split()
_DENIAL = re.compile("[不非未无免]")
_DENIED = re.compile("[不非未无免没].?$")
_CLAUSE_END = re.compile("[。；！？;!?\n]")
_PREDICATE = re.compile(r"[\u4e00-\u9fff]{3,6}")
# Characters of what follows 应当, 不得, 未: so many make it the same predicate. By eye, on the
# sentences of tests/test_qa_written.py; too few accuse, too many let through.
_SHORTEST = 3
_NEGATED = 4
_DENIED_LENGTH = 3


def changed_modals(words: str, own: str, sources: Sequence[str]) -> Iterator[str]:
    """What is said against a sentence's binding words, in the order found.

    ``own`` are the words outside quotations. Each of its binding words must stand in a source;
    where what follows it stands in the sources too, it must be bound by the same word there; and
    what a source forbids must not be told without the word that forbids it.
    """
    texts = [strict(source).text for source in sources]
    plain = strict(words).text
    for modal, after in _modals(strict(own).text):
        if not any(modal == other for text in texts for other, _ in _modals(text)):
            yield f"原文没有“{modal}”"
        else:
            governing = set(_governing(after, texts))
            if governing and modal not in governing:
                yield f"原文是“{sorted(governing)[0]}”，不是“{modal}”"
    for modal, predicate in _forbidden(texts):
        if _stated(predicate, plain):
            yield f"漏了原文的“{modal}”"
    yield from _denials(plain, texts)
    yield from (
        f"原文没有“{bound}”"
        for bound in _BOUNDS
        if bound in own and not any(bound in text for text in texts)
    )


def _denials(plain: str, texts: Sequence[str]) -> Iterator[str]:
    """What a source denies and the sentence states, and the other way round."""
    source = "\n".join(texts)
    for denied, told, said in ((source, plain, "原文是“{}……”"), (plain, source, "原文没有“{}……”")):
        for match in _DENIAL.finditer(denied):
            after = _PREDICATE.match(denied, match.end())
            predicate = after.group()[:_DENIED_LENGTH] if after else ""
            if predicate and _stated(predicate, told) and not _stated(predicate, denied):
                yield said.format(match.group() + predicate)


def _stated(predicate: str, text: str) -> bool:
    """Whether the words stand somewhere neither denied nor forbidden."""
    return any(
        not _DENIED.search(text[: found.start()])
        and not any(m in _AGAINST for m, _ in _modals(_clause(text, found.start())))
        for found in re.finditer(re.escape(predicate), text)
    )


def _modals(text: str) -> Iterator[tuple[str, str]]:
    """Each binding word in its usual form, with what follows it."""
    for match in _MODAL.finditer(text):
        yield _SAME.get(match.group(), match.group()), text[match.end() :]


def _governing(after: str, texts: Sequence[str]) -> Iterator[str]:
    """The binding words before the same predicate in the sources; the longest match counts."""
    match = _PREDICATE.match(after)
    for length in range(len(match.group()) if match else 0, _SHORTEST - 1, -1):
        found = [
            [modal for modal, _ in _modals(_clause(text, each.start()))]
            for text in texts
            for each in re.finditer(re.escape(after[:length]), text)
        ]
        if found:
            yield from (modals[-1] for modals in found if modals)
            return


def _forbidden(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What follows a word that forbids, unless it is stated somewhere."""
    source = "\n".join(texts)
    for modal, after in _modals(source):
        predicate = after[:_NEGATED]
        if modal in _AGAINST and _PREDICATE.match(predicate) and not _stated(predicate, source):
            yield modal, predicate


def _clause(text: str, end: int) -> str:
    """The words of the same clause before a position."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text, 0, end)]
    return text[ends[-1] if ends else 0 : end]
