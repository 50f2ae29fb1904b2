"""From a question to an answer: its way, the sentences that answer, whether anything does."""

from qa.answering.answer import Answerer
from qa.answering.catalogue import Catalogue
from qa.answering.following import follow_up, more_asked
from qa.answering.query import LONGEST_QUERY, clean_query
from qa.answering.related import related_questions
from qa.answering.reply import ask_reply, search_reply, told_reply
from qa.answering.route import Route, Router
from qa.answering.search import read_again
from qa.answering.talk import small_talk

__all__ = [
    "LONGEST_QUERY",
    "Answerer",
    "Catalogue",
    "Route",
    "Router",
    "ask_reply",
    "clean_query",
    "follow_up",
    "more_asked",
    "read_again",
    "related_questions",
    "search_reply",
    "small_talk",
    "told_reply",
]
