"""The command line read: which command, its options wherever they stand, what it is given."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import NoReturn

from corpus import InputError
from qa.commands.grammar import Command, Parser
from qa.commands.helping import group_help, top_help
from qa.commands.spelling import looks_like_option, nearest, spelled

__all__ = ["read_command"]

_HELP = {"-h", "--help"}


def read_command(
    argv: Sequence[str], commands: Sequence[Command]
) -> tuple[Command, argparse.Namespace]:
    """The command and its options.

    Options may stand anywhere, before the command too; after ``--`` nothing is an option. Asked for
    help or the version it prints that and leaves with status 0 (SystemExit). InputError names what
    is not known and the nearest that is.
    """
    return _Line(argv, commands).read()


class _Line:
    def __init__(self, argv: Sequence[str], commands: Sequence[Command]) -> None:
        self._parsers = {command.words: command.parser() for command in commands}
        self._commands = {command.words: command for command in commands}
        self._groups = {group for words in self._commands for group in _groups_of(words)}
        self._valued = set().union(*(each.valued for each in self._parsers.values()))
        self._known = self._valued.union(*(each.flags for each in self._parsers.values()))
        end = argv.index("--") if "--" in argv else len(argv)
        self._words = [spelled(word, self._known | {"--version"}) for word in argv[:end]]
        self._rest = list(argv[end + 1 :])

    def read(self) -> tuple[Command, argparse.Namespace]:
        command = self._command()
        parser = self._parsers[command.words]
        args, left = parser.options_of(self._words)
        for word in left:
            if looks_like_option(word):
                self._refuse(word, parser, command)
        _give(args, command, [*left, *self._rest])
        return command, args

    def _command(self) -> Command:
        """The command, whose words are taken out of the line."""
        places = list(self._bare())
        first = ""
        for place in places:
            if first and first not in self._groups:
                break
            first = f"{first} {_plain(self._words[place])}".strip()
        if first in self._commands:
            for place in reversed(places[: len(first.split())]):
                del self._words[place]
            return self._commands[first]
        self._help_or_version(first)
        self._no_command(first, self._words[: places[0]] if places else self._words)

    def _bare(self) -> Iterator[int]:
        """Where the words stand that are no option and no option's value."""
        value = False
        for place, word in enumerate(self._words):
            if value:
                value = False
            elif word.startswith("-") and word != "-":
                value = word in self._valued
            else:
                yield place

    def _help_or_version(self, first: str) -> None:
        if "--version" in self._words:
            print(f"faju {version('faju')}")
            raise SystemExit(0)
        if not _HELP & set(self._words):
            return
        group = first if first in self._groups or not first else first.split(maxsplit=1)[0]
        commands = list(self._commands.values())
        print(group_help(group, commands) if group in self._groups else top_help(commands))
        raise SystemExit(0)

    def _no_command(self, given: str, before: Sequence[str]) -> NoReturn:
        for word in before:
            if word.split("=")[0] not in self._known:
                near = nearest(word, self._known)
                raise InputError(
                    f"没有 {word} 这个选项{f'，是不是 {near}？' if near else '。'}用法见：faju -h"
                )
        if not given:
            raise InputError("请写一个命令，例如：faju ask 民法典第五条。全部命令见：faju -h")
        if given in self._groups:
            words = [words for words in self._commands if words.startswith(f"{given} ")]
            raise InputError(f"请写明做什么：{'、'.join(words)}。用法见：faju {given} -h")
        raise InputError(f"没有“{given[:40]}”这个命令，{self._meant(given)}")

    def _meant(self, given: str) -> str:
        """The command that a word was meant as: one spelled alike, or ``ask`` for a question."""
        ways = {words: [words] for words in (*self._commands, *self._groups)}
        for words in self._commands:
            if " " in words:
                ways.setdefault(words.split()[-1], []).append(words)
        near = nearest(given, ways) or nearest(given.rsplit(maxsplit=1)[-1], ways)
        if near is not None:
            return f"是不是 {' 或 '.join(ways[near])}？用法见：faju {ways[near][0]} -h"
        if not given.isascii():
            return f"要提问请写：faju ask {given[:40]}"
        return "全部命令见：faju -h"

    def _refuse(self, word: str, parser: Parser, command: Command) -> NoReturn:
        """An option that this command does not have: mistyped, or another command's."""
        name, own = word.partition("=")[0], parser.valued | parser.flags
        near = name if name in self._known else nearest(name, own) or nearest(name, self._known)
        said = f"{command.words} 没有 {name} 这个选项，"
        if near is None:
            said += f"可用：{'、'.join(sorted(option for option in own if len(option) > 2))}。"
        elif near in own:
            said += f"是不是 {near}？"
        else:
            having = [w for w, each in self._parsers.items() if near in each.valued | each.flags]
            said += f"{near} 是 {'、'.join(having)} 的选项。"
        raise InputError(f"{said}用法见：{parser.prog} -h")


def _groups_of(words: str) -> list[str]:
    """Documents and documents questions, of documents questions add."""
    parts = words.split()
    return [" ".join(parts[:count]) for count in range(1, len(parts))]


def _plain(word: str) -> str:
    """A command's word in half-width small letters."""
    return unicodedata.normalize("NFKC", word).lower()


def _give(args: argparse.Namespace, command: Command, given: Sequence[str]) -> None:
    """Put what stands beside the options where the command looks for it."""
    names = command.names
    if names is None:
        if given:
            raise InputError(
                f"{command.words} 后面只写选项，不用写“{given[0][:40]}”。"
                f"用法见：faju {command.words} -h"
            )
        return
    if names.how == "several":
        setattr(args, names.dest, list(given))
        return
    if names.how == "one" and len(given) > 1:
        said = "、".join(word[:40] for word in given)
        raise InputError(
            f"{command.words} 一次只能写一个{names.shown.strip('[]')}，现在有：{said}；"
            "名称里有空格的请加引号。"
        )
    setattr(args, names.dest, " ".join(given) if given else None)
