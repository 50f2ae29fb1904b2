"""A call of the page's script: what it gives, and how what the user can mend is told."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from corpus import FajuError, InputError, sound
from qa.markup import Html, render

__all__ = ["Call", "Given", "Reply", "guarded", "notice", "taken_away"]

Reply = str | bool | Mapping[str, object] | Sequence[object] | None
"""What a call gives back: HTML to show, or JSON."""


class Given:
    """The one JSON object that a call is given; InputError for what is not as the page sends it."""

    def __init__(self, payload: object) -> None:
        self._values = payload if isinstance(payload, Mapping) else {}

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str) -> str:
        """Words; "" where none are given."""
        value = self._values.get(name)
        return "" if value is None else sound(str(value))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(str(value) for value in self.values(name))

    def number(self, name: str) -> int:
        """A whole number, also one in words (``data-`` attributes are)."""
        try:
            return int(self.text(name))
        except ValueError as exc:
            raise _unlike() from exc

    def yes(self, name: str) -> bool:
        """Whether something is wanted."""
        return bool(self._values.get(name))

    def values(self, name: str) -> Sequence[object]:
        """A list, empty where none is given."""
        value = self._values.get(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise _unlike()
        return value

    def spans(self, name: str) -> list[tuple[int, int]]:
        """Pairs of offsets."""
        pairs = [pair for pair in self.values(name) if isinstance(pair, list) and len(pair) == 2]
        try:
            return [(int(start), int(end)) for start, end in pairs]
        except (TypeError, ValueError) as exc:
            raise _unlike() from exc

    def file(self) -> tuple[str, bytes] | None:
        """The name (without folders) and the bytes of a file; None where none is given."""
        if "content" not in self:
            return None
        name = PurePosixPath(PureWindowsPath(self.text("name")).name).name
        try:
            return name or "未命名", b64decode(self.text("content"), validate=True)
        except ValueError as exc:
            raise _unlike() from exc


Call = Callable[[Given], Reply]


def guarded(call: Call) -> Callable[[object], Reply]:
    """``call`` as the script makes it, a FajuError turned into a notice; a bug keeps its trace."""

    def answered(payload: object) -> Reply:
        try:
            return call(Given(payload))
        except FajuError as problem:
            return notice(str(problem), error=True)

    answered.__name__ = call.__name__
    return answered


def notice(text: str, *, error: bool = False) -> Html:
    """One sentence in place: what happened and what to do."""
    return render("page/notice.html", text=text, error=error)


def taken_away(name: str, content: bytes) -> dict[str, str]:
    """A file for the user to keep."""
    return {"name": name, "content": b64encode(content).decode()}


def _unlike() -> InputError:
    return InputError("网页发来的内容不完整，请刷新网页再试。")
