"""Errors a user can do something about.

    FajuError
    ├── InputError      what the user gave cannot be used (empty, too long, unknown id, broken line)
    ├── MissingError    a piece is not there yet (no library built, no model, no optional package)
    └── DamagedError    a file on disk does not match its checksum or its manifest

A message is one Chinese sentence that holds the offending value and what to do. The command line
prints it as it is and exits with 2; every other exception is a bug and keeps its traceback.
"""

__all__ = ["DamagedError", "FajuError", "InputError", "MissingError"]


class FajuError(Exception):
    """Anything a user can mend; the parent of the three below."""


class InputError(FajuError):
    """What the user gave cannot be used."""


class MissingError(FajuError):
    """A piece that has to be made or installed first is not there."""


class DamagedError(FajuError):
    """A file on disk is not what was written."""
