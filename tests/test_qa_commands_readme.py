"""Every command that the READMEs and docs/programs.md show is one that the program reads."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.commands import COMMANDS, read_command
from qa.settings import Settings

ROOT = Path(__file__).parents[1]
FILES = ("README.md", "README.zh.md", "docs/programs.md")
GROUPED = {c.words for c in COMMANDS if " " in c.words}
FLAGS = ("model", "backend", "laws", "plan", "host", "port")


def told(name: str) -> list[str]:
    """The command lines of a file: those in its blocks, its tables and its sentences."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bat|console|bash)\n(.*?)^```", text, re.M | re.S)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    found = [piece for line in lines for piece in re.findall(r"(?<![\w-])faju [^#&<]+", line)]
    group = ""
    for span in re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)):
        words = span.replace("\\|", "|").split()
        if words[0] == "faju" and len(words) > 1:
            group = words[1]
            found.append(" ".join(words))
        elif f"{group} {words[0]}" in GROUPED:
            found.append(f"faju {group} {' '.join(words)}")
    return found


def forms(line: str) -> Iterator[str]:
    """``a|b`` one after the other; without what stands in [ ], and with all of it."""
    choice = re.search(r"[\w]+(?:\|[\w]+)+", line)
    if choice:
        for each in choice.group().split("|"):
            yield from forms(line.replace(choice.group(), each, 1))
        return
    yield re.sub(r"\[[^\]]*\]…?", "", line)
    yield re.sub(r"[\[\]]", "", line.replace("]…", "]"))


SHOWN = sorted({form for name in FILES for line in told(name) for form in forms(line)})


def test_the_files_show_every_command() -> None:
    shown = {read_command(shlex.split(line)[1:], COMMANDS)[0].words for line in SHOWN}
    assert shown == {command.words for command in COMMANDS}
    assert len(SHOWN) > 40


@pytest.mark.parametrize("line", SHOWN)
def test_what_is_shown_is_read(line: str, tmp_path: Path) -> None:
    command, args = read_command(shlex.split(line)[1:], COMMANDS)
    Settings.load(tmp_path, **{name: getattr(args, name, None) for name in FLAGS})
    # Every option that is shown was taken as one, with its value.
    for option, value in re.findall(r"--([a-z-]+)(?: ([^-\s]\S*))?", line):
        kept = getattr(args, option.replace("-", "_"), None)
        if option not in {"with-plan", "without-plan"}:
            assert kept is True or value in (kept if isinstance(kept, list) else [str(kept)])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_every_example_in_a_help_is_read(command: object) -> None:
    (found,) = [each for each in COMMANDS if each is command]
    for line in found.examples:
        words = shlex.split(line, comments=True)
        assert read_command(words[1 : words.index("<") if "<" in words else None], COMMANDS)[0] == (
            found
        )
