"""From a question to an answer: its way, the sentences that answer, whether anything does."""

from qa.answering.answer import Answerer
from qa.answering.query import LONGEST_QUERY, clean_query
from qa.answering.route import Route, Router
from qa.answering.search import read_again

__all__ = ["LONGEST_QUERY", "Answerer", "Route", "Router", "clean_query", "read_again"]
