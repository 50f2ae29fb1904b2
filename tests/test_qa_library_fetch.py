"""Cited documents fetched, checked and taken in; from the command line and on the page."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import Counting
from docx import Document
from doubles.contract import checked
from doubles.official_server import CHAPTERS, Official, body, moved, page, serving

from corpus.catalog import CitedEntry, load_catalog
from corpus.fetch.addresses import Policy
from corpus.fetch.check import fault
from corpus.formats.kinds import extract
from corpus.register import load_register
from qa import Engine, Settings
from qa.cli import main

PLAN = "法治中国建设规划（2020－2025年）"
ENTRY = CitedEntry("法治中国建设规划(2020—2025年)", "", aliases=("法治中国建设规划",))
PATH = "/zhengce/2021-01/10/content_5578659.htm"
GOOD = page(PLAN)
CAPTCHA = page("安全验证", "<p>请完成滑块验证，输入验证码后继续访问。</p>", "安全验证")
SCRIPT = page(PLAN, f"<script>window.x=1</script><img src=x onerror=alert(1)>{CHAPTERS}")


def found(content: bytes, entry: CitedEntry = ENTRY, name: str = "a.htm") -> str:
    extracted = extract(content, name)
    return fault(entry, content, extracted, "")


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        SCRIPT,
        page(PLAN, said=PLAN),
        page("法治中国建设规划（2020—2025 年）"),
        page("法治中国建设规划", f"<p>（2020－2025年）</p>{CHAPTERS}", "法治中国建设规划全文"),
        page("法治中国建设规划<br>（2020－2025年）", said="政策"),
        f"{PLAN}\n".encode() + b"\n".join(CHAPTERS.replace("</p>", "\n").encode().split(b"<p>")),
    ],
)
def test_the_document_passes(content: bytes) -> None:
    assert found(content) == ""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (CAPTCHA, "错误、登录或验证页面"),
        (page("404", "<p>您访问的页面不存在，可能已经删除。</p>", "404"), "错误、登录或验证页面"),
        (page("登录", "<p>请先登录后访问，输入用户名和密码。</p>", "统一登录"), "验证页面"),
        (page("法治社会建设实施纲要（2020－2025年）"), "没有这个标题"),
        (page("法治中国建设规划（2026－2030年）"), "没有这个标题"),
        (page("法治中国建设规划", f"<p>（2026－2030年）</p>{CHAPTERS}"), "没有这个标题"),
        (page(PLAN, "<p>各地区各部门要认真贯彻落实这部规划。</p>" * 40), "不像文件原文"),
        (page("法治中国建设规划解读", said="权威专家解读法治中国建设规划"), "没有这个标题"),
        (page(PLAN, said="《法治中国建设规划》解读"), "是对文件的介绍"),
        (page(PLAN, "<p>（征求意见稿）</p>" + CHAPTERS), "征求意见稿或草案"),
        (page(PLAN, "<p>全文见附件。</p><a href=a.pdf>规划.pdf</a>"), "没有正文"),
        (page(PLAN).replace(b"</html>", b""), "没有载完"),
        (page(PLAN, CHAPTERS + "<script>createPageHTML(3, 0)</script>"), "分在几个网页上"),
        (page(PLAN, CHAPTERS + "<a href=b.htm>下一页</a>"), "分在几个网页上"),
        (page(PLAN, CHAPTERS.replace("第二章", "第五章", 1)), "编号不连续，缺第二章"),
        (page(PLAN, CHAPTERS.replace("<p>第一章　总体要求</p>", "")), "编号不连续，缺第一章"),
    ],
)  # fmt: skip
def test_anything_else_does_not(content: bytes, why: str) -> None:
    assert why in found(content)


def test_a_missing_article_is_seen() -> None:
    articles = [f"<p>第{n}条　{'应当依法办理' * 20}。</p>" for n in "一二三四五六七八"]
    entry = replace(ENTRY, title="某条例", aliases=())
    assert found(page("某条例", "".join(articles)), entry) == ""
    del articles[4]
    assert found(page("某条例", "".join(articles)), entry) == "编号不连续，缺第五条"


def test_real_texts_pass_as_pages(shared_data: Path) -> None:
    texts = {
        "重大行政决策程序暂行条例": "regulations/重大行政决策程序暂行条例(2019-04-20).md",
        "“十四五”规划建议": "jianyi-2020.txt",
    }
    for name, file in texts.items():
        entry = next(each for each in load_catalog().cited if name in (each.title, *each.aliases))
        lines = (shared_data / file).read_text(encoding="utf-8").split("\n")
        paragraphs = "".join(f"<p>{line.lstrip('# ')}</p>" for line in lines)
        assert found(page(entry.title, paragraphs), entry) == "", name


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Official]:
    with serving(tmp_path_factory.mktemp("tls")) as official:
        yield official


@pytest.fixture
def official(server: Official, monkeypatch: pytest.MonkeyPatch) -> Official:
    """The server in place of the internet, for the command line too."""
    server.plays.clear()
    server.asked.clear()
    monkeypatch.setattr("qa.commands.fetch.Policy", server.policy)
    return server


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    shutil.copytree(quick_home, tmp_path / "home")
    return tmp_path / "home"


def fetched(home: Path, *arguments: str) -> int:
    return main(["--home", str(home), "documents", "fetch", *arguments])


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    outcomes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for outcome in outcomes:
        checked("documents fetch", outcome)
    return outcomes


def test_a_document_comes_in_with_where_it_is_from_and_changes_are_shown(
    official: Official, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = "Sun, 10 Jan 2021 08:00:00 GMT"
    official.put("/moved.htm", body(GOOD, Date=stamp))
    official.put(PATH, moved("/moved.htm"))
    assert fetched(home, "法治中国建设规划", "--json") == 0
    (outcome,) = printed(capsys)
    assert outcome["outcome"] == "added" and "标题和编号已于 20" in outcome["message"]
    (own,) = load_register(home)
    assert (own.id, own.title, own.issuer) == (outcome["id"], ENTRY.title, "中共中央")
    assert (own.published, own.file) == ("2021-01-10", "moved.htm")
    assert own.address == f"https://www.gov.cn{PATH}"
    assert own.fetched["address"] == "https://www.gov.cn/moved.htm"
    assert (own.fetched["server_date"], own.fetched["size"]) == (stamp, str(len(GOOD)))
    assert own.fetched["at"].startswith("20")
    row = next(r for r in Engine.open(Settings.load(home)).cited() if r["title"] == ENTRY.title)
    assert (row["held"], row["document_id"]) == (True, own.id)
    assert row["address"] == own.address  # No longer “未打开核对”.

    assert fetched(home, own.id) == 0
    assert "没有变化  《法治中国建设规划(2020—2025年)》  库中已有" in capsys.readouterr().out

    changed = CHAPTERS.replace("立法的任务", "立法的新任务") + "<p>三、附则</p><p>照此办理。</p>"
    official.put(PATH, body(page(PLAN, changed)))
    assert fetched(home, "《法治中国建设规划》") == 0
    out = capsys.readouterr().out
    assert "已更新" in out and "新版本，代替《法治中国建设规划(2020—2025年)》（2021-01-10）" in out
    assert "\n    - 立法的任务，坚" not in out and "\n    - 立法的任务，建设法治中国建设法……" in out
    assert "\n    + 立法的新任务，" in out and "\n    + 三、附则\n    + 照此办理。\n" in out
    older, newer = load_register(home)
    assert Engine.open(Settings.load(home)).index.documents[older.id].successor == newer.id


def test_a_paper_that_a_page_hands_out_as_a_file_is_fetched_from_beside_it(
    official: Official, home: Path
) -> None:
    paper = Document()
    for line in [PLAN, *re.findall("<p>(.*?)</p>", CHAPTERS)]:
        paper.add_paragraph(line)
    file = BytesIO()
    paper.save(file)
    official.put(PATH, body(page(PLAN, "<p>全文见附件。</p><a href='./P02.docx'>规划.docx</a>")))
    official.put("/zhengce/2021-01/10/P02.docx", body(file.getvalue()))
    assert fetched(home, "法治中国建设规划") == 0
    (own,) = load_register(home)
    assert (own.title, own.file, own.published) == (ENTRY.title, "P02.docx", "2021-01-10")
    assert own.fetched["address"] == "https://www.gov.cn/zhengce/2021-01/10/P02.docx"


@pytest.mark.parametrize("content", [CAPTCHA, page("某规划"), b"\x00" * 900, b""])
def test_what_does_not_pass_leaves_nothing(
    content: bytes, official: Official, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    official.put(PATH, body(content))
    assert fetched(home, "法治中国建设规划") == 2
    out = capsys.readouterr().out
    assert out.startswith("失败  《法治中国建设规划(2020—2025年)》  ")
    assert out.endswith("\n获取 1 份：失败 1。\n")
    assert not list((home / "documents").glob("*"))


def test_all_that_is_cited_comes_as_far_as_it_can_and_then_the_rest(
    official: Official, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [entry for entry in load_catalog().cited if entry.address]
    for entry in entries[1:]:
        path = entry.address.removeprefix("https://www.gov.cn")
        official.put(path, body(page(entry.title)))
    assert fetched(home, "--all-cited") == 1
    out = capsys.readouterr().out
    assert out.count("已入库  ") == 4 and out.count("没有网址  ") == 4
    assert "没有网址  《法治社会建设实施纲要(2020—2025年)》  在能上网的电脑上到" in out
    assert "网页不存在" in out and "民法典" not in out
    assert out.endswith("获取 5 份：失败 1，已入库 4。另有 4 份没有公开网址。\n")
    assert [own.title for own in load_register(home)] == [entry.title for entry in entries[1:]]

    official.asked.clear()
    path = entries[0].address.removeprefix("https://www.gov.cn")
    official.put(path, body(page(entries[0].title)))
    assert fetched(home, "--all-cited", "--json") == 0
    assert official.asked == [path]
    assert fetched(home, "--all-cited") == 0
    assert "有官方网址的都已入库" in capsys.readouterr().out


def test_without_a_network_each_is_one_line_and_nothing_is_lost(
    official: Official,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(host: str, port: int) -> Any:
        raise socket.gaierror

    monkeypatch.setattr("qa.commands.fetch.Policy", lambda: official.policy(resolve=nowhere))
    assert fetched(home, "--all-cited") == 2
    out = capsys.readouterr().out
    assert out.count("没有取得：查不到 www.gov.cn 的地址，请检查本机能否上网") == 5
    assert load_register(home) == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "请写明要获取哪份文件"),
        (("法治中国建设规划", "--all-cited"), "请写明要获取哪份文件"),
        (("某规划",), "目录里没有“某规划”的官方网址"),
        (("https://www.gov.cn/a.htm",), "目录里没有“https://www.gov.cn/a.htm”的官方网址"),
    ],
)
def test_only_what_the_catalog_lists_is_fetched(
    arguments: tuple[str, ...], message: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetched(home, *arguments) == 2
    assert message in capsys.readouterr().err


def test_a_library_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetched(tmp_path, "--all-cited") == 2
    assert f"faju --home {tmp_path} build" in capsys.readouterr().err


def test_one_without_an_address_says_how_to_get_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetched(home, "法治社会建设实施纲要") == 2
    assert "目录里没有它的官方网址；在能上网的电脑上到中国政府网" in capsys.readouterr().out


def test_every_address_of_the_catalog_may_be_opened() -> None:
    import httpx

    from corpus.fetch.addresses import allowed

    for entry in load_catalog().cited:
        if entry.address:
            allowed(httpx.URL(entry.address), Policy())
            assert "从官方网址获取" in entry.how
