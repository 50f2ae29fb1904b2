"""A checked draft: its items, and what can be taken away from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from corpus import Document, Resolver
from qa.check import Checker, Item, item_record
from qa.drafts.draft import Draft, draft_of_text
from qa.records import FAULTS, CheckReply
from qa.wording import Wording

__all__ = ["CheckedDraft", "DraftChecker"]


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft and the verdicts on it."""

    draft: Draft
    items: Sequence[Item]

    @property
    def faults(self) -> int:
        """How many items are wrong."""
        return sum(item.verdict in FAULTS for item in self.items)

    def record(self) -> CheckReply:
        """The contract's reply, with the text that the offsets count in."""
        return {"text": self.draft.text, "items": [item_record(item) for item in self.items]}

    def corrected(self) -> tuple[str, bytes]:
        """File name and bytes with the true wording; in a .docx as tracked changes."""
        from qa.drafts.correct import corrected_text, corrected_word

        name = PurePath(self.draft.name or "草稿.txt")
        if self.draft.kind == "word":
            content = corrected_word(self.draft, self.items, datetime.now(UTC))
        else:
            content = corrected_text(self.draft, self.items).encode()
        return f"{name.stem}-已更正{name.suffix or '.txt'}", content

    def report(self) -> tuple[str, bytes]:
        """File name and bytes of the report (.docx), each source a footnote."""
        from qa.drafts.report import check_report

        name = PurePath(self.draft.name or "草稿")
        content = check_report(self.items, self.draft.name, datetime.now(UTC).astimezone().date())
        return f"{name.stem}-核对报告.docx", content

    def table(self) -> tuple[str, bytes]:
        """File name and bytes of the items as CSV."""
        from qa.drafts.report import check_csv

        name = PurePath(self.draft.name or "草稿")
        return f"{name.stem}-核对表.csv", check_csv(self.items)


class DraftChecker:
    """Checks drafts against one library (``qa.check``)."""

    def __init__(
        self,
        documents: Iterable[Document],
        resolver: Resolver,
        wording: Wording,
        complete_laws: bool,
    ) -> None:
        self._checker = Checker(documents, resolver, wording, complete_laws)

    def check(
        self, draft: Draft | str, progress: Callable[[int, int], None] | None = None
    ) -> CheckedDraft:
        """A draft, or the words of one, with its verdicts; see ``Checker.check``."""
        given = draft_of_text(draft) if isinstance(draft, str) else draft
        return CheckedDraft(given, self._checker.check(given.text, progress))
