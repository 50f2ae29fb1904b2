"""The web page: widgets and calls. ``build_app(engine)`` makes it, ``serve(settings)`` serves it.

Gradio carries the tabs and the calls; what is shown is plain HTML, brought to life by the scripts
in ``static`` (no other script, font or address). A tab is one entry of ``TABS``.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from corpus import FajuError
from qa.api import THIS_MACHINE, Guard, Names, add_endpoints
from qa.engine import Engine
from qa.markup import Html, render
from qa.page.jobs import Jobs
from qa.page.live import LiveEngine
from qa.page.parts import masthead
from qa.page.tabs import TABS, page_calls
from qa.settings import Settings
from qa.written import LanguageModel

if TYPE_CHECKING:
    from gradio import Blocks

__all__ = ["build_app", "launch_options", "serve"]

_log = logging.getLogger(__name__)

Say = Callable[[str], None]

_SCRIPTS = (
    "kit.js",
    "run.js",
    "reader.js",
    "compare.js",
    "ask.js",
    "find.js",
    "check.js",
    "batch.js",
    "evaluate.js",
    "library.js",
    "excerpts.js",
)


def _gradio() -> Any:
    """Gradio, imported late (seconds) and told first not to call home."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import gradio

    return gradio


def _static(name: str) -> Html:
    return Html(resources.files("qa.page").joinpath("static", name).read_text(encoding="utf-8"))


def _live(gr: Any, calls: Sequence[Callable[..., object]], part: str, html: Html) -> None:
    """A piece of the page that the script runs under the name ``part``."""
    gr.HTML(
        render("page/part.html", part=part, html=html),
        apply_default_css=False,
        js_on_load=f"(window.faju = window.faju || []).push(['{part}', element, server]);",
        server_functions=calls,
    )


def build_app(
    engine: Engine,
    may_change: bool = True,
    model: LanguageModel | None = None,
    jobs: Jobs | None = None,
) -> Blocks:
    """The page over ``engine``; serve it with ``launch(**launch_options())``.

    ``may_change`` says whether documents can be added and removed on it; ``model`` writes answers;
    ``jobs`` runs its long work.
    """
    gr = _gradio()
    live = LiveEngine(engine)
    calls = page_calls(live, jobs or Jobs(), may_change, model)
    with gr.Blocks(title="法据", analytics_enabled=False, fill_width=True) as app:
        _live(gr, calls, "excerpts", masthead(engine.about()))
        with gr.Tabs(overflow_behavior="wrap"):
            for tab in TABS:
                with gr.Tab(tab.name):
                    _live(gr, calls, tab.part, tab.html(engine))
        add_endpoints(live.engine)
    return app  # type: ignore[no-any-return]


def launch_options(names: Names | None = None) -> dict[str, Any]:
    """What ``launch`` needs so that the page is ours alone: look, script, guard, and no way out.

    ``names`` are those it may be asked for by; this machine's own without.
    """
    gr = _gradio()
    from starlette.middleware import Middleware

    font = [gr.themes.Font("sans-serif")]
    scripts = [_static(name) for name in _SCRIPTS]
    return {
        "theme": gr.themes.Base(font=font, font_mono=[gr.themes.Font("monospace")]),
        "head": render("page/head.html", style=_static("page.css"), scripts=scripts),
        "app_kwargs": {"middleware": [Middleware(Guard, names=names or Names())]},
        "footer_links": [],
        "run_history": False,
        "inbrowser": False,
        "share": False,
        "quiet": True,
        "pwa": False,
        "mcp_server": False,
        "ssr_mode": False,
        "enable_monitoring": False,
    }


def serve(settings: Settings, say: Say = _log.info) -> None:
    """Open the library and serve the page until interrupted; ``say`` hears the address.

    FajuError when the page cannot be served at that address; what Engine.open raises.
    """
    model = LanguageModel.named(settings)
    with Jobs() as jobs:
        # Open to other computers, nobody may change the library.
        may_change = settings.host in THIS_MACHINE and not settings.allow_host
        page = build_app(Engine.open(settings), may_change, model, jobs)
        try:
            _launch(page, settings)
            say(f"网页地址：http://{settings.host}:{settings.port}（按 Ctrl+C 停止）")
            while True:
                time.sleep(0.5)
        except KeyboardInterrupt:
            say("网页已停止。")
        finally:
            page.close(verbose=False)


def _launch(page: Blocks, settings: Settings) -> None:
    try:
        page.launch(
            server_name=settings.host,
            server_port=settings.port,
            prevent_thread_lock=True,
            **launch_options(Names.of(settings.host, _named(settings.allow_host))),
        )
    except OSError as exc:
        raise FajuError(
            f"网页开不了：{settings.host} 的 {settings.port} 端口不能用（可能已被占用），"
            "请用 --port 换一个。"
        ) from exc


def _named(names: str) -> list[str]:
    return [name for name in re.split(r"[,，、\s]+", names) if name]
