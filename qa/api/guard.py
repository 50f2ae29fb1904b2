"""Who may ask the server: this machine's own page and programs, and no other web page.

A browser runs the scripts of every page it shows; any of them can send requests to an address of
this machine (cross-site requests), and one whose name is made to point here can read what comes
back (a rebound name). What a browser says of a request gives both away: the name that was asked
for (``Host``) and where the request is from (``Origin``, ``Sec-Fetch-Site``). A program says
nothing of the kind and is let in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["THIS_MACHINE", "Guard", "Names"]

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names by which a machine calls itself."""

_EVERYWHERE = {"", "0.0.0.0", "::"}
_PORTS = {"http": 80, "https": 443}
_READING = {"GET", "HEAD"}
_API = "/gradio_api/"
_ALIVE = "/healthz"
# What the page and programs (docs/programs.md) use of Gradio's interface; the rest of it (upload,
# files, proxy, streams, editing) is closed.
_USED = {
    *("startup-events", "component_server", "info", "openapi.json", "call", "queue"),
    *("cancel", "reset", "heartbeat"),
}
# Gradio writes scripts and styles into its page and makes functions of text, so that both stay
# allowed; but whatever runs there can load nothing from elsewhere and send nothing there.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Content-Security-Policy": "; ".join(" ".join(each) for each in _POLICY.items()),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names under which the server may be asked for.

    Bound to every address of the machine it may also be asked for by an address: what is rebound
    is a name.
    """

    known: frozenset[str] = THIS_MACHINE
    addresses: bool = False

    @classmethod
    def of(cls, host: str, more: Iterable[str] = ()) -> Names:
        """Those of a server that is bound to ``host``, and ``more`` that a person named."""
        named = {name.strip().strip("[]").lower().rstrip(".") for name in more}
        own = set() if host in _EVERYWHERE else {host.lower()}
        return cls(THIS_MACHINE | own | named, host in _EVERYWHERE)

    def __contains__(self, name: str) -> bool:
        return name in self.known or (self.addresses and _is_address(name))


class _Refusal(NamedTuple):
    status: int
    sentence: str


class Guard:
    """ASGI middleware that refuses what another web page asks, and forbids to be framed by one.

    Refusals are one Chinese sentence: 421 for a name the server does not go by, 403 for a request
    from elsewhere and for what is closed, 415 for what is sent as anything but JSON (a form or
    plain text is all that a page can send to another without being asked whether it may). To
    ``/healthz`` it says ``ok`` itself, so that a watchman needs no account.
    """

    def __init__(self, app: ASGIApp, names: Names) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from starlette.datastructures import Headers, MutableHeaders
        from starlette.responses import PlainTextResponse

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is None and scope["path"] == _ALIVE:
            await PlainTextResponse("ok")(scope, receive, sealed)
        elif refusal is None:
            await self._app(scope, receive, sealed)
        else:
            answer = PlainTextResponse(refusal.sentence, refusal.status)
            await answer(scope, receive, sealed)

    def _refusal(self, method: str, path: str, headers: Headers) -> _Refusal | None:
        hosts = headers.getlist("host")
        name = _name(hosts[0]) if len(hosts) == 1 else ""
        if name not in self._names:
            return _Refusal(
                421,
                f"这里不以“{name[:80]}”的名义开放；要用这个名称访问，请在启动时加 --allow-host。",
            )
        if path.startswith(_API) and path.removeprefix(_API).split("/")[0] not in _USED:
            return _Refusal(403, "这个接口没有开放。")
        if _from_elsewhere(method, path, headers, hosts[0]):
            return _Refusal(403, "拒绝了来自其他网页的请求；请直接打开法据的网页，或用程序访问。")
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        if method not in _READING and kind != "application/json":
            return _Refusal(415, "请求要用 Content-Type: application/json 发送。")
        return None


def _from_elsewhere(method: str, path: str, headers: Mapping[str, str], host: str) -> bool:
    """Whether a request comes from another web page; a link to the page itself may be followed."""
    origin = headers.get("origin")
    if origin is not None and not _same(origin, host):
        return True
    if headers.get("sec-fetch-site", "none") in {"same-origin", "none"}:
        return False
    opened = headers.get("sec-fetch-mode") == "navigate"
    whole = headers.get("sec-fetch-dest", "document") == "document"
    return not (method in _READING and opened and whole and not path.startswith(_API))


def _same(origin: str, host: str) -> bool:
    """Whether a page of this origin was served by this host."""
    try:
        theirs, ours = urlsplit(origin), urlsplit(f"//{host}")
        port = _PORTS.get(theirs.scheme)
        if port is None:
            return False
        return (theirs.hostname, theirs.port or port) == (ours.hostname, ours.port or port)
    except ValueError:
        return False


def _name(host: str) -> str:
    """The name in a ``Host`` header, without its port; "" where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
