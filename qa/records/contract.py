"""The contract as one JSON Schema, made of the types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa.records.changes import (
    AddedRecord,
    BuiltRecord,
    ExaminedRecord,
    FetchedRecord,
    PackedRecord,
    RemovedRecord,
)
from qa.records.compared import ComparisonReply
from qa.records.figures import FiguresRecord, QuestionRecord
from qa.records.library_types import (
    AboutRecord,
    CitedRecord,
    ConfirmedRecord,
    DocumentList,
    DocumentRecord,
    ExcerptRecord,
    LinkRecord,
    LinksReply,
    SectionRecord,
)
from qa.records.types import AskReply, CheckReply, FailedLine, FindReply, SearchReply

__all__ = ["COMMANDS", "OBJECTS", "Schema", "contract_schema", "schema_of"]

Schema = Mapping[str, object]

COMMANDS: Mapping[str, Any] = {
    "build": BuiltRecord,
    "search": SearchReply | FailedLine,
    "ask": AskReply | FailedLine,
    "find": FindReply | FailedLine,
    "check": CheckReply | FailedLine,
    "documents list": DocumentRecord,
    "documents show": DocumentRecord,
    "documents cited": CitedRecord,
    "documents cited --by": LinkRecord,
    "documents compare": ComparisonReply,
    "documents add": AddedRecord,
    "documents remove": RemovedRecord,
    "documents watch": AddedRecord,
    "documents export": PackedRecord,
    "documents import": PackedRecord,
    "documents fetch": FetchedRecord,
    "documents questions add": ConfirmedRecord,
    "documents questions list": ConfirmedRecord,
    "documents questions remove": ConfirmedRecord,
    "evaluate": FiguresRecord,
    "doctor": ExaminedRecord,
}
"""From a command to the type of each line that it prints with ``--json`` or writes in a batch."""

OBJECTS: Mapping[str, Any] = {
    "about": AboutRecord,
    "confirm": ConfirmedRecord,
    "documents": DocumentList,
    "excerpts": ExcerptRecord,
    "links": LinksReply,
    "questions.jsonl": QuestionRecord,
    "section": SectionRecord,
}
"""What no command prints: results of the engine, of HTTP and MCP calls, and of an evaluation."""


def schema_of(kind: Any) -> Schema:
    """The JSON Schema of one type, as every way in publishes it."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind).json_schema(mode="serialization")


def contract_schema() -> Schema:
    """All of it: ``$defs`` has the types, ``commands`` and ``objects`` say what is of which."""
    from pydantic import TypeAdapter

    made, definitions = TypeAdapter.json_schemas(
        (name, "serialization", TypeAdapter(kind)) for name, kind in {**COMMANDS, **OBJECTS}.items()
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "faju",
        "description": "The JSON that faju gives back, one schema for the command line, Python, "
        "HTTP and MCP. Made of the types in qa/records by `python -m benchmarks.contract`.",
        "commands": {name: made[name, "serialization"] for name in COMMANDS},
        "objects": {name: made[name, "serialization"] for name in OBJECTS},
        **definitions,
    }
