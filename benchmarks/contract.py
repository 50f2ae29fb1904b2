"""Write docs/contract.json, the JSON Schema of the contract: ``python -m benchmarks.contract``."""

from __future__ import annotations

import json
from pathlib import Path

from qa.records import contract_schema

__all__ = ["FILE", "main", "written"]

FILE = Path(__file__).resolve().parents[1] / "docs" / "contract.json"


def main() -> None:
    """Bring the file up to date with the types."""
    FILE.write_text(written(), encoding="utf-8")


def written() -> str:
    """What the file holds."""
    return json.dumps(contract_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
