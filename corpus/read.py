"""From a file's bytes to clean text."""

from __future__ import annotations

import codecs

from corpus.errors import InputError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes, name: str) -> str:
    """Text from bytes in UTF-8, GB18030 or marked UTF-16; ``name`` is for the error message.

    Raises InputError when the bytes are none of these, or hold no text.
    """
    for encoding in [e for mark, e in _MARKS if content.startswith(mark)] or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if not text.strip():
            raise InputError(f"{name} 是空文件，请换一个有正文的文件。")
        return text
    raise InputError(
        f"{name} 不是 UTF-8、GB18030 或 UTF-16 编码的文本，请另存为 UTF-8 文本后再试。"
    )
