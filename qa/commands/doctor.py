"""``faju doctor``."""

from __future__ import annotations

import argparse

from qa.commands.output import DONE, NOTHING, print_json
from qa.records import PartState
from qa.settings import Settings

__all__ = ["doctor"]

_SHOWN: dict[PartState, str] = {"sound": "完好", "mended": "已修复", "damaged": "有问题"}


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    """Compare every file of the home with what was written, and mend what can be mended."""
    from qa.library import examined

    damaged = False
    for part in examined(settings):
        damaged |= part["state"] == "damaged"
        if args.json:
            print_json(part)
        else:
            print(f"{part['part']}：{_SHOWN[part['state']]}。{part['said'].removesuffix('。')}。")
    return NOTHING if damaged else DONE
