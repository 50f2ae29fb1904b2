"""Drafts as files: read, corrected, and reported on."""

from qa.drafts.checked import CheckedDraft, DraftChecker
from qa.drafts.correct import corrected_text
from qa.drafts.draft import Draft, draft_of_bytes, draft_of_text, read_draft
from qa.drafts.targets import check_targets

__all__ = [
    "CheckedDraft",
    "Draft",
    "DraftChecker",
    "check_targets",
    "corrected_text",
    "draft_of_bytes",
    "draft_of_text",
    "read_draft",
]
