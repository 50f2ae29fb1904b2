"""The page's HTTP endpoints for programs: /search, /ask, /find, /check, /section, /documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, get_type_hints

from corpus import FajuError
from qa.api.calls import DESCRIPTIONS, ProgramCall, program_calls
from qa.api.line import Line
from qa.records import schema_of

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["add_endpoints"]


def add_endpoints(
    engine: Engine, line: Line, may_change: Callable[[], bool] = lambda: True
) -> None:
    """Add them to the ``gradio.Blocks`` that is being made."""
    from gradio.context import get_blocks_context
    from gradio.events import api

    page = get_blocks_context()
    assert page is not None
    for call in program_calls(lambda: engine, line, may_change):
        name = call.__name__
        made = api(
            _answering(call),
            api_name=name,
            api_description=DESCRIPTIONS[name],
            concurrency_limit=os.cpu_count(),
        )
        # Gradio's own way from a type to a schema knows neither NotRequired nor Annotated.
        result = page.blocks[made["outputs"][0]]
        result._api_info = schema_of(get_type_hints(call)["return"])  # type: ignore[union-attr]


def _answering(call: ProgramCall) -> ProgramCall:
    """``call`` with its arguments checked, and what the caller can mend as Gradio's own error."""
    from gradio.exceptions import Error
    from pydantic import ValidationError, validate_call

    checked = validate_call(call)

    @wraps(call)
    def answered(*given: Any, **named: Any) -> Mapping[str, object]:
        try:
            return checked(*given, **named)
        except FajuError as problem:
            raise Error(str(problem), print_exception=False) from problem
        except ValidationError as problem:
            names = "、".join(sorted({_name(call, error["loc"]) for error in problem.errors()}))
            sentence = f"参数 {names} 的值不对，请按接口说明填写。"
            raise Error(sentence, print_exception=False) from problem

    return answered


def _name(call: ProgramCall, place: tuple[int | str, ...]) -> str:
    """The parameter that a validation error is about; pydantic counts those given by position."""
    first = place[0]
    return first if isinstance(first, str) else list(signature(call).parameters)[first]
