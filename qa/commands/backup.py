"""``faju backup`` and ``faju restore``."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus import InputError
from qa.commands.output import DONE
from qa.library import back_up, restore
from qa.settings import Settings

__all__ = ["backup_home", "restore_home"]


def backup_home(args: argparse.Namespace, settings: Settings) -> int:
    """The home into one file."""
    target = _file(args)
    size = back_up(settings.home, target)
    print(f"已备份 {settings.home} 到 {target}（{size / 1e6:.1f} MB）。")
    return DONE


def restore_home(args: argparse.Namespace, settings: Settings) -> int:
    """The home out of one file; what was there is kept beside it."""
    source = _file(args)
    aside = restore(settings.home, source)
    print(f"已从 {source} 恢复到 {settings.home}。")
    if aside is not None:
        print(f"原来的移到了 {aside}；确认无误后可以删去。正在运行的网页请重新启动。")
    return DONE


def _file(args: argparse.Namespace) -> Path:
    if not args.file:
        raise InputError("没有写备份文件，例如：faju backup 备份.zip")
    return Path(args.file)
