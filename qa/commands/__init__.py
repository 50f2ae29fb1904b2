"""The commands of ``faju``: how they are read, and one function each to run them."""

from qa.commands.options import COMMANDS
from qa.commands.output import DONE, MISTAKE
from qa.commands.reading import read_command

__all__ = ["COMMANDS", "DONE", "MISTAKE", "read_command"]
