"""What an article says of its amendments: in the records, and in words."""

from __future__ import annotations

from datetime import date

from corpus.records import Document, Passage
from corpus.statutes import list_laws, read_laws
from qa.commands.terminal import search_text
from qa.records import amended_line, make_hit


def law(title: str, status: str = "现行有效") -> Document:
    laws = list_laws(date(2026, 11, 22))
    return read_laws(
        [v for v in laws if v.title == f"中华人民共和国{title}" and v.status == status]
    )[0]


def article(document: Document, label: str) -> Passage:
    return next(p for p in document.passages if p.article == label)


def test_an_amended_article_says_by_what_since_when_and_what_it_read() -> None:
    code = law("刑法")
    hit = make_hit(1, 1.0, code, article(code, "第三百九十一条"))
    ninth, twelfth = hit["amended"]
    assert (hit["since"], twelfth["made"], ninth["made"]) == ("2024-03-01", True, False)
    assert amended_line(twelfth) == ("2024年3月1日起，由《刑法修正案（十二）》第六条修改")
    assert "情节严重" not in twelfth["wording"]
    told = search_text({"query": "", "route": "place", "hits": [hit], "notice": ""})
    assert told.splitlines()[-3].endswith("由《刑法修正案（十二）》第六条修改。〕")
    assert told.splitlines()[-2].startswith("   〔修改前：为谋取不正当利益，给予国家机关")


def test_a_renumbered_article_says_its_former_number() -> None:
    security = law("网络安全法")
    hit = make_hit(1, 1.0, security, article(security, "第二十三条"))
    assert "since" not in hit
    assert amended_line(hit["amended"][0]).endswith("改为现条号（原第二十一条）")


def test_an_article_no_amendment_touched_says_nothing_but_what_is_known() -> None:
    code = law("刑法")
    murder = make_hit(1, 1.0, code, article(code, "第二百三十二条"))
    assert not murder.keys() & {"since", "amended"}
    civil = law("民法典")
    assert make_hit(1, 1.0, civil, article(civil, "第五条"))["since"] == "2021-01-01"
