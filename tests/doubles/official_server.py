"""A web server on this machine that stands for www.gov.cn: TLS, real sockets, good and bad."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corpus.fetch.addresses import Policy, is_public

__all__ = ["Official", "body", "moved", "page", "sends", "serving", "zipped"]

Play = Callable[[socket.socket], None]

CHAPTERS = "".join(
    f"<p>第{number}章　{name}</p><p>一、目标</p><p>{name}，{'坚持依法治国' * 12}。</p>"
    f"<p>二、任务</p><p>{name}的任务，{'建设法治中国' * 12}。</p>"
    for number, name in zip("一二三四", ["总体要求", "立法", "执法", "保障"], strict=True)
)


def page(title: str, chapters: str = CHAPTERS, said: str = "") -> bytes:
    """A page of the site, the document in it as that site has it."""
    headline = said or f"中共中央印发《{title}》"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{headline}_中央有关文件_中国政府网"
        "</title></head><body><div class=header>首页 &gt; 政策</div>"
        f"<h1>{headline}</h1><div id=UCAP-CONTENT>"
        f"<p>新华社北京1月10日电　近日，中共中央印发了《{title}》。全文如下。</p>"
        f"<p>{title}</p><p>（2021年1月10日）</p>{chapters}</div></body></html>"
    ).encode()


def body(content: bytes, status: str = "200 OK", **headers: str) -> Play:
    """An answer, whole and well made."""
    told = {"Content-Length": str(len(content)), "Content-Type": "text/html"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items())]
    return sends("\r\n".join(lines).encode() + b"\r\n\r\n" + content)


def sends(raw: bytes) -> Play:
    """These bytes, and the end."""
    return lambda connection: connection.sendall(raw)


def zipped(content: bytes, **headers: str) -> Play:
    """A packed answer."""
    return body(gzip.compress(content), Content_Encoding="gzip", **headers)


def moved(where: str) -> Play:
    """A redirect."""
    return body(b"", "302 Found", Location=where)


@dataclass
class Official:
    """What it plays by path (one after another where there are several), and what was asked."""

    port: int
    trust: ssl.SSLContext
    plays: dict[str, list[Play]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, *plays: Play) -> str:
        """Play these at a path, the last one for ever; the address comes back."""
        self.plays[path] = list(plays)
        return f"https://www.gov.cn{path}"

    def policy(self, **limits: Any) -> Policy:
        """The policy of every day, with this server for all the internet."""
        told: Mapping[str, Any] = {
            "resolve": lambda host, port: [("127.0.0.1", self.port)],
            "reachable": lambda address: address == "127.0.0.1" or is_public(address),
            "trust": self.trust,
            "pause": 0.0,
            "backoff": 0.01,
            "total": 20.0,
        }
        return Policy(**{**told, **limits})

    def answer(self, connection: socket.socket) -> None:
        """One request."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece:
                return
            head += piece
        path = head.split(b" ", 2)[1].decode()
        self.asked.append(path)
        self.heads.append(head.decode())
        plays = self.plays.get(path) or [body(b"<html>404</html>", "404 Not Found")]
        (plays.pop(0) if len(plays) > 1 else plays[0])(connection)


def certified(folder: Path, *hosts: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for these hosts, and a client's that believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    both = folder / "server.pem"
    both.write_bytes(pem + secret)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(both)
    return server, ssl.create_default_context(cadata=pem.decode())


@contextmanager
def serving(folder: Path, *hosts: str) -> Iterator[Official]:
    """The server, as long as the context is open."""
    context, trust = certified(folder, *(hosts or ("www.gov.cn", "*.gov.cn")))
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        official = Official(listening.getsockname()[1], trust)

        def one(raw: socket.socket) -> None:
            try:
                with context.wrap_socket(raw, server_side=True) as connection:
                    connection.settimeout(10)
                    official.answer(connection)
            except OSError:
                raw.close()  # The client went away, as some tests have it do.

        def accept() -> None:
            while True:
                try:
                    raw, _ = listening.accept()
                except OSError:
                    return
                raw.settimeout(10)
                threads.append(threading.Thread(target=one, args=(raw,), daemon=True))
                threads[-1].start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield official
        finally:
            official.closing.set()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join(5)
            for thread in threads:
                thread.join(5)
