"""The gate before a server: nobody passes without a session (the page) or a token (programs)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from corpus import InputError
from qa.accounts.store import Accounts
from qa.accounts.user import User, asked_by

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Gate"]

_COOKIE = "faju"
_LONGEST_LOGIN = 8192  # bytes
# Gradio asks itself for this when it starts; it tells nothing.
_OPEN = frozenset({"/gradio_api/startup-events"})
_UNKNOWN = "请先登录：打开网页登录，或在请求里带 Authorization: Bearer 令牌。"


class Gate:
    """ASGI middleware that knows who asks (``asking()``), and lets nobody else in.

    ``page`` makes the log-in page; without one there are tokens only. ``secure`` is for a server
    that is reached by https alone. Of its own it answers ``/login``, ``/logout`` and ``/account``.
    """

    def __init__(
        self,
        app: ASGIApp,
        accounts: Accounts,
        page: Callable[[], str] | None = None,
        secure: bool = False,
    ) -> None:
        self._app = app
        self._accounts = accounts
        self._page = page
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on in the name of who asks."""
        if scope["type"] == "lifespan" or scope.get("path") in _OPEN:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            from starlette.requests import Request

            request = Request(scope, receive)
            answer = await self._answer(request)
            if isinstance(answer, User):
                with asked_by(answer):
                    await self._app(scope, receive, send)
            else:
                await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response | User:
        """Who asks, or the gate's own answer."""
        from anyio.to_thread import run_sync

        path, method = request.url.path, request.method
        if self._page and path == "/login":
            return await self._at_login(request, self._page)
        user = await run_sync(self._who, request.headers)
        if user is None:
            return self._unknown(request)
        if path == "/logout" and method == "POST":
            return await self._log_out(request)
        if path == "/account":
            return _json({"name": user.name, "role": user.role})
        return user

    async def _at_login(self, request: Request, page: Callable[[], str]) -> Response:
        from starlette.responses import HTMLResponse

        return await self._log_in(request) if request.method == "POST" else HTMLResponse(page())

    def _unknown(self, request: Request) -> Response:
        """To the log-in for a person who opens a page, a plain refusal for everything else."""
        from starlette.responses import PlainTextResponse, RedirectResponse

        opened = request.headers.get("sec-fetch-mode", "navigate") == "navigate"
        page = "text/html" in request.headers.get("accept", "")
        if not (self._page and request.method == "GET" and opened and page):
            return PlainTextResponse(_UNKNOWN, 401, {"WWW-Authenticate": "Bearer"})
        query = f"?{request.url.query}" if request.url.query else ""
        asked = quote(f"{request.url.path}{query}", safe="")
        return RedirectResponse(f"/login?next={asked}", 303)

    def _who(self, headers: Mapping[str, str]) -> User | None:
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._accounts.of_token(token.strip())
        session = _session(headers)
        return self._accounts.of_session(session) if session else None

    async def _log_in(self, request: Request) -> Response:
        from anyio.to_thread import run_sync

        given = await _body(request)
        if given is None:
            return _json({"error": "登录的内容不完整，请刷新网页再试。"}, 400)
        address = request.client.host if request.client else ""
        try:
            secret = await run_sync(self._accounts.log_in, *given, address)
        except InputError as problem:
            return _json({"error": str(problem)}, 403)
        answer = _json({"name": given[0]})
        answer.set_cookie(
            _COOKIE, secret, httponly=True, samesite="strict", secure=self._secure, path="/"
        )
        return answer

    async def _log_out(self, request: Request) -> Response:
        from anyio.to_thread import run_sync

        await run_sync(self._accounts.log_out, _session(request.headers))
        answer = _json({})
        answer.delete_cookie(_COOKIE, path="/")
        return answer


def _session(headers: Mapping[str, str]) -> str:
    """The session in the request's cookies, "" for none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


async def _body(request: Request) -> tuple[str, str] | None:
    """Name and password out of a JSON object; None for what is no such thing, or endless."""
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > _LONGEST_LOGIN:
            return None
    try:
        given = json.loads(content)
    except ValueError:
        return None
    if not isinstance(given, dict):
        return None
    name, password = given.get("name"), given.get("password")
    return (name, password) if isinstance(name, str) and isinstance(password, str) else None


def _json(content: Mapping[str, Any], status: int = 200) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse(content, status)
