"""A number written as Word's automatic numbering writes it (``w:numFmt``)."""

from __future__ import annotations

from collections.abc import Callable

from corpus.numerals import to_chinese

__all__ = ["written"]

_FINANCIAL = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟万")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def written(number: int, form: str) -> str:
    """The number in the form; in Arabic digits in a form that is unknown or too short for it."""
    write = _FORMS.get(form)
    return (write(number) if write and number > 0 else "") or str(number)


def _row(first: str, last: str, *more: str) -> Callable[[int], str]:
    """Characters that follow each other in Unicode; "" past the last."""
    signs = "".join(
        chr(code)
        for start, end in zip((first, *more[::2]), (last, *more[1::2]), strict=True)
        for code in range(ord(start), ord(end) + 1)
    )
    return lambda number: signs[number - 1 : number]


def _letters(first: str) -> Callable[[int], str]:
    """A … Z, AA, BB … ZZ, AAA …, as Word goes on."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)


def _roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
        if len(words) > 20:
            return ""
    return words


def _digits(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _counted(number: int) -> str:
    return to_chinese(number) if number < 10**8 else ""


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1 : number]


_CIRCLED = _row("①", "⑳", "㉑", "㉟", "㊱", "㊿")
_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "chineseLegalSimplified": lambda number: _counted(number).translate(_FINANCIAL),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _row("⒈", "⒛"),
    "decimalEnclosedParen": _row("⑴", "⒇"),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalZero": lambda number: f"{number:02d}",
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "ideographEnclosedCircle": _row("㊀", "㊉"),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "japaneseCounting": _counted,
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "lowerLetter": _letters("a"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "taiwaneseDigital": _digits("〇一二三四五六七八九"),
    "upperLetter": _letters("A"),
    "upperRoman": _roman,
}
