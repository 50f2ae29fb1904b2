"""From a question to an answer: its way, the sentences that answer, whether anything does."""

from qa.answering.answer import Answerer
from qa.answering.query import LONGEST_QUERY, clean_query
from qa.answering.route import Route, Router
from qa.answering.scope import Scope
from qa.answering.search import search

__all__ = ["LONGEST_QUERY", "Answerer", "Route", "Router", "Scope", "clean_query", "search"]
