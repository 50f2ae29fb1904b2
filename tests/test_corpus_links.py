import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus import Document, InputError
from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.known import KnownDocument, known_documents
from corpus.library import load_library
from corpus.links import Link, Links, pointed_back, resolve_links
from corpus.statutes import list_laws
from corpus.structure import structure
from qa.exports.graph import write_graph
from qa.records import link_record

TODAY = date(2026, 11, 22)
CODE, PENALTIES = "中华人民共和国民法典", "中华人民共和国行政处罚法"
NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


@cache
def library() -> tuple[dict[str, Document], Links]:
    """The plan and all laws."""
    catalog = load_catalog()
    documents = load_library(catalog, "all", TODAY)
    titles = {law.title for law in list_laws(TODAY)}
    links = resolve_links(documents, Resolver(known_documents(documents, catalog, titles)))
    return {document.id: document for document in documents}, links


def in_force(title: str) -> Document:
    return next(d for d in library()[0].values() if d.title == title and d.status == "现行有效")


def cited(document: Document, article: str) -> list[tuple[str, str, str]]:
    """Surface, short title and place of each reference in an article."""
    ids = {p.id for p in document.passages if p.article == article}
    return [
        (link.surface, link.title.removeprefix("中华人民共和国"), link.place)
        for link in library()[1].cites(document.id)
        if link.passage_id in ids
    ]


def own(text: str, title: str = "某某市检查条例", kind: str = "地方性法规") -> Document:
    """A document put into a library by hand."""
    return structure(Document("own", title, kind, "现行有效", f"{title}\n{text}"), [])


def links_of(document: Document, *others: KnownDocument) -> list[tuple[str, str]]:
    known = [*known_documents([document]), *others]
    links = resolve_links([document], Resolver(known)).cites(document.id)
    assert all(document.text[link.start : link.end] == link.surface for link in links)
    return [(link.surface, link.place) for link in links]


def test_the_plan_cites_an_ordinance_that_is_not_held() -> None:
    documents, links = library()
    title = "重大行政决策程序暂行条例"
    [link] = [each for each in links.cites("urumqi-fazhi-145") if each.title == title]
    record = link_record(link, documents)
    assert record["surface"] == f"《{title}》" == record["citation"]
    assert (record["held"], record["document_id"], record["passage_id"]) == (False, None, None)
    assert record["from"]["text"].startswith("严格执行《重大行政决策程序暂行条例》")
    assert record["from"]["citation"].endswith("第三章第三节“二、严格落实重大行政决策程序制度”")
    plan = documents["urumqi-fazhi-145"].text
    assert plan.count("\n", 0, record["start"]) == 67
    assert link in links.cited_by(title)


def test_an_article_of_the_civil_code_cites_others_of_it() -> None:
    code = in_force(CODE)
    assert cited(code, "第六百零二条") == [
        ("本法第五百一十条", "民法典", "第五百一十条"),
        ("第五百一十一条第四项", "民法典", "第五百一十一条第（四）项"),
    ]
    assert cited(code, "第一千零二十六条") == [
        ("前条第二项", "民法典", "第一千零二十五条第（二）项")
    ]
    assert cited(code, "第三百一十一条") == [
        ("前款", "民法典", "第三百一十一条第一款"),
        ("前两款", "民法典", "第三百一十一条第一款"),
        ("前两款", "民法典", "第三百一十一条第二款"),
    ]


@pytest.mark.parametrize(
    ("title", "article", "expected"),
    [
        (
            "中华人民共和国政府采购法",
            "第七十三条",
            [("前两条", "政府采购法", f"第七十{n}条") for n in "一二"],
        ),
        (
            "中华人民共和国公司法",
            "第二百三十条",
            [
                ("前条第一款第一项", "公司法", "第二百二十九条第一款第（一）项"),
                ("第二项", "公司法", "第二百二十九条第一款第（二）项"),
            ],
        ),
        (
            "中华人民共和国治安管理处罚法",
            "第四条",
            [("《中华人民共和国行政处罚法》", "行政处罚法", "")],
        ),
        (
            "中华人民共和国军事设施保护法",
            "第六十条",
            [
                (
                    "《中华人民共和国治安管理处罚法》第二十三条",
                    "治安管理处罚法",
                    "第二十三条",
                )
            ],
        ),
    ],
)
def test_laws_cite_each_other(
    title: str, article: str, expected: list[tuple[str, str, str]]
) -> None:
    assert cited(in_force(title), article)[: len(expected)] == expected


def test_who_cites_an_article() -> None:
    documents, links = library()
    found = links.cited_by(in_force("中华人民共和国治安管理处罚法").id, "第二十三条")
    sources = {(documents[link.document_id].title, link.passage_id.split("/")[1]) for link in found}
    assert ("中华人民共和国军事设施保护法", "60") in sources
    assert all(link.article == "第二十三条" for link in found)
    outside = [each for each in links.cited_by(in_force(PENALTIES).id) if not each.internal]
    titles = {documents[link.document_id].title for link in outside}
    assert {"中华人民共和国治安管理处罚法", "中华人民共和国行政强制法"} <= titles


def test_an_older_version_points_into_itself_and_to_others_in_force() -> None:
    documents, links = library()
    old = next(
        d
        for d in documents.values()
        if d.title == "中华人民共和国海商法" and d.status == "已被修改"
    )
    own_articles = [link for link in links.cites(old.id) if link.surface.startswith("本法")]
    assert own_articles and all(link.target_id == old.id for link in own_articles)
    others = {link.target_id for link in links.cites(old.id)} - {old.id, None}
    assert all(documents[identity or ""].current for identity in others)


def test_every_link_stands_in_its_passage_and_its_target_in_the_target() -> None:
    documents, links = library()
    passages = {p.id: p for d in documents.values() for p in d.passages}
    seen = list(links)
    assert len(seen) > 6000
    for link in seen:
        passage = passages[link.passage_id]
        assert passage.start <= link.start < passage.end
        assert documents[link.document_id].text[link.start : link.end] == link.surface
        assert link.target_id != link.document_id or link.article is not None
        if link.target_start is not None:
            cited_text = documents[link.target_id or ""].text[link.target_start : link.target_end]
            assert cited_text.strip()
            if link.clause is None and link.item is None:
                # The third point of a decision is printed 三、 and cited as 第三条.
                label = link.article or ""
                assert cited_text.startswith((label, label[1:-1] + "、"))


def test_a_place_that_the_cited_law_no_longer_has_is_said() -> None:
    documents, links = library()
    old = next(d for d in documents.values() if d.id == "law-de6142b062cb")
    [link] = [each for each in links.cites(old.id) if each.place == "第二百一十三条第二款"]
    record = link_record(link, documents)
    assert (record["held"], record["exists"], record["passage_id"]) == (True, False, None)
    assert record["note"] == (
        "《中华人民共和国民事诉讼法》现有文本中没有第二百一十三条第二款，可能已修改或删去，请核对。"
    )


def test_a_law_cited_before_its_present_version_is_noted() -> None:
    documents, links = library()
    insurance = in_force("中华人民共和国保险法")
    [link] = [each for each in links.cites(insurance.id) if each.article == "第一百四十六条"]
    assert link.title == "中华人民共和国公司法"
    assert "公布于 2023-12-29" in link_record(link, documents)["note"]


def test_clauses_and_items_before_are_counted_as_in_the_text() -> None:
    document = own(
        "第一条 为了规范检查，制定本条例。\n"
        "第二条 检查分为两类。\n（一）日常检查；\n（二）前项以外的专项检查。\n"
        "前款第二项的检查须经批准。目前条件不足、属于第一款的，依照第一条处理；目前款项不足的除外。\n"
        "违反前两款、本条第一款规定，或者有第九款行为的，处罚。"
    )
    assert links_of(document) == [
        ("前项", "第二条第一款第（一）项"),
        ("前款第二项", "第二条第一款第（二）项"),
        ("第一款", "第二条第一款"),
        ("第一条", "第一条"),
        ("前两款", "第二条第一款"),
        ("前两款", "第二条第二款"),
        ("本条第一款", "第二条第一款"),
    ]


def test_words_of_an_article_point_back_to_whole_clauses() -> None:
    clauses = "第二条 违反本法的，处罚款。\n前款规定的罚款，上缴国库。"
    document = own(clauses)
    at = document.text.index("前款")
    [(start, end)] = pointed_back(document, at, len(document.text))
    assert document.text[start:end].strip() == "第二条 违反本法的，处罚款。"


def test_nothing_before_is_no_reference() -> None:
    assert links_of(own("第一条 前款、前条、前项规定的，从其规定。\n第二条 前两条从其规定。")) == []


def test_clauses_of_another_article_are_not_taken_for_ones_own() -> None:
    document = own(
        "第一条 甲。\n乙。\n第二条 丙。\n依照第一条处理的，第二款不适用。\n按照第一条前两款处理。"
    )
    assert links_of(document) == [("第一条", "第一条"), ("第一条", "第一条")]


def test_the_amended_text_and_annexes_are_not_the_documents_own() -> None:
    law = KnownDocument("某某市检查条例", "law")
    text = "一、将第一条修改为：“有前款行为的，依照第一款处罚。”"
    decision = own(text, "关于修改《某某市检查条例》的决定", "修改决定")
    assert links_of(decision, law) == [("第一条", "第一条")]
    assert links_of(own("第一条 总则。\n第二条 标准见附件一第一条。")) == []


def test_a_document_not_given_is_not_held() -> None:
    document = own("第一条 依照《外地条例》第三条办理。")
    elsewhere = KnownDocument("外地条例", "elsewhere")
    links = resolve_links([document], Resolver([*known_documents([document]), elsewhere]))
    [link] = links.cites("own")
    assert (link.held, link.exists, link.place) == (False, False, "第三条")
    assert links.cited_by("外地条例", "第三条") == [link]
    assert links.cites("own", "own/1") == [link]
    assert links.cites("own", "own/2") == links.cites("no such") == links.cited_by("none") == []


HOSTILE = '=cmd|甲<b>&"乙\x00\x1b\r\n]]>条例'


def hostile() -> tuple[dict[str, Document], list[Link]]:
    first = f"第一条 依照《{HOSTILE}》第三条和《外地<&>\x0b办法》办理。"
    text = f"{first}\n第二条 依照第一条、第九条处理。"
    document = replace(own(text), title=f"检查条例{HOSTILE}")
    links = resolve_links([document], Resolver(known_documents([document])))
    return {document.id: document}, links.cites(document.id)


def values(element: ET.Element) -> dict[str, str]:
    found = element.findall("g:data", NAMESPACE)
    return {each.attrib["key"].split("_", 1)[1]: each.text or "" for each in found}


def test_graphml_reads_back_whatever_the_names_hold(tmp_path: Path) -> None:
    documents, links = hostile()
    path = tmp_path / "关系.graphml"
    write_graph([*links, links[0]], documents, path)
    root = ET.parse(path).getroot()
    keys = {each.attrib["id"] for each in root.findall("g:key", NAMESPACE)}
    used = {each.attrib["key"] for each in root.iter(f"{{{NAMESPACE['g']}}}data")}
    assert used <= keys
    nodes = {each.attrib["id"]: values(each) for each in root.iterfind(".//g:node", NAMESPACE)}
    edges = [
        (nodes[e.attrib["source"]], nodes[e.attrib["target"]], values(e))
        for e in root.iterfind(".//g:edge", NAMESPACE)
    ]
    assert [(s["kind"], t["kind"], e["held"], e["exists"]) for s, t, e in edges] == [
        ("article", "not_held", "false", "false"),
        ("article", "not_held", "false", "false"),
        ("article", "article", "true", "true"),
        ("article", "missing", "true", "false"),
    ]
    assert edges[1][1]["title"] == "外地〈&〉办法"
    assert edges[1][2]["surface"] == "《外地<&>\ufffd办法》"
    assert edges[2][1]["passage_id"] == "own/1"
    assert {n["kind"] for n in nodes.values()} == {"document", "article", "not_held", "missing"}


def test_the_table_has_an_edge_a_line_and_runs_nothing(tmp_path: Path) -> None:
    documents, links = hostile()
    links[0] = replace(links[0], title=HOSTILE)
    path = tmp_path / "关系.CSV"
    write_graph(links, documents, path)
    content = path.read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0]["被引文件"] == f"'{HOSTILE}"
    assert [(row["条"], row["是否入库"]) for row in rows] == [
        ("第三条", "否"),
        ("", "否"),
        ("第一条", "是"),
        ("第九条", "是"),
    ]
    assert rows[3]["说明"].endswith("现有文本中没有第九条，可能已修改或删去，请核对。")


@pytest.mark.parametrize("suffix", [".graphml", ".csv"])
def test_the_whole_graph_is_the_same_bytes_each_time(tmp_path: Path, suffix: str) -> None:
    documents, links = library()
    fresh = resolve_links(documents.values(), links._resolver)
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path, each in zip(paths, (links, fresh), strict=True):
        write_graph(each, documents, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if suffix == ".graphml":
        root = ET.parse(paths[0]).getroot()
        assert len(root.findall(".//g:edge", NAMESPACE)) == len(list(links))


def test_another_suffix_or_place_is_a_mistake_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="要以 .graphml 或 .csv 结尾，现在是“关系.xlsx”"):
        write_graph([], {}, tmp_path / "关系.xlsx")
    with pytest.raises(InputError, match="请换一个位置"):
        write_graph([], {}, tmp_path / "没有" / "关系.csv")
