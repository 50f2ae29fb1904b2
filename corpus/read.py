"""From a file's bytes to clean text."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator

from corpus.errors import InputError

__all__ = ["decode", "sound"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 5000  # characters looked at
_LIKELY = 0.7  # the plan read in a wrong encoding has 0.53 at most, all laws have 0.99 and more


def decode(content: bytes, name: str) -> str:
    """Text from bytes in UTF-8, GB18030 or UTF-16, marked or not; ``name`` is for the message.

    Raises InputError when the bytes are none of these, or hold no text.
    """
    for text in _readings(content):
        if "\x00" in text:
            break
        if not text.strip():
            raise InputError(f"{name} 是空文件，请换一个有正文的文件。")
        return text
    raise InputError(
        f"{name} 不是 UTF-8、GB18030 或 UTF-16 编码的文本，请另存为 UTF-8 文本后再试。"
    )


def sound(text: str) -> str:
    """The text with a mark for each character that no file can hold; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _readings(content: bytes) -> Iterator[str]:
    """The one reading that the bytes' mark names, or each that is possible, likeliest first."""
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or ["utf-8"]:
        text = _strict(content, encoding)
        if text is not None and (marked or "\x00" not in text):
            yield text
    if marked:
        return
    gb18030 = _strict(content, "gb18030")
    wide = [_strict(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    likely = max((text for text in wide if text), key=_plausible, default="")
    if _plausible(likely) >= max(_LIKELY, _plausible(gb18030 or "")):
        yield likely
    if gb18030 is not None:
        yield gb18030


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> float:
    """The share of characters that Chinese texts use: those of GB 2312, which are the common ones.

    Bytes read in the wrong encoding give characters from the whole of Unicode.
    """
    sample = text[:_SAMPLE]
    return sum(map(_common, sample)) / len(sample) if sample else 0.0


def _common(character: str) -> bool:
    if character < "\x80":
        return character in "\t\n\r" or unicodedata.category(character) != "Cc"
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return character in "\ufeff—·"
