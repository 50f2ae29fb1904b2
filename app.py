"""The web page: widgets and calls. ``build_app(engine)`` makes it, ``main()`` serves it.

Gradio carries the tabs and the calls; what is shown is plain HTML from ``qa.page`` and
``qa.reader``, brought to life by ``qa/static/page.js`` (no other script, font or address). A tab
is one entry of ``TABS``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from qa import Engine, FajuError, Filters, Settings
from qa.page import answer, ask_form, masthead, notice
from qa.reader import library, reader

if TYPE_CHECKING:
    from gradio import Blocks

__all__ = ["build_app", "launch_options", "main"]

Payload = Mapping[str, Any]
Call = Callable[[dict[str, Any]], Any]


def _gradio() -> Any:
    """Gradio, imported late (seconds) and told first not to call home."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import gradio

    return gradio


def _static(name: str) -> str:
    return resources.files("qa").joinpath("static", name).read_text(encoding="utf-8")


def _guarded(call: Call) -> Call:
    """``call`` with what the user can mend turned into a notice; a bug keeps its traceback."""

    def answered(payload: dict[str, Any]) -> Any:
        try:
            return call(payload)
        except FajuError as problem:
            return notice(str(problem), error=True)

    answered.__name__ = call.__name__
    return answered


def _filters(payload: Payload) -> Filters:
    return Filters(
        documents=(payload["doc"],) if payload.get("doc") else (),
        section=payload.get("section", ""),
        kinds=tuple(payload.get("kind", ())),
        statuses=tuple(payload.get("status", ())),
        all_versions=bool(payload.get("all")),
    )


def _calls(engine: Engine) -> Sequence[Call]:
    """What the page's script may call, each with one JSON object."""

    def ask(payload: dict[str, Any]) -> str:
        return answer(engine.ask(payload["q"], filters=_filters(payload)))

    def chapters(payload: dict[str, Any]) -> list[dict[str, Any]]:
        return list(engine.document(payload["document"])["toc"])

    def open_document(payload: dict[str, Any]) -> str:
        return reader(engine.document(payload["document"]))

    def open_section(payload: dict[str, Any]) -> str:
        document, start = engine.document(payload["document"]), int(payload["start"])
        section = engine.section(payload["document"], start)
        if payload.get("end") is None:
            return reader(document, section, at=start)
        marks = [(int(a), int(b)) for a, b in payload.get("marks", ())]
        return reader(document, section, (start, int(payload["end"])), marks)

    def open_library(payload: dict[str, Any]) -> str:
        return library(engine.documents(), engine.cited())

    return [_guarded(call) for call in (ask, chapters, open_document, open_section, open_library)]


def _ask_tab(gr: Any, engine: Engine) -> None:
    _live(gr, engine, "ask", ask_form(engine.documents()))


def _library_tab(gr: Any, engine: Engine) -> None:
    _live(gr, engine, "library", '<p class="waiting">正在打开文档库……</p>')


TABS: tuple[tuple[str, Callable[[Any, Engine], None]], ...] = (
    ("问答", _ask_tab),
    ("文档库", _library_tab),
)


def _live(gr: Any, engine: Engine, part: str, html: str) -> None:
    """A piece of the page that ``page.js`` runs under the name ``part``."""
    gr.HTML(
        f'<div class="faju faju-{part}">{html}</div>',
        apply_default_css=False,
        js_on_load=f"(window.faju = window.faju || []).push(['{part}', element, server]);",
        server_functions=_calls(engine),
    )


def build_app(engine: Engine) -> Blocks:
    """The page over ``engine``; serve it with ``launch(**launch_options())``."""
    gr = _gradio()
    with gr.Blocks(title="法据", analytics_enabled=False, fill_width=True) as app:
        gr.HTML(
            f'<div class="faju">{masthead(engine.about())}</div>',
            apply_default_css=False,
            js_on_load=None,
        )
        with gr.Tabs():
            for name, tab in TABS:
                with gr.Tab(name):
                    tab(gr, engine)
    return app  # type: ignore[no-any-return]


def launch_options() -> dict[str, Any]:
    """What ``launch`` needs so that the page is ours alone: look, script, and no way out."""
    gr = _gradio()
    font = [gr.themes.Font("sans-serif")]
    return {
        "theme": gr.themes.Base(font=font, font_mono=[gr.themes.Font("monospace")]),
        "head": f"<style>{_static('page.css')}</style><script>{_static('page.js')}</script>",
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


def main(argv: list[str] | None = None) -> None:
    """Open the library and serve the page until interrupted."""
    parser = argparse.ArgumentParser(prog="app.py", description="法据网页")
    parser.add_argument("--home", help="文库所在的文件夹(默认：FAJU_HOME 或用户数据文件夹)")
    parser.add_argument("--host", help="监听地址(默认 127.0.0.1,只供本机使用)")
    parser.add_argument("--port", type=int, help="端口(默认 7860)")
    given = parser.parse_args(argv)
    try:
        settings = Settings.load(home=given.home, host=given.host, port=given.port)
        engine = Engine.open(settings)
    except FajuError as problem:
        parser.exit(2, f"{problem}\n")
    print(f"网页地址：http://{settings.host}:{settings.port}(按 Ctrl+C 停止)", flush=True)  # noqa: T201
    page = build_app(engine)
    page.launch(server_name=settings.host, server_port=settings.port, **launch_options())


if __name__ == "__main__":
    main()
