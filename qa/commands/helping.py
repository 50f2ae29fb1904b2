"""The help above single commands: all of them, and those of one group."""

from __future__ import annotations

from collections.abc import Sequence

from qa.commands.grammar import Command

__all__ = ["group_help", "top_help"]


def top_help(commands: Sequence[Command]) -> str:
    """All commands with what they do."""
    return "\n".join(
        [
            "用法：faju 命令 [选项]",
            "",
            "法据：查找、引用、核对政府规划和法律的原文",
            "",
            "命令：",
            *_listed(commands),
            "",
            "选项（写在命令前后都可以）：",
            "  --home 文件夹   存放文档、模型和索引的文件夹（默认在用户数据文件夹，或 FAJU_HOME）",
            "  --version       显示版本",
            "  -h, --help      显示这份说明；faju 命令 -h 显示这个命令的选项和例子",
        ]
    )


def group_help(group: str, commands: Sequence[Command]) -> str:
    """The commands that begin with this word, with their examples."""
    own = [command for command in commands if command.words.startswith(f"{group} ")]
    examples = [f"  {line}" for command in own for line in command.examples]
    return "\n".join(
        [
            f"用法：faju {group} 做什么 [选项]",
            "",
            "做什么：",
            *_listed(own),
            "",
            f"faju {group} 做什么 -h 显示它的选项。",
            "",
            "例：",
            *examples,
        ]
    )


def _listed(commands: Sequence[Command]) -> list[str]:
    width = max(len(command.words) for command in commands)
    return [f"  {command.words:<{width}}  {command.summary}" for command in commands]
