from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalog import Catalog, load_catalog, read_held_text
from corpus.citations import Resolver, cited_documents
from corpus.known import KnownDocument, known_documents
from corpus.records import Document
from corpus.statutes import list_laws, load_statutes, read_laws, select_laws

TODAY = date(2026, 11, 22)
CODE, CONSTITUTION = "中华人民共和国民法典", "中华人民共和国宪法"
PENALTIES = "中华人民共和国行政处罚法"
PLAN = "乌鲁木齐市法治首府建设“十四五”规划"

Mention = tuple[str, str, str | None, int | None, int | None]


@cache
def library() -> tuple[Document, Catalog, Resolver]:
    """The plan, the catalog, and a resolver that holds the plan and the cited laws only."""
    catalog = load_catalog()
    held = catalog.documents[0]
    text = read_held_text(catalog, held)
    plan = Document(held.id, held.title, held.kind, held.status, text, aliases=held.aliases)
    titles = [law.title for law in list_laws(TODAY)]
    documents = [plan, *load_statutes("cited", TODAY, catalog)]
    return plan, catalog, Resolver(known_documents(documents, catalog, titles))


def mentions(text: str, self_document: Document | None = None) -> list[Mention]:
    found = library()[2].find(text, self_document)
    assert all(text[c.start : c.end] == c.surface for c in found)
    return [(c.surface, c.title, c.article, c.clause, c.item) for c in found]


@pytest.mark.parametrize(
    ("text", "title", "article", "clause", "item"),
    [
        ("《民法典》第1260条", CODE, "第一千二百六十条", None, None),
        ("民法典第一千二百六十条", CODE, "第一千二百六十条", None, None),
        ("《中华人民共和国宪法》第五条第一款", CONSTITUTION, "第五条", 1, None),
        ("宪法第5条", CONSTITUTION, "第五条", None, None),
        ("宪法第５条第２款", CONSTITUTION, "第五条", 2, None),
        ("行政处罚法第三十三条第二款第(一)项", PENALTIES, "第三十三条", 2, 1),
        ("行政处罚法第三十三条第（1）项", PENALTIES, "第三十三条", None, 1),
        ("行政处罚法第三十三条第一款第三项", PENALTIES, "第三十三条", 1, 3),
        ("刑法第一百二十条之一", "中华人民共和国刑法", "第一百二十条之一", None, None),
        ("《民法典》第二编第三章第二百条", CODE, "第二百条", None, None),
        ("民法典第零条", CODE, "第零条", None, None),
        ("民法典第10086条", CODE, "第一万零八十六条", None, None),
        ("民法典第一百百条", CODE, "第一百百条", None, None),
        ("《书里没有的条例》第三条", "书里没有的条例", "第三条", None, None),
        ("《法治中国建设规划（2020－2025年）》", "法治中国建设规划(2020—2025年)", None, None, None),
        ("《中华人民共和国民法典(2020年)》第三条", CODE, "第三条", None, None),
        ("《重大行政决策程序\n暂行条例》", "重大行政决策程序暂行条例", None, None, None),
    ],
)
def test_one_mention_is_read_as_people_write_it(
    text: str, title: str, article: str | None, clause: int | None, item: int | None
) -> None:
    assert mentions(text) == [(text, title, article, clause, item)]


def places(text: str) -> list[tuple[str | None, int | None, int | None]]:
    return [(article, clause, item) for _, _, article, clause, item in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民法典第三条、第四条", [("第三条", None, None), ("第四条", None, None)]),
        ("民法典第三、四条", [("第三条", None, None), ("第四条", None, None)]),
        ("民法典第十条至第十二条", [(f"第十{n}条", None, None) for n in ("", "一", "二")]),
        ("民法典第10-12条", [(f"第十{n}条", None, None) for n in ("", "一", "二")]),
        ("民法典第五条之一至第五条之三", [(f"第五条之{n}", None, None) for n in "一二三"]),
        ("民法典第三条第一款和第三款", [("第三条", 1, None), ("第三条", 3, None)]),
        ("民法典第三条第(一)项至第(三)项", [("第三条", None, n) for n in (1, 2, 3)]),
        ("民法典第十二条至第十条", [("第十二条", None, None), ("第十条", None, None)]),
    ],
)
def test_lists_and_ranges_give_every_place(
    text: str, expected: list[tuple[str | None, int | None, int | None]]
) -> None:
    assert places(text) == expected


def test_words_that_point_back_mean_the_document_named_last() -> None:
    text = "依照行政处罚法第三十三条处理。根据该法第十条，同法第十二条另有规定；民法典第八条除外。"
    assert [(surface, title) for surface, title, *_ in mentions(text)] == [
        ("行政处罚法第三十三条", PENALTIES),
        ("该法第十条", PENALTIES),
        ("同法第十二条", PENALTIES),
        ("民法典第八条", CODE),
    ]
    assert mentions("该法第十条") == []
    assert mentions("该法院、本条例所称") == []


def test_this_law_is_the_document_the_text_belongs_to() -> None:
    act = read_laws([v for v in list_laws(TODAY) if v.title == PENALTIES])[0]
    text = "违反本法第十条、第十二条和民法典第八条，依照第三十三条处理。\n第五条　按本法第六条执行"
    assert [(surface, title) for surface, title, *_ in mentions(text, act)] == [
        ("本法第十条", PENALTIES),
        ("第十二条", PENALTIES),
        ("民法典第八条", CODE),
        ("第三十三条", CODE),
        ("本法第六条", PENALTIES),
    ]


def test_in_an_amendment_a_bare_article_is_one_of_the_law_it_amends() -> None:
    title = "中华人民共和国刑法修正案（十二）"
    amendment = read_laws([v for v in list_laws(TODAY) if v.title == title])[0]
    found = mentions("一、将第一百六十五条修改", amendment)
    assert found == [("第一百六十五条", "中华人民共和国刑法", "第一百六十五条", None, None)]


def test_articles_after_an_unknown_name_are_not_given_to_the_document_before_it() -> None:
    text = "依照民法典第八条和成人教育法第五条、第六条处理"
    assert [(surface, title) for surface, title, *_ in mentions(text)] == [
        ("民法典第八条", CODE),
        ("成人教育法第五条", "成人教育法"),
        ("第六条", "成人教育法"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "公司法人、检察官法官、行政处罚法律责任和安全生产法规",
        "全面落实宪法宣誓制度,持续开展全国学生“学宪法讲宪法”活动",
        "“12·4”国家宪法日和“宪法宣传周”，增强宪法意识，宪法和法律委员会",
        "污水法",
        "立法规划计划编制制度",
        "第五条",
        "",
    ],
)
def test_a_name_inside_a_longer_word_is_no_mention(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize("name", ["成人教育法", "德国民法典"])
def test_a_longer_name_that_is_not_known_is_none_of_the_document_it_ends_with(name: str) -> None:
    assert mentions(f"{name}第五条")[0][:3] == (f"{name}第五条", name, "第五条")


def test_the_longest_known_name_wins() -> None:
    (found,) = mentions("依照社会保险法的规定")
    assert found[1] == "中华人民共和国社会保险法"


def test_nested_and_unbalanced_brackets_are_read_as_far_as_they_close() -> None:
    decision = "全国人民代表大会常务委员会关于修改《中华人民共和国网络安全法》的决定"
    assert [m[1] for m in mentions(f"根据《{decision}》第一条")] == [decision]
    assert [m[1] for m in mentions("《见《民法典》第一条")] == [CODE]
    assert [m[1] for m in mentions("》民法典》《")] == [CODE]


def test_a_mention_means_the_version_in_force() -> None:
    versions = [v for v in list_laws(date(2026, 12, 1)) if v.title.endswith("国商标法")]
    resolver = Resolver(known_documents(read_laws(versions)))
    (found,) = resolver.find("商标法第三条")
    assert {v.id: v.status for v in versions}[found.document_id or ""] == "现行有效"
    assert [v.status for v in resolver.versions("《商标法》")] == ["现行有效", "尚未施行"]


def test_held_known_and_unknown_documents_are_told_apart() -> None:
    resolver = library()[2]
    (held,) = resolver.find("民法典第一条")
    assert held.document_id == resolver.versions("民法典")[0].id == "law-7772c5d4af34"
    (known,) = resolver.find("《重大行政决策程序暂行条例》第一条")
    assert (known.document_id, len(resolver.versions(known.title))) == (None, 1)
    (unknown,) = resolver.find("《某市某条例》第一条")
    assert (unknown.document_id, resolver.versions(unknown.title)) == (None, ())


@pytest.mark.parametrize(
    ("text", "title", "sections"),
    [
        ("规划第三章第三节", PLAN, ("第三章", "第三节")),
        ("规划第三章第三节第二项讲什么", PLAN, ("第三章", "第三节", "二、")),
        ("规划第3章第3节二、(一)", PLAN, ("第三章", "第三节", "二、", "(一)")),
        (f"《{PLAN}》(征求意见稿)第三章第三节", PLAN, ("第三章", "第三节")),
        ("民法典第二编第一分编", CODE, ("第二编", "第一分编")),
        ("第三章第三节讲什么", "", ("第三章", "第三节")),
    ],
)
def test_a_section_is_found_with_its_document(
    text: str, title: str, sections: tuple[str, ...]
) -> None:
    [place] = library()[2].find(text, asked=True)
    assert (place.title, place.sections, place.article) == (title, sections, None)


def test_no_section_is_found_where_none_is_named() -> None:
    found = library()[2].find("规划怎么管检查，民法典第三条", asked=True)
    assert [(each.title, each.sections) for each in found] == [(CODE, ())]


def test_the_documents_the_plan_cites_with_their_lines() -> None:
    plan, catalog, resolver = library()
    rows = cited_documents(plan, resolver, catalog)
    assert [(row.title, row.lines, row.held) for row in rows] == [
        *((entry.title, (11,), False) for entry in catalog.cited[:8]),
        (CONSTITUTION, (36, 52, 87), True),
        ("重大行政决策程序暂行条例", (68,), False),
        (CODE, (87,), True),
    ]
    assert all(row.how for row in rows if not row.held)


def test_nearly_every_article_the_laws_cite_exists() -> None:
    # The few that do not are treaty articles quoted without a name in one repealed decision.
    catalog = load_catalog()
    laws = read_laws(select_laws(list_laws(TODAY), "core", catalog))
    resolver = Resolver(known_documents(laws, catalog))
    articles = {law.id: {p.article for p in law.passages} for law in laws}
    cited = [c for law in laws for c in resolver.find(law.text, law) if c.document_id and c.article]
    assert len(cited) > 300
    assert [c for c in cited if c.article not in articles[c.document_id or ""]] == []


@settings(max_examples=200)
@given(st.text(alphabet="《》第一十百0５条款项之至、()（）本该法民典宪规划章节\n 的", max_size=80))
def test_no_text_breaks_it_and_spans_are_true(text: str) -> None:
    mentions(text)
    library()[2].find(text, asked=True)


def test_a_library_knows_the_catalogs_laws_by_name() -> None:
    plan, catalog, _ = library()
    (found,) = Resolver.for_library([plan], catalog).find("行政处罚法第三十三条")
    assert (found.title, found.document_id) == (PENALTIES, None)


def test_an_empty_library_knows_nothing() -> None:
    resolver = Resolver([])
    for text in ("民法典第一条", "《民法典》第一条"):
        (found,) = resolver.find(text)
        assert (found.title, found.document_id) == ("民法典", None)
    assert Resolver([KnownDocument("甲法")]).versions("乙法") == ()
