"""One official address downloaded: redirects by hand, sizes and times bounded, tried a few times.

A download that breaks off is begun again, never continued: pages are small, and the two halves
might be of two versions.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from corpus.fetch.addresses import FetchError, Policy, UnreachableError, allowed

if TYPE_CHECKING:
    import httpcore
    import httpx

__all__ = ["Downloads", "Fetched"]

_HOPS = 5  # redirects: a site's move from http over www to a new path takes three
_SLICE = 0.5  # seconds of waiting between two looks at whether the user has cancelled
_REDIRECTS = {301, 302, 303, 307, 308}
_PASSING = {408, 429, 500, 502, 503, 504}
_STATUSES = {
    401: "网站要求登录",
    403: "网站拒绝访问",
    404: "网页不存在，可能已经移动",
    410: "网页已经删去",
    429: "网站说访问过于频繁",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: ``address`` is where it was in the end, ``at`` when it came (ISO, UTC).

    ``name`` is a file's name where the address has none. ``server_date`` and ``modified`` are the
    server's own Date and Last-Modified, or "".
    """

    content: bytes
    address: str
    at: str
    server_date: str = ""
    modified: str = ""
    name: str = ""


class Downloads:
    """Downloads one after another, with a pause between two requests to one host.

    ``heartbeat`` is called all along, and stops everything by raising. A host that could not be
    reached is not tried again.
    """

    def __init__(
        self, policy: Policy | None = None, heartbeat: Callable[[], None] = lambda: None
    ) -> None:
        self._policy = Policy() if policy is None else policy
        self._heartbeat = heartbeat
        self._last: dict[str, float] = {}
        self._down: dict[str, FetchError] = {}

    def get(self, address: str) -> Fetched:
        """What lies at an address; FetchError when it is not to be had."""
        import httpx

        until = time.monotonic() + self._policy.total
        try:
            url = httpx.URL(address)
            for _ in range(_HOPS + 1):
                found = self._tried(allowed(url, self._policy), until)
                if isinstance(found, Fetched):
                    return found
                url = url.join(found)
        except httpx.InvalidURL as exc:
            raise FetchError("网址写得不对，没有打开") from exc
        raise FetchError("网站一再跳转")

    def _tried(self, url: httpx.URL, until: float) -> Fetched | str:
        """The page, or where it has moved; tried again where that may help and time is left."""
        host = url.host
        if host in self._down:
            raise self._down[host]
        for number in range(self._policy.tries):
            self._wait(self._last.get(host, 0.0) + self._policy.pause - time.monotonic())
            try:
                return self._once(url, until)
            except FetchError as problem:
                delay = self._policy.backoff * 2**number
                delay = delay if problem.after is None else problem.after
                last = number + 1 == self._policy.tries
                if last or not problem.again or time.monotonic() + delay > until:
                    if isinstance(problem, UnreachableError):
                        self._down[host] = problem
                    raise
            finally:
                self._last[host] = time.monotonic()
            self._wait(delay)
        raise AssertionError("the last try returns or raises")

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._heartbeat()
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE))
            self._heartbeat()

    def _once(self, url: httpx.URL, until: float) -> Fetched | str:
        import httpcore

        try:
            with self._response(url, until) as response:
                return self._answer(url, response)
        except httpcore.ConnectTimeout as exc:
            raise UnreachableError(f"{url.host} 连接超时", again=True) from exc
        except httpcore.ConnectError as exc:
            raise UnreachableError(f"连不上 {url.host}，请检查本机能否上网", again=True) from exc
        except httpcore.TimeoutException as exc:
            raise FetchError(f"{url.host} 应答太慢，已经超时", again=True) from exc
        except (httpcore.NetworkError, httpcore.ProtocolError) as exc:
            raise FetchError(f"{url.host} 传输中断", again=True) from exc

    @contextmanager
    def _response(self, url: httpx.URL, until: float) -> Iterator[httpcore.Response]:
        import httpcore
        import httpx

        from corpus.fetch.connection import Guarded

        policy = self._policy
        trust = policy.trust or httpx.create_ssl_context(trust_env=False)
        limits = {"connect": policy.connect, "read": policy.read, "write": policy.read}
        target = httpcore.URL(scheme="https", host=url.raw_host, port=443, target=url.raw_path)
        with (
            httpcore.ConnectionPool(trust, network_backend=Guarded(policy, until)) as pool,
            pool.stream(
                "GET", target, headers=_headers(url), extensions={"timeout": limits}
            ) as response,
        ):
            yield response

    def _answer(self, url: httpx.URL, response: httpcore.Response) -> Fetched | str:
        headers = {
            name.lower(): value.decode("utf-8", "replace") for name, value in response.headers
        }
        status = response.status
        if status in _REDIRECTS and headers.get(b"location"):
            return headers[b"location"]
        if status != 200:
            why = _STATUSES.get(status, f"网站应答 {status}，没有给出网页")
            after = _seconds(headers.get(b"retry-after", ""))
            raise FetchError(f"{url.host} 的{why}", again=status in _PASSING, after=after)
        return Fetched(
            content=self._body(url.host, response, headers),
            address=str(url.copy_with(fragment=None)),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            server_date=headers.get(b"date", ""),
            modified=headers.get(b"last-modified", ""),
        )

    def _body(self, host: str, response: httpcore.Response, headers: dict[bytes, str]) -> bytes:
        """The body unpacked; sizes are counted as it comes, packed and unpacked."""
        packing = headers.get(b"content-encoding", "identity").strip().lower()
        if packing not in {"identity", "gzip", "x-gzip"}:
            raise FetchError(f"{host} 用了没有约定的压缩方式（{packing[:20]}）")
        unpacking = zlib.decompressobj(31) if "gzip" in packing else None
        largest, size, body = self._policy.largest, 0, bytearray()
        for chunk in response.iter_stream():
            self._heartbeat()
            size += len(chunk)
            body += _unpacked(host, unpacking, chunk, largest + 1 - len(body))
            if max(size, len(body)) > largest:
                raise FetchError(f"{host} 的网页超过 {largest // 2**20} MB")
        if unpacking is not None and not unpacking.eof:
            raise FetchError(f"{host} 的压缩数据不完整", again=True)
        return bytes(body)


def _headers(url: httpx.URL) -> list[tuple[bytes, bytes]]:
    return [
        (b"Host", url.raw_host),
        (b"User-Agent", f"faju/{version('faju')}".encode()),
        (b"Accept", b"text/html, application/pdf, */*;q=0.5"),
        (b"Accept-Language", b"zh-CN, zh"),
        (b"Accept-Encoding", b"gzip"),
        (b"Connection", b"close"),
    ]


def _unpacked(host: str, unpacking: Any, chunk: bytes, most: int) -> bytes:
    if unpacking is None:
        return chunk
    try:
        found: bytes = unpacking.decompress(chunk, most)
    except zlib.error as exc:
        raise FetchError(f"{host} 的压缩数据损坏", again=True) from exc
    return found


def _seconds(asked: str) -> float | None:
    """Retry-After, in seconds or as a date; None when it says neither."""
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
