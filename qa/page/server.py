"""The web page: widgets and calls. ``build_app(engine)`` makes it, ``serve(settings)`` serves it.

Gradio carries the tabs and the calls; what is shown is plain HTML, brought to life by the scripts
in ``static`` (no other script, font or address). A tab is one entry of ``TABS``.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from corpus import FajuError
from qa.api import add_endpoints
from qa.engine import Engine
from qa.page.batch import batch_form
from qa.page.call import Call
from qa.page.calls import page_calls
from qa.page.check import check_form
from qa.page.documents_calls import documents_calls
from qa.page.evaluate import evaluate_form
from qa.page.find import find_form
from qa.page.live import LiveEngine
from qa.page.parts import ask_form, masthead
from qa.settings import Settings
from qa.written import LanguageModel

if TYPE_CHECKING:
    from gradio import Blocks

__all__ = ["build_app", "launch_options", "serve"]

_log = logging.getLogger(__name__)

_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
"""Where the page is served to its own computer alone; elsewhere nobody may change the library."""

Say = Callable[[str], None]

TABS: tuple[tuple[str, str, Callable[[Engine], str]], ...] = (
    ("问答", "ask", lambda engine: ask_form(engine.documents(), engine.about()["examples"])),
    ("原文查找", "find", lambda engine: find_form(engine.documents())),
    ("引文核对", "check", lambda engine: check_form(engine.documents())),
    ("批量问答", "batch", lambda engine: batch_form()),
    ("批量评测", "evaluate", lambda engine: evaluate_form()),
    ("文档库", "library", lambda engine: '<p class="waiting">正在打开文档库……</p>'),
)
"""Each tab: its name, the part of the script that runs it, and its HTML."""

_SCRIPTS = (
    "page.js",
    "find.js",
    "check.js",
    "batch.js",
    "evaluate.js",
    "collection.js",
    "documents.js",
)


def _gradio() -> Any:
    """Gradio, imported late (seconds) and told first not to call home."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import gradio

    return gradio


def _static(name: str) -> str:
    return resources.files("qa.page").joinpath("static", name).read_text(encoding="utf-8")


def _live(gr: Any, calls: Sequence[Call], part: str, html: str) -> None:
    """A piece of the page that the script runs under the name ``part``."""
    gr.HTML(
        f'<div class="faju faju-{part}">{html}</div>',
        apply_default_css=False,
        js_on_load=f"(window.faju = window.faju || []).push(['{part}', element, server]);",
        server_functions=calls,
    )


def build_app(
    engine: Engine, may_change: bool = True, model: LanguageModel | None = None
) -> Blocks:
    """The page over ``engine``; serve it with ``launch(**launch_options())``.

    ``may_change`` says whether documents can be added and removed on it; ``model`` writes answers.
    """
    gr = _gradio()
    live = LiveEngine(engine)
    calls = page_calls(live.engine, documents_calls(live, may_change), model)
    with gr.Blocks(title="法据", analytics_enabled=False, fill_width=True) as app:
        _live(gr, calls, "collection", masthead(engine.about()))
        with gr.Tabs(overflow_behavior="wrap"):
            for name, part, html in TABS:
                with gr.Tab(name):
                    _live(gr, calls, part, html(engine))
        add_endpoints(live.engine)
    return app  # type: ignore[no-any-return]


def launch_options() -> dict[str, Any]:
    """What ``launch`` needs so that the page is ours alone: look, script, and no way out."""
    gr = _gradio()
    font = [gr.themes.Font("sans-serif")]
    scripts = "".join(f"<script>{_static(name)}</script>" for name in _SCRIPTS)
    return {
        "theme": gr.themes.Base(font=font, font_mono=[gr.themes.Font("monospace")]),
        "head": f"<style>{_static('page.css')}</style>{scripts}",
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
    page = build_app(Engine.open(settings), settings.host in _THIS_MACHINE, model)
    try:
        page.launch(
            server_name=settings.host,
            server_port=settings.port,
            prevent_thread_lock=True,
            **launch_options(),
        )
    except OSError as exc:
        raise FajuError(
            f"网页开不了：{settings.host} 的 {settings.port} 端口不能用（可能已被占用），"
            "请用 --port 换一个。"
        ) from exc
    try:
        say(f"网页地址：http://{settings.host}:{settings.port}（按 Ctrl+C 停止）")
        while True:
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("网页已停止。")
    finally:
        page.close(verbose=False)
