"""The connection itself: to addresses that were looked at, and no longer than is allowed.

Imported where a download begins: httpcore takes half a second.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

from httpcore import (
    SOCKET_OPTION,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    ReadTimeout,
    SyncBackend,
)

from corpus.fetch.addresses import FetchError, Policy, reachable_addresses

__all__ = ["Guarded"]


class Guarded(NetworkBackend):
    """Resolves a host once, looks at every address, and connects to one of those very addresses.

    What the name points to a moment later (DNS rebinding) does not matter. No proxy is used: behind
    one, nobody could look. ``until`` is when everything ends, on the monotonic clock.
    """

    def __init__(self, policy: Policy, until: float) -> None:
        self._policy = policy
        self._until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """A connection to the first address that takes one."""
        failure: ConnectError | ConnectTimeout = ConnectError(host)
        for address, at in reachable_addresses(host, port, self._policy):
            left = _left(self._until, timeout)
            try:
                stream = SyncBackend().connect_tcp(address, at, left, local_address, socket_options)
            except (ConnectError, ConnectTimeout) as exc:
                failure = exc
            else:
                return _Timed(stream, self._until)
        raise failure


class _Timed(NetworkStream):
    """A stream on which nothing, a slow drip least of all, outlasts ``until``."""

    def __init__(self, stream: NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        left = _left(self._until, timeout)
        try:
            encrypted = self._stream.start_tls(ssl_context, server_hostname, left)
        except ConnectError as exc:
            if isinstance(exc.__cause__, ssl.SSLCertVerificationError):
                raise FetchError(f"{server_hostname} 的证书通不过验证，没有打开") from exc
            raise
        return _Timed(encrypted, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise ReadTimeout
    return left if timeout is None else min(left, timeout)
