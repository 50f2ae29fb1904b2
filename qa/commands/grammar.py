"""What a command is: its words, what it is given, its options, its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from corpus import InputError
from qa.settings import Settings

__all__ = ["Command", "Names", "Options", "Parser", "Run", "one_of", "whole"]

Run = Callable[[argparse.Namespace, Settings], int]


@dataclass(frozen=True, slots=True)
class Names:
    """What a command is given without an option, kept under ``dest``.

    ``one``: a word or None; ``text``: all words as one, so that a question needs no quotation
    marks; ``several``: a list. ``shown`` is how the usage line calls it.
    """

    dest: str
    shown: str
    help: str
    how: Literal["one", "text", "several"] = "one"


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is typed (``documents add``) and what runs it."""

    words: str
    run: Run
    summary: str
    examples: tuple[str, ...]
    names: Names | None = None
    options: Callable[[Options], None] | None = None

    def parser(self) -> Parser:
        """The parser of its options; names are what it leaves over."""
        names = self.names
        parser = Parser(
            prog=f"faju {self.words}",
            usage=f"faju {self.words}{f' {names.shown}' if names else ''} [选项]",
            description=self.summary,
            epilog="例：\n" + "\n".join(f"  {line}" for line in self.examples),
        )
        if names:
            parser.add_argument_group("内容", f"{names.shown}  {names.help}")
        if self.options:
            self.options(Options(parser, "选项"))
        _common(Options(parser, "各命令都有的选项"))
        return parser


class Options:
    """Options of one heading in a command's help."""

    def __init__(self, parser: Parser, heading: str) -> None:
        self._parser = parser
        self._group = parser.add_argument_group(heading)

    def add(self, *names: str, **how: Any) -> None:
        """One option, as argparse's ``add_argument`` takes it."""
        action = self._group.add_argument(*names, **how)
        (self._parser.flags if action.nargs == 0 else self._parser.valued).update(names)


class Parser(argparse.ArgumentParser):
    """argparse for the options of one command, in Chinese, whatever stands between them.

    ``valued`` are the names of options that take a value, ``flags`` of those that take none.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(
            **how,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
            formatter_class=_Formatter,
        )
        self.valued: set[str] = set()
        self.flags: set[str] = set()

    def options_of(self, words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
        """The options among the words, and the words that are none, in their order.

        InputError, in Chinese, for an option without its value or with one it cannot have.
        """
        try:
            return self.parse_known_args(words)
        except argparse.ArgumentError as problem:
            name = (problem.argument_name or "").split("/")[0]
            wrong = "后面要写一个值" if name in self.valued else "不带值，请去掉“=”和后面的字"
            said = wrong if problem.message.isascii() else problem.message
            raise InputError(f"{name} {said}。用法见：{self.prog} -h") from problem

    def error(self, message: str) -> NoReturn:
        """What argparse itself finds wrong: nothing that these parsers have."""
        raise AssertionError(message)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line, under a Chinese name."""
        super().add_usage(usage, actions, groups, "用法：")


def _common(options: Options) -> None:
    """The options that every command has."""
    options.add("--home", help="存放文档、模型和索引的文件夹（默认在用户数据文件夹，或 FAJU_HOME）")
    options.add("--json", action="store_true", help="输出 JSON，每行一个")
    options.add("-v", "--verbose", action="store_true", help="在标准错误上说明过程")
    options.add("-h", "--help", action="help", help="显示这份说明")


def whole(text: str) -> int:
    """A whole number, for argparse; a comma or full stop after it is let go."""
    try:
        return int(text.strip("，,。、 "))
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"应为整数，现在是“{text}”") from exc


def one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """One of these words, for argparse."""

    def chosen(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(f"应是 {'、'.join(choices)} 之一，现在是“{text}”")
        return text

    return chosen
