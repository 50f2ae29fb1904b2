"""The contract as types: what search, ask, find and check give back, and a line of a batch.

Spans and offsets count characters, ``[start, end)``, into the text of the document that is named
beside them. A name ends in ``Record`` where a class of the program, no JSON, bears the plain one.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, final

from annotated_types import Len
from typing_extensions import TypedDict

__all__ = [
    "AmendedRecord",
    "AnswerLine",
    "ArticleHistory",
    "AskReply",
    "CheckItem",
    "CheckReply",
    "CorrectionRecord",
    "DifferenceRecord",
    "DocumentLabel",
    "FailedLine",
    "FindReply",
    "Hit",
    "MatchRecord",
    "NamedDocument",
    "PassageRecord",
    "Reply",
    "Reason",
    "RouteName",
    "SearchReply",
    "Sentence",
    "Span",
    "Verdict",
    "WrittenAnswer",
    "WrittenRecord",
]

Span = Annotated[list[int], Len(2, 2)]
"""``[start, end]``."""

Verdict = Literal[
    "verbatim",
    "altered",
    "wrong_article",
    "no_such_article",
    "no_such_document",
    "superseded",
    "exists",
    "not_held",
    "not_found",
]


RouteName = Literal["place", "phrase", "hybrid", "catalogue", "talk"]
"""Where a question leads: to a place it names, to words it quotes, to a search; to what the
catalogue says of the documents themselves, or to nothing in the library (你好)."""

Reason = Literal["", "silent", "not_held", "repealed", "no_such_place", "no_document"]
"""Why a question is not answered, "" when it is: the library does not say; the document it names is
not held, or is repealed and not held; it has no such place; a place of no document is asked for."""


class DocumentLabel(TypedDict):
    """How a passage names its document."""

    id: str
    title: str
    status: str


class NamedDocument(TypedDict):
    """A document that a draft names; ``id`` is null for one that is not held."""

    id: str | None
    title: str
    status: str


class AmendedRecord(TypedDict):
    """What an amendment did to the ``article`` of a law that has this number now, "" if none.

    ``by`` cites the amendment, ``by_id`` is its document, ``since`` the ISO date from which it
    applies. ``former`` is the article's number before, "" for a new one, ``wording`` what it read
    before, "" when that is not known or the same. ``made``: the held text had it not, and it was
    put in; ``left`` says why it could not be, and the article reads as before.
    """

    kind: Literal["changed", "added", "removed", "renumbered", "left"]
    article: str
    by: str
    by_id: str
    since: str
    former: str
    wording: str
    made: bool
    left: str


class ArticleHistory(TypedDict):
    """Of an article of a law: since when it reads so, and what changed it, the oldest first.

    Both are there only where they are known.
    """

    since: NotRequired[str]
    amended: NotRequired[list[AmendedRecord]]


class PassageRecord(ArticleHistory):
    """A passage of the library with its citation; ``highlights`` are the stretches that matter."""

    passage_id: str
    document: DocumentLabel
    section: list[str]
    article: str | None
    citation: str
    text: str
    start: int
    end: int
    highlights: list[Span]


class Hit(PassageRecord):
    """One ranked passage; ``rank`` counts from 1, of ``score`` larger is better."""

    rank: int
    score: float


@final
class SearchReply(TypedDict):
    """What ``search`` gives; ``notice`` is what to tell the user, "" for nothing."""

    id: NotRequired[str]
    query: str
    route: RouteName
    hits: list[Hit]
    notice: str


class Sentence(TypedDict):
    """Verbatim words of an answer: a sentence, or a whole list with the line that opens it.

    ``hit`` is the rank of the passage that they stand in; ``note`` says what a list has left out.
    """

    text: str
    start: int
    end: int
    hit: int
    note: NotRequired[str]


class WrittenRecord(TypedDict):
    """A sentence by a language model: the ranks it cites; ``reason`` is what is against it."""

    text: str
    hits: list[int]
    verified: bool
    reason: str


class WrittenAnswer(TypedDict):
    """An answer written out by the language model of this name."""

    sentences: list[WrittenRecord]
    model: str


@final
class AskReply(TypedDict):
    """What ``ask`` gives; where ``answered`` is false the hits are nearest passages, no answer.

    By the routes ``catalogue`` and ``talk`` the answer is the ``notice``, and nothing is quoted.

    ``sentences`` answer, the best first; ``related`` may bear on the question. The hits end with
    passages that were not found but that the sentences go on in.
    ``written`` is there when a language model was asked for, null when it wrote nothing.
    """

    id: NotRequired[str]
    question: str
    route: RouteName
    answered: bool
    confidence: float
    sentences: list[Sentence]
    related: list[Sentence]
    hits: list[Hit]
    notice: str
    reason: Reason
    written: NotRequired[WrittenAnswer | None]


class DifferenceRecord(TypedDict):
    """One step that turns the draft's words into the source's."""

    op: Literal["insert", "delete", "replace"]
    draft: str
    source: str


class MatchRecord(PassageRecord):
    """A place where words stand: ``text`` is the passage there, ``highlights`` the words in it.

    ``quoted`` runs from the first of them to the last, ``context`` are the sentences around them,
    from ``context_start`` on. ``clause`` is the number of the 款 in an article of several.
    """

    kind: Literal["exact", "near"]
    similarity: float
    quoted: str
    differences: list[DifferenceRecord]
    clause: int | None
    context: str
    context_start: int


@final
class FindReply(TypedDict):
    """What ``find`` gives: exact places first, then near ones, the most alike first.

    ``similar`` is there when no wording is near enough: passages that mean much the same, or what
    stands at the place (民法典第1260条) that was looked for instead of words.
    """

    id: NotRequired[str]
    text: str
    matches: list[MatchRecord]
    similar: NotRequired[list[Hit]]


class CorrectionRecord(TypedDict):
    """What to put in the place of ``draft[start:end]``."""

    start: int
    end: int
    text: str


class CheckItem(TypedDict):
    """One citation or quotation of a draft (``start``, ``end`` count there) and the verdict on it.

    ``document`` and ``article`` are those the draft names or, when it names none, those where the
    words stand. ``unmarked`` are words of a source without quotation marks. ``goes_on``: the
    source's sentence goes on after words that are verbatim, or a proviso follows it. ``retold``: a
    citation is followed by what it says in other words, and those were not compared. ``moved_to``:
    where the place or the words stand in the version in force.
    """

    start: int
    end: int
    surface: str
    kind: Literal["citation", "quotation", "unmarked"]
    verdict: Verdict
    document: NamedDocument | None
    article: str | None
    source: Hit | None
    differences: list[DifferenceRecord]
    suggestion: str
    correction: CorrectionRecord | None
    goes_on: NotRequired[bool]
    moved_to: NotRequired[str]
    retold: NotRequired[bool]


@final
class CheckReply(TypedDict):
    """What ``check`` gives; ``text`` is the draft that the items' offsets count in."""

    id: NotRequired[str]
    text: str
    items: list[CheckItem]


Reply = SearchReply | AskReply | FindReply | CheckReply


@final
class FailedLine(TypedDict):
    """A line of a batch that could not be asked, found or checked; ``error`` says why.

    What was given stands under the name that the reply has for it, with its list, empty.
    """

    id: str
    error: str
    query: NotRequired[str]
    question: NotRequired[str]
    text: NotRequired[str]
    draft: NotRequired[str]
    hits: NotRequired[list[Hit]]
    matches: NotRequired[list[MatchRecord]]
    items: NotRequired[list[CheckItem]]


AnswerLine = AskReply | FailedLine
"""One line of a batch of questions."""
