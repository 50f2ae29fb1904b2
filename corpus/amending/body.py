"""An article being changed: its 款 and 项 keep their old numbers until all is done.

Amendments point at what is there by its old number (第三款修改为) and at what they put in by its
new one (增加一款，作为第二款).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, TypeVar

from corpus.amending.quoted import spans_of
from corpus.amending.steps import Spot, Step
from corpus.clauses import clause_lines, item_number
from corpus.numerals import to_chinese

__all__ = ["Body", "UnclearError", "clauses_of"]

_ITEM_LABEL = re.compile(r"\s*[(（][一二三四五六七八九十百\d]+[)）]\s*")
_STOPS = "。；，：、！？"
T = TypeVar("T")


class UnclearError(Exception):
    """What an amendment orders cannot be done with certainty; the text says why."""


class _Numbered(Generic[T]):
    """Parts by their old numbers, counted from 1, and those put in by their new ones."""

    def __init__(self, parts: Sequence[T], name: str) -> None:
        self._old: list[T | None] = list(parts)
        self._new: dict[int, T] = {}
        self._name = name

    def __getitem__(self, number: int) -> T:
        found = self._old[number - 1] if 0 < number <= len(self._old) else None
        if found is None:
            raise UnclearError(f"没有第{to_chinese(max(number, 0))}{self._name}")
        return found

    def replace(self, number: int, part: T) -> None:
        _ = self[number]
        self._old[number - 1] = part

    def drop(self, number: int) -> None:
        _ = self[number]
        self._old[number - 1] = None

    def insert(self, number: int, part: T) -> None:
        self._new[number] = part

    @property
    def moved(self) -> bool:
        """Whether the numbers of those that stay may have changed."""
        return bool(self._new) or None in self._old

    def __len__(self) -> int:
        return len(self._old)

    def parts(self) -> list[T]:
        found = [part for part in self._old if part is not None]
        for number in sorted(self._new):
            if number > len(found) + 1:
                raise UnclearError(f"第{to_chinese(number)}{self._name}前面没有足够的{self._name}")
            found.insert(number - 1, self._new[number])
        return found


class _Clause:
    """One 款: the lines before its items, and its items."""

    def __init__(self, lines: Sequence[str]) -> None:
        at = next((n for n, line in enumerate(lines) if n and item_number(line)), len(lines))
        self.head = list(lines[:at])
        items: list[str] = []
        for line in lines[at:]:
            if item_number(line) or not items:
                items.append(line)
            else:
                items[-1] += f"\n{line}"
        self.items = _Numbered(items, "项")

    def lines(self) -> list[str]:
        items = self.items.parts()
        if self.items.moved:
            items = [_ITEM_LABEL.sub("", item, count=1) for item in items]
            last = len(items)
            items = [
                f"（{to_chinese(n)}）{_ended(item, n == last)}" for n, item in enumerate(items, 1)
            ]
        return [*self.head, *(line for item in items for line in item.split("\n"))]


def _ended(item: str, last: bool) -> str:
    """An item with the mark that its place in the list asks for."""
    if item[-1:] not in _STOPS:
        return item + ("。" if last else "；")
    if last and item.endswith("；"):
        return item[:-1] + "。"
    one_sentence = item.endswith("。") and item.count("。") == 1 and "\n" not in item
    return item[:-1] + "；" if one_sentence and not last else item


class Body:
    """The wording of one article while an amendment changes it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._clauses = _clauses(lines)
        self._whole: list[str] | None = None

    def change(self, step: Step, spots: Sequence[Spot]) -> None:
        """Do a step at those of its spots that are in this article; UnclearError if it cannot."""
        if self._whole is not None:
            raise UnclearError("全条改写之后又有改动")
        if step.kind == "reword":
            self._reword(spots, step.lines)
        elif step.kind == "insert":
            self._insert(spots, step.lines)
        elif step.kind == "append":
            for clause in clauses_of(step.lines):
                self._clauses.insert(len(self._clauses) + 1, _Clause(clause))
        elif step.kind in {"delete", "merge"}:
            for spot in spots:
                self._delete(spot)
        elif step.kind in {"swap", "extend"}:
            for spot in spots:
                self._replace_words(spot, step)
        else:
            raise UnclearError("读不懂")

    def lines(self) -> tuple[str, ...]:
        """The lines as they now are; () when nothing is left."""
        if self._whole is not None:
            return tuple(self._whole)
        return tuple(line for clause in self._clauses.parts() for line in clause.lines())

    def _reword(self, spots: Sequence[Spot], lines: Sequence[str]) -> None:
        if not lines:
            raise UnclearError("没有写出修改后的文字")
        if spots[0].clause is None and spots[0].item is None:
            self._whole = list(lines)
            return
        if spots[0].item is None:
            wordings = clauses_of(lines)
            if len(wordings) != len(spots):
                raise UnclearError("款数与修改后的文字对不上")
            for spot, words in zip(spots, wordings, strict=True):
                self._clauses.replace(spot.clause or 0, _Clause(words))
            return
        if len(spots) != 1:
            raise UnclearError("项数与修改后的文字对不上")
        clause, number = self._clause_of(spots[0]), spots[0].item
        self._clauses[clause].items.replace(
            number, _as_item(lines, number, self._clauses[clause].items[number])
        )

    def _insert(self, spots: Sequence[Spot], lines: Sequence[str]) -> None:
        if spots[0].item is not None:
            items = [line for line in lines if item_number(line)] if len(spots) > 1 else [*lines]
            if len(spots) == 1:
                items = ["\n".join(lines)]
            if len(items) != len(spots):
                raise UnclearError("项数与增加的文字对不上")
            parts = self._clauses[self._clause_of(spots[0])].items
            for spot, item in zip(spots, items, strict=True):
                parts.insert(spot.item or 0, item)
            return
        wordings = clauses_of(lines)
        if len(wordings) != len(spots):
            raise UnclearError("款数与增加的文字对不上")
        for spot, words in zip(spots, wordings, strict=True):
            self._clauses.insert(spot.clause or 0, _Clause(words))

    def _delete(self, spot: Spot) -> None:
        if spot.item is not None:
            self._clauses[self._clause_of(spot)].items.drop(spot.item)
        else:
            self._clauses.drop(spot.clause or 0)

    def _clause_of(self, spot: Spot) -> int:
        """The number of the 款 that an item is in: the only one with items where none is said."""
        if spot.clause is not None:
            return spot.clause
        listed = [n for n in range(1, len(self._clauses) + 1) if len(self._clauses[n].items)]
        if len(listed) != 1:
            raise UnclearError("不知是哪一款的项")
        return listed[0]

    def _replace_words(self, spot: Spot, step: Step) -> None:
        """Change words inside the article, a 款 or an 项 of it."""
        if spot.item is not None:
            items = self._clauses[self._clause_of(spot)].items
            items.replace(spot.item, _reworded(items[spot.item], step))
        elif spot.clause is not None:
            words = "\n".join(self._clauses[spot.clause].lines())
            self._clauses.replace(spot.clause, _Clause(_reworded(words, step).split("\n")))
        elif self._clauses.moved:
            raise UnclearError("款有增减，又在全条改字")
        else:
            words = "\n".join(self.lines())
            self._clauses = _clauses(_reworded(words, step).split("\n"))


def _clauses(lines: Sequence[str]) -> _Numbered[_Clause]:
    return _Numbered([_Clause(each) for each in clauses_of(lines)], "款")


def clauses_of(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each 款."""
    text = "\n".join(lines)
    return [[text[start:end] for start, end in clause] for clause in clause_lines(text)]


def _as_item(lines: Sequence[str], number: int, former: str) -> str:
    """The wording of an item with its number, and with the mark the former one ended with."""
    words = "\n".join(lines)
    if item_number(words) is None:
        words = f"（{to_chinese(number)}）{words}"
    return words if words[-1] in _STOPS else words + former[-1:]


def _reworded(text: str, step: Step) -> str:
    """The text with ``old`` in it written anew; UnclearError when it is not in it."""
    old, new = "\n".join(step.old), "\n".join(step.lines)
    if step.where == "末尾":
        return text + new
    spans = spans_of(old, text)
    if not spans:
        if step.kind == "swap" and new and (spans_of(new, text) or _same_letters(old, text)):
            return text if spans_of(new, text) else new
        raise UnclearError(f"没有“{old[:20]}”这些字")
    if step.kind == "extend":
        new = _joined(old, new, step.where)
    for start, end in reversed(spans):
        text = text[:start] + new + text[end:]
    return text


def _same_letters(words: str, text: str) -> bool:
    """Whether words are the whole text, but for its punctuation."""
    return re.sub(r"\W", "", words) == re.sub(r"\W", "", text)


def _joined(old: str, new: str, where: str) -> str:
    """Words put after or before others. A mark between them is never said, so it must be there."""
    first, second = (old, new) if where == "后" else (new, old)
    if first[-1] not in _STOPS and second[0] not in _STOPS:
        raise UnclearError("增加的文字前后用什么标点没有写明")
    return first + second
