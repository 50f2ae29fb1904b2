"""Where the files made of a check may be written: never over the draft, each under its own name."""

from __future__ import annotations

from pathlib import Path

from corpus import InputError
from qa.drafts.draft import TEXT_ENDINGS

__all__ = ["check_targets"]


def check_targets(draft: str, corrected: str, report: str, table: str) -> None:
    """Refuse to write over the draft or twice to one file, or under an ending that does not fit.

    Of the paths "" stands for a file that is not wanted; the draft may be ``-``. A draft that is
    corrected stays what it is: a .docx one, text text. InputError says which path is wrong and what
    it should be.
    """
    word = Path(draft).suffix.lower() == ".docx"
    corrected_endings = (".docx",) if word else TEXT_ENDINGS
    wanted = (
        ("--corrected", corrected, corrected_endings),
        ("--report", report, (".docx",)),
        ("--csv", table, (".csv",)),
    )
    taken = [] if draft in {"", "-"} else [(Path(draft), "要核对的文稿")]
    for option, path, endings in wanted:
        if not path:
            continue
        target = Path(path)
        if target.suffix.lower() not in endings:
            should = " 或 ".join(endings)
            raise InputError(f"{option} 的文件名应以 {should} 结尾，现在是 {target.name}。")
        for other, what in taken:
            if _same(target, other):
                raise InputError(f"{option} 会覆盖{what} {other.name}，请换一个文件名。")
        taken.append((target, f"{option} 的文件"))


def _same(one: Path, other: Path) -> bool:
    """Whether both name one file, through links too."""
    both = one.exists() and other.exists()
    return one.resolve() == other.resolve() or (both and one.samefile(other))
