"""Chinese numerals to integers and back, and the labels of articles made of them."""

from __future__ import annotations

import re

__all__ = ["article_label", "normal_article", "parse_article", "parse_number", "to_chinese"]

_DIGITS = "零一二三四五六七八九"
_LIMIT = 10**8
_FOLD = str.maketrans("〇○两０１２３４５６７８９", "零零二0123456789")
_SECTION = re.compile(
    r"(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?"
    r"(?:([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?"
)
_ARTICLE = re.compile(r"第(?P<main>[^第条]+)条(?:之(?P<sub>.+))?")


def to_chinese(number: int) -> str:
    """Write 0 … 99,999,999 as statutes do: 12 → 十二, 1260 → 一千二百六十, 10500 → 一万零五百."""
    if not 0 <= number < _LIMIT:
        raise ValueError(f"{number} is outside 0 … {_LIMIT - 1}")
    if number == 0:
        return "零"
    high, low = divmod(number, 10**4)
    words = f"{_section_words(high)}万" if high else ""
    if low:
        words += ("零" if high and low < 1000 else "") + _section_words(low)
    return words.removeprefix("一") if words.startswith("一十") else words


def _section_words(number: int) -> str:
    """1 … 9999, with 一十 for a leading ten."""
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = digit == 0
    return words


def parse_number(text: str) -> int | None:
    """Read Chinese or Arabic digits of either width; None when the words are not one number.

    Read too: 两 for 二, 〇 for 零, 一百十五 for 一百一十五, 一千六十 for 一千零六十, and digits
    in a row (二〇三五). 一百五 is not read: it may mean 150 or 105.
    """
    folded = text.strip().translate(_FOLD)
    if folded.isascii():
        return int(folded) if folded.isdigit() and len(folded) <= 8 else None
    if all(character in _DIGITS for character in folded):
        return _positional(folded)
    high, mark, low = folded.rpartition("万")
    parts = (_section_value(high) if mark else 0, _section_value(low))
    if parts[0] is None or parts[1] is None or (mark and parts[0] == 0):
        return None
    number = parts[0] * 10**4 + parts[1]
    return number if folded in _spellings(number) else None


def _positional(digits: str) -> int | None:
    if not digits or len(digits) > 8 or (len(digits) > 1 and digits[0] == "零"):
        return None
    return int("".join(str(_DIGITS.index(digit)) for digit in digits))


def _section_value(text: str) -> int | None:
    match = _SECTION.fullmatch(text)
    if match is None:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    value = sum(
        _DIGITS.index(digit) * unit
        for digit, unit in ((thousands, 1000), (hundreds, 100), (tens, 10), (ones, 1))
        if digit
    )
    return value + 10 if ten and not tens else value


def _spellings(number: int) -> set[str]:
    """List the accepted ways to write a number that has at least one unit in it."""
    written = to_chinese(number)
    full = f"一{written}" if written.startswith("十") else written
    found = {written, full, full.replace("一十", "十")}
    ends_open = re.search(r"零[一二三四五六七八九]$", written)
    return found if ends_open else found | {spelling.replace("零", "") for spelling in found}


def article_label(number: int, sub: int = 0) -> str:
    """``article_label(120, 1)`` → 第一百二十条之一."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")


def parse_article(label: str) -> tuple[int, int] | None:
    """``第120条之一`` → (120, 1); without 之 the second is 0; None when it names no article."""
    match = _ARTICLE.fullmatch(label.strip())
    if match is None:
        return None
    main = parse_number(match["main"])
    sub = 0 if match["sub"] is None else parse_number(match["sub"])
    if not main or sub is None or (match["sub"] is not None and sub == 0):
        return None
    return main, sub


def normal_article(label: str) -> str | None:
    """Write the label in Chinese numerals: 第120条 → 第一百二十条; None if it names none."""
    parsed = parse_article(label)
    return None if parsed is None else article_label(*parsed)
