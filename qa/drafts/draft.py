"""A draft to check: pasted text, .txt, .md or .docx, with a way back to the file.

Markdown's marks (``**``, ``> ``, ``# ``, backslashes) are taken out of the text that is checked;
the map leads around them. Of a .docx the text is read as ``qa.drafts.word`` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus import InputError, decode, sound
from qa.drafts.word import read_word
from qa.inputs import LIMITS

__all__ = ["TEXT_ENDINGS", "Draft", "draft_of_bytes", "draft_of_text", "read_draft"]

TEXT_ENDINGS = (".txt", ".md", ".markdown", ".text")
_LEFT_OUT = {
    "text": re.compile(r"\r|[\ufeff\u200b\u200e\u200f\u2060]"),
    "markdown": re.compile(
        r"\r|[\ufeff\u200b\u200e\u200f\u2060]|\*{1,3}|(?<![A-Za-z0-9])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9])"
        r"|`+|~~|^[ \t]*(?:>[ \t]?)+|^#{1,6}[ \t]+|\\(?=[\\`*_{}\[\]()#+.!>~-])|<!--.*?-->",
        re.M | re.S,
    ),
}
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft's ``text``, which is what is checked.

    ``original`` is the whole text of a .txt or .md, and ``positions[i]`` where in it ``text[i]``
    stands; of a .docx ``content`` holds the file's bytes.
    """

    name: str
    kind: Literal["text", "markdown", "word"]
    text: str
    original: str = ""
    positions: tuple[int, ...] = ()
    content: bytes = b""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in ``original``."""
        if start < end:
            return self.positions[start], self.positions[end - 1] + 1
        at = self.positions[start - 1] + 1 if start else 0
        return at, at


def read_draft(path: str | Path) -> Draft:
    """The draft in a file.

    InputError for one that cannot be read, is of another kind, too large, encrypted or damaged.
    """
    source = Path(path)
    try:
        _small_enough(source.stat().st_size, source.name)
        content = source.read_bytes()
    except OSError as exc:
        raise InputError(f"读不了 {source}（{exc.strerror}），请检查路径和权限。") from exc
    return draft_of_bytes(content, source.name)


def draft_of_bytes(content: bytes, name: str) -> Draft:
    """The draft in a file's bytes; its kind is told by ``name`` and by how the bytes begin."""
    _small_enough(len(content), name)
    ending = Path(name).suffix.lower()
    if ending == ".docx" or content.startswith(b"PK\x03\x04"):
        text = _short_enough(read_word(content, name).text, name)
        if not text.strip():
            raise InputError(f"{name} 里没有文字，请换一个有正文的文件。")
        return Draft(name, "word", text, content=content)
    if content.startswith(_OLD_WORD) or ending == ".doc":
        raise InputError(
            f"{name} 是旧版 Word 文件或已加密，请在 Word 中去掉密码、另存为 .docx 后再试。"
        )
    if content.startswith(b"%PDF") or ending == ".pdf":
        raise InputError(f"{name} 是 PDF，请把要核对的文字另存为 .docx 或 .txt 后再试。")
    if ending and ending not in TEXT_ENDINGS:
        raise InputError(f"不会读 {name} 这种文件，请用 .txt、.md 或 .docx。")
    return draft_of_text(decode(content, name), name)


def draft_of_text(text: str, name: str = "") -> Draft:
    """The draft in a text; Markdown when the name ends in ``.md``."""
    kind: Literal["text", "markdown"] = (
        "markdown" if Path(name).suffix.lower() in {".md", ".markdown"} else "text"
    )
    text = sound(_short_enough(text, name or "文稿"))
    if not text.strip():
        raise InputError("文稿是空的，请粘贴要核对的文字。")
    positions: list[int] = []
    at = 0
    for match in _LEFT_OUT[kind].finditer(text):
        positions += range(at, match.start())
        at = match.end()
    positions += range(at, len(text))
    kept = "".join(text[position] for position in positions)
    return Draft(name, kind, kept, text, tuple(positions))


def _small_enough(size: int, name: str) -> None:
    if size > LIMITS.draft_size:
        raise InputError(f"{name} 超过 {LIMITS.draft_size // 2**20} MB，请拆分后再核对。")


def _short_enough(text: str, name: str) -> str:
    if len(text) > LIMITS.draft_length:
        most = LIMITS.draft_length // 10_000
        raise InputError(f"{name} 有 {len(text)} 个字，一次最多核对 {most} 万字，请拆分后再核对。")
    return text
