"""A server that speaks the OpenAI chat protocol, playing well or badly, for tests."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["LlmServer", "llm_server", "play"]


class LlmServer:
    """What the server was asked, and how it answers: ``answer`` writes to the open connection."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.address = ""
        self.answer: Callable[[BaseHTTPRequestHandler], None] = play("")

    @property
    def told(self) -> str:
        """What the last request said as user."""
        return str(self.requests[-1]["messages"][-1]["content"])

    @property
    def material(self) -> list[dict[str, Any]]:
        """The passages of the last request."""
        return list(json.loads(self.told.split("材料：\n", 1)[1]))


def play(
    text: str, *, status: int = 200, finish: str | None = "stop", done: bool = True, wait: float = 0
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Stream a text, three characters an event; ``finish`` None and not ``done`` cut it off."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        events: list[Any] = [{"role": "assistant", "content": ""}]
        events += [{"content": text[at : at + 3]} for at in range(0, len(text), 3)]
        for delta in events:
            time.sleep(wait)
            send(handler, json.dumps({"choices": [{"index": 0, "delta": delta}]}))
        if finish is not None:
            last = {"index": 0, "delta": {}, "finish_reason": finish}
            send(handler, json.dumps({"choices": [last]}))
        if done:
            send(handler, "[DONE]")

    return answer


def send(handler: BaseHTTPRequestHandler, event: str) -> None:
    """One event of the stream."""
    handler.wfile.write(f"data: {event}\n\n".encode())
    handler.wfile.flush()


@contextmanager
def llm_server() -> Iterator[LlmServer]:
    """The server on this machine, at a free port."""
    server = LlmServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/chat/completions"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.requests.append(json.loads(body))
            server.keys.append(self.headers["Authorization"])
            try:
                server.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the reader had enough

        def log_message(self, format: str, *args: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
