"""``faju serve`` and ``faju mcp``."""

from __future__ import annotations

import argparse
import sys
from threading import Event
from typing import TYPE_CHECKING

from corpus import FajuError
from qa.commands.output import DONE
from qa.commands.progress import progress_bar
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.api import LiveEngine

__all__ = ["mcp", "serve"]

_PORT = 8765


def mcp(args: argparse.Namespace, settings: Settings) -> int:
    """The library as tools for assistants; standard output carries nothing but the protocol."""
    from qa.api import serve_http, serve_stdio

    if args.http:
        port = _PORT if args.port is None else settings.port
        serve_http(settings, port, lambda line: print(line, file=sys.stderr, flush=True))
    else:
        serve_stdio(settings)
    return DONE


def serve(args: argparse.Namespace, settings: Settings) -> int:
    """The page, until it is interrupted; with ``--build`` the library is built beside it."""
    from qa.page import serve as serve_page

    if not args.build:
        serve_page(settings, print)
        return DONE
    from qa.library import begin

    with progress_bar("计算向量", "段") as progress:
        begin(settings, progress.say, progress)

    def beside(live: LiveEngine, ended: Event) -> None:
        _fill(settings, live)

    serve_page(settings, print, beside)
    return DONE


def _fill(settings: Settings, live: LiveEngine) -> None:
    """Bring the library up to date; the page, which is served already, says how far it is."""
    from qa.library import build

    with progress_bar("正在装入法律", "段") as shown:

        def progress(done: int, total: int) -> None:
            shown(done, total)
            live.filling = f"正在装入法律：{done} 段，共 {total} 段；装好后自动加入，不用刷新。"

        try:
            built = build(settings, shown.say, progress)
        except FajuError as problem:
            shown.say(f"faju: 文库没有更新：{problem}")
        else:
            state = "已建好" if built.fresh else "已是最新"
            shown.say(f"文档库{state}：{built.documents} 份文档，{built.passages} 段。")
        finally:
            live.filling = ""
