"""What is too long or too much is refused at the door, with its status and one sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qa.api import BusyError, Door, Line
from qa.api.calls import program_calls

CALL, PAGE = "/gradio_api/call/v2/check", "/gradio_api/component_server"


async def said(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def line() -> Line:
    return Line(side_by_side=1, most=1)


@pytest.fixture
def client(line: Line) -> Iterator[TestClient]:
    routes = [Route(path, said, methods=["POST"]) for path in (CALL, PAGE, "/mcp")]
    with TestClient(Starlette(routes=routes, middleware=[Middleware(Door, line=line)])) as client:
        yield client


def test_a_text_that_may_be_checked_gets_in_and_what_is_longer_is_cut_off(
    client: TestClient,
) -> None:
    assert client.post(CALL, content=b"x" * 3_600_000).text == "3600000"
    for path in (CALL, "/mcp"):
        answer = client.post(path, content=b"x" * 4_000_000)
        assert (answer.status_code, answer.text) == (
            413,
            "内容太长：一次最多 3 MB，请分成几次。",
        )
    assert client.post(PAGE, content=b"x" * 4_000_000).status_code == 200
    assert client.post(PAGE, headers={"Content-Length": "200000000"}).status_code == 413


def test_who_does_not_say_how_long_it_is_is_asked_to(client: TestClient) -> None:
    assert client.post(CALL, content=iter([b"x"])).status_code == 411


def test_a_full_line_is_503_and_when_to_come_again(client: TestClient, line: Line) -> None:
    ticket = line.enter()
    answer = client.post(CALL, content=b"{}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.text == "现在排队的任务太多（1 项），请过几分钟再试。"
    assert client.post(PAGE, content=b"{}").status_code == 200
    line.leave(ticket)
    assert client.post(CALL, content=b"{}").status_code == 200


def test_a_long_text_of_a_program_waits_in_the_line_and_a_short_one_does_not(line: Line) -> None:
    class Engine:
        def check(self, draft: Any) -> Any:
            return self

        def record(self) -> dict[str, int]:
            return {"items": 0}

    engine: Any = Engine()
    calls = {call.__name__: call for call in program_calls(lambda: engine, line)}
    ticket = line.enter()
    assert calls["check"]("短文") == {"items": 0}
    with pytest.raises(BusyError):
        calls["check"]("长" * 20_000)
    line.leave(ticket)
    assert calls["check"]("长" * 20_000) == {"items": 0}
    assert not line.full


def test_turns_come_in_order_and_the_place_says_how_long() -> None:
    line, order, go_on = Line(side_by_side=1), list[int](), threading.Event()
    line._took.extend([100.0, 140.0])
    tickets = [line.enter() for _ in range(3)]

    def work(number: int) -> None:
        with line.turn(tickets[number]):
            go_on.wait(10)
            order.append(number)
        line.leave(tickets[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
        while thread is threads[0] and tickets[0].begun is None:
            pass
    assert [line.said(each) for each in tickets[:1] + tickets[2:]] == [
        "",
        "前面还有 2 项，约 4 分钟",
    ]
    go_on.set()
    for thread in threads:
        thread.join()
    assert order[0] == 0 and sorted(order) == [0, 1, 2]
