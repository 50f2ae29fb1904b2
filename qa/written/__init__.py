"""A fluent answer that a language model writes from the passages found, each sentence verified.

Optional: without an address in the settings nothing here is loaded and nothing leaves the machine.
"""

from qa.written.client import LanguageModel, WritingError
from qa.written.verify import WrittenSentence
from qa.written.writer import Writer

__all__ = ["LanguageModel", "Writer", "WritingError", "WrittenSentence"]
