"""The home's own documents: added, recognised, superseded, removed; from the command line."""

from __future__ import annotations

import io
import json
import shutil
import sys
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Counting
from doubles.pdf import paper

from corpus import DamagedError, InputError
from corpus.register import load_register, write_register
from index.generation import current_folder, document_ids, read_manifest
from qa import Engine, Settings
from qa.cli import main
from qa.library.build import build, holdings
from qa.library.intake import Intake
from qa.library.reading import read_file
from qa.page.call import Given
from qa.page.reader import reader_calls

PLAN = """滨海市“十四五”法治建设规划
（征求意见稿）
滨海市司法局
2021年10月8日
为了推进法治建设，根据《法治中国建设规划（2020－2025年）》和民法典，制定本规划。
第一章 总体要求
坚持依法治市，建设海洋法治先行区。
第二章 主要任务
第一节 加强地方立法建设
制定渔业资源保护条例，每年开展两次立法后评估。
第二节 规范涉海执法
渔船检查一年不得超过三次，检查结果应当当场告知。
"""
FINAL = PLAN.replace("（征求意见稿）\n", "").replace("10月8日", "12月1日").replace("三次", "两次")
MEASURE = """某市养老服务办法（试行）
某府规〔2022〕3号
第一条 为了养老，制定本办法。
第二条 老年人餐厅每餐补贴三元。
第三条 本办法自印发之日起施行。
某市民政局
二〇二二年六月十日
"""


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    """The default library, built with the fake model."""
    shutil.copytree(quick_home, tmp_path / "home")
    quick.asked.clear()
    return tmp_path / "home"


def add(home: Path, *arguments: object) -> int:
    return main(["--home", str(home), "documents", "add", *map(str, arguments)])


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def word(path: Path) -> Path:
    """The plan as a Word file, with headings by style."""
    document = docx.Document()
    for line in PLAN.splitlines():
        style = {"章": "Heading 1", "节": "Heading 2"}.get(line[2:3] if line[0] == "第" else "")
        document.add_paragraph(line, style=style)
    document.add_paragraph("保障措施", style="Heading 1")
    document.add_paragraph("各区应当于每年十二月底前报送落实情况。")
    document.save(str(path))
    return path


def opened(home: Path) -> Engine:
    return Engine.open(Settings.load(home))


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_added_document_is_found_and_only_it_was_embedded(
    home: Path, tmp_path: Path, quick: Counting, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, word(tmp_path / "规划.docx"), "--yes", "--json") == 0
    (outcome,) = printed(capsys)
    assert outcome["outcome"] == "added" and outcome["title"] == "滨海市“十四五”法治建设规划"
    assert (outcome["issuer"], outcome["published"]) == ("滨海市司法局", "2021-10-08")
    assert len(quick.asked) == 5
    engine = opened(home)
    (match,) = engine.find("渔船检查一年不得超过三次")["matches"]
    assert match["citation"] == "《滨海市“十四五”法治建设规划》(征求意见稿)第二章第二节"
    headings = [entry["heading"] for entry in engine.document(outcome["id"])["toc"]]
    assert headings[-2:] == ["第二节 规范涉海执法", "保障措施"]
    assert engine.about()["plan"].startswith("《乌鲁木齐市")


def test_what_was_read_is_shown_before_it_is_taken_in(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, written(tmp_path, "规划.txt", PLAN), "--yes") == 0
    out = capsys.readouterr().out
    assert "标题：滨海市“十四五”法治建设规划\n发文机关：滨海市司法局\n文号：（未写明）\n" in out
    assert "  第二章 主要任务\n    第一节 加强地方立法建设\n" in out
    assert out.endswith("共 1 个文件：已入库 1。文档库现有 5 份文档。\n")


def test_facts_of_a_person_come_before_those_that_were_read(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", MEASURE)
    facts = (
        "--title",
        "新办法",
        "--date",
        "2023年1月2日",
        "--status",
        "已废止",
        "--number",
        "甲1号",
    )
    assert add(home, path, "--yes", *facts) == 0
    (own,) = load_register(home)
    assert (own.title, own.published, own.status, own.number) == (
        "新办法",
        "2023-01-02",
        "已废止",
        "甲1号",
    )
    assert not opened(home).find("老年人餐厅每餐补贴三元")["matches"]
    assert opened(home).find("老年人餐厅每餐补贴三元", all_versions=True)["matches"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [(("--date", "去年"), "日期“去年”不对"), (("--title", " "), "标题应有 1 到 200 个字")],
)
def test_a_fact_that_cannot_be_is_said(
    facts: Sequence[str],
    message: str,
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert add(home, written(tmp_path, "a.txt", MEASURE), "--yes", *facts) == 2
    assert message in capsys.readouterr().out
    assert load_register(home) == ()


def test_without_a_terminal_yes_is_needed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, written(tmp_path, "a.txt", MEASURE)) == 2
    assert capsys.readouterr().err == "faju: 这里不能逐份确认，请加 --yes 直接入库。\n"


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "held"), [("y\nn\n", 1), ("什么\na\n", 2), ("n\nn\n", 0)])
def test_on_a_terminal_each_is_confirmed(
    typed: str, held: int, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "in", "a.txt", MEASURE)
    written(tmp_path / "in", "b.txt", PLAN)
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert add(home, tmp_path / "in") == 0
    assert len(load_register(home)) == held


def test_the_same_again_is_said_and_nothing_done(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(home, written(tmp_path, "a.txt", MEASURE), "--yes")
    before = read_manifest(home)
    other = written(tmp_path, "另一份.txt", MEASURE.replace("。\n", "。\n\n"))
    capsys.readouterr()
    assert add(home, tmp_path / "a.txt", other, "--yes", "--json") == 0
    outcomes = printed(capsys)
    assert [outcome["outcome"] for outcome in outcomes] == ["same", "same"]
    assert "库中已有《某市养老服务办法（试行）》（2022-06-10）" in outcomes[1]["message"]
    assert read_manifest(home) == before


def test_the_bundled_plan_and_held_laws_are_recognised(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = Path(__file__).parents[1] / "corpus/documents/plan.txt"
    code = written(
        tmp_path, "民法典.txt", "中华人民共和国民法典\n第一条 为了保护权益，制定本法。\n"
    )
    assert add(home, plan, code, "--yes", "--json") == 0
    assert [outcome["outcome"] for outcome in printed(capsys)] == ["same", "same"]


def test_a_newer_version_supersedes_and_removing_it_brings_the_older_back(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(home, written(tmp_path, "稿.txt", PLAN), "--yes")
    capsys.readouterr()
    assert add(home, written(tmp_path, "定.txt", FINAL), "--yes") == 0
    out = capsys.readouterr().out
    assert "库中有旧版本《滨海市“十四五”法治建设规划》（2021-10-08）" in out
    draft, final = load_register(home)
    engine = opened(home)
    assert engine.index.documents[draft.id].successor == final.id
    (match,) = engine.find("渔船检查一年不得超过两次")["matches"]
    assert match["document"]["id"] == final.id
    both = engine.find("渔船检查一年不得超过", all_versions=True)["matches"]
    assert {match["document"]["id"] for match in both} == {draft.id, final.id}
    assert main(["documents", "remove", final.id, "--yes", "--home", str(home)]) == 0
    assert opened(home).index.documents[draft.id].current


def test_what_a_document_held_repeals_is_said_to_be_repealed(home: Path, tmp_path: Path) -> None:
    old = MEASURE.replace("（试行）", "").replace("印发之日", "2022年7月1日")
    new = (
        "某市养老服务条例\n某府规〔2024〕1号\n第一条 为了养老，制定本条例。\n"
        "第二条 本条例自2024年5月1日起施行，《某市养老服务办法》同时废止。\n"
        "某市民政局\n2024年4月2日\n"
    )
    for name, text in (("旧.txt", old), ("新.txt", new)):
        assert add(home, "--yes", written(tmp_path, name, text)) == 0
    statuses = {each["title"]: each["status"] for each in opened(home).documents()}
    assert statuses["某市养老服务办法"] == "已废止"
    assert statuses["某市养老服务条例"] == "现行有效"


def test_an_older_version_comes_in_behind(home: Path, tmp_path: Path) -> None:
    add(home, written(tmp_path, "定.txt", FINAL), "--yes")
    add(home, written(tmp_path, "稿.txt", PLAN), "--yes")
    final, draft = load_register(home)
    documents = opened(home).index.documents
    assert documents[final.id].current and not documents[draft.id].current


def test_added_removed_and_added_again_is_the_same_to_the_byte(home: Path, tmp_path: Path) -> None:
    before = read_manifest(home)
    path = word(tmp_path / "规划.docx")
    add(home, path, "--yes")
    with_it, register = read_manifest(home), load_register(home)
    assert main(["--home", str(home), "documents", "remove", register[0].title, "--yes"]) == 0
    assert read_manifest(home) == before
    assert not list((home / "documents").glob("doc-*"))
    add(home, path, "--yes")
    assert (read_manifest(home), load_register(home)) == (with_it, register)


def test_a_document_is_removed_by_its_title_without_the_years(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "规划.txt", PLAN)
    add(home, path, "--yes", "--title", "滨海市法治政府建设规划（2021—2025年）")
    short = "滨海市法治政府建设规划"
    assert main(["--home", str(home), "documents", "remove", short, "--yes"]) == 0
    assert load_register(home) == ()


def test_only_own_documents_can_be_removed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "documents", "remove", "民法典", "--yes"]) == 2
    assert "自己入库的文档里没有“民法典”" in capsys.readouterr().err


def test_own_documents_are_listed_and_shown_with_where_they_are_from(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(home, written(tmp_path, "规划.txt", PLAN), "--yes")
    capsys.readouterr()
    assert main(["documents", "list", "--own", "--json", "--home", str(home)]) == 0
    (record,) = printed(capsys)
    assert (record["file"], record["format"], record["method"]) == ("规划.txt", "txt", "text")
    assert main(["documents", "show", record["title"], "--home", str(home)]) == 0
    assert "来自 规划.txt（txt）" in capsys.readouterr().out


def test_files_of_a_folder_that_are_no_documents_are_not_taken_unasked(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "文件夹"
    written(folder, "办法.txt", MEASURE)
    for name in ("统计.py", "名单.csv", "图.png"):
        written(folder, name, "序号 姓名\n一 张三\n")
    assert add(home, folder, "--yes", "--json") == 0
    outcomes = {Path(each["file"]).name: each for each in printed(capsys)}
    assert outcomes["办法.txt"]["outcome"] == "added"
    for name in ("统计.py", "名单.csv", "图.png"):
        assert outcomes[name]["outcome"] == "declined"
        assert "扩展名不像文书" in outcomes[name]["message"]
        assert any("扩展名不像文书" in warning for warning in outcomes[name]["warnings"])
    assert add(home, folder / "名单.csv", "--yes", "--json") == 0
    assert printed(capsys)[0]["outcome"] == "added"


def test_a_folder_with_broken_files_is_done_but_for_them(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "三百份"
    for number in range(290):
        text = f"某市第{number}号工作方案\n一、目标\n本年完成第{number}项工作。\n"
        written(folder / str(number % 7), f"{number:03}.txt", text)
    for number in range(5):
        (folder / f"坏{number}.docx").write_bytes(b"PK\x03\x04 broken" * number)
        (folder / f"坏{number}.pdf").write_bytes(b"%PDF-1.7 nothing" + bytes([number]))
    written(folder, ".隐藏.txt", "不是文件")
    written(folder, "~$规划.docx", "Word 的锁")
    assert add(home, folder, "--yes", "--json") == 1
    outcomes = printed(capsys)
    assert len(outcomes) == 300
    failed = [outcome for outcome in outcomes if outcome["outcome"] == "failed"]
    assert len(failed) == 10 and all("坏" in outcome["file"] for outcome in failed)
    assert all(outcome["message"] for outcome in failed)
    register = load_register(home)
    assert len({own.id for own in register}) == 290
    assert document_ids(home) >= {own.id for own in register}
    capsys.readouterr()
    bad = sorted(folder.glob("坏*"))
    assert add(home, *bad, "--yes") == 2
    assert capsys.readouterr().out.endswith("共 10 个文件：失败 10。\n")


HOSTILE = [
    "../../../外面.txt",
    "C:\\Windows\\外面.txt",
    "长" * 300 + ".txt",
    "-rf $(touch x) `x` 'x' \"x\".txt",
    "换\n行\t和\x1b[31m颜色.txt",
    "\u202egnp.txt",
    "😀《》<script>alert(1)</script>&amp;.txt",
    "\udcff坏编码\udcfe.txt",
    "",
    "...",
]


def test_a_name_is_a_label_and_never_a_path(home: Path) -> None:
    inside = {path for path in home.parent.rglob("*") if home not in path.parents}
    with Intake(Settings.load(home)) as intake:
        for number, name in enumerate(HOSTILE):
            text = f"第一章 总则\n本文第{number}份。\n"
            intake.accept(read_file(text.encode(), name), title=f"第{number}份文件")
        intake.commit(lambda line: None)
    assert {path for path in home.parent.rglob("*") if home not in path.parents} == inside
    sound = [name.encode("utf-8", "replace").decode() for name in HOSTILE]
    assert [own.file for own in load_register(home)] == sound
    kept = {path.name for path in (home / "documents").rglob("*") if path.is_file()}
    assert kept == {"register.json", "text.txt", "marks.json", "original.txt"}


def test_a_name_cannot_write_on_the_terminal(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, written(tmp_path, "红\x1b[31m\r\u202e.txt", MEASURE), "--yes") == 0
    out = capsys.readouterr().out
    assert not any(mark in out for mark in "\x1b\r\u202e")


def test_two_at_once_the_second_is_told(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a.txt", MEASURE)
    with Intake(Settings.load(home)):
        assert add(home, path, "--yes") == 2
        assert main(["build", "--home", str(home)]) == 2
    err = capsys.readouterr().err
    assert err.count("faju: 另一个建库或入库正在进行，请等它完成后再试。\n") == 2
    assert add(home, path, "--yes") == 0


def test_cancelled_while_building_nothing_has_changed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_manifest(home)

    def cancelled(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("index.build.seal", cancelled)
        assert add(home, written(tmp_path, "a.txt", MEASURE), "--yes") == 130
    assert load_register(home) == ()
    assert not list((home / "documents").glob("doc-*"))
    assert read_manifest(home) == before
    assert opened(home).about()["documents"] == 4


def test_killed_between_register_and_index_the_next_build_finishes(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a.txt", MEASURE)
    with Intake(Settings.load(home)) as intake:
        own = intake.accept(read_file(path.read_bytes(), path.name))
        write_register(home, [own])
    assert main(["documents", "list", "--home", str(home)]) == 0
    assert "有 1 份文档已登记、还没有进入索引" in capsys.readouterr().err
    assert add(home, path, "--yes") == 0
    assert own.id in document_ids(home)


def test_damage_is_said(home: Path, tmp_path: Path) -> None:
    add(home, written(tmp_path, "a.txt", MEASURE), "--yes")
    (own,) = load_register(home)
    (home / "documents" / own.id / "text.txt").write_text("改了", encoding="utf-8")
    with pytest.raises(DamagedError, match=own.id):
        build(Settings.load(home), lambda line: None)
    (home / "documents" / "register.json").write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(DamagedError, match="登记簿"):
        load_register(home)


def test_a_home_keeps_the_laws_it_was_built_with(home: Path, tmp_path: Path) -> None:
    build(Settings.load(home, laws="core"), lambda line: None)
    laws = {i for i in document_ids(home) if i.startswith("law-")}
    add(home, written(tmp_path, "a.txt", MEASURE), "--yes")
    assert {i for i in document_ids(home) if i.startswith("law-")} == laws
    assert holdings(Settings.load(home)).laws == "core"


def test_a_cited_document_counts_as_held_when_it_is_added(home: Path, tmp_path: Path) -> None:
    title = "法治中国建设规划（2020－2025年）"
    rows = {row["title"]: row for row in opened(home).cited()}
    assert not rows["法治中国建设规划(2020—2025年)"]["held"]
    add(home, written(tmp_path, "法治.txt", f"{title}\n一、总体要求\n坚持法治。\n"), "--yes")
    engine = opened(home)
    row = next(row for row in engine.cited() if row["title"] == title)
    assert row["held"] and row["document_id"] and row["issuer"] == "中共中央" and row["how"] == ""
    citing = engine.links(row["document_id"])["cited_by"]
    assert citing and citing[0]["from"]["title"].startswith("乌鲁木齐市")
    assert engine.document("法治中国建设规划")["title"] == title


def test_another_city_s_home_has_nothing_of_this_one(
    quick: Counting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "滨海"
    assert add(home, word(tmp_path / "规划.docx"), "--yes") == 0
    engine = opened(home)
    about = engine.about()
    assert about["plan"] == "《滨海市“十四五”法治建设规划》(征求意见稿)"
    assert about["examples"][0] == "怎么加强地方立法建设？"
    assert [row["title"] for row in engine.cited()] == [
        "法治中国建设规划(2020—2025年)",
        "中华人民共和国民法典",
    ]
    hits = engine.search("规划第二章第二节")["hits"]
    assert [hit["text"] for hit in hits] == ["渔船检查一年不得超过三次，检查结果应当当场告知。"]
    assert "乌鲁木齐" not in json.dumps(engine.documents(), ensure_ascii=False)
    assert main(["build", "--home", str(home)]) == 0
    assert not any(record["title"].startswith("乌鲁木齐") for record in opened(home).documents())
    assert main(["build", "--with-plan", "--home", str(home)]) == 0
    assert opened(home).about()["plan"].startswith("《乌鲁木齐市")
    assert main(["build", "--without-plan", "--home", str(home)]) == 0
    assert opened(home).about()["plan"].startswith("《滨海市")
    assert current_folder(home).is_dir()
    capsys.readouterr()


def test_nothing_to_add_is_one_sentence(home: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for names in ([], [tmp_path / "空"]):
        assert add(home, *names, "--yes") == 2
    assert add(home, tmp_path / "没有.txt", "--yes") == 2
    with pytest.raises(InputError, match="没有文字|空文件"):
        read_file(b" \n", "空.txt")


def test_source_shows_every_line_with_how_it_was_read(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(home, written(tmp_path, "规划.txt", PLAN), "--yes", "--json") == 0
    (outcome,) = printed(capsys)
    assert outcome["characters_kept"] == len("".join(PLAN.split()))
    assert outcome["characters_left_out"] == 0
    assert main(["--home", str(home), "documents", "show", outcome["id"], "--source"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in lines if line.startswith("  ")] == PLAN.splitlines()
    at = next(n for n, line in enumerate(lines) if "渔船检查一年" in line)
    assert lines[at - 1] == "〔第二章 主要任务 > 第二节 规范涉海执法〕"
    assert lines[0].endswith("original.txt")


def test_the_picture_of_each_page_of_a_pdf_stands_beside_its_reading(
    home: Path, tmp_path: Path
) -> None:
    shown = (f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET" for words in ("5 yuan a year.", "<b>two"))
    pdf = tmp_path / "规划.pdf"
    pdf.write_bytes(paper(*(each.encode() for each in shown)))
    assert add(home, pdf, "--yes", "--title", "东河市节水规划") == 0
    out = tmp_path / "对照.html"
    show = ["--home", str(home), "documents", "show", "东河市节水规划", "--source"]
    assert main([*show, "--out", str(out)]) == 0
    first, second = out.read_text(encoding="utf-8").split("<section>")[1:]
    assert "第 1 页" in first and "5 yuan a year." in first and "data:image/jpeg" in first
    assert "第 2 页" in second and "&lt;b&gt;two" in second and "data:image/jpeg" in second
    assert main([*show[:-1], "--out", str(out)]) == 2
    open_document, _, download = reader_calls(opened(home))
    asked = Given({"document": "东河市节水规划", "what": "source"})
    assert "下载对照原件的网页" in str(open_document(asked))
    taken = download(asked)
    assert isinstance(taken, dict) and b64decode(taken["content"]) == out.read_bytes()
