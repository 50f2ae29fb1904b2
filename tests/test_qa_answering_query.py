"""What is searched of a query: neither a greeting nor the final mark is part of it."""

import pytest

from qa.answering import clean_query


@pytest.mark.parametrize(
    "query",
    [
        "租房合同最长签几年",
        "租房合同最长签几年？",
        "您好，请问租房合同最长签几年?",
        "请问一下租房合同最长签几年。",
    ],
)
def test_manners_change_nothing(query: str) -> None:
    assert clean_query(query) == ("租房合同最长签几年", "")


@pytest.mark.parametrize("query", ["你好", "请问", "“一切法律”"])
def test_nothing_else_is_taken_off(query: str) -> None:
    assert clean_query(query)[0] == query
