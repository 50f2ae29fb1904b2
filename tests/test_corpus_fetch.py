"""Addresses that may be opened, and downloads from a server good, slow, broken and hostile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from doubles.official_server import Official, body, moved, sends, serving, zipped

from corpus.fetch.addresses import FetchError, Policy, allowed, is_public, reachable_addresses
from corpus.fetch.download import Downloads

GOOD = "文件的正文。".encode() * 400


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Official]:
    with serving(tmp_path_factory.mktemp("tls")) as official:
        yield official


@pytest.fixture
def downloads(server: Official) -> Downloads:
    server.asked.clear()
    server.heads.clear()
    return Downloads(server.policy())


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.cn/zhengce/a.htm",
        "https://GOV.CN/",
        "https://WWW.Gov.Cn:443/a",
        "https://flk.npc.gov.cn/",
        "https://www.court.gov.cn/",
        "https://www。gov。cn/",
    ],
)
def test_official_addresses_may_be_opened(address: str) -> None:
    allowed(httpx.URL(address), Policy())


@pytest.mark.parametrize(
    "address",
    [
        "https://evilgov.cn/",
        "https://gov.cn.evil.com/",
        "https://www.gov.cn@evil.com/",
        "https://user:secret@www.gov.cn/",
        "https://evil.com#.gov.cn/",
        "https://evil.com?.gov.cn/",
        "https://evil.com\\.gov.cn/",
        "https://evil.com%2f.gov.cn/",
        "https://evil.com%00.gov.cn/",
        "https://.gov.cn/",
        "https://a..gov.cn/",
        "https://www.gov.cn./",
        "https://www.gоv.cn/",  # The o is Cyrillic.
        "https://xn--gv-fmc.cn/",
        "https://中国.政务/",
        "https://www.gov.cn:444/",
        "https://www.gov.cn:0/",
        "http://www.gov.cn/",
        "http://www.gov.cn:443/",
        "ftp://www.gov.cn/",
        "file:///etc/passwd",
        "//www.gov.cn/",
        "https:///a",
        "https://cn/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_other_addresses_may_not(address: str) -> None:
    with pytest.raises(FetchError, match="没有打开"):
        allowed(httpx.URL(address), Policy())


@pytest.mark.parametrize(
    "address", ["https://ｗｗｗ.gov.cn/", "https://www.gov.cn\t/", "https://[::1/", "https://a:b/"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(FetchError, match="网址写得不对"):
        Downloads().get(address)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("124.88.63.1", True),
        ("2408:8756::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff0e::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("::10.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("fec0::1", False),
        ("2408:8756::5efe:a00:1", False),
        ("2408:8756::200:5efe:a00:1", False),
        ("192.88.99.1", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_connected_to(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_one_inner_address_among_others_is_enough_to_refuse() -> None:
    found = [("124.88.63.1", 443), ("10.0.0.8", 443)]
    policy = replace(Policy(), resolve=lambda host, port: found)
    with pytest.raises(FetchError, match=r"www\.gov\.cn 指向内部网络的地址 10\.0\.0\.8，没有连接"):
        reachable_addresses("www.gov.cn", 443, policy)


def test_a_name_that_changes_its_address_is_looked_at_each_time(server: Official) -> None:
    answers = [[("127.0.0.1", server.port)], [("192.168.0.1", server.port)]]
    address = server.put("/rebinding", moved("/rebound"))
    policy = server.policy(resolve=lambda host, port: answers.pop(0))
    with pytest.raises(FetchError, match=r"指向内部网络的地址 192\.168\.0\.1"):
        Downloads(policy).get(address)
    assert answers == []  # Resolved once for each connection, not again for the check.


def test_a_page_comes_with_where_and_when_it_is_from(
    server: Official, downloads: Downloads
) -> None:
    stamp = "Sun, 10 Jan 2021 08:00:00 GMT"
    address = server.put("/good.htm", body(GOOD, Date=stamp, Last_Modified=stamp))
    fetched = downloads.get(address + "#part")
    assert (fetched.content, fetched.address) == (GOOD, address)
    assert (fetched.server_date, fetched.modified) == (stamp, stamp)
    assert fetched.at.endswith("+00:00")
    (head,) = server.heads
    assert "\r\nHost: www.gov.cn\r\n" in head and "\r\nUser-Agent: faju/" in head
    assert "Cookie" not in head and "Authorization" not in head


def test_a_packed_page_is_unpacked(server: Official, downloads: Downloads) -> None:
    assert downloads.get(server.put("/gzip", zipped(GOOD))).content == GOOD


def test_redirects_within_the_list_are_followed(server: Official, downloads: Downloads) -> None:
    server.put("/%E4%B8%AD", body(GOOD))
    server.put("/b", moved("/中"))
    fetched = downloads.get(server.put("/a", moved("https://english.gov.cn/b")))
    assert fetched.address == "https://english.gov.cn/%E4%B8%AD"


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("https://evil.com/a", r"https://evil\.com 不是政府网站"),
        ("//evil.com/a", "不是政府网站"),
        ("http://www.gov.cn/a", "不是 https 加密网址"),
        ("https://127.0.0.1/a", "不是政府网站"),
        ("https://10.0.0.1/", "不是政府网站"),
        ("http://169.254.169.254/latest/meta-data", "不是 https"),
        ("https://www.gov.cn:8443/", "特别的端口"),
        ("file:///etc/passwd", "不是 https"),
        ("https://[::1/", "网址写得不对"),
        ("/loop", "一再跳转"),
    ],
)
def test_other_redirects_are_not(
    where: str, why: str, server: Official, downloads: Downloads
) -> None:
    with pytest.raises(FetchError, match=why):
        downloads.get(server.put("/loop", moved(where)))
    assert set(server.asked) == {"/loop"}


def drip(connection: socket.socket) -> None:
    """A byte now and then, for ever; the client has to go."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        connection.sendall(b"x")
        time.sleep(0.05)


def drip_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        connection.sendall(f"X-{number}: x\r\n".encode())
        time.sleep(0.05)


def silent(connection: socket.socket) -> None:
    connection.recv(1)  # Until the client goes.


@pytest.mark.parametrize("play", [drip, drip_headers, silent])
def test_a_slow_server_does_not_hold_for_ever(
    play: Callable[[socket.socket], None], server: Official
) -> None:
    address = server.put("/slow", play)
    began = time.monotonic()
    with pytest.raises(FetchError, match="应答太慢，已经超时"):
        Downloads(server.policy(total=0.6, read=0.5)).get(address)
    assert time.monotonic() - began < 5  # Not the ten seconds that the server would go on.


@pytest.mark.parametrize(
    ("play", "why"),
    [
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nhalf"), "传输中断"),
        (sends(b""), "传输中断"),
        (sends(b"no http at all\r\n\r\n"), "传输中断"),
        (sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "传输中断"),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello"), "传输中断"),
        (body(b"not packed", Content_Encoding="gzip"), "压缩数据损坏"),
        (body(b"\x1f\x8b\x08\x00\x00\x00\x00\x00", Content_Encoding="gzip"), "压缩数据不完整"),
        (body(b"x", "500 Internal Server Error"), "网站应答 500"),
        (body(b"x", "429 Too Many Requests", Retry_After="0"), "访问过于频繁"),
    ],
)
def test_what_breaks_is_tried_again_from_the_beginning(
    play: Callable[[socket.socket], None], why: str, server: Official, downloads: Downloads
) -> None:
    assert downloads.get(server.put("/again", play, play, body(GOOD))).content == GOOD
    server.asked.clear()
    with pytest.raises(FetchError, match=why):
        downloads.get(server.put("/broken", play))
    assert server.asked == ["/broken"] * 3


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("404 Not Found", "网页不存在"),
        ("403 Forbidden", "拒绝访问"),
        ("401 Unauthorized", "要求登录"),
        ("206 Partial Content", "应答 206"),
        ("302 Found", "应答 302"),
    ],
)
def test_what_no_second_try_mends_is_said_at_once(
    status: str, why: str, server: Official, downloads: Downloads
) -> None:
    with pytest.raises(FetchError, match=f"没有取得：www.gov.cn 的.*{why}.*faju documents add"):
        downloads.get(server.put("/refused", body(b"x", status)))
    assert server.asked == ["/refused"]


@pytest.mark.parametrize("after", ["3600", "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_a_server_that_asks_for_patience_beyond_ours_is_left_alone(
    after: str, server: Official, downloads: Downloads
) -> None:
    busy = body(b"x", "503 Service Unavailable", Retry_After=after)
    with pytest.raises(FetchError, match="应答 503"):
        downloads.get(server.put("/busy", busy, body(GOOD)))
    assert server.asked == ["/busy"]


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(bytes(65536))


@pytest.mark.parametrize(
    "play",
    [
        body(bytes(3 * 2**20)),
        zipped(bytes(200 * 2**20)),
        endless,
    ],
    ids=["long", "bomb", "endless"],
)
def test_more_than_the_limit_is_not_read(
    play: Callable[[socket.socket], None], server: Official
) -> None:
    downloads = Downloads(server.policy(largest=2**20))
    with pytest.raises(FetchError, match="超过 1 MB"):
        downloads.get(server.put("/large", play))


def test_a_packing_that_was_not_asked_for_is_refused(
    server: Official, downloads: Downloads
) -> None:
    with pytest.raises(FetchError, match="没有约定的压缩方式（br）"):
        downloads.get(server.put("/br", body(b"x", Content_Encoding="br")))


def test_certificates_are_verified(server: Official, tmp_path: Path) -> None:
    address = server.put("/good.htm", body(GOOD))
    with pytest.raises(FetchError, match="证书通不过验证"):
        Downloads(server.policy(trust=None)).get(address)
    with serving(tmp_path, "www.evil.com") as other:
        with pytest.raises(FetchError, match="证书通不过验证"):
            Downloads(other.policy()).get(address)
        assert other.asked == []


def test_the_environment_changes_nothing(
    server: Official, downloads: Downloads, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    address = server.put("/good.htm", body(GOOD))
    assert downloads.get(address).content == GOOD
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
    with pytest.raises(FetchError, match="证书通不过验证"):
        Downloads(server.policy(trust=None)).get(address)


def test_without_a_network_it_is_said_and_the_host_is_not_asked_again(server: Official) -> None:
    asked: list[str] = []

    def nowhere(host: str, port: int) -> list[tuple[str, int]]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    downloads = Downloads(server.policy(resolve=nowhere))
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match=r"查不到 www\.gov\.cn 的地址，请检查本机能否上网"):
            downloads.get(f"https://www.gov.cn{path}")
    assert asked == ["www.gov.cn"]


def test_a_refused_connection_is_said(server: Official) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    policy = server.policy(resolve=lambda host, wanted: [("127.0.0.1", port)])
    with pytest.raises(FetchError, match=r"连不上 www\.gov\.cn"):
        Downloads(policy).get("https://www.gov.cn/a")


def test_the_next_address_of_a_host_is_tried(server: Official) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        dead = closed.getsockname()[1]
    both = [("127.0.0.1", dead), ("127.0.0.1", server.port)]
    policy = server.policy(resolve=lambda host, port: both)
    assert Downloads(policy).get(server.put("/good.htm", body(GOOD))).content == GOOD


def test_there_is_a_pause_between_two_requests_to_a_host(server: Official) -> None:
    stamps: list[float] = []

    def noted(connection: socket.socket) -> None:
        stamps.append(time.monotonic())
        body(GOOD)(connection)

    downloads = Downloads(server.policy(pause=0.3))
    address = server.put("/paused", noted)
    downloads.get(address)
    downloads.get(address)
    assert stamps[1] - stamps[0] >= 0.3


def test_a_heartbeat_stops_it(server: Official) -> None:
    stopped = threading.Event()

    def heartbeat() -> None:
        if stopped.is_set():
            raise KeyboardInterrupt

    def stopping(connection: socket.socket) -> None:
        stopped.set()
        drip(connection)

    with pytest.raises(KeyboardInterrupt):
        Downloads(server.policy(), heartbeat).get(server.put("/stopped", stopping))
