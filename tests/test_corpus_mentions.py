"""Names in running text: what is named, by which words, and what is not."""

import random
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.known import known_documents
from corpus.records import Citation, Document
from corpus.statutes import list_laws, load_statutes

TODAY = date(2026, 11, 22)
COUNTRY = "中华人民共和国"


@cache
def documents() -> list[Document]:
    return load_statutes("all", TODAY, load_catalog())


@cache
def resolver() -> Resolver:
    titles = [law.title for law in list_laws(TODAY)]
    return Resolver(known_documents(documents(), load_catalog(), titles))


def named(text: str, asked: bool = False) -> list[tuple[str, str]]:
    """The full titles, without the country, and the places."""
    found = resolver().find(text, asked=asked)
    assert all(text[each.start : each.end] == each.surface for each in found)
    return [(each.title.replace(COUNTRY, ""), place(each)) for each in found]


def place(citation: Citation) -> str:
    return "".join(citation.sections) + (citation.article or "")


@pytest.mark.parametrize(
    "lead",
    "但 除了 应 围绕 可能涉及到 案件符合 学习了 2024年 如何理解 分别对应 法律依据".split(),
)
def test_what_leads_up_to_a_name_is_no_part_of_it(lead: str) -> None:
    assert named(f"{lead}审计法第三条的规定") == [("审计法", "第三条")]


@pytest.mark.parametrize(
    ("text", "title", "article"),
    [
        ("按照个人所得税法实施条例第六条计算", "个人所得税法实施条例", "第六条"),
        ("行诉法解释第一条", "行诉法解释", "第一条"),
        ("民法典物权编的解释（一）第四条", "民法典物权编的解释（一）", "第四条"),
        ("公司法司法解释二第十八条", "公司法司法解释二", "第十八条"),
        (
            "根据最高人民法院关于适用《中华人民共和国民法典》总则编若干问题的解释第二条",
            "最高人民法院关于适用〈民法典〉总则编若干问题的解释",
            "第二条",
        ),
        (
            "最高人民检察院关于审查起诉案件若干问题的规定第二条",
            "最高人民检察院关于审查起诉案件若干问题的规定",
            "第二条",
        ),
        ("《民法典》、司法解释（一）第七条", "司法解释（一）", "第七条"),
        ("违反了物业管理条例第九条", "物业管理条例", "第九条"),
        ("学习贯彻对外贸易备案登记办法第九条", "对外贸易备案登记办法", "第九条"),
        ("违反资源综合利用管理办法第九条", "资源综合利用管理办法", "第九条"),
        ("监察法及其实施条例第九条", "实施条例", "第九条"),
        ("刑法和看守所条例第十条", "看守所条例", "第十条"),
        ("国务院颁布的工伤保险条例（2010年修订）第十四条", "工伤保险条例", "第十四条"),
    ],
)
def test_what_is_written_about_a_law_is_never_that_law(text: str, title: str, article: str) -> None:
    *_, last = resolver().find(text)
    assert (last.title.replace(COUNTRY, ""), last.article, last.document_id) == (
        title, article, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《刑法修正案十一》第一条", "刑法修正案（十一）"),
        ("刑法修正案11第一条", "刑法修正案（十一）"),
        ("《2018年宪法修正案》第三十二条", "宪法修正案（2018年）"),
        (
            "全国人大常委会《关于〈中华人民共和国刑法〉第三十条的解释》",
            "全国人民代表大会常务委员会关于《刑法》第三十条的解释",
        ),
        ("调解仲裁法第五条", "调解仲裁法"),
        ("劳动争议仲裁法第五条", "劳动争议调解仲裁法"),
        ("合同法第五十二条", "合同法"),
    ],
)
def test_one_document_by_its_other_names(text: str, title: str) -> None:
    assert named(text)[0][0] == title


@pytest.mark.parametrize(
    "text",
    [
        "《行政处罚法》（以下简称《处罚法》）。《处罚法》第五条",
        "《行政处罚法》（以下简称“《处罚法》”）。按《处罚法》第五条",
        "《行政处罚法》（2021年修订，以下简称处罚法）。按处罚法第五条",
        "《行政处罚法》，以下简称《处罚法》。《处罚法》第五条",
        "《行政处罚法》（下称“罚则”或《处罚法》）。《处罚法》第五条",
    ],
)
def test_a_name_that_a_text_gives_itself_means_that_document(text: str) -> None:
    assert named(text) == [("行政处罚法", ""), ("行政处罚法", "第五条")]


@pytest.mark.parametrize("thing", ["合同", "本院判决书", "公司章程", "附件"])
def test_a_place_of_another_thing_is_not_given_to_the_law_before_it(thing: str) -> None:
    assert ("民法典", "第九条") not in named(f"依照民法典第五百条，以及{thing}第九条")


def test_an_interpretation_that_speaks_of_itself() -> None:
    interpretation = next(d for d in documents() if d.kind == "立法解释")
    [found] = resolver().find("依照本解释第一条", interpretation)
    assert found.title == interpretation.title


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("招投标法怎么规定开标", "招标投标法"),
        ("工伤保险条例对上下班途中怎么规定", "工伤保险条例"),
        ("民诉法解释怎么规定举证期限", "民诉法解释"),
        ("民法通则规定的诉讼时效", "民法通则"),
        ("未保法学校保护", "未成年人保护法"),
        ("民法典对高空抛物是怎么规定的", "民法典"),
        ("招标投标法对开标有什么规定", "招标投标法"),
    ],
)
def test_a_question_needs_no_place_to_name_a_document(question: str, title: str) -> None:
    assert named(question, asked=True)[0] == (title, "")


@pytest.mark.parametrize("text", ["污水法", "行政法规", "依法处理", "有什么好办法", "本办法第三条"])
def test_what_names_nothing(text: str) -> None:
    assert [title for title, _ in named(text, asked=True) if title] == []


@given(st.sampled_from([law.title for law in list_laws(TODAY)]), st.randoms())
def test_every_title_is_found_in_every_dress(title: str, rng: random.Random) -> None:
    short = title.removeprefix(COUNTRY)
    dressed = rng.choice([f"《{title}》", f"依照{title}", f"《{short}》", f"但《 {short}》"])
    assert [name for name, _ in named(dressed)][:1] == [title.replace(COUNTRY, "")]
