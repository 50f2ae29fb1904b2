"""The command line read: any order of options and names, and what is said of a mistake."""

from __future__ import annotations

import itertools
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from corpus import InputError
from qa.cli import main
from qa.commands import COMMANDS, read_command


def read(*argv: str) -> tuple[str, Namespace]:
    command, args = read_command(argv, COMMANDS)
    return command.words, args


def test_options_and_files_come_in_every_order() -> None:
    parts = (("--home", "甲馆"), ("--yes",), ("一.md",), ("二.docx",), ("--title=办法",))
    for order in itertools.permutations(parts):
        words, args = read("documents", "add", *itertools.chain(*order))
        assert words == "documents add"
        assert (args.home, args.yes, args.title) == ("甲馆", True, "办法")
        assert sorted(args.names) == ["一.md", "二.docx"]


@pytest.mark.parametrize(
    "argv",
    [
        ("documents", "cited", "--by", "宪法", "--home", "馆"),
        ("--home", "馆", "documents", "cited", "宪法", "--by"),
        ("documents", "--by", "--home", "馆", "cited", "宪法"),
        ("--by", "documents", "--home=馆", "cited", "--", "宪法"),
        ("ＤＯＣＵＭＥＮＴＳ", "Cited", "－－by", "宪法", "－－home＝馆"),
        ("documents", "cited", "—by", "宪法", "——home", "馆"),
        ("documents", "cited", "-by", "宪法", "--hom", "馆"),
        ("documents", "cited", "--by，", "宪法", "--home，", "馆"),
    ],
)
def test_options_stand_anywhere_however_they_are_typed(argv: tuple[str, ...]) -> None:
    words, args = read(*argv)
    assert (words, args.by, args.home, args.name) == ("documents cited", True, "馆", "宪法")


@pytest.mark.parametrize("k", ["3", "３", "3，", "3。"])
@pytest.mark.parametrize("option", ["-k", "－k", "—k", "--k"])
def test_a_number_is_read_in_either_width(option: str, k: str) -> None:
    _, args = read("search", option, k, "听证会", "怎么办")
    assert (args.k, args.query) == (3, "听证会 怎么办")


def test_words_that_only_begin_with_a_dash_are_words() -> None:
    assert read("find", "——引自规划", "-5度")[1].text == "——引自规划 -5度"
    assert read("find", "--json", "--", "--json", "-k")[1].text == "--json -k"
    assert read("check", "-")[1].files == read("check", "－")[1].files == ["-"]
    assert read("ask")[1].question is None and read("ask", "")[1].question == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "请写一个命令，例如：faju ask"),
        ("serach 听证会", "没有“serach”这个命令，是不是 search？"),
        ("docments list", "没有“docments”这个命令，是不是 documents？"),
        ("documents lsit", "没有“documents lsit”这个命令，是不是 documents list？"),
        ("lsit", "没有“lsit”这个命令，是不是 documents list 或 "),
        ("documents", "请写明做什么：documents list、documents show、"),
        ("企业老被检查怎么办", "要提问请写：faju ask 企业老被检查怎么办"),
        ("xyzzy", "没有“xyzzy”这个命令，全部命令见：faju -h"),
        ("search 甲 --docment 乙", "search 没有 --docment 这个选项，是不是 --document？"),
        ("search 甲 --jsn", "search 没有 --jsn 这个选项，是不是 --json？"),
        ("--hoem 馆 ask 甲", "没有 --hoem 这个选项，是不是 --home？"),
        ("documents list --title 甲", "--title 是 documents add 的选项。"),
        ("documents add a.md --titel 甲", "是不是 --title？"),
        ("documents remove 甲 --titel 乙", "--title 是 documents add 的选项。"),
        ("ask 甲 --run hybrid", "--run 是 search、evaluate 的选项。"),
        ("documents list --graph y", "--graph 是 documents cited 的选项。"),
        (
            "serve --zzz",
            "serve 没有 --zzz 这个选项，可用：--allow-host、--build、--certificate、",
        ),
        ("search 甲 -k 许多", "-k 应为整数，现在是“许多”。"),
        ("search 甲 -k", "-k 后面要写一个值。"),
        ("search 甲 --run best", "--run 应是 hybrid、dense、lexical 之一，现在是“best”。"),
        ("search 甲 --json=1", "--json 不带值，请去掉“=”和后面的字。"),
        ("documents list 宪法", "documents list 后面只写选项，不用写“宪法”。"),
        ("documents show 甲 乙", "documents show 一次只能写一个名称，现在有：甲、乙；"),
        ("evaluate a.csv b.csv", "evaluate 一次只能写一个题集，现在有：a.csv、b.csv；"),
    ],
)
def test_a_mistake_is_one_chinese_line_that_names_the_nearest(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.startswith("faju: ") and said in captured.err
    spoken = captured.err.replace("faju", "").replace("用法", "")
    assert not {"argument", "invalid", "expected", "usage", "error"} & set(spoken.split())
    with pytest.raises(InputError, match="用法见：|见：|加引号|faju"):
        read(*line.split())


def test_a_message_names_the_program_as_it_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "新 文库")
    assert main(["ask", "听证", "--home", home]) == 2
    assert f"faju --home '{home}' build" in capsys.readouterr().err
    (tmp_path / "bin").mkdir()
    for name in ("python", "faju", "faju.exe"):
        (tmp_path / "bin" / name).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    assert main([]) == 2
    assert f"例如：{Path('bin') / 'faju'}" in capsys.readouterr().err


def helped(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(argv)
    assert left.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_each_command_has_a_chinese_help_of_its_own_options_with_examples(
    command: object, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = [each for each in COMMANDS if each is command]
    out = helped(capsys, *found.words.split(), "-h")
    assert out.startswith(f"用法：faju {found.words}")
    assert found.summary in out and "例：\n  faju " in out
    assert not {"usage:", "options:", "positional", "arguments:"} & set(out.split())
    assert ("--title" in out) == (found.words == "documents add")
    assert ("--graph" in out) == (found.words == "documents cited")


def test_the_whole_and_the_group_have_a_help_that_lists_their_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = helped(capsys, "-h")
    assert all(f"  {command.words} " in whole for command in COMMANDS)
    group = helped(capsys, "documents", "--help")
    assert group.startswith("用法：faju documents")
    assert all((f"  {c.words} " in group) == c.words.startswith("documents ") for c in COMMANDS)
    assert "faju documents add 规划.docx" in group
    assert helped(capsys, "--version").startswith("faju ")


def test_no_option_takes_a_value_here_and_none_there() -> None:
    """The command is found by what stands beside the options, before it is known whose they are."""
    parsers = [command.parser() for command in COMMANDS]
    valued = set().union(*(parser.valued for parser in parsers))
    assert not valued & set().union(*(parser.flags for parser in parsers))
