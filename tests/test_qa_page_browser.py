"""The page in a real browser: headless Chromium against the real server, with a small engine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import docx
import pytest
from doubles.browser import PATIENCE, chromium, needs_browser
from doubles.engine import BROKEN, FakeEngine
from playwright.sync_api import Browser, Page, expect

from qa import Engine, FajuError, Settings
from qa.page import server as app

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
QUESTION = "涉企现场检查事项多、频次高怎么办?"
EVIDENCE = "规范涉企行政检查,着力解决涉企现场检查事项多、频次高、随意检查等问题。"

pytestmark = [
    needs_browser,
    # Gradio and what it stands on, not ours to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


_REFUSED = "Content Security Policy"


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine()


@contextmanager
def served(engine: Any) -> Iterator[str]:
    """The page over an engine, at an address of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = app.build_app(engine)
    blocks.launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        **app.launch_options(),
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        blocks.close(verbose=False)


@pytest.fixture(scope="module")
def address(engine: FakeEngine) -> Iterator[str]:
    with served(engine) as url:
        yield url


@pytest.fixture(scope="module")
def real(built_home: Path) -> Iterator[str]:
    """The page over the default library and the real engine."""
    with served(Engine.open(Settings.load(built_home))) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; afterwards: no script error, and nothing asked of any other machine."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.extend(each for each in [said.text] if _REFUSED in each))
    page.on("websocket", lambda socket: asked.append(socket.url))
    yield page
    context.close()
    away = [url for url in asked if urlsplit(url).hostname not in {"127.0.0.1", None}]
    assert asked and not away, away
    assert not errors, errors


def test_serving_says_where_and_stops_when_interrupted(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Engine, "open", lambda settings: engine)
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 1:
            raise KeyboardInterrupt

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        settings = Settings.load(tmp_path, port=port)
        with pytest.raises(FajuError, match=f"{port} 端口不能用.*--port"):
            app.serve(settings, say)
    app.serve(settings, say)
    assert said == [f"网页地址：http://127.0.0.1:{port}（按 Ctrl+C 停止）", "网页已停止。"]


def ask(page: Page, address: str, question: str = QUESTION) -> None:
    page.goto(address)
    page.get_by_label("您想问什么？").fill(question)
    page.get_by_role("button", name="提问").click()
    page.locator(".results").locator("> section, > .notice").first.wait_for()


def test_the_page_opens_in_chinese_with_the_question_box_focused(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_label("您想问什么？")).to_be_focused()
    expect(page).to_have_title("法据")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(page.locator(".example")).to_have_count(3)
    expect(page.locator(".holdings")).to_contain_text("5份文件，效力状态截至2026年11月22日")
    expect(page.get_by_role("tab")).to_have_text(
        ["问答", "原文查找", "引文核对", "批量问答", "批量评测", "文档库"]
    )
    expect(page.get_by_text("Gradio")).to_have_count(0)


def test_an_answer_quotes_the_document_and_its_chip_leads_to_the_card(
    page: Page, address: str
) -> None:
    ask(page, address)
    expect(page.locator(".answer blockquote").first).to_contain_text(EVIDENCE)
    expect(page.locator(".answer cite").first).to_contain_text("“四、坚持严格规范公正文明执法”")
    page.get_by_role("link", name="出处 1").click()
    expect(page.locator("#hit-1")).to_be_focused()
    expect(page.locator("#hit-1")).to_be_in_viewport()
    expect(page.locator("#hit-1 .badge")).to_have_text("征求意见稿")
    expect(page.locator("#hit-1 mark")).to_have_text(EVIDENCE)


def test_a_passage_opens_in_its_section_marked_and_in_view(page: Page, address: str) -> None:
    ask(page, address)
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    reader = page.locator(".faju-ask .reader")
    expect(reader.locator(".pointed mark")).to_have_text(EVIDENCE)
    expect(reader.locator(".pointed mark")).to_be_in_viewport()
    expect(reader.locator("h2")).to_contain_text("(征求意见稿)")
    expect(reader.locator(".badge")).to_have_text("征求意见稿")
    card, beside = page.locator("#hit-1").bounding_box(), reader.bounding_box()
    assert card and beside and beside["x"] > card["x"] + card["width"] - 20
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(page.locator("#hit-1").get_by_role("button", name="查看原文")).to_be_focused()


def test_the_reader_goes_on_through_the_table_of_contents(page: Page, address: str) -> None:
    ask(page, address)
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    page.locator(".reader .toc summary").click()
    expect(page.locator(".reader [aria-current]")).to_contain_text("四、坚持严格规范公正文明执法")
    page.locator(".reader").get_by_role("button", name="第一节指导思想").click()
    expect(page.locator(".reader .section")).to_contain_text("高举中国特色社会主义伟大旗帜")


def test_filtering_by_chapter_narrows_the_answer_and_enters_the_address(
    page: Page, address: str, engine: FakeEngine
) -> None:
    ask(page, address, "立法")
    assert page.locator(".hit").count() > 3
    page.get_by_text("缩小范围").click()
    page.get_by_label("文件", exact=True).select_option("plan")
    page.get_by_label("章节").select_option("第二节 加强地方立法建设")
    expect(page.locator(".hits .crumbs", has_not_text="第二节 加强地方立法建设")).to_have_count(0)
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".chosen")).to_contain_text("已限定")
    query = parse_qs(urlsplit(page.url).query)
    assert query["q"] == ["立法"]
    assert query["doc"] == ["plan"]
    assert query["section"] == ["第二节 加强地方立法建设"]
    page.get_by_label("含历史版本").check()
    page.get_by_label("规划", exact=True).check()
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    page.wait_for_function("location.search.includes('kind=')")
    filters = engine.asked[-1][1]
    assert filters is not None and filters.all_versions and filters.kinds == ("规划",)
    page.get_by_role("button", name="全部清除").click()
    page.wait_for_function("!location.search.includes('doc=')")


def test_an_address_brings_back_the_question_and_its_filters(page: Page, address: str) -> None:
    section = quote("第三章主要任务")
    page.goto(
        f"{address}?q={quote('立法')}&doc=plan&section={section}&status={quote('征求意见稿')}"
    )
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.get_by_label("您想问什么？")).to_have_value("立法")
    expect(page.locator(".chosen")).to_contain_text("第三章主要任务 · 征求意见稿")
    expect(page.locator(".hits .crumbs", has_not_text="第三章主要任务")).to_have_count(0)


def test_an_address_with_an_unknown_document_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote('立法')}&doc=nowhere")
    expect(page.get_by_role("alert")).to_contain_text("没有编号为“nowhere”的文件")


def test_script_in_a_document_is_shown_and_not_run(page: Page, address: str) -> None:
    ask(page, address, "恶意脚本条款")
    expect(page.locator("#hit-1")).to_contain_text("<script>window.hacked = 1</script>")
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    expect(page.locator(".reader .pointed")).to_contain_text("${window.hacked=3}")
    page.get_by_role("tab", name="文档库").click()
    expect(page.locator(".documents")).to_contain_text("<script>")
    page.goto(f"{address}?q={quote('恶意脚本条款<img src=x onerror=window.hacked=4>')}")
    expect(page.locator(".hit").first).to_be_visible()
    assert page.evaluate("window.hacked === undefined")


def test_what_the_library_does_not_say_is_said_plainly(page: Page, address: str) -> None:
    ask(page, address, "火星上怎么立法?")
    expect(page.locator(".refusal")).to_contain_text("文件未作规定")
    expect(page.locator(".found h2")).to_contain_text("可能相关")
    expect(page.locator(".answer")).to_have_count(0)


def test_an_error_is_one_sentence_in_place(page: Page, address: str) -> None:
    ask(page, address, "出错")
    expect(page.get_by_role("alert")).to_have_text(BROKEN)
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_server_that_is_gone_is_said_in_one_sentence(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("您想问什么？").fill("立法")
    page.route("**/component_server/**", lambda route: route.abort())
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_role("alert")).to_contain_text("请刷新网页再试")


def test_an_empty_question_gets_a_friendly_word(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("您想问什么？").fill("   ")
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text("请先写下要问的问题")
    expect(page.get_by_label("您想问什么？")).to_be_focused()


def test_everything_can_be_done_from_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_label("您想问什么？")).to_be_focused()
    page.keyboard.insert_text(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent"))
        if seen[-1] == "查看原文":
            break
    assert seen[:5] == ["提问", *(page.locator("form .example").all_inner_texts()), seen[4]]
    assert "出处 1" in seen
    page.keyboard.press("Enter")
    expect(page.locator(".reader .pointed")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "查看原文"


def test_a_citation_is_copied_with_its_source(page: Page, address: str) -> None:
    ask(page, address)
    page.locator("#hit-1").get_by_role("button", name="复制引文").click()
    expect(page.locator(".faju-toast")).to_have_text("已复制原文和出处，可以粘贴了。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{EVIDENCE}”\n——《乌鲁木齐市法治首府建设“十四五”规划》(征求意见稿)")


def test_a_long_passage_unfolds(page: Page, address: str) -> None:
    ask(page, address)
    rest = page.locator("#hit-1 .rest").first
    expect(rest).to_be_hidden()
    page.locator("#hit-1").get_by_role("button", name="展开全文").click()
    expect(rest).to_be_visible()
    page.locator("#hit-1").get_by_role("button", name="收起").click()
    expect(rest).to_be_hidden()


def test_the_library_lists_narrows_and_opens_documents(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="文档库").click()
    expect(page.locator(".documents > li")).to_have_count(5)
    page.get_by_label("按名称、类型、机关查找").fill("民法 法律")
    expect(page.locator(".documents > li:visible")).to_have_count(1)
    page.locator(".documents > li:visible button").click()
    page.locator(".library .toc-list").get_by_role("button", name="附则").click()
    expect(page.locator(".library .section")).to_contain_text("本法自2021年1月1日起施行。")
    rows = page.locator(".cited tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("已入库")
    expect(rows.nth(1)).to_contain_text("未入库")
    page.keyboard.press("Escape")
    expect(page.locator(".library .reader")).to_contain_text("点一份文件的名称")


def test_the_answer_is_still_there_after_a_look_into_the_library(page: Page, address: str) -> None:
    ask(page, address)
    page.get_by_role("tab", name="文档库").click()
    expect(page.locator(".documents")).to_be_visible()
    page.get_by_role("tab", name="问答", exact=True).click()
    expect(page.locator("#hit-1")).to_be_visible()
    expect(page.get_by_label("您想问什么？")).to_have_value(QUESTION)


def test_on_a_phone_nothing_overflows_and_the_reader_opens_below(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    ask(page, address)
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    expect(page.locator(".reader .pointed")).to_be_in_viewport()
    card, below = page.locator("#hit-1").bounding_box(), page.locator(".reader").bounding_box()
    assert card and below and below["y"] >= card["y"] + card["height"] - 1
    page.get_by_role("tab", name="文档库").click()
    expect(page.locator(".cited")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_print_keeps_question_answer_and_cards_without_the_controls(
    page: Page, address: str
) -> None:
    ask(page, address)
    page.emulate_media(media="print")
    expect(page.locator(".results .question")).to_have_text(f"问：{QUESTION}")
    expect(page.locator("#hit-1")).to_be_visible()
    for control in (".ask", ".tools >> nth=0", ".tab-wrapper"):
        expect(page.locator(control)).to_be_hidden()


CITED = "规划里的《重大行政决策程序暂行条例》"


def test_what_a_passage_cites_is_fetched_when_unfolded(page: Page, address: str) -> None:
    ask(page, address, CITED)
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    fold = page.locator(".reader .pointed + .refs")
    expect(fold.locator("li")).to_have_count(0)
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    entry = fold.locator("li", has_text="《重大行政决策程序暂行条例》")
    expect(entry).to_contain_text("未入库")
    expect(entry).to_contain_text("取得全文后可入库")
    expect(entry.get_by_role("button")).to_have_count(0)
    expect(fold).to_contain_text("文库里没有条款引用本段")


def test_a_citing_clause_opens_in_the_reader_and_one_comes_back(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="文档库").click()
    page.locator(".documents button", has_text="民法典").click()
    reader = page.locator(".library .reader")
    reader.get_by_text("被哪些文件引用").click()
    expect(reader.locator(".refs h3")).to_contain_text("1 份，25 处")
    expect(reader.locator(".refs li:visible")).to_have_count(20)
    reader.get_by_role("button", name="全部 25 处").click()
    expect(reader.locator(".refs li:visible")).to_have_count(25)
    entry = reader.locator(".refs li button").nth(20)
    expect(entry).to_be_focused()
    page.keyboard.press("Enter")
    expect(reader.locator("h2")).to_have_text("《某某法》")
    expect(reader.locator(".pointed mark")).to_have_text("民法典第五十七条")
    expect(page.locator(".documents [aria-current]")).to_contain_text("某某法")
    reader.get_by_text("引用关系").click()
    reader.get_by_role("button", name="《中华人民共和国民法典》第五十七条").click()
    expect(reader.locator(".pointed")).to_contain_text("法人是具有民事权利能力")
    reader.get_by_role("button", name="返回").click()
    expect(reader.locator("h2")).to_have_text("《某某法》")
    reader.get_by_role("button", name="返回").click()
    expect(entry).to_be_focused()
    expect(reader.get_by_role("button", name="返回")).to_have_count(0)
    expect(page.locator(".documents [aria-current]")).to_contain_text("民法典")


def test_references_that_cannot_be_had_are_said_and_asked_again(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="文档库").click()
    page.locator(".documents button", has_text="旧办法").click()
    fold = page.locator(".library .refs")
    fold.locator("summary").click()
    expect(fold.get_by_role("alert")).to_have_text(BROKEN)
    page.route("**/component_server/**", lambda route: route.abort())
    fold.locator("summary").click()
    fold.locator("summary").click()
    expect(fold.get_by_role("alert")).to_contain_text("请刷新网页再试")


def test_references_print_when_they_are_open(page: Page, address: str) -> None:
    ask(page, address, CITED)
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    page.locator(".reader .pointed").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".reader")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator(".refs summary").click()
    page.locator(".refs li").first.wait_for()
    page.emulate_media(media="print")
    for kept in (".reader .pointed", ".refs li >> nth=0", "#hit-1"):
        expect(page.locator(kept)).to_be_visible()
    for left in (".reader .toc", ".reader .close", ".reader .block:not(.pointed) >> nth=0"):
        expect(page.locator(left)).to_be_hidden()


def test_references_of_the_real_library_lead_there_and_back(page: Page, real: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    ask(page, real, "民法典第五百八十四条")
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    reader = page.locator(".faju-ask .reader")
    reader.get_by_text("引用关系").click()
    entry = reader.get_by_role("button", name="第六百一十七条")
    expect(reader.locator(".said mark")).to_have_text("第五百八十四条")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    entry.click()
    expect(reader.locator(".pointed")).to_contain_text("出卖人交付的标的物不符合质量要求")
    expect(reader.locator(".pointed mark")).to_be_in_viewport()
    reader.get_by_text("引用关系").click()
    expect(reader.locator(".refs .held")).to_have_text(["本文件"] * 3)
    reader.get_by_role("button", name="返回").click()
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()


def test_the_real_library_answers_opens_refuses_and_lists(page: Page, real: str) -> None:
    ask(page, real, "民法典第1260条")
    expect(page.locator(".answer cite")).to_have_text("《中华人民共和国民法典》第一千二百六十条")
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    expect(page.locator(".reader .pointed")).to_contain_text("本法自2021年1月1日起施行")
    expect(page.locator(".reader .pointed")).to_be_in_viewport()
    ask(page, real, "地铁公司电话是多少")
    expect(page.locator(".refusal")).to_contain_text("文件未作规定")
    section = "第三节 依法履行政府职能"
    page.goto(f"{real}?q={quote('行政执法')}&doc=urumqi-fazhi-145&section={quote(section)}")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".hits .crumbs", has_not_text=section)).to_have_count(0)
    page.get_by_role("tab", name="文档库").click()
    expect(page.locator(".documents > li")).to_have_count(4)
    expect(page.locator(".cited tbody tr")).to_have_count(11)
    expect(page.locator(".cited")).to_contain_text("未打开核对")


def find(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="原文查找").click()
    page.get_by_label("要找哪句话？").fill(words)
    page.keyboard.press("Enter")
    page.locator(".faju-find .results").locator("> section, > [role=alert]").first.wait_for()


def test_words_remembered_wrongly_are_found_and_what_differs_is_shown(
    page: Page, real: str
) -> None:
    find(page, real, "因自愿实施紧急救助行为造成受助人损害的，救助人可以不承担责任")
    card = page.locator("#match-1")
    expect(card.locator("cite")).to_have_text("《中华人民共和国民法典》第一百八十四条")
    expect(card.locator(".like")).to_contain_text("近似")
    expect(card.locator(".diff del")).to_have_text("可以")
    expect(card.locator(".diff ins")).to_have_text("民事")
    expect(page.locator(".diff-legend")).to_be_visible()
    card.get_by_role("button", name="复制原文", exact=True).click()
    expect(page.locator(".faju-toast")).to_have_text("已复制原文，可以粘贴了。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "因自愿实施紧急救助行为造成受助人损害的，救助人不承担民事责任"
    card.get_by_role("button", name="查看原文").click()
    expect(page.locator(".faju-find .pointed mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="查看原文")).to_be_focused()


def test_words_of_the_plan_are_found_verbatim_by_their_address(page: Page, real: str) -> None:
    page.goto(f"{real}?find={quote('谁执法谁普法')}&in=urumqi-fazhi-145")
    expect(page.locator("#match-1 .like")).to_have_text("一字不差")
    expect(page.locator("#match-1 mark")).to_have_text("谁执法谁普法")
    expect(page.locator(".faju-find .group .badge")).to_have_text("征求意见稿")
    expect(page.get_by_label("查找范围")).to_have_value("urumqi-fazhi-145")
    expect(page.get_by_role("tab", name="原文查找")).to_have_attribute("aria-selected", "true")


def test_words_that_stand_nowhere_are_said_to_and_scope_can_be_widened(
    page: Page, address: str
) -> None:
    find(page, address, "法律援助旧办法的条文")
    expect(page.locator(".faju-find .refusal")).to_contain_text("文库里没有这句话")
    page.get_by_label("也找历史版本").check()
    expect(page.locator(".faju-find .badge")).to_have_text("已废止")
    query = parse_qs(urlsplit(page.url).query)
    assert query == {"find": ["法律援助旧办法的条文"], "old": ["1"]}
    find(page, address, "出错")
    expect(page.get_by_role("alert")).to_have_text(BROKEN)


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DRAFT = """民法典第四条规定：“民事主体在民事活动中的法律地位应当一律平等。”
民法典第一百八十五条规定：“民事主体从事民事活动，应当有利于节约资源、保护生态环境。”
宪法第五条第二款规定：“国家维护社会主义法制的统一和尊严。”
各单位还要学习民法典第一千二百八十条。"""


def check(page: Page, address: str, draft: str = DRAFT) -> None:
    page.goto(address)
    page.get_by_role("tab", name="引文核对").click()
    page.get_by_label("要核对的文稿").fill(draft)
    page.get_by_role("button", name="核对", exact=True).click()


def test_a_draft_is_checked_put_right_and_taken_away(page: Page, real: str) -> None:
    check(page, real)
    expect(page.locator(".verdict-line")).to_contain_text("3 处有误或查不到")
    card = page.locator(".item")
    expect(card).to_contain_text("与原文有出入")
    expect(card.locator(".diff del")).to_have_text("应当")
    expect(card.locator(".truth cite")).to_have_text("《中华人民共和国民法典》第四条")
    card.get_by_role("button", name="改为原文").click()
    expect(page.locator(".verdict-line")).to_contain_text("2 处有误或查不到")
    box = page.get_by_label("要核对的文稿")
    expect(box).to_have_value(DRAFT.replace("地位应当一律", "地位一律"))
    expect(card).to_contain_text("出处有误")
    card.get_by_role("button", name="改为“民法典第九条”").click()
    expect(page.locator(".verdict-line")).to_contain_text("1 处有误或查不到")
    expect(card).to_contain_text("没有这一条")
    page.get_by_role("button", name="撤销上一次改动").click()
    expect(page.locator(".verdict-line")).to_contain_text("2 处有误或查不到")
    for button, file in (
        ("下载更正稿", "草稿-已更正.txt"),
        ("下载核对报告（Word）", "草稿-核对报告.docx"),
        ("下载核对表（CSV）", "草稿-核对表.csv"),
    ):
        with page.expect_download() as taken:
            page.get_by_role("button", name=button).click()
        assert taken.value.suggested_filename == file
        assert taken.value.path().stat().st_size > 100


def test_an_item_opens_its_source_and_the_table_leads_to_it(page: Page, real: str) -> None:
    check(page, real)
    page.get_by_label("只看有误的").check()
    expect(page.locator(".item-table tbody tr:visible")).to_have_count(3)
    page.locator(".item-table").get_by_role("button", name="节约资源").click()
    card = page.locator(".item")
    expect(card).to_contain_text("见于《中华人民共和国民法典》第九条")
    expect(page.locator(".mark.current")).to_be_in_viewport()
    card.get_by_role("button", name="查看原文").click()
    expect(page.locator(".faju-check .pointed mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="查看原文")).to_be_focused()
    card.get_by_role("button", name="下一处有误").click()
    expect(card).to_contain_text("没有这一条")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator(".mark", has_text="第一千二百八十条")).to_be_focused()
    page.keyboard.press("Space")
    expect(card).to_contain_text("没有这一条")


def test_a_word_file_is_checked_and_comes_back_with_its_name(
    page: Page, real: str, tmp_path: Path
) -> None:
    file = tmp_path / "讲稿.docx"
    document = docx.Document()
    document.add_paragraph(DRAFT.split("\n", maxsplit=1)[0])
    document.save(str(file))
    page.goto(real)
    page.get_by_role("tab", name="引文核对").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".verdict-line")).to_contain_text("1 处有误或查不到")
    expect(page.locator(".file")).to_contain_text("讲稿.docx")
    expect(page.get_by_role("button", name="改为原文")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载更正稿（带修订标记）").click()
    assert taken.value.suggested_filename == "讲稿-已更正.docx"
    page.get_by_role("button", name="换成粘贴文字").click()
    expect(page.get_by_label("要核对的文稿")).to_be_visible()


def test_a_text_file_fills_the_box_whatever_its_coding(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="引文核对").click()
    content = "规定：“可以平等”。\r\n完。".encode("gb18030")
    page.locator("input[type=file]").set_input_files(
        {"name": "稿.txt", "mimeType": "text/plain", "buffer": content}
    )
    expect(page.locator(".verdict-line")).to_contain_text("1 处有误或查不到")
    page.get_by_role("button", name="全部改正（1 处）").click()
    expect(page.get_by_label("要核对的文稿")).to_have_value("规定：“应当平等”。\n完。")


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="引文核对").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "密.docx", "mimeType": "application/zip", "buffer": OLD_WORD}
    )
    expect(page.get_by_role("alert")).to_contain_text("密.docx")
    expect(page.get_by_role("button", name="核对", exact=True)).to_be_enabled()


def test_a_long_check_shows_how_far_it_is_and_can_be_cancelled(page: Page, address: str) -> None:
    check(page, address, "慢慢来：“可以平等”")
    expect(page.locator(".progress")).to_contain_text("共 600 处")
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".check-summary")).to_contain_text("已取消核对")
    expect(page.get_by_label("要核对的文稿")).to_have_value("慢慢来：“可以平等”")
    page.get_by_label("要核对的文稿").fill("快些：“可以平等”")
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator(".verdict-line")).to_contain_text("共 1 处引用")


def test_script_in_a_draft_is_shown_and_not_run(page: Page, address: str) -> None:
    evil = "<img src=x onerror=window.hacked=5><script>window.hacked=6</script>"
    check(page, address, f"规定：“可以{evil}”")
    expect(page.locator(".draft")).to_contain_text(evil)
    expect(page.locator(".item")).to_contain_text(evil)
    find(page, address, f"{evil}")
    assert page.evaluate("window.hacked === undefined")


def test_a_draft_changed_after_its_check_is_said_to_be(page: Page, address: str) -> None:
    check(page, address, "规定：“可以平等”")
    expect(page.locator(".item")).to_be_visible()
    page.get_by_label("要核对的文稿").fill("规定：“可以平等”。又")
    expect(page.locator(".stale")).to_contain_text("请再按一次“核对”")
    page.get_by_role("button", name="改为原文").click()
    expect(page.locator(".faju-toast")).to_contain_text("请先重新核对")
    expect(page.get_by_label("要核对的文稿")).to_have_value("规定：“可以平等”。又")


def test_on_a_phone_an_item_opens_under_its_paragraph(page: Page, real: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    check(page, real)
    mark = page.locator(".mark", has_text="节约资源").first
    mark.click()
    card = page.locator(".draft .item")
    expect(card).to_contain_text("出处有误")
    card.get_by_role("button", name="查看原文").click()
    expect(page.locator(".draft .reader .pointed")).to_be_in_viewport()
    page.locator(".mark", has_text="第一千二百八十条").click()
    expect(card).to_contain_text("没有这一条")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_print_keeps_the_marked_draft_and_the_table(page: Page, address: str) -> None:
    check(page, address, "规定：“可以平等”")
    expect(page.locator(".item")).to_be_visible()
    page.emulate_media(media="print")
    for kept in (".verdict-line", ".draft", ".item-table"):
        expect(page.locator(kept)).to_be_visible()
    for control in (".check-form", ".item", ".check-summary .tools"):
        expect(page.locator(control)).to_be_hidden()


def test_a_question_set_is_evaluated_opened_and_taken_away(
    page: Page, real: str, tmp_path: Path
) -> None:
    page.goto(real)
    page.get_by_role("tab", name="批量评测").click()
    page.get_by_role("button", name="开始评测").click()
    expect(page.get_by_text("请先选择题集文件")).to_be_visible()
    with page.expect_download() as template:
        page.get_by_role("button", name="Excel 模板").click()
    template.value.save_as(tmp_path / "题集.xlsx")
    page.locator(".evaluate-form input[type=file]").set_input_files(tmp_path / "题集.xlsx")
    page.get_by_label("按字词（lexical）").check()
    page.get_by_role("button", name="开始评测").click()
    expect(page.get_by_text("共 4 题")).to_be_visible(timeout=60_000)
    expect(page.locator(".evaluated svg").first).to_be_visible()
    opened = page.locator(".asked-one", has_text="民法典从哪天起施行").locator("summary")
    opened.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".beside .expected")).to_contain_text("第一千二百六十条")
    expect(page.locator(".beside .retrieved")).to_contain_text("hybrid 检出")
    with page.expect_download() as results:
        page.get_by_role("button", name="下载全部结果").click()
    assert results.value.suggested_filename == "题集-评测.zip"
    page.get_by_text("这些数字是什么意思").click()
    expect(page.locator(".explained")).to_contain_text("0.5 是瞎猜，1 是分得清清楚楚")
    page.reload()
    expect(page.get_by_text("共 4 题")).to_be_visible()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
