"""Two documents laid side by side: the 新旧条文对照表."""

from qa.comparison.compare import compare_documents
from qa.comparison.parts import parted

__all__ = ["compare_documents", "parted"]
