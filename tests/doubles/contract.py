"""The contract as docs/contract.json has it, with no field more than it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

CONTRACT = json.loads((Path(__file__).parents[2] / "docs" / "contract.json").read_text("utf-8"))


def checked(name: str, record: Mapping[str, object]) -> None:
    """An object of the command or of the call of this name, which must keep the contract."""
    faults = [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in _validator(name).iter_errors(record)
    ]
    assert not faults, faults


@cache
def _validator(name: str) -> Draft202012Validator:
    wanted = {**CONTRACT["commands"], **CONTRACT["objects"]}[name]
    return Draft202012Validator({**wanted, "$defs": _closed(CONTRACT["$defs"])})


def _closed(schema: Any) -> Any:
    """``schema`` with nothing allowed that it does not name."""
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed["additionalProperties"] = False
    return closed
