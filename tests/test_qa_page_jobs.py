"""Long work beside the page: one at a time, watched, cancelled, kept for a while."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from corpus import InputError
from qa.accounts import User
from qa.accounts.user import asked_by
from qa.api import BusyError, Line
from qa.page.call import guarded
from qa.page.jobs import Jobs, Progress, Queue

WANG, LI = User("王", "读者", "1"), User("李", "读者", "2")


def queue(work: object, **more: float) -> Queue[str, str]:
    """Work on words, whose result is shown as it is."""
    return Queue("核对", work, lambda name, result: {"html": result}, **more)  # type: ignore[arg-type]


def ended(jobs: Queue[str, str], name: str) -> dict[str, object]:
    until = time.monotonic() + 10
    while (state := jobs.state(name))["state"] == "running":
        assert time.monotonic() < until
    return state


def test_work_runs_beside_and_is_kept_with_its_result() -> None:
    jobs = queue(lambda given, progress: given * 2)
    name = jobs.start("甲")
    assert ended(jobs, name) == {"state": "done", "html": "甲甲"}
    assert (jobs.given(name), jobs.result(name)) == ("甲", "甲甲")


def test_one_runs_at_a_time_in_the_order_they_were_started() -> None:
    told: list[str] = []
    go_on = threading.Event()

    def work(given: str, progress: Progress) -> str:
        go_on.wait(5)
        told.append(given)
        return given

    jobs = queue(work)
    names = [jobs.start(each) for each in "甲乙丙"]
    place = {"waiting": "前面还有 2 项"}
    assert jobs.state(names[2]) == {"state": "running", "done": 0, "total": 0} | place
    go_on.set()
    ended(jobs, names[2])
    assert told == ["甲", "乙", "丙"]


def test_cancelled_work_stops_at_its_next_step() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(given: str, progress: Progress) -> str:
        progress(1, 3)
        begun.set()
        go_on.wait(5)
        progress(2, 3)
        raise AssertionError("went on after it was cancelled")

    jobs = queue(work)
    name, waiting = jobs.start("甲"), jobs.start("乙")
    assert begun.wait(5)
    assert jobs.state(name) == {"state": "running", "done": 1, "total": 3}
    jobs.cancel(name)
    jobs.cancel(waiting)
    go_on.set()
    assert ended(jobs, name) == ended(jobs, waiting) == {"state": "cancelled"}
    with pytest.raises(InputError, match="还没有完成"):
        jobs.result(name)


def test_a_long_job_holds_up_its_own_person_alone() -> None:
    go_on = threading.Event()

    def work(given: str, progress: Progress) -> str:
        if given == "很长":
            go_on.wait(10)
        return given

    jobs = queue(work)
    with asked_by(WANG):
        jobs.start("很长")
        waiting = jobs.start("短")
    with asked_by(LI):
        assert ended(jobs, jobs.start("短")) == {"state": "done", "html": "短"}
    with asked_by(WANG):
        assert jobs.state(waiting)["state"] == "running"
        go_on.set()
        assert ended(jobs, waiting)["state"] == "done"


def test_results_are_kept_for_each_person() -> None:
    jobs = queue(lambda given, progress: given, kept=2)
    with asked_by(WANG):
        mine = jobs.start("王")
        ended(jobs, mine)
    with asked_by(LI):
        names = [jobs.start("李") for _ in range(5)]
        ended(jobs, names[-1])
        assert [name in jobs for name in names] == [False, False, False, True, True]
    with asked_by(WANG):
        assert jobs.result(mine) == "王"


def test_work_that_nobody_asks_after_is_given_up() -> None:
    told: list[int] = []

    def work(given: str, progress: Progress) -> str:
        for step in range(200):
            time.sleep(0.02)
            progress(step, 200)
            told.append(step)
        return given

    jobs = queue(work, left=0.1)
    name = jobs.start("甲")
    time.sleep(0.5)
    assert jobs.state(name) == {"state": "cancelled"}
    assert len(told) < 50


def test_what_the_user_can_mend_is_told_and_only_the_last_results_are_kept() -> None:
    def work(given: str, progress: Progress) -> str:
        raise InputError("太长了。")

    jobs = queue(work, kept=2)
    names = [jobs.start("甲") for _ in range(3)]
    state = ended(jobs, names[-1])
    assert state["state"] == "failed"
    assert "太长了。" in str(state["html"])
    with pytest.raises(InputError, match="已不在内存里"):
        jobs.state(names[0])


def test_a_bug_is_no_silence(caplog: pytest.LogCaptureFixture) -> None:
    jobs = queue(lambda given, progress: given / 2)
    with caplog.at_level(logging.ERROR):
        assert ended(jobs, jobs.start("甲")) == {"state": "broken"}
    assert caplog.records[0].exc_info and caplog.records[0].exc_info[0] is TypeError


def test_two_calls_follow_the_jobs_of_every_queue() -> None:
    with Jobs() as jobs:
        first = jobs.queue(queue(lambda given, progress: given))
        second = jobs.queue(queue(lambda given, progress: given * 2))
        job_state, cancel_job = (guarded(call) for call in jobs.calls)
        name = second.start("甲")
        ended(second, name)
        assert job_state({"job": name}) == {"state": "done", "html": "甲甲"}
        assert "请重新做一次" in str(job_state({"job": "没有的"}))
        assert cancel_job({"job": "没有的"}) is True
    assert first is not second


def test_at_the_end_what_runs_is_stopped_and_what_waits_never_begins() -> None:
    begun: list[str] = []
    running, go_on = threading.Event(), threading.Event()

    def work(given: str, progress: Progress) -> str:
        begun.append(given)
        running.set()
        go_on.wait(5)
        progress(1, 2)
        return given

    with Jobs() as jobs:
        both = jobs.queue(queue(work))
        names = [both.start("甲"), both.start("乙")]
        assert running.wait(5)
    go_on.set()
    assert [ended(both, name)["state"] for name in names] == ["cancelled", "cancelled"]
    assert begun == ["甲"]


def test_heavy_work_of_every_queue_waits_in_one_bounded_line_and_light_work_does_not() -> None:
    go_on = threading.Event()

    def work(given: str, progress: Progress) -> str:
        if given != "短":
            go_on.wait(10)
        return given

    jobs = Jobs()
    jobs.line = Line(side_by_side=1, most=3)
    with jobs:
        checks = jobs.queue(queue(work), light=lambda given: given == "短")
        batches = jobs.queue(queue(work))
        first, second = checks.start("很长"), batches.start("一批")
        assert batches.state(second)["waiting"] == "前面还有 1 项"
        assert "waiting" not in checks.state(first)
        with asked_by(WANG):
            third = batches.start("又一批")
            with pytest.raises(BusyError, match="现在排队的任务太多（3 项），请过几分钟再试"):
                batches.start("再一批")
            batches.cancel(third)
            assert ended(batches, third) == {"state": "cancelled"}
            assert ended(checks, checks.start("短"))["state"] == "done"
        go_on.set()
        assert ended(batches, second)["state"] == "done"
