"""Verdicts on amended laws, on versions that a draft names, and on old article numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.lawrows import Row
from corpus.lawtext import compose
from corpus.records import Document
from corpus.statutes import list_laws, read_laws
from qa.check.checker import Checker
from qa.check.finding import Item, item_record
from qa.wording import Wording

HELD = "刑法 宪法 海商法 渔业法 仲裁法 公司法 民事诉讼法 网络安全法 治安管理处罚法 民法典".split()


@cache
def checker() -> Checker:
    titles = {f"中华人民共和国{name}" for name in HELD}
    laws = [
        v for v in list_laws(date(2026, 11, 22)) if v.title in titles or "刑法修正案" in v.title
    ]
    documents = read_laws(laws)
    return Checker(
        documents, Resolver.for_library(documents, load_catalog()), Wording(documents), True
    )


def items(text: str) -> list[Item]:
    return checker().check(text)


def told(text: str) -> list[tuple[str, str, str | None]]:
    """(first letter of the kind, verdict, where it stands now) of each item."""
    return [(item.kind[0], item.verdict, item.finding.moved_to) for item in items(text)]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("第三百八十七条第一款", "情节特别严重的，处三年以上十年以下有期徒刑。"),
        (
            "第一百六十六条第一款第（三）项",
            "从自己的亲友经营管理的单位采购、接受不合格商品、服务的。",
        ),
        (
            "第一百六十九条第二款",
            "其他公司、企业直接负责的主管人员，徇私舞弊，将公司、企业资产低价折股或者低价出售，"
            "致使公司、企业利益遭受重大损失的，依照前款的规定处罚。",
        ),
        ("第三百九十条第二款第（一）项", "多次行贿或者向多人行贿的"),
    ],
)
def test_the_words_of_an_amendment_are_verbatim_at_the_article_they_are_put_into(
    place: str, words: str
) -> None:
    found = items(f"《刑法》{place}规定：“{words}”")
    assert [item.verdict for item in found] == ["exists", "verbatim"]
    source = item_record(found[1])["source"]
    assert source is not None
    assert "（根据《刑法修正案（十二）》第" in source["citation"]


def test_words_an_amendment_took_away_are_superseded_and_not_corrected() -> None:
    old = "国有公司、企业的董事、经理利用职务便利，自己经营或者为他人经营"
    cited, quoted = items(f"《刑法》第一百六十五条规定：“{old}”")
    assert (cited.verdict, quoted.verdict) == ("exists", "superseded")
    assert quoted.finding.correction is None
    assert quoted.finding.suggestion.startswith("这段话是《中华人民共和国刑法》（2020年文本）")


def test_an_article_no_amendment_touched_carries_no_note() -> None:
    [cited] = items("依照《刑法》第二百三十四条的规定处罚。")
    assert (cited.verdict, cited.finding.suggestion) == ("exists", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Held: judged against that version.
        (
            "1992年《海商法》第二百五十七条规定：“就海上货物运输向承运人要求赔偿的请求权，时效期间为一年”",
            [("c", "superseded", "第二百八十四条"), ("q", "superseded", "第二百八十四条")],
        ),
        (
            "原《仲裁法》第五十八条第一款第（一）项规定：“没有仲裁协议的”",
            [
                ("c", "superseded", "第七十一条第一款第（一）项"),
                ("q", "superseded", "第七十一条第一款第（一）项"),
            ],
        ),
        # Not held: nothing is said against it, nor corrected.
        ("《公司法》（2018年修正）第七十一条", [("c", "not_held", None)]),
        ("修订前的《公司法》第七十一条", [("c", "not_held", None)]),
        ("《公司法（修订草案）》第七十一条", [("c", "not_held", None)]),
        (
            "《网络安全法》（2016年）第二十一条规定：“国家实行网络安全等级保护制度。”",
            [("c", "not_held", "第二十三条"), ("q", "not_held", "第二十三条")],
        ),
        ("2023年修订的《公司法》第七十一条", [("c", "exists", None)]),
    ],
)
def test_a_version_that_the_draft_names_is_the_one_judged_by(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = items(text)
    assert told(text) == expected
    assert all(item.finding.correction is None for item in found)


def test_words_of_a_version_not_held_are_shown_beside_the_text_in_force() -> None:
    text = (
        "《治安管理处罚法》（2012年修正）第二十三条规定：“扰乱机关、团体、企业、事业单位秩序，"
        "致使工作、生产、营业、医疗、教学、科研不能正常进行，尚未造成严重损失的”"
    )
    _, quoted = items(text)
    assert (quoted.verdict, quoted.finding.moved_to) == ("not_held", "第二十六条")
    assert quoted.finding.differences == ()


def test_words_under_an_old_number_are_led_to_the_new_one_with_clause_and_item() -> None:
    text = "《民事诉讼法》第二百条第（三）项规定：“原判决、裁定认定事实的主要证据是伪造的”。"
    cited, quoted = items(text)
    assert (quoted.verdict, quoted.finding.moved_to) == (
        "wrong_article",
        "第二百一十一条第（三）项",
    )
    assert (cited.verdict, cited.finding.moved_to) == (
        "no_such_article",
        "第二百一十一条第（三）项",
    )
    assert quoted.finding.correction is not None
    assert quoted.finding.correction.text == "《民事诉讼法》第二百一十一条第（三）项"


def test_words_of_the_old_text_under_its_number_are_led_to_the_new_one() -> None:
    text = "《宪法》第一百二十六条规定：“人民法院依照法律规定独立行使审判权，不受行政机关干涉”。"
    old = "《渔业法》第三十条规定：“禁止使用炸鱼、毒鱼、电鱼等破坏渔业资源的方法进行捕捞。”"
    assert told(old)[1] == ("q", "superseded", "第四十五条")
    assert told(text)[1] == ("q", "wrong_article", "第一百三十一条")


def test_words_that_many_articles_have_are_no_sign_of_another_number() -> None:
    text = "依照《刑法》第三百八十七条的规定，处三年以下有期徒刑。"
    assert told(text) == [("c", "exists", None)]
    quoted = items("《刑法》第三百八十七条规定：“处二年以下有期徒刑或者拘役”。")[-1]
    assert (quoted.verdict, quoted.finding.moved_to) == ("wrong_article", None)


def test_words_of_another_article_of_the_version_said_are_told_to_be_its() -> None:
    _, quoted = items("《海商法》（1992年）第四十二条规定：“本法自1993年7月1日起施行。”")
    assert quoted.verdict == "superseded"
    assert quoted.finding.suggestion.startswith(
        "这段话不在第四十二条，而是《中华人民共和国海商法》（1992年文本）第二百七十八条的文字"
    )


def rules(year: str, *articles: str) -> Document:
    labels = ("第一条", "第二条", "第三条", "第四条")
    rows = [Row("", "", label, text) for label, text in zip(labels, articles, strict=False)]
    later = "" if year == "2024" else "rules-2024"
    frame = Document(
        f"rules-{year}", "滨海市养犬条例", "地方性法规", "已被修改" if later else "现行有效", ""
    )
    return compose(replace(frame, published=f"{year}-06-01", successor=later), rows)


def test_a_number_that_only_the_version_before_has_is_called_old() -> None:
    aim, ban = "为了规范养犬行为，制定本条例。", "禁止饲养烈性犬。"
    leash = "携犬出户的，应当束犬链，由成年人牵领。"
    old = rules("2010", aim, "养犬实行登记制度。", ban, leash)
    new = rules("2024", aim, "养犬实行登记和免疫制度，犬只应当植入电子标识。", leash)
    documents = [new, old]
    small = Checker(
        documents, Resolver.for_library(documents, load_catalog()), Wording(documents), False
    )
    [fourth] = small.check("依照《滨海市养犬条例》第四条")
    assert (fourth.verdict, fourth.finding.moved_to) == ("superseded", "第三条")
    assert fourth.finding.suggestion == "第四条是2010年文本的条号，现为第三条。"
    [third] = small.check("依照《滨海市养犬条例》（2010年）第三条")
    assert (third.verdict, third.finding.moved_to) == ("superseded", None)
