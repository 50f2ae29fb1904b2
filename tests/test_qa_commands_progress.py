"""Long work says how far it is: what, how many, about how long; in a log and on a terminal."""

from __future__ import annotations

import time
from io import StringIO

from qa.commands.progress import Teller, progress_bar


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def told(terminal: bool) -> str:
    """A build of 600 passages: a second of reading, a minute of vectors, four seconds after."""
    clock, stream = Clock(), StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    teller = Teller("计算向量", "段", stream, clock)
    teller.say("读取文档库……")
    for second in range(66):
        clock.now += 1
        if second == 1:
            teller.say("建立索引：4 份文档……")
        if second >= 2:
            teller(min(600, (second - 2) * 10), 600)
        teller.tick()
    teller.clear()
    return stream.getvalue()


def test_a_log_is_never_silent_and_says_how_many_and_how_long() -> None:
    lines = told(terminal=False).splitlines()
    assert lines[:2] == ["读取文档库……", "建立索引：4 份文档……"]
    assert lines[2:4] == [
        "计算向量：20 段，共 600 段，约还需 58 秒",
        "计算向量：50 段，共 600 段，约还需 55 秒",
    ]
    assert lines[-1].startswith("计算向量完成，正在收尾……已用 ")
    # 66 seconds, a line at least every three.
    assert len(lines) >= 22


def test_a_terminal_has_one_line_written_over_and_taken_away() -> None:
    out = told(terminal=True)
    assert out.count("\n") == 2
    assert "\r\x1b[K计算向量：300 段，共 600 段，约还需 30 秒" in out
    assert out.endswith("\r\x1b[K")


def test_a_step_that_tells_nothing_is_told_of() -> None:
    stream = StringIO()
    with progress_bar("计算向量", "段", stream) as progress:
        progress.say("正在准备内置向量模型（约 10 秒，只做一次）")
        time.sleep(3.2)
    assert "正在准备内置向量模型（约 10 秒，只做一次）……已用 3 秒\n" in stream.getvalue()


def test_short_work_says_nothing() -> None:
    stream = StringIO()
    with progress_bar("核对", "处", stream) as progress:
        progress(1, 2)
    assert stream.getvalue() == ""
