"""What a person wrote, put into a record; what does not fit is said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

__all__ = ["Unfit", "validated"]

Record = TypeVar("Record")
Place = tuple[str | int, ...]

_COMPLAINTS = {
    "missing": "缺少“{name}”，请补上",
    "unexpected_keyword_argument": "有不认识的项“{name}”，请改正或删去",
    "string_type": "的“{name}”应为字符串，现在是“{value}”，请改正",
    "bool_type": "的“{name}”应为 true 或 false，现在是“{value}”，请改正",
    "bool_parsing": "的“{name}”应为 true 或 false，现在是“{value}”，请改正",
    "int_type": "的“{name}”应为整数，现在是“{value}”，请改正",
    "int_parsing": "的“{name}”应为整数，现在是“{value}”，请改正",
    "int_from_float": "的“{name}”应为整数，现在是“{value}”，请改正",
    "float_type": "的“{name}”应为数字，现在是“{value}”，请改正",
    "float_parsing": "的“{name}”应为数字，现在是“{value}”，请改正",
    "greater_than": "的“{name}”应大于 {gt:g}，现在是 {value}，请改正",
    "greater_than_equal": "的“{name}”不能小于 {ge:g}，现在是 {value}，请改正",
    "less_than_equal": "的“{name}”不能大于 {le:g}，现在是 {value}，请改正",
    "literal_error": "的“{name}”应是 {choices} 之一，现在是“{value}”，请改正",
    "tuple_type": "的“{name}”应为字符串列表，现在是“{value}”，请改正",
    "dataclass_type": "的“{name}”应写成 [[{name}]] 表，请改正",
}
"""From pydantic's name of a fault to what is said of it."""
_UNKNOWN = "的“{name}”不能用，现在是“{value}”，请改正"
_SHOWN = 40


class Unfit(ValueError):
    """``complaint`` says in Chinese what is wrong with ``name``, a field of what is at ``place``.

    A place alternates fields and numbers from 0; () is the record that was wanted.
    """

    def __init__(self, place: Place, name: str, complaint: str) -> None:
        super().__init__(complaint)
        self.place = place
        self.name = name
        self.complaint = complaint


def validated(kind: type[Record], values: Mapping[str, object]) -> Record:
    """A dataclass of these values, checked and converted by pydantic; Unfit for the first fault.

    A field with a wrong name comes first: what it was to be is then missing.
    """
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    # A dataclass takes the configuration of what it stands in, and cannot be given one itself.
    alone: TypeAdapter[tuple[Record]] = TypeAdapter(
        tuple[kind],  # type: ignore[valid-type, arg-type]
        config=ConfigDict(extra="forbid"),
    )
    try:
        return alone.validate_python((values,))[0]
    except ValidationError as exc:
        faults = exc.errors(include_url=False)
        faults.sort(key=lambda fault: fault["type"] != "unexpected_keyword_argument")
        raise _unfit(faults[0]) from exc


def _unfit(fault: Mapping[str, Any]) -> Unfit:
    place: Place = fault["loc"][1:]
    last = max(at for at, part in enumerate(place) if isinstance(part, str))
    name, value = str(place[last]), fault["input"]
    type_ = fault["type"]
    if type_ == "tuple_type" and isinstance(value, dict):
        type_ = "dataclass_type"
    elif type_ == "string_type" and last + 1 < len(place):
        type_ = "tuple_type"
    facts = dict(fault.get("ctx", {}))
    choices = "、".join(re.findall(r"'(\w+)'", str(facts.get("expected", ""))))
    facts |= {"name": name, "value": str(value)[:_SHOWN], "choices": choices}
    return Unfit(place[:last], name, _COMPLAINTS.get(type_, _UNKNOWN).format(**facts))
