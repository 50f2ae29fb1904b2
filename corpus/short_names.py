"""Short names that people give to laws, derived from the titles of all laws: 税收征管法, 反家暴法.

A short name keeps the title's words in their order, each whole or by its beginning (征收管理 →
征管, 委员会 → 委会), the last also by its end (秘密 → 密), and ends in the same kind of document.

- It keeps the first word, and may leave out others: not more than half, and two are kept
  (治安管理处罚法 → 治安处罚法).
- Or, of a law, it leaves out the first words and keeps all that follow (公职人员政务处分法 →
  政务处分法). Of a regulation they say whose it is: 物业管理条例 is not 滨海市物业管理条例.

A word that turns the sense round (反, 不, 非) is never left out. A name that is short for several
laws means none, unless it leaves no word out of one of them alone (环保法). With the country's name
before it a name claims to be the title itself, and is short for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from corpus.lexicon import is_word, split_words

__all__ = ["ShortNames"]

_COUNTRY = "中华人民共和国"
_KIND = re.compile(r"(?:法典|(?<!办)法|条例|规则)$")
_LAWS = ("法", "法典")
# Contracted as a whole, by everybody: no word of it counts as left out.
_WHOLE = (("人民代表大会", "人大"), ("常务委员会", "常委会"))
_JOINING = frozenset("和与及")
_TURNING = frozenset("反非不未无")
_SHORTEST = 2
_LONGEST = 20


class ShortNames:
    """Finds the titles that a name may be short for."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = sorted(set(titles))
        self._meant: dict[str, tuple[str, ...]] = {}

    def meant(self, name: str) -> tuple[str, ...]:
        """The titles it may be short for: one when it is clear, several when it is not, or ()."""
        if name not in self._meant:
            self._meant[name] = self._derive(name)
        return self._meant[name]

    def _derive(self, name: str) -> tuple[str, ...]:
        kind, short = _parted(name)
        if name.startswith(_COUNTRY) or not kind or not _SHORTEST <= len(short) <= _LONGEST:
            return ()
        left_out = {
            title: least
            for own_kind, words, title in self._parted
            if own_kind == kind and len(short) <= len(words) and _in_order(short, words)
            if (least := _left_out(short, _words(words), kind.endswith(_LAWS))) is not None
        }
        whole = tuple(title for title, count in left_out.items() if count == 0)
        return whole if len(whole) == 1 else tuple(left_out)

    @cached_property
    def _parted(self) -> list[tuple[str, str, str]]:
        parted = ((*_parted(title), title) for title in self._titles)
        return [(kind, words, title) for kind, words, title in parted if kind]


def _parted(name: str) -> tuple[str, str]:
    """The kind at the end of a name and the words before it; ("", …) for other documents."""
    kind = _KIND.search(name)
    if kind is None or not kind.start():
        return "", name
    words = name[: kind.start()].removeprefix(_COUNTRY)
    for whole, contracted in _WHOLE:
        words = words.replace(whole, contracted)
    return kind.group(), words


def _in_order(short: str, words: str) -> bool:
    rest = iter(words)
    return all(character in rest for character in short)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name; a word that turns another round stands alone: 反恐怖 → 反, 恐怖."""
    found: list[str] = []
    for word in split_words(name):
        apart = len(word) == 3 and _turns(word[0]) and is_word(word[1:])
        found += [word[0], word[1:]] if apart else [word]
    return tuple(found)


def _left_out(short: str, words: tuple[str, ...], law: bool) -> int | None:
    """How many words a short name leaves out, at least; None when it is not short for them."""
    counted = [word for word in words if word not in _JOINING]
    return min(
        (
            len(counted) - len(kept)
            for kept in _ways(short, words, 0, 0)
            if _allowed(kept, counted, words, law)
        ),
        default=None,
    )


def _ways(short: str, words: tuple[str, ...], at: int, word: int) -> Iterator[tuple[int, ...]]:
    """Every way to read ``short[at:]`` as words from ``word`` on: the numbers of those kept."""
    if word == len(words):
        if at == len(short):
            yield ()
        return
    for piece in _pieces(words[word], word == len(words) - 1 and at > 0):
        if short.startswith(piece, at):
            yield from ((word, *rest) for rest in _ways(short, words, at + len(piece), word + 1))
    if not _turns(words[word]):
        yield from _ways(short, words, at, word + 1)


def _pieces(word: str, last: bool) -> Iterator[str]:
    """What may stand for a word."""
    yield from (word[:length] for length in range(len(word), 0, -1))
    if len(word) > 2:
        yield word[0] + word[-1]
        yield word[1:]
    if last and len(word) > 1:
        yield word[-1]


def _turns(word: str) -> bool:
    """Whether leaving the word out would turn the sense round: 反, 不, 非, but not 人, 港."""
    return word in _TURNING


def _allowed(kept: tuple[int, ...], counted: list[str], words: tuple[str, ...], law: bool) -> bool:
    used = [number for number in kept if words[number] not in _JOINING]
    if not used:
        return False
    if used[0] == 0:
        return len(used) >= 2 and 2 * len(used) >= len(counted)
    following = sum(word not in _JOINING for word in words[used[0] :])
    return law and len(used) == following
