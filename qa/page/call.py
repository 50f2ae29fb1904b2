"""What the page's script calls: one JSON object in, HTML or JSON out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Call"]

Call = Callable[[dict[str, Any]], Any]
