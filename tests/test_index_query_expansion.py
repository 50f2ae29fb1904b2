"""The lexicon from everyday words to the documents' terms."""

from collections import Counter
from importlib import resources

from index.lexical import Lexical
from index.query_expansion import official_terms


def test_an_everyday_word_leads_to_the_documents_terms() -> None:
    assert "诉讼" in "".join(official_terms("想打官司又没钱"))
    assert official_terms("信访工作条例第三条") == []
    assert official_terms("打12345") and not official_terms("12345678")


def test_an_expression_stands_in_one_line_and_leads_somewhere_else() -> None:
    text = resources.files("index").joinpath("query_expansion.txt").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert all(len(line) == 2 and line[0].split() and line[1].split() for line in lines)
    assert max(Counter(word for line in lines for word in line[0].split()).values()) == 1
    assert not [line for line in lines if set(line[0].split()) & set(line[1].split())]


def test_a_passage_is_found_by_a_word_that_stands_nowhere_in_it() -> None:
    passages = ["完善诉讼服务和法律援助", "加强普法宣传教育", "规范市场准入"]
    assert Lexical.build(passages).leg("打官司").best(1).tolist() == [0]
