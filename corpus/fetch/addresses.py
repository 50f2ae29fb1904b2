"""Which addresses may be opened: https, an official host, and nothing inside the own network."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from corpus.errors import FajuError

if TYPE_CHECKING:
    import httpx

__all__ = [
    "FetchError",
    "Policy",
    "UnreachableError",
    "allowed",
    "is_official",
    "is_public",
    "reachable_addresses",
]

Endpoint = tuple[str, int]

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_PORT = 443
_UNICAST = ip_network("2000::/3")
_RESERVED = (ip_network("3fff::/20"), ip_network("192.88.99.0/24"))  # documentation, 6to4 relays
_ISATAP = 0x5EFE


class FetchError(FajuError):
    """Nothing was fetched, and ``why``.

    ``again``: another try may help, ``after`` so many seconds where the server says how many.
    """

    def __init__(self, why: str, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(
            f"没有取得：{why}；也可在浏览器中打开该网址，另存网页后用 faju documents add 入库。"
        )
        self.why = why
        self.again = again
        self.after = after


class UnreachableError(FetchError):
    """The host itself is not to be had; its other pages need not be tried."""


def _official_hosts() -> tuple[str, ...]:
    listed = (files("corpus") / "documents" / "official_hosts.txt").read_text(encoding="utf-8")
    return tuple(line for line in listed.split("\n") if line and not line.startswith("#"))


def _resolved(host: str, port: int) -> Sequence[Endpoint]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(each[4][0]), port) for each in found]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    Not loopback, private, link-local, shared or multicast; nor an IPv6 address that stands for an
    IPv4 one.
    """
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and (
        parsed not in _UNICAST or parsed.sixtofour or parsed.teredo or _holds_ipv4(parsed)
    ):
        return False
    reserved = any(parsed in each for each in _RESERVED)
    return parsed.is_global and not parsed.is_multicast and not reserved


def _holds_ipv4(address: IPv6Address) -> bool:
    """Whether an IPv4 address stands in it, as ISATAP writes them: …:0:5efe:192.0.2.1."""
    return int(address) >> 32 & 0xFDFFFFFF == _ISATAP


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be opened, and with how much patience. Nothing a user sets changes it.

    ``hosts`` are domains, each with all below it. ``resolve`` gives the endpoints of a host and
    port, ``reachable`` says of an IP address whether it may be connected to, ``trust`` is whose
    certificates are believed (None: Mozilla's list, as certifi has it).

    ``largest`` is in bytes, before unpacking and after. Seconds: to ``connect``, for one ``read``,
    for one document in all (``total``), between two requests to one host (``pause``), and before
    the second of ``tries`` (``backoff``, doubled each time).
    """

    hosts: tuple[str, ...] = field(default_factory=_official_hosts)
    resolve: Callable[[str, int], Sequence[Endpoint]] = _resolved
    reachable: Callable[[str], bool] = is_public
    trust: ssl.SSLContext | None = None
    largest: int = 20 * 2**20
    connect: float = 10.0
    read: float = 20.0
    total: float = 120.0
    pause: float = 2.0
    backoff: float = 2.0
    tries: int = 3


def is_official(host: str, hosts: Sequence[str]) -> bool:
    """Whether a host, in lower case and ASCII as a URL has it, is one of the domains or below."""
    whole = _HOST.fullmatch(host) is not None
    return whole and any(host == each or host.endswith(f".{each}") for each in hosts)


def allowed(url: httpx.URL, policy: Policy) -> httpx.URL:
    """The address itself; FetchError when it must not be opened."""
    host = url.raw_host.decode("ascii")
    if url.scheme != "https":
        raise FetchError(f"{_shown(url)} 不是 https 加密网址，没有打开")
    if url.userinfo or url.port not in {None, _PORT}:
        raise FetchError(f"{_shown(url)} 带有用户名或特别的端口，没有打开")
    if not is_official(host, policy.hosts):
        raise FetchError(f"{_shown(url)} 不是政府网站（{'、'.join(policy.hosts)}），没有打开")
    return url


def _shown(url: httpx.URL) -> str:
    """Scheme and host, for people."""
    return f"{url.scheme}://{url.raw_host.decode('ascii', 'replace')[:80]}"


def reachable_addresses(host: str, port: int, policy: Policy) -> list[Endpoint]:
    """The endpoints to connect to, all of them looked at; FetchError when one is no public one."""
    try:
        found = list(dict.fromkeys(policy.resolve(host, port)))
    except (OSError, UnicodeError) as exc:
        raise UnreachableError(f"查不到 {host} 的地址，请检查本机能否上网") from exc
    inside = [address for address, _ in found if not policy.reachable(address)]
    if inside:
        raise FetchError(f"{host} 指向内部网络的地址 {inside[0]}，没有连接")
    if not found:
        raise UnreachableError(f"查不到 {host} 的地址，请检查本机能否上网")
    return found
