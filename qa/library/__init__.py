"""Documents in and out, and the library built from them."""

from qa.library.backup import back_up, restore
from qa.library.build import begin, build, version_of
from qa.library.doctor import examined
from qa.library.examples import EXAMPLES, example_questions, has_bundled_plan
from qa.library.excerpts import Place, excerpt_records, place_of, places_of
from qa.library.fetch import Outcome, fetch, not_held, wanted
from qa.library.intake import Intake, compared
from qa.library.named import NamedDocuments
from qa.library.packs import Packed, packed, packed_questions, write_pack
from qa.library.questions import (
    FILE,
    Confirmed,
    Questions,
    confirmed_of,
    keep_confirmed,
    load_confirmed,
)
from qa.library.reading import Reading, read_file

__all__ = [
    "EXAMPLES",
    "FILE",
    "Confirmed",
    "Intake",
    "NamedDocuments",
    "Outcome",
    "Packed",
    "Place",
    "Questions",
    "Reading",
    "back_up",
    "begin",
    "build",
    "compared",
    "confirmed_of",
    "examined",
    "example_questions",
    "excerpt_records",
    "fetch",
    "has_bundled_plan",
    "keep_confirmed",
    "load_confirmed",
    "not_held",
    "packed",
    "packed_questions",
    "place_of",
    "places_of",
    "read_file",
    "restore",
    "version_of",
    "wanted",
    "write_pack",
]
