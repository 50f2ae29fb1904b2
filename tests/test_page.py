"""The page's HTML as pure functions: what is shown, folded, marked, copied and escaped."""

import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from doubles.engine import FakeEngine

from corpus import InputError
from qa.drafts.checked import CheckedDraft
from qa.drafts.draft import Draft, draft_of_text
from qa.page.calls import page_calls
from qa.page.check import check_form, items_table, summary
from qa.page.diff import compared, steps
from qa.page.draft import draft_marked, item_card, tag
from qa.page.find import find_form, found
from qa.page.jobs import Jobs
from qa.page.links import citing_documents, links_fold, links_panel
from qa.page.marks import clipped, folds, marked
from qa.page.parts import answer, ask_form, badge, citation_copy, hit_card, masthead, notice
from qa.page.reader import cited_table, library, reader, toc
from qa.records import VERDICTS, AboutRecord, day
from qa.wording.differences import differences

ROOT = Path(__file__).parents[1]
TEXT = "全面推行行政执法公示制度。规范涉企行政检查,着力解决随意检查等问题。"
EVIL = "<script>alert(1)</script>\"'&${x}{{y}}"


def hit(**changes: Any) -> dict[str, Any]:
    base = {
        "rank": 1,
        "score": 0.9,
        "passage_id": "plan:100",
        "document": {"id": "plan", "title": "某规划", "status": "征求意见稿"},
        "section": ["第三章 主要任务", "第三节 依法履行政府职能"],
        "article": None,
        "citation": "《某规划》(征求意见稿)第三章第三节",
        "text": TEXT,
        "start": 100,
        "end": 100 + len(TEXT),
        "highlights": [[113, 134]],
    }
    return base | changes


def asked(**changes: Any) -> dict[str, Any]:
    sentence = {"text": TEXT[13:34], "start": 113, "end": 134, "hit": 1}
    base = {
        "question": "检查怎么管?",
        "answered": True,
        "confidence": 0.9,
        "sentences": [sentence],
        "hits": [hit()],
        "route": "hybrid",
        "notice": "",
    }
    return base | changes


def test_the_evidence_is_marked_at_its_offsets_in_the_document() -> None:
    assert "<mark>规范涉企行政检查,着力解决随意检查等问题。</mark>" in hit_card(hit())


def test_marks_are_cut_to_the_text_sorted_and_joined() -> None:
    assert clipped([[8, 12], [1, 3], [2, 5], [40, 50], [7, 7]], 2, 8) == [(0, 3), (6, 8)]
    assert marked("甲乙<丙", [(1, 3)]) == "甲<mark>乙&lt;</mark>丙"


def test_a_short_passage_is_not_folded() -> None:
    assert folds(TEXT, [(13, 34)]) == [(0, len(TEXT), True)]
    assert "展开全文" not in hit_card(hit())


def test_a_long_passage_shows_whole_sentences_around_the_evidence() -> None:
    before, evidence, after = "甲" * 199 + "。", "规范涉企检查。", "乙" * 199 + "。"
    pieces = folds(before + evidence + after, [(202, 204)])
    assert pieces == [(0, 200, False), (200, 207, True), (207, 407, False)]
    card = hit_card(hit(text=before + evidence + after, highlights=[[302, 304]]))
    assert "〔略 200 字〕" in card
    assert "展开全文" in card


def test_a_long_passage_without_evidence_shows_its_beginning() -> None:
    text = ("甲" * 99 + "。") * 5
    assert folds(text, []) == [(0, 200, True), (200, 500, False)]


@pytest.mark.parametrize("spans", [[], [(0, 5)], [(150, 420)], [(699, 700)]])
def test_folding_loses_no_character(spans: list[tuple[int, int]]) -> None:
    text = "第一句。\n第二句“引文。”第三句;" * 20 + "甲" * 360
    pieces = folds(text, spans)
    assert "".join(text[a:b] for a, b, _ in pieces) == text


def test_the_answer_quotes_its_sentences_each_with_a_chip_to_its_card() -> None:
    html = answer(asked())
    assert 'href="#hit-1"' in html
    assert "《某规划》(征求意见稿)第三章第三节" in html
    assert html.index("以下都是文件原话") < html.index("相关原文")


def test_a_refusal_is_plain_and_offers_the_nearest_passages() -> None:
    html = answer(asked(answered=False, sentences=[]))
    assert "文件未作规定" in html
    assert "可能相关" in html
    assert "以下都是文件原话" not in html


def test_a_refusal_without_passages_says_what_to_do() -> None:
    html = answer(asked(answered=False, sentences=[], hits=[]))
    assert "请换个说法" in html
    assert "可能相关" not in html


def test_a_notice_of_the_engine_is_shown_above_the_answer() -> None:
    html = answer(asked(notice="问题太长,只按前 2000 个字查找。"))
    assert html.index("只按前 2000 个字") < html.index("以下都是文件原话")


def test_an_article_is_the_last_step_of_the_breadcrumb() -> None:
    card = hit_card(hit(section=["第一编 总则"], article="第五十七条"))
    assert "<li>第一编 总则</li><li>第五十七条</li>" in card


def test_what_is_copied_is_verbatim_with_its_citation() -> None:
    passage = hit(text="甲。\n乙。丁。丙。", start=5, end=14)
    parts = [
        {"text": "丙。", "start": 12, "end": 14, "hit": 1},
        {"text": "甲。", "start": 5, "end": 7, "hit": 1},
        {"text": "乙。", "start": 8, "end": 10, "hit": 1},
    ]
    place = "《某规划》(征求意见稿)第三章第三节"
    assert citation_copy(passage, parts) == f"“甲。\n乙。……丙。”\n——{place}"
    assert citation_copy(hit()) == f"“{TEXT}”\n——《某规划》(征求意见稿)第三章第三节"


def test_importing_the_page_does_not_import_gradio() -> None:
    code = "import app, sys; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_status_is_a_word_and_not_only_a_colour() -> None:
    for status in ("征求意见稿", "现行有效", "尚未施行", "已被修改", "已废止", "试行"):
        assert f">{status}</span>" in badge(status)
    assert badge("") == ""


def test_dates_read_as_chinese_dates() -> None:
    assert day("2026-01-02") == "2026年1月2日"
    assert day("2021") == "2021"
    about: AboutRecord = {**FakeEngine().about(), "plan": "《某规划》(征求意见稿)"}
    assert "收有《某规划》(征求意见稿)和" in masthead(about)
    assert "截至2026年11月22日" in masthead({**about, "plan": ""})


def test_filters_offer_what_the_library_holds_once() -> None:
    law = {"id": "a", "name": "《甲法》", "kind": "法律", "status": "现行有效"}
    form = ask_form([law, law | {"id": "b"}])
    assert form.count('name="kind" value="法律"') == 1
    assert form.count("<option value") == 4


def test_nothing_from_a_document_becomes_markup() -> None:
    document = {
        "id": EVIL,
        "title": EVIL,
        "name": EVIL,
        "kind": EVIL,
        "status": EVIL,
        "issuer": EVIL,
        "published": EVIL,
        "effective": EVIL,
        "source": EVIL,
        "origin": "own",
        "toc": [
            {"index": 0, "level": 1, "heading": EVIL, "start": 0, "end": 99, "origin": "source"}
        ],
    }
    block = {"kind": "text", "text": EVIL, "start": 0, "end": len(EVIL), "citation": EVIL}
    section = {
        "document": document,
        "path": [EVIL],
        "start": 0,
        "end": 99,
        "blocks": [block, block | {"kind": "heading"}],
    }
    cited = {
        "title": EVIL,
        "lines": [1],
        "held": True,
        "document_id": EVIL,
        "issuer": EVIL,
        "date": EVIL,
        "url": "javascript:alert(1)" + EVIL,
        "how": EVIL,
    }
    evil_hit = hit(
        document={"id": EVIL, "title": EVIL, "status": EVIL},
        section=[EVIL],
        article=EVIL,
        citation=EVIL,
        text=EVIL,
        highlights=[[101, 104]],
    )
    sentence = {"text": EVIL, "start": 100, "end": 120, "hit": 1}
    words = {"document_id": EVIL, "title": EVIL, "citation": EVIL}
    evil_link = link() | words | {"note": EVIL}
    evil_link["from"] |= words | {"status": EVIL, "text": EVIL}
    html = "".join(
        [
            answer(asked(question=EVIL, notice=EVIL, hits=[evil_hit], sentences=[sentence])),
            ask_form([document]),
            masthead({**FakeEngine().about(), "as_of": EVIL, "plan": EVIL}),
            notice(EVIL, error=True),
            reader(document, section, (0, 9), [(1, 4)]),
            library([document], [cited]),
            links_fold(EVIL, 1, 2),
            links_panel([evil_link, evil_link | {"held": False}], [evil_link]),
            citing_documents([evil_link]),
        ]
    )
    assert "<script" not in html
    assert "\"'&$" not in html
    assert 'href="javascript' not in html


def reading() -> tuple[dict[str, Any], dict[str, Any]]:
    chapter = {"heading": "第一章 总则", "start": 0, "end": 40, "origin": "source"}
    lost = {"heading": "〔第二节〕", "start": 20, "end": 40, "origin": "numbering"}
    entries = [{"index": 0, "level": 1} | chapter, {"index": 1, "level": 2} | lost]
    document = {"id": "d", "name": "《某法》", "status": "现行有效", "toc": entries}
    blocks = [
        {"kind": "heading", "text": "第一章 总则", "start": 0, "end": 7},
        {"kind": "text", "text": "第一款。\n第二款。", "start": 7, "end": 16, "citation": "某法"},
        {"kind": "text", "text": "另一条。", "start": 20, "end": 24, "citation": "某法"},
    ]
    return document, {"path": ["第一章 总则"], "start": 0, "end": 40, "blocks": blocks}


def test_the_reader_points_at_the_passage_and_marks_the_evidence() -> None:
    document, section = reading()
    html = reader(document, section, (7, 16), [(12, 15)])
    assert html.count("pointed") == 1
    assert "<p>第一款。</p><p><mark>第二款</mark>。</p>" in html
    assert '<details class="toc">' in html


def test_the_contents_mark_where_one_is_and_what_the_source_lost() -> None:
    document, _ = reading()
    html = toc(document, 21)
    first, second = html.split("</li>")[:2]
    assert "aria-current" not in first
    assert "aria-current" in second
    assert "原文缺这一级标题" in second
    assert "不分章节" in toc(document | {"toc": []})


def test_reading_from_the_contents_begins_at_the_heading() -> None:
    document, section = reading()
    html = reader(document, section, at=0)
    assert "<h3 data-here>第一章 总则</h3>" in html
    assert "pointed" not in html


def test_a_document_without_a_section_opens_at_its_contents() -> None:
    assert '<details class="toc" open>' in reader(reading()[0])


CITING = "第二条　依照甲法第五条第二款处罚。甲法第六条另有规定的，从其规定。"


def link(number: int = 2, start: int = 106, **changes: Any) -> dict[str, Any]:
    """A mention of 甲法第五条第二款 in an article of 乙法 that begins at offset 100."""
    source = {"document_id": "yi", "title": "乙法", "status": "现行有效", "text": CITING}
    place = {"passage_id": f"yi/{number}", "citation": f"《乙法》第{number}条"}
    base = {
        "start": start,
        "end": start + 8,
        "title": "甲法",
        "document_id": "jia",
        "article": "第五条",
        "clause": 2,
        "item": None,
        "held": True,
        "citation": "《甲法》第五条第二款",
        "target": {"start": 40, "end": 60},
        "note": "",
        "from": source | place | {"start": 100, "end": 100 + len(CITING)},
    }
    return base | changes


def test_what_a_passage_cites_says_whether_it_is_held_and_opens_with_one_click() -> None:
    names = {"title": "丙条例", "citation": "《丙条例》", "note": "库中没有《丙条例》。"}
    lost = link(held=False, document_id=None, target=None) | names
    html = links_panel([link(), link(), lost], [])
    assert "本段引用<small>2 处</small>" in html
    held, other = html.split("</li>")[:2]
    assert 'data-document="jia" data-start="40" data-end="60" data-marks="40-60"' in held
    assert "《甲法》第五条第二款" in held
    assert "已入库" in held
    assert "<button" not in other
    assert "未入库" in other
    assert "库中没有《丙条例》。" in other
    assert "文库里没有条款引用本段。" in html


def test_a_cited_document_or_article_that_is_not_there_opens_the_whole_text() -> None:
    html = links_panel([link(target=None, note="请核对。")], [])
    assert '<button type="button" class="inline" data-do="follow" data-document="jia">' in html
    assert "请核对。" in html


def test_citing_passages_stand_by_document_with_the_sentence_and_its_mention() -> None:
    third = link()
    third["from"] = third["from"] | {"document_id": "bing", "title": "丙法", "passage_id": "b/1"}
    html = links_panel([], [link(), link(start=117), link(3), third])
    assert "被哪些条款引用<small>3 处</small>" in html
    assert html.count("<h4>") == 2
    assert "<cite>第2条</cite>" in html
    assert 'data-marks="106-114,117-125"' in html
    assert '"said">依照<mark>甲法第五条第二款</mark>处罚。</p>' in html
    assert "本段没有引用" in html


def test_a_long_sentence_is_cut_around_the_mention() -> None:
    text = "前" * 90 + "甲法第五条" + "后" * 90 + "。"
    one = link(start=190, end=195)
    one["from"] = one["from"] | {"text": text, "end": 100 + len(text)}
    words = f"……{'前' * 40}<mark>甲法第五条</mark>{'后' * 60}……"
    assert f'<p class="said">{words}</p>' in citing_documents([one])
    one["from"]["text"] = "前" * 60 + "，" + "中" * 29 + "甲法第五条执行，" + "后" * 87 + "。"
    words = f"……{'中' * 29}<mark>甲法第五条</mark>执行，……"
    assert words in citing_documents([one])


def test_many_citing_passages_wait_behind_a_button() -> None:
    html = links_panel([], [link(number) for number in range(21)])
    assert html.count("<li hidden>") == 1
    assert "全部 21 处</button>" in html
    assert "hidden" not in links_panel([], [link(number) for number in range(20)])


def test_a_document_lists_who_cites_it() -> None:
    html = citing_documents([link(), link(3)])
    assert "引用它的文件<small>1 份，2 处</small>" in html
    assert "没有别的文件引用" in citing_documents([])


def test_the_fold_of_references_stands_under_the_passage_or_heads_the_section() -> None:
    document, section = reading()
    html = reader(document, section, (7, 16))
    fold = '<details class="refs" data-document="d" data-start="7" data-end="16">'
    assert html.index("第二款。") < html.index(fold) < html.index("另一条。")
    html = reader(document, section, at=20)
    fold = '<details class="refs" data-document="d" data-start="20">'
    assert html.index(fold) < html.index("<h3")
    assert '<details class="refs" data-document="d"><summary>被哪些文件引用' in reader(document)


def test_references_are_those_of_the_passage_the_section_or_the_document() -> None:
    calls = {call.__name__: call for call in page_calls(FakeEngine())}  # type: ignore[arg-type]
    links = calls["open_links"]
    code = FakeEngine().document("code")["toc"][1]
    assert "25 处" in links({"document": "code", "start": str(code["start"])})
    end = str(code["end"])
    assert "25 处" in links({"document": "code", "start": str(code["start"] + 7), "end": end})
    assert "1 份，25 处" in links({"document": "code"})
    assert 'role="alert"' in links({"document": "old"})


def test_a_cited_document_not_held_says_so_and_how_to_get_it() -> None:
    row = {"title": "某纲要", "lines": [11, 68], "held": False, "document_id": None}
    known = {"issuer": "", "date": "", "url": "www.gov.cn/a.htm", "how": "下载后存入。"}
    html = cited_table([row | known])
    assert "未入库" in html
    assert "11、68" in html
    assert 'href="https://www.gov.cn/a.htm"' in html
    assert "下载后存入。" in html
    assert cited_table([]) == ""
    noted = cited_table([row | known | {"url": "www.gov.cn/a.htm〔未打开核对〕"}])
    assert 'href="https://www.gov.cn/a.htm"' in noted
    assert "</a>〔未打开核对〕" in noted


PAIRS = [
    ("救助人可以不承担责任", "救助人不承担民事责任"),
    ("本法自２０２１年起“执行”", "本法自 2021 年起「施行」"),
    ("各级政府", "各级人民政府应当"),
    ("应当应当应当", "应当可以"),
    ("依法\n行政。", "依 法行政"),
]


@pytest.mark.parametrize(("draft", "source"), PAIRS)
def test_the_places_of_the_differences_are_those_of_the_contract(draft: str, source: str) -> None:
    drawn = [(draft[a:b], source[c:d]) for (a, b), (c, d) in steps(draft, source)]
    assert drawn == [(each.draft, each.source) for each in differences(draft, source)]


def unlike(draft: str, source: str) -> list[dict[str, str]]:
    found = differences(draft, source)
    return [{"op": one.op, "draft": one.draft, "source": one.source} for one in found]


def test_what_differs_is_marked_letter_by_letter_on_two_lines() -> None:
    draft, source = PAIRS[0]
    html = compared(draft, source, unlike(draft, source))
    assert "救助人<del>可以</del>不承担<span" in html
    assert "救助人不承担<ins>民事</ins>责任" in html
    assert html.index("您写的") < html.index("原文")
    assert compared("同", "同", []) == ""


def test_fragments_compared_piece_by_piece_are_listed() -> None:
    html = compared("甲乙……丙", "甲丁戊己丙", unlike("乙", "丁"))
    assert "<li><del>乙</del> 原文作 <ins>丁</ins></li>" in html


def match(**changes: Any) -> dict[str, Any]:
    base = hit(highlights=[[113, 119]])
    extra = {"kind": "exact", "similarity": 1.0, "quoted": TEXT[13:19], "differences": []}
    return base | extra | {"context": TEXT, "context_start": 100, "clause": None} | changes


def near(**changes: Any) -> dict[str, Any]:
    written = unlike("规范涉企检查", TEXT[13:21])
    return match(kind="near", similarity=0.929, quoted=TEXT[13:21], differences=written, **changes)


def test_places_are_grouped_by_document_exact_ones_first() -> None:
    law = {"id": "law", "title": "某法", "status": "现行有效"}
    places = [match(), match(document=law), match(document=law, start=300), near()]
    html = found({"text": "规范涉企检查", "matches": places})
    assert "一字不差<small>3 处，见于 2 份文件" in html
    assert html.count("《某法》") == 1
    assert "近似 92%" in html
    assert html.index("一字不差<small>") < html.index("近似<small>1 处")
    assert html.count('id="match-4"') == 1
    assert "<mark>规范涉企行政</mark>检查" in html
    assert "规范涉企<ins>行政</ins>检查" in html


def test_what_is_not_wholly_the_same_is_never_called_so() -> None:
    html = found({"text": "规範涉企行政", "matches": [match(differences=unlike("範", "范"))]})
    assert "一字不差" not in html
    assert "字形不同" in html
    elided = match(kind="near", similarity=0.99, highlights=[[113, 115], [117, 119]])
    html = found({"text": "规范……行政", "matches": [elided]})
    assert "分段相同</span>" in html
    assert "没有一字不差的" not in html, "each fragment is"


def test_words_that_stand_nowhere_are_said_to() -> None:
    html = found({"text": "没有的话", "matches": []})
    assert "文库里没有这句话" in html
    assert "没有一字不差的" in found({"text": "规范涉企检查", "matches": [near()]})


def item(start: int, end: int, verdict: str, **changes: Any) -> dict[str, Any]:
    base = {"start": start, "end": end, "surface": CHECKED[start:end], "kind": "quotation"}
    rest: dict[str, Any] = {"document": None, "article": None, "source": None, "differences": []}
    return base | rest | {"verdict": verdict, "suggestion": "", "correction": None} | changes


CHECKED = "甲法第一条规定：“可以一律平等。”\n乙法第二条。"


def checked(*items: dict[str, Any]) -> dict[str, Any]:
    return {"text": CHECKED, "items": list(items)}


def test_every_item_of_a_draft_is_marked_and_named() -> None:
    items = [item(0, 5, "exists"), item(9, 16, "altered"), item(18, 23, "not_held")]
    html = draft_marked(checked(*items))
    assert '<a class="mark mark-good" href="#item-0" role="button"' in html
    assert "可以一律平等。<span" in html
    assert html.count("data-fault") == 1
    for name in ("出处存在", "与原文有出入", "库中未收"):
        assert f">{name}</span>" in html
    assert html.count("<p>") == 2


def test_marking_a_draft_loses_no_character_whatever_lies_in_whatever() -> None:
    spans = [(0, 23), (0, 5), (0, 5), (3, 11), (9, 20), (16, 23)]
    items = [item(a, b, "altered" if n % 2 else "exists") for n, (a, b) in enumerate(spans)]
    html = draft_marked(checked(*items))
    text = re.sub("<[^>]+>", "", re.sub(r"<span class=\"tag[^>]+>[^<]+</span>", "", html))
    assert text == CHECKED.replace("\n", "")
    assert 'data-item="1"' in html
    assert 'data-item="2"' not in html, "of equal ones the worst"


def test_the_summary_counts_and_says_what_is_wrong() -> None:
    items = [item(0, 5, "exists"), item(9, 16, "altered"), item(18, 23, "not_held")]
    html = summary(checked(*items), word=False)
    assert "共 3 处引用，" in html
    assert "1 处有误或查不到" in html
    assert "1 处库中未收" in html
    assert "没有发现错误" in summary(checked(items[0]), word=False)
    assert "没有发现引文或出处" in summary(checked(), word=False)


def test_only_text_is_put_right_on_the_page_and_word_in_the_file() -> None:
    fix = {"start": 9, "end": 16, "text": "一律平等。"}
    record = checked(item(9, 16, "altered", correction=fix, differences=unlike("可以", "")))
    assert "全部改正（1 处）" in summary(record, word=False)
    assert "全部改正" not in summary(record, word=True)
    assert "修订标记" in summary(record, word=True)
    card = item_card(record["items"][0], 0, 2, fixable=True)
    assert "改为原文" in card
    assert "<del>可以</del>一律平等。" in card
    assert "改为原文" not in item_card(record["items"][0], 0, 2, fixable=False)
    moved = fix | {"start": 0, "end": 5, "text": "乙法第二条"}
    elsewhere = checked(item(9, 16, "wrong_article", correction=moved))
    assert "改为“乙法第二条”" in item_card(elsewhere["items"][0], 0, 1, fixable=True)


def test_the_table_shows_the_first_rows_and_offers_the_rest() -> None:
    html = items_table(checked(*[item(0, 5, "exists") for _ in range(203)]))
    assert html.count('class="late"') == 3
    assert "再显示其余 3 处" in html


def test_every_verdict_has_its_word() -> None:
    for verdict, word in VERDICTS.items():
        assert f">{word}</span>" in tag(verdict)


def test_nothing_from_a_draft_becomes_markup() -> None:
    words = {"surface": EVIL, "suggestion": EVIL, "start": 0, "end": len(EVIL)}
    evil_hit = hit(text=EVIL, citation=EVIL, document={"id": EVIL, "title": EVIL, "status": EVIL})
    fix = {"start": 0, "end": 3, "text": EVIL}
    evil = item(0, 3, "altered", source=evil_hit, differences=unlike(EVIL, "甲")) | words
    evil["correction"] = fix
    record = {"text": EVIL, "items": [evil, evil | {"verdict": EVIL}]}
    place = near(**{"citation": EVIL, "context": EVIL, "section": [EVIL]})
    html = "".join(
        [
            draft_marked(record),
            item_card(evil, 0, 2, fixable=True),
            items_table(record),
            summary(record, word=False),
            found({"text": EVIL, "matches": [place, place | {"quoted": EVIL}]}),
            find_form([{**FakeEngine().documents()[0], "id": EVIL, "name": EVIL}]),
            check_form(),
        ]
    )
    assert "<script" not in html
    assert "\"'&$" not in html


def draft_checked(draft: Draft) -> CheckedDraft:
    return CheckedDraft(draft, [])


def test_a_check_runs_beside_and_is_kept_with_its_result() -> None:
    jobs: Jobs[Draft, CheckedDraft] = Jobs(lambda draft, progress: draft_checked(draft), "核对")
    name = jobs.start(draft_of_text("甲"))
    assert jobs.job(name).ended.wait(5)
    assert jobs.result(name).draft.text == "甲"


def test_a_cancelled_check_stops_at_its_next_step() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def check(draft: Draft, progress: Any) -> CheckedDraft:
        begun.set()
        go_on.wait(5)
        progress(1, 2)
        raise AssertionError("went on after it was cancelled")

    jobs = Jobs(check, "核对")
    name = jobs.start(draft_of_text("甲"))
    assert begun.wait(5)
    jobs.cancel(name)
    go_on.set()
    assert jobs.job(name).ended.wait(5)
    with pytest.raises(InputError, match="还没有完成"):
        jobs.result(name)


def test_what_stops_a_check_is_told_and_only_the_last_results_are_kept() -> None:
    def check(draft: Draft, progress: Any) -> CheckedDraft:
        raise InputError("太长了。")

    jobs = Jobs(check, "核对")
    names = [jobs.start(draft_of_text("甲")) for _ in range(9)]
    last = jobs.job(names[-1])
    assert last.ended.wait(5)
    assert last.problem == "太长了。"
    with pytest.raises(InputError, match="已不在内存里"):
        jobs.job(names[0])


def test_a_file_that_cannot_be_read_is_one_sentence() -> None:
    calls = {call.__name__: call for call in page_calls(FakeEngine())}  # type: ignore[arg-type]
    said = calls["start_check"]({"name": "旧稿.doc", "content": "AAAA"})
    assert "另存为 .docx" in said
    assert 'role="alert"' in said
    assert "空的" in calls["start_check"]({"text": "  "})
    assert "重新核对" in calls["open_item"]({"job": "<b>", "item": 0})


def test_a_mended_draft_keeps_the_marks_of_its_markdown() -> None:
    calls = {call.__name__: call for call in page_calls(FakeEngine())}  # type: ignore[arg-type]
    begun = calls["start_check"]({"text": "# 题\r\n**甲**：“可以平等”", "name": "稿.md"})
    while calls["check_state"](begun)["state"] == "running":
        pass
    assert calls["fix_draft"](begun)["text"] == "# 题\r\n**甲**：“应当平等”"
    assert calls["download"](begun | {"what": "corrected"})["name"] == "稿-已更正.md"
