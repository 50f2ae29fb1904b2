"""Documents added and removed on the page, while it serves."""

from __future__ import annotations

import gc
import json
import shutil
import socket
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from conftest import Counting
from doubles.browser import chromium, needs_browser
from doubles.official_server import Official, body, serving
from doubles.official_server import page as html
from playwright.sync_api import Browser, Dialog, FilePayload, Page, expect

from corpus.register import load_register
from qa import Engine, Settings
from qa.api.live import LiveEngine
from qa.cli import main
from qa.library import begin, build
from qa.page import server as app
from qa.page.jobs import Jobs
from qa.page.tabs import page_calls

FACTS = ("title", "issuer", "number", "published", "effective", "status")
MEASURE = (
    "某市渔船检查办法\n第一条 渔船检查一年不得超过三次。\n第二条 本办法自2022年6月10日起施行。\n"
)
HOSTILE = (
    "<img src=x onerror='window.hacked=1'>规划\n第一章 <script>window.hacked=2</script>\n原文。\n"
)

pytestmark = [
    # Gradio and what it stands on, not ours to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

Calls = dict[str, Callable[[dict[str, Any]], Any]]


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    shutil.copytree(quick_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def live(home: Path) -> LiveEngine:
    return LiveEngine(Engine.open(Settings.load(home)))


@pytest.fixture
def calls(live: LiveEngine) -> Calls:
    return {call.__name__: call for call in page_calls(live, Jobs())}


def ended(calls: Calls, begun: Any) -> Any:
    assert isinstance(begun, dict), begun
    while True:
        found = calls["job_state"](begun)
        if not isinstance(found, dict) or found["state"] != "running":
            return found


def read(calls: Calls, text: str, name: str = "文件.txt") -> tuple[str, str]:
    content = b64encode(text.encode()).decode()
    begun = calls["read_document"]({"name": name, "content": content})
    return begun["job"], ended(calls, begun)["html"]


def item(job: str, **facts: str) -> dict[str, str]:
    return {"job": job, **dict.fromkeys(FACTS, ""), "title": "某市渔船检查办法", **facts}


def added(calls: Calls, *items: dict[str, str]) -> Any:
    return ended(calls, calls["add_documents"]({"items": list(items)}))


def test_a_file_is_read_confirmed_served_and_removed(
    live: LiveEngine, calls: Calls, home: Path
) -> None:
    job, card = read(calls, MEASURE, "../办法.txt")
    assert 'value="某市渔船检查办法"' in card and 'value="2022-06-10"' in card
    assert '<h3><span class="file-name">办法.txt</span></h3>' in card
    state = added(calls, item(job, status="试行", published="2022-06-01"))
    assert state["faults"] == [] and "已入库：《某市渔船检查办法》。" in state["html"]
    (own,) = load_register(home)
    assert (own.status, own.published) == ("试行", "2022-06-01")
    assert "某市渔船检查办法" in calls["find_words"]({"text": "渔船检查一年不得超过三次"})
    shown = calls["library_state"]({"seen": 0})
    assert "5份文件" in shown["holdings"] and [own.id, "《某市渔船检查办法》"] in shown["documents"]
    assert calls["library_state"]({"seen": shown["changes"]}) == {
        "changes": shown["changes"],
        "filling": "",
    }
    assert "移出" in calls["open_library"]({})
    _, again = read(calls, MEASURE)
    assert "库中已有《某市渔船检查办法》" in again and "data-job" not in again
    removed = ended(calls, calls["remove_document"]({"document": own.id}))
    assert "已移出《某市渔船检查办法》。" in removed["html"]
    assert live.engine.about()["documents"] == 4 and "移出" not in calls["open_library"]({})


def test_what_is_added_by_command_joins_the_page(
    live: LiveEngine, calls: Calls, home: Path, tmp_path: Path
) -> None:
    live.renew()
    assert live.changes == 0
    file = tmp_path / "办法.txt"
    file.write_text(MEASURE, encoding="utf-8")
    assert main(["documents", "add", "--yes", str(file), "--home", str(home)]) == 0
    live.renew()
    live.renew()
    assert live.changes == 1
    assert "5份文件" in calls["library_state"]({"seen": 0})["holdings"]
    assert "某市渔船检查办法" in calls["find_words"]({"text": "渔船检查一年不得超过三次"})


def test_the_plan_can_be_asked_before_the_laws_are_built(quick: Counting, tmp_path: Path) -> None:
    settings, said = Settings.load(tmp_path), list[str]()
    begin(settings, said.append)
    live = LiveEngine(Engine.open(settings))
    assert [document["kind"] for document in live.engine.documents()] == ["规划"]
    begin(settings, said.append)
    assert said[-1] == "建立索引：1 份文档……"
    build(settings, said.append)
    live.renew()
    assert len(live.engine.documents()) == 4


def test_one_bad_fact_does_not_hold_up_the_others(calls: Calls, home: Path) -> None:
    first, _ = read(calls, MEASURE)
    second, _ = read(calls, MEASURE.replace("三次", "四次"), "另.txt")
    state = added(calls, item(first, published="昨天"), item(second, title="某市另一办法"))
    assert state["faults"] == [0]
    assert "日期“昨天”不对" in state["html"]
    assert [own.title for own in load_register(home)] == ["某市另一办法"]


def test_what_cannot_be_read_is_said(calls: Calls) -> None:
    begun = calls["read_document"]({"name": "坏.pdf", "content": b64encode(b"%PDF-1.4").decode()})
    state = ended(calls, begun)
    assert state["state"] == "failed" and "坏.pdf" in state["html"]


def test_a_cancelled_change_changes_nothing(
    live: LiveEngine, calls: Calls, home: Path, quick: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, _ = read(calls, MEASURE)
    jobs: list[str] = []
    embed = quick.inner.encode

    def cancelled(texts: Any, kind: Any, progress: Any = None) -> Any:
        while not jobs:
            pass
        calls["cancel_job"]({"job": jobs[0]})
        return embed(texts, kind, progress)

    monkeypatch.setattr(quick, "encode", cancelled)
    begun = calls["add_documents"]({"items": [item(job)]})
    jobs.append(begun["job"])
    assert ended(calls, begun) == {"state": "cancelled"}
    assert load_register(home) == () and live.changes == 0


def test_who_may_not_change_the_library_is_told_so(live: LiveEngine) -> None:
    calls: Calls = {c.__name__: c for c in page_calls(live, Jobs(), may_change=lambda: False)}
    for change in ("read_document", "add_documents", "remove_document", "fetch_document"):
        assert "需要“编辑”权限" in calls[change]({"document": "plan", "title": "民法典"})
    assert "需要“编辑”权限" in calls["document_form"]({})


def test_a_call_goes_on_with_the_engine_it_began_with(live: LiveEngine) -> None:
    ask = live.engine.find
    live.swap(live._engine)
    assert ask("民法典") and live.changes == 1


@pytest.fixture
def official(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Official]:
    """A server in place of the internet."""
    with serving(tmp_path) as server:
        monkeypatch.setattr("corpus.fetch.download.Policy", server.policy)
        yield server


def test_a_fetch_can_be_cancelled(calls: Calls, official: Official, home: Path) -> None:
    begun: dict[str, str] = {}

    def slow(connection: socket.socket) -> None:
        while not begun:
            pass
        calls["cancel_job"](begun)
        body(html("法治中国建设规划"))(connection)

    official.put("/zhengce/2021-01/10/content_5578659.htm", slow)
    begun |= calls["fetch_document"]({"title": "法治中国建设规划"})
    assert ended(calls, begun) == {"state": "cancelled"}
    assert load_register(home) == ()


@pytest.fixture
def address(live: LiveEngine) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    blocks = app.build_app(live.engine)
    blocks.launch(
        server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **app.launch_options()
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        blocks.close(verbose=False)
        gc.collect()  # What Gradio leaves open is found here, not at the end of all tests.


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    opened.goto(address)
    opened.get_by_role("tab", name="文档库").click()
    return opened


def removal(address: str) -> dict[str, object]:
    """What the page's script sends to take a document out, by its title."""
    config = httpx.get(f"{address}config", timeout=30).json()
    ids = [each["id"] for each in config["components"] if each["type"] == "html"]
    call = {"component_id": ids[0], "session_hash": "elsewhere", "fn_name": "remove_document"}
    return call | {"data": {"document": "某市渔船检查办法"}}


ATTACK = """<iframe src="{address}"></iframe><script>
const kinds = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"];
const sent = kinds.map((kind) => fetch("{address}gradio_api/component_server/", {{
  method: "POST", mode: "no-cors", headers: {{"Content-Type": kind}}, body: JSON.stringify({call}),
}}));
Promise.allSettled(sent).then((done) => document.title = `sent ${{done.length}}`);
</script>"""


@needs_browser
def test_another_web_page_removes_nothing_and_frames_nothing(
    browser: Browser, address: str, calls: Calls, home: Path, tmp_path: Path
) -> None:
    job, _ = read(calls, MEASURE)
    added(calls, item(job))
    call = removal(address)
    body = ATTACK.format(address=address, call=json.dumps(call, ensure_ascii=False))
    elsewhere = HTTPServer(("localhost", 0), page_of(body))
    with elsewhere:
        Thread(target=elsewhere.serve_forever, daemon=True).start()
        evil = browser.new_page()
        evil.goto(f"http://localhost:{elsewhere.server_port}/")
        evil.wait_for_function("document.title === 'sent 3'")
        evil.frames[1].wait_for_load_state()
        assert evil.frames[1].url.startswith("chrome-error:")
        elsewhere.shutdown()
    time.sleep(1)  # a removal would be made by now
    assert [own.title for own in load_register(home)] == ["某市渔船检查办法"]
    # The page itself may.
    own = {"origin": address.rstrip("/"), "sec-fetch-site": "same-origin"}
    target = f"{address}gradio_api/component_server/"
    assert "job" in httpx.post(target, json=call, headers=own, timeout=30).json()
    until = time.monotonic() + 60
    while load_register(home):
        assert time.monotonic() < until
        time.sleep(0.1)


def page_of(body: str) -> type[BaseHTTPRequestHandler]:
    """A web page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@needs_browser
def test_in_the_browser(page: Page) -> None:
    texts = [("办法.txt", MEASURE), ("恶意.txt", HOSTILE), ("空.txt", " ")]
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in texts
    ]
    page.locator("input[name=files]").set_input_files(files)
    expect(page.locator(".reading[data-job]")).to_have_count(2)
    expect(page.locator(".reading").last).to_contain_text("空.txt 是空文件")
    page.get_by_label("发文机关").first.fill("某市渔业局")
    page.get_by_label("标题").nth(1).fill("某某规划")
    page.get_by_role("button", name="确认入库（2 份）").click()
    expect(page.locator("[data-role=change]")).to_contain_text("已入库：《某市渔船检查办法》。")
    expect(page.locator(".documents > li")).to_have_count(6)
    expect(page.locator(".holdings")).to_contain_text("6份文件")
    expect(page.locator("#doc option", has_text="某市渔船检查办法")).to_have_count(1)
    page.get_by_label("按名称、类型、机关查找").fill("渔业局")
    expect(page.locator(".documents > li:visible")).to_have_count(1)
    page.locator(".documents button", has_text="某市渔船检查办法").first.click()
    expect(page.locator(".reader h2")).to_contain_text("某市渔船检查办法")
    questions: list[str] = []

    def agreed(dialog: Dialog) -> None:
        questions.append(dialog.message)
        dialog.accept()

    page.on("dialog", agreed)
    page.get_by_role("button", name="移出《某市渔船检查办法》").click()
    expect(page.locator("[data-role=change]")).to_contain_text("已移出《某市渔船检查办法》。")
    expect(page.locator(".documents > li")).to_have_count(5)
    assert questions[0].startswith("把《某市渔船检查办法》移出文档库吗？")
    assert page.evaluate("window.hacked === undefined")


@needs_browser
def test_a_cited_document_is_fetched_in_the_browser(
    page: Page, official: Official, home: Path
) -> None:
    row = page.locator(".cited tr", has_text="法治中国建设规划")
    button = row.get_by_role("button", name="从官方网址获取《法治中国建设规划")
    expect(button).to_have_text("从官方网址获取")
    expect(page.locator(".cited .fetch:visible")).to_have_count(5)
    button.click()
    box = page.locator("[data-role=change]")
    expect(box).to_contain_text(
        "《法治中国建设规划(2020—2025年)》：没有取得：www.gov.cn 的网页不存在"
    )
    official.put(
        "/zhengce/2021-01/10/content_5578659.htm",
        body(html("法治中国建设规划（2020－2025年）")),
    )
    button.click()
    expect(box).to_contain_text("已入库：《法治中国建设规划(2020—2025年)》。标题和编号已于")
    expect(row).to_contain_text("已入库")
    expect(button).to_have_count(0)
    assert [own.issuer for own in load_register(home)] == ["中共中央"]
