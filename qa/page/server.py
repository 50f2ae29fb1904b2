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
from functools import partial
from importlib import resources
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from corpus import FajuError
from qa.accounts import Accounts, Gate, asking
from qa.api import THIS_MACHINE, Door, Guard, Line, LiveEngine, Names, add_endpoints
from qa.engine import Engine
from qa.markup import Html, render
from qa.page.jobs import Jobs
from qa.page.library import MayChange, anybody
from qa.page.parts import masthead
from qa.page.tabs import TABS, page_calls
from qa.settings import Settings
from qa.written import LanguageModel

if TYPE_CHECKING:
    from gradio import Blocks

__all__ = ["build_app", "launch_options", "serve"]

_log = logging.getLogger(__name__)

Say = Callable[[str], None]
Beside = Callable[[LiveEngine, Event], None]

_SCRIPTS = (
    "kit.js",
    "run.js",
    "live.js",
    "history.js",
    "reader.js",
    "compare.js",
    "ask.js",
    "find.js",
    "check.js",
    "batch.js",
    "evaluate.js",
    "library.js",
    "excerpts.js",
    "account.js",
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
    engine: Engine | LiveEngine,
    may_change: MayChange = anybody,
    model: LanguageModel | None = None,
    jobs: Jobs | None = None,
    accounts: Accounts | None = None,
) -> Blocks:
    """The page over ``engine``; serve it with ``launch(**launch_options())``.

    ``may_change`` says whether who asks may add and remove documents; ``model`` writes answers;
    ``jobs`` runs its long work; ``accounts``, where it is behind a log-in, keep who changed what.
    """
    gr = _gradio()
    live = engine if isinstance(engine, LiveEngine) else LiveEngine(engine)
    note = accounts.note if accounts else None
    jobs = jobs or Jobs()
    calls = page_calls(live, jobs, may_change, model, note)
    with gr.Blocks(title="法据", analytics_enabled=False, fill_width=True) as app:
        if accounts:
            _live(gr, (), "account", render("page/account.html"))
        _live(gr, calls, "excerpts", masthead(live.engine.about()))
        with gr.Tabs(overflow_behavior="wrap"):
            for tab in TABS:
                with gr.Tab(tab.name):
                    _live(gr, calls, tab.part, tab.html(live.engine))
        add_endpoints(live.engine, jobs.line, may_change)
    return app  # type: ignore[no-any-return]


def launch_options(
    names: Names | None = None,
    accounts: Accounts | None = None,
    secure: bool = False,
    line: Line | None = None,
) -> dict[str, Any]:
    """What ``launch`` needs so that the page is ours alone: look, script, guard, and no way out.

    ``names`` are those it may be asked for by; this machine's own without. With ``accounts``
    nobody gets in without one; ``secure`` says that it is reached by https, ``line`` is where its
    heavy work waits.
    """
    gr = _gradio()
    from starlette.middleware import Middleware

    font = [gr.themes.Font("sans-serif")]
    scripts = [_static(name) for name in _SCRIPTS]
    middleware = [Middleware(Guard, names=names or Names())]
    if accounts:
        middleware.append(Middleware(Gate, accounts=accounts, page=_login_page, secure=secure))
    middleware.append(Middleware(Door, line=line or Line()))
    return {
        "theme": gr.themes.Base(font=font, font_mono=[gr.themes.Font("monospace")]),
        "head": render("page/head.html", style=_static("page.css"), scripts=scripts),
        "app_kwargs": {"middleware": middleware},
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


def _login_page() -> str:
    return render("page/login.html", style=_static("page.css"), script=_static("login.js"))


def serve(settings: Settings, say: Say = _log.info, beside: Beside | None = None) -> None:
    """Open the library and serve the page until interrupted; ``say`` hears the address.

    What is built meanwhile is served as soon as it is done, also where ``beside``, which runs
    while the page is served, builds it.

    Open to other computers it is behind a log-in. FajuError when there are no accounts then, or
    the page cannot be served at that address; what Engine.open raises.
    """
    accounts = _accounts(settings)
    model = LanguageModel.named(settings)
    live, ended = LiveEngine(Engine.open(settings)), Event()
    with Jobs() as jobs:
        may_change = _editors if accounts else anybody
        page = build_app(live, may_change, model, jobs, accounts)
        try:
            _launch(page, settings, accounts, jobs.line)
            scheme = "https" if settings.certificate else "http"
            say(f"网页地址：{scheme}://{settings.host}:{settings.port}（按 Ctrl+C 停止）")
            for work in (live.watch, *((partial(beside, live),) if beside else ())):
                Thread(target=work, args=(ended,), daemon=True).start()
            while True:
                time.sleep(0.5)
        except KeyboardInterrupt:
            say("网页已停止。")
        finally:
            ended.set()
            page.close(verbose=False)


def _accounts(settings: Settings) -> Accounts | None:
    """The accounts that are needed where the page leaves this machine."""
    if settings.host in THIS_MACHINE and not settings.allow_host:
        return None
    accounts = Accounts(settings.home)
    if not accounts.listed():
        raise FajuError(
            "要让别的电脑访问，先建账户：faju users add 用户名 --role 管理员；"
            "只在本机用就去掉 --host 和 --allow-host。"
        )
    return accounts


def _editors() -> bool:
    user = asking()
    return user is not None and user.may("编辑")


def _launch(page: Blocks, settings: Settings, accounts: Accounts | None, line: Line) -> None:
    names = Names.of(settings.host, _named(settings.allow_host))
    secure = bool(settings.certificate)
    try:
        page.launch(
            server_name=settings.host,
            server_port=settings.port,
            prevent_thread_lock=True,
            ssl_certfile=settings.certificate or None,
            ssl_keyfile=settings.key or None,
            ssl_verify=False,
            **launch_options(names, accounts, secure, line),
        )
    except OSError as exc:
        raise FajuError(
            f"网页开不了：{settings.host} 的 {settings.port} 端口不能用（可能已被占用），"
            "请用 --port 换一个。"
        ) from exc


def _named(names: str) -> list[str]:
    return [name for name in re.split(r"[,，、\s]+", names) if name]
