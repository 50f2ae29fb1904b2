"""What the server answers, to whom: its own page, programs, other web pages, rebound names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from starlette.responses import PlainTextResponse
from test_qa_api import FAJU, PAGE, free_port, served

from qa.api import Guard, Names

LOCAL = Names()
CALL = "/gradio_api/component_server/"
JSON = {"content-type": "application/json"}
ELSEWHERE = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}


def asked(method: str, path: str, headers: dict[str, str], names: Names = LOCAL) -> httpx.Response:
    """What a server behind the guard answers that itself says 好 to everything."""
    guard = Guard(PlainTextResponse("好"), names)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=guard)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860") as http:
            return await http.request(method, path, headers=headers)

    return anyio.run(ask)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:7860", "localhost:7860", "LOCALHOST", "localhost.", "[::1]:7860"]
)
def test_this_machine_is_asked_by_its_names(host: str) -> None:
    assert asked("GET", "/", {"host": host}).text == "好"


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example:7860", "127.0.0.1.evil.example", "localhost.evil.example", "[::1"),
        *("192.168.1.5", "", "evil.example@127.0.0.2"),
    ],
)
def test_a_name_that_was_made_to_point_here_is_refused(host: str) -> None:
    reply = asked("GET", "/", {"host": host})
    assert reply.status_code == 421
    assert "--allow-host" in reply.text and "好" not in reply.text


def test_more_names_are_those_a_person_gave_and_addresses_where_all_are_served() -> None:
    named = Names.of("127.0.0.1", ["Faju.example", "[fd00::5]"])
    assert asked("GET", "/", {"host": "faju.example:80"}, named).status_code == 200
    assert asked("GET", "/", {"host": "[fd00::5]:7860"}, named).status_code == 200
    assert asked("GET", "/", {"host": "192.168.1.5:7860"}, named).status_code == 421
    everywhere = Names.of("0.0.0.0")
    assert asked("GET", "/", {"host": "192.168.1.5:7860"}, everywhere).status_code == 200
    assert asked("GET", "/", {"host": "[fe80::1]:7860"}, everywhere).status_code == 200
    assert asked("GET", "/", {"host": "evil.example"}, everywhere).status_code == 421
    assert asked("GET", "/", {"host": "192.168.1.5"}, Names.of("192.168.1.5")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:7860"},
        {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"},
        {"content-type": "application/json; charset=utf-8"},
    ],
)
def test_the_page_itself_and_programs_are_let_in(headers: dict[str, str]) -> None:
    assert asked("POST", CALL, JSON | headers).text == "好"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:7860.evil.example"},
        {"origin": "http://127.0.0.1:8888"},
        {"origin": "http://localhost:7860"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_another_page_changes_nothing(method: str, headers: dict[str, str]) -> None:
    reply = asked(method, CALL, JSON | headers)
    assert reply.status_code == 403 and "其他网页" in reply.text


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_page_may_send_unasked_is_no_call(kind: str) -> None:
    assert asked("POST", CALL, {"content-type": kind}).status_code == 415
    assert asked("POST", CALL, {}).status_code == 415


@pytest.mark.parametrize(
    "path",
    ["/", "/config", "/gradio_api/info", "/gradio_api/call/v2/ask/1", "/gradio_api/queue/data"],
)
def test_another_page_reads_nothing(path: str) -> None:
    fetched = {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}
    assert asked("GET", path, ELSEWHERE | fetched).status_code == 403
    script = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "no-cors",
        "sec-fetch-dest": "script",
    }
    assert asked("GET", path, script).status_code == 403


def test_a_link_to_the_page_may_be_followed_but_no_frame_shows_it() -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert asked("GET", "/?q=1", link | {"sec-fetch-dest": "document"}).text == "好"
    assert asked("GET", "/", link | {"sec-fetch-dest": "iframe"}).status_code == 403
    reading = asked("GET", "/gradio_api/info", link | {"sec-fetch-dest": "document"})
    assert reading.status_code == 403


def test_every_answer_forbids_frames_guessing_and_referrers() -> None:
    for reply in (asked("GET", "/", {}), asked("GET", "/", ELSEWHERE)):
        policy = reply.headers["content-security-policy"].split("; ")
        assert {"default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_watchman_hears_that_the_server_is_alive_under_its_name() -> None:
    assert asked("GET", "/healthz", {}).text == "ok"
    assert asked("GET", "/healthz", {"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        *("upload", "upload_progress", "proxy=http://evil.example", "file=/etc/passwd", "file/x"),
        *("stream/1", "process_recording", "deep_link", "vibe-edit", "custom_component/a/b/c/d"),
    ],
)
def test_what_the_page_does_not_use_is_closed(path: str) -> None:
    assert asked("GET", f"/gradio_api/{path}", {}).status_code == 403
    assert asked("POST", f"/gradio_api/{path}", JSON).status_code == 403


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(PAGE.format(port=free_port())) as found:
        yield found


def test_the_real_page_is_guarded(address: str) -> None:
    call: dict[str, Any] = {"question": "法人", "k": 1}
    with httpx.Client(base_url=address, timeout=30) as http:
        assert http.get("/").status_code == 200
        assert http.get("/").headers["x-frame-options"] == "DENY"
        assert http.get("/config", headers={"host": "evil.example"}).status_code == 421
        upload = http.post("/gradio_api/upload", files={"files": ("a.txt", b"x")})
        assert upload.status_code == 403
        path = "/gradio_api/call/v2/ask"
        assert "event_id" in http.post(path, json=call).json()
        plain = http.post(path, content=json.dumps(call), headers={"content-type": "text/plain"})
        assert plain.status_code == 415
        assert http.post(path, json=call, headers=ELSEWHERE).status_code == 403
        preflight = {**ELSEWHERE, "access-control-request-method": "POST"}
        assert "access-control-allow-origin" not in http.options(path, headers=preflight).headers


def test_the_mcp_server_is_guarded_by_its_own_sdk(tmp_path: Path) -> None:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"accept": "application/json, text/event-stream"}
    with (
        served(FAJU, "mcp", "--http", "--port", "0", "--home", str(tmp_path)) as found,
        httpx.Client(headers=accept, timeout=30) as http,
    ):
        rebound = http.post(found, json=hello, headers={"host": "evil.example"})
        assert rebound.status_code == 421
        elsewhere = http.post(found, json=hello, headers={"origin": "http://evil.example"})
        assert elsewhere.status_code == 403
        kind = {"content-type": "text/plain"}
        assert http.post(found, content=json.dumps(hello), headers=kind).status_code == 400
