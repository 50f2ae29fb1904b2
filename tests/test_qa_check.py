"""The verdicts on citations and quotations, over made laws and over the real ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Document
from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.library import load_library
from qa.check.checker import Checker
from qa.check.compare import Source, stands
from qa.check.finding import Item, item_record
from qa.check.laying import corrected
from qa.drafts.report import check_report
from qa.wording.differences import same_wording
from qa.wording.search import Wording


@cache
def library() -> list[Document]:
    return load_library(load_catalog(), "all", date(2026, 11, 1))


@cache
def checker(complete: bool = True) -> Checker:
    resolver = Resolver.for_library(library(), load_catalog())
    return Checker(library(), resolver, Wording(library()), complete)


def verdicts(text: str, complete: bool = True) -> list[tuple[str, str]]:
    """The (first letter of the kind, verdict) of each item, in order."""
    return [(item.kind[0], item.verdict) for item in checker(complete).check(text)]


def quotation(text: str) -> Item:
    [item] = [item for item in checker().check(text) if item.kind != "citation"]
    return item


FIFTH = "民事主体从事民事活动，应当遵循自愿原则，按照自己的意思设立、变更、终止民事法律关系。"
TENTH = "处理民事纠纷，应当依照法律；法律没有规定的，可以适用习惯，但是不得违背公序良俗。"


@pytest.mark.parametrize(
    "text",
    [
        f"《民法典》第五条规定：“{FIFTH}”",
        f"民法典第5条规定：{FIFTH}",
        f"「{FIFTH}」（《中华人民共和国民法典》第五条）",
        f"《民法典》第五条规定：“{FIFTH.replace('，', ',')}”",
        "《民法典》第五条规定：“民事主体从事\n民事活动，应当遵循自愿原则”",
        "《民法典》第五条规定：“民事主体……应当遵循自愿原则……终止民事法律关系。”",
        "《民法典》规定：“民事主体从事民事活动，应当遵循自愿原则”",
        "《民法典》第四条、第五条规定：“民事主体从事民事活动，应当遵循自愿原则”",
        "《民法典》第三条至第六条规定：“民事主体从事民事活动，应当遵循自愿原则”",
        "《中華人民共和國民法典》第五条规定：“民事主体从事民事活动，应当遵循自愿原则”",
        "《民法典》第四条已经说明。同法第五条规定：“民事主体从事民事活动，应当遵循自愿原则”",
    ],
)
def test_the_very_words_are_verbatim(text: str) -> None:
    item = quotation(text)
    assert (item.verdict, item.finding.differences) == ("verbatim", ())


@pytest.mark.parametrize(
    ("true", "false"),
    [("应当", "可以"), ("不得", "可以"), ("依照法律", "依照法规"), ("，但是不得违背公序良俗", ""),
     ("适用习惯", "适用习惯法"), ("；", "，"), ("可以", ""), ("。", "。应当")],
)  # fmt: skip
def test_one_word_is_enough_for_altered(true: str, false: str) -> None:
    item = quotation(f"《民法典》第十条规定：“{TENTH.replace(true, false, 1)}”")
    assert item.verdict == "altered"
    assert item.finding.correction is not None
    assert same_wording(item.finding.correction.text.rstrip("。"), TENTH.rstrip("。"))


@pytest.mark.parametrize(
    "words",
    [
        "得违反法律，不得违背公序良俗。",
        "民事主体从事民事活动，不得违反。",
        "民事主体……可以违反法律",
        "不得违背公序良俗……不得违反法律",
    ],
)
def test_a_cut_that_changes_the_sense_is_not_verbatim(words: str) -> None:
    assert quotation(f"《民法典》第八条规定：“{words}”").verdict != "verbatim"


def test_a_number_cut_in_two_does_not_stand() -> None:
    source = Source("处十三年以下有期徒刑，并处罚金。")
    assert stands("三年以下有期徒刑", source, 0, len(source.text)) is None
    assert stands("处十三年", source, 0, len(source.text)) is None
    assert stands("并处罚金", source, 0, len(source.text)) is not None


def test_true_words_under_a_wrong_number_give_the_right_one() -> None:
    item = quotation(f"《民法典》第6条规定：“{FIFTH}”")
    assert item.verdict == "wrong_article"
    assert item.finding.correction is not None
    assert item.finding.correction.text == "《民法典》第五条"
    assert "第五条" in item.finding.suggestion


def test_a_clause_is_compared_by_itself() -> None:
    words = "当事人应当按照约定全面履行自己的义务。"
    assert quotation(f"民法典第五百零九条第一款规定：“{words}”").verdict == "verbatim"
    assert quotation(f"民法典第五百零九条第二款规定：“{words}”").verdict == "wrong_article"


def test_a_sentence_that_points_back_is_followed() -> None:
    first, second = "当事人应当按照约定全面履行自己的义务。", "当事人应当避免浪费资源。"
    text = f"民法典第五百零九条第一款规定：“{first}”第三款规定：“{second}”"
    assert verdicts(text) == [("c", "exists"), ("q", "verbatim"), ("q", "altered")]


@pytest.mark.parametrize(
    "place", ["第一万条", "第零条", "第10086条", "第五条第十款", "第五条第二项", "第一百条之九"]
)
def test_places_that_are_not_there(place: str) -> None:
    assert verdicts(f"依据《民法典》{place}办理") == [("c", "no_such_article")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("依据《中华人民共和国电子商务税法》第三条", "no_such_document"),
        ("根据电子商务税法第三条的规定", "no_such_document"),
        ("依据《优化营商环境条例》第三条", "not_held"),
        ("依据《德国民法典》第三条", "not_held"),
        ("依据《合同法》第五十二条", "superseded"),
        ("婚姻法已经废止", "superseded"),
        ("依据《环境保护法》第六条", "superseded"),
        ("依据《民法典》第三条", "exists"),
    ],
)
def test_citations_without_words(text: str, verdict: str) -> None:
    assert verdicts(text) == [("c", verdict)]


def test_without_all_laws_nothing_is_said_not_to_exist() -> None:
    assert verdicts("依据《中华人民共和国电子商务税法》第三条", complete=False) == [
        ("c", "not_held")
    ]


def test_near_names_are_suggested() -> None:
    [item] = checker().check("依据《中华人民共和国反网络诈骗法》第三条")
    assert "《中华人民共和国反电信网络诈骗法》" in item.finding.suggestion


def test_old_words_of_a_newer_law_are_superseded_and_shown_beside_the_new() -> None:
    item = quotation("仲裁法第四条规定：“当事人采用仲裁方式解决纠纷，应当双方自愿，达成仲裁协议。”")
    assert item.verdict == "superseded"
    assert item.finding.source is not None and item.finding.source.document.current
    assert item.finding.source.passage.article == "第四条"
    assert ("采用", "选择") in {(each.draft, each.source) for each in item.finding.differences}


@pytest.mark.parametrize(
    "text",
    [
        "深化“放管服”改革，推行“双随机、一公开”监管和“互联网+政务服务”。",
        "他说：“今天天气真好，我们应当一起去公园里走一走。”",
        "贯彻宪法和民法典精神，维护宪法权威。",
        "没有引文的一段话。",
        "“”《》「",
    ],
)
def test_ordinary_text_gives_no_items(text: str) -> None:
    assert verdicts(text) == []


def test_an_item_that_points_back_is_followed() -> None:
    text = (
        "《行政处罚法》第九条第（二）项“罚款、没收违法所得、没收非法财物”；"
        "第（四）项规定：“限制开展生产经营活动、责令停产停业”。"
    )
    assert verdicts(text) == [("c", "exists"), ("q", "verbatim"), ("q", "verbatim")]


def test_what_a_party_says_is_not_laid_at_the_law_s_door() -> None:
    text = "根据《民法典》第五条的规定，甲公司认为：“双方应当继续履行合同并支付剩余的全部款项”。"
    assert verdicts(text) == [("c", "exists")]


def test_a_name_the_draft_gives_is_followed() -> None:
    text = "《行政处罚法》（以下简称《处罚法》）已修订。《处罚法》第五条，处罚法第999条"
    assert verdicts(text) == [("c", "exists"), ("c", "exists"), ("c", "no_such_article")]


def test_records_are_the_contract_s() -> None:
    text = f"《民法典》第五条规定：“{FIFTH.replace('应当', '可以')}”"
    cited, quoted = (item_record(item) for item in checker().check(text))
    assert text[quoted["start"] : quoted["end"]] == quoted["surface"]
    assert set(quoted) - {"correction"} == set(
        "start end surface kind verdict document article source differences suggestion".split()
    )
    assert quoted["differences"] == [{"op": "replace", "draft": "可以", "source": "应当"}]
    assert quoted["source"] and cited["document"]
    assert quoted["source"]["article"] == "第五条"
    assert cited["document"]["title"] == "中华人民共和国民法典"


def test_a_check_can_be_stopped_before_the_first_quotation_is_judged() -> None:
    class Stopped(Exception):
        pass

    told: list[int] = []

    def progress(done: int, total: int) -> None:
        told.append(done)
        if len(told) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        checker().check("《民法典》第五条规定，依法办理。\n" * 5, progress)
    assert told == [0, 0, 0]


def test_progress_ends_at_the_total() -> None:
    seen: list[tuple[int, int]] = []
    checker().check("民法典第五条规定：“民事主体应当自愿。”", lambda *step: seen.append(step))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_five_thousand_citations_do_not_blow_up() -> None:
    text = "，".join(f"《民法典》第{number % 1300}条" for number in range(5000))
    begun = time.process_time()
    assert len(checker().check(text)) == 5000
    assert time.process_time() - begun < 30


def test_the_report_opens_with_every_source_in_a_footnote() -> None:
    items = checker().check(f"《民法典》第五条规定：“{FIFTH}”")
    document = docx.Document(BytesIO(check_report(items, "稿.txt", date(2026, 1, 2))))
    [notes] = [
        relation.target_part.blob.decode()
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/footnotes")
    ]
    assert FIFTH[:20] in notes and notes.count('<w:footnote w:id="') == 2
    assert document.element.xml.count("<w:footnoteReference ") == 2


SENTENCES = [FIFTH, TENTH, "民事主体从事民事活动，不得违反法律，不得违背公序良俗。"]
PLACES = ["第五条", "第十条", "第八条"]


def put(words: str, at: int, new: str) -> str:
    return words[:at] + new + words[at + 1 :]


def insert(words: str, at: int, new: str) -> str:
    return words[:at] + new + words[at:]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 2),
    st.integers(0, 200),
    st.characters(categories=("Lo", "Nd", "Ll")),
    st.sampled_from([put, insert]),
)
def test_no_altered_character_is_ever_verbatim(
    which: int, at: int, new: str, alter: Callable[[str, int, str], str]
) -> None:
    words = SENTENCES[which].rstrip("。")
    changed = alter(words, at % len(words), new)
    if same_wording(changed, words):
        return
    text = f"《民法典》{PLACES[which]}规定：“{changed}”"
    assert all(item.verdict != "verbatim" for item in checker().check(text))


@settings(deadline=None)
@given(
    st.text(alphabet="应当可以不得甲，。、“", max_size=12),
    st.text("应当可以不得乙，。、”", max_size=12),
)
def test_a_corrected_draft_has_the_source_s_words(draft: str, source: str) -> None:
    inner = source.strip("，。、")
    assert same_wording(corrected(draft, source).strip("，。、\n"), inner) or not inner


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="《》“”「」民法典第五条零万规定：。，该同法\n(）……应当", max_size=80))
def test_any_text_is_checked_without_a_crash(text: str) -> None:
    for item in checker().check(text):
        assert text[item.start : item.end] == item.surface


def test_a_short_name_that_fits_two_laws_is_no_fault_and_both_are_named() -> None:
    [item] = checker().check("依照《交通安全法》第五条")
    assert item.verdict == "not_held"
    assert all(f"国{sort}交通安全法》" in item.finding.suggestion for sort in ("海上", "道路"))


def test_traditional_characters_are_read_where_they_stand() -> None:
    text = "依據中華人民共和國民法典第五條、第六條辦理"
    assert [item.surface for item in checker().check(text)] == [
        "中華人民共和國民法典第五條",
        "第六條",
    ]
