"""A .docx looked at before it is parsed: encrypted, damaged, or made to blow up."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from corpus.errors import InputError

__all__ = ["guard"]

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Against archives that unpack without end, by eye: far above what a book in Word needs.
_MOST_ENTRIES = 10_000
_LARGEST_TOTAL = 400 * 2**20
_LARGEST_XML = 60 * 2**20
_SUSPECT_SIZE = 2**20
_SUSPECT_RATIO = 200
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def guard(content: bytes, name: str) -> None:
    """InputError, in one sentence, for a file that is not a safe .docx."""
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise InputError(f"{name} 已加密或是旧版 .doc，请在 Word 中去掉密码、另存为 .docx 后再试。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _sizes(package.infolist(), name)
            for entry in package.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _no_declarations(package.read(entry), name)
            names = set(package.namelist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError) as exc:
        raise _damaged(name) from exc
    except (NotImplementedError, RuntimeError, ValueError) as exc:
        raise InputError(
            f"{name} 已加密或压缩方式不常见，请在 Word 中另存为 .docx 后再试。"
        ) from exc
    except zlib.error as exc:
        raise _damaged(name) from exc
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise InputError(f"{name} 不是 Word 文档，请换一个 .docx 文件。")


def _damaged(name: str) -> InputError:
    return InputError(f"{name} 已损坏，打不开，请在 Word 中修复或重新保存后再试。")


def _sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or total > _LARGEST_TOTAL:
        raise InputError(f"{name} 解压后过大（{total // 2**20} MB），可能是恶意文件，没有打开。")
    for entry in entries:
        if entry.flag_bits & 1:
            raise InputError(f"{name} 已加密，请去掉密码后再试。")
        ratio = entry.file_size / max(1, entry.compress_size)
        xml = entry.filename.lower().endswith((".xml", ".rels"))
        if entry.file_size > _SUSPECT_SIZE and ratio > _SUSPECT_RATIO:
            raise InputError(f"{name} 的压缩比异常（{ratio:.0f} 倍），可能是恶意文件，没有打开。")
        if xml and entry.file_size > _LARGEST_XML:
            raise InputError(
                f"{name} 的正文过大（{entry.file_size // 2**20} MB），请拆分后再核对。"
            )


def _no_declarations(part: bytes, name: str) -> None:
    """XML of Word declares no entities; one that does is made to blow up or to read other files."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in part[:200]:
        part = part.replace(b"\x00", b"")
    if _DECLARATION.search(part):
        raise InputError(f"{name} 含有 Word 文档不该有的实体声明，可能是恶意文件，没有打开。")
