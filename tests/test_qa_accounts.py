"""Accounts, sessions, tokens; the gate before the page; one person's work hidden from another."""

from __future__ import annotations

import json
import stat
import sys
from io import StringIO
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from test_qa_api import free_port, served

from corpus import DamagedError, FajuError, InputError
from qa.accounts import Accounts, Gate, User, asking
from qa.accounts.store import FILE
from qa.accounts.user import asked_by
from qa.cli import main
from qa.page import serve
from qa.page.jobs import Jobs, Progress, Queue
from qa.settings import Settings

PASSWORD = "天山南北好风光啊"
JSON = {"content-type": "application/json"}
PAGE = {"accept": "text/html", "sec-fetch-mode": "navigate"}


class Clock:
    """Time as the test says."""

    now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    made = Accounts(tmp_path, clock)
    made.add("张三", "编辑", PASSWORD)
    made.add("lisi", "读者", PASSWORD + "2")
    return made


def test_the_file_is_its_owners_alone_and_holds_no_secret(
    accounts: Accounts, tmp_path: Path
) -> None:
    session = accounts.log_in("张三", PASSWORD, "10.0.0.1")
    token = accounts.add_token("张三", "公文系统")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    content = (tmp_path / FILE).read_bytes()
    for secret in (PASSWORD, session, token):
        assert secret.encode() not in content
    assert b"$argon2id$" in content


def test_a_session_ends_after_twelve_hours_or_when_logged_out(
    accounts: Accounts, clock: Clock
) -> None:
    session = accounts.log_in("张三", PASSWORD, "")
    user = accounts.of_session(session)
    assert user is not None and (user.name, user.role) == ("张三", "编辑")
    clock.now += 12 * 3600 + 1
    assert accounts.of_session(session) is None
    again = accounts.log_in("张三", PASSWORD, "")
    accounts.log_out(again)
    assert accounts.of_session(again) is None


def test_a_new_password_or_a_removed_account_ends_what_went_before(accounts: Accounts) -> None:
    session = accounts.log_in("张三", PASSWORD, "")
    accounts.set_password("张三", "另一个够长的密码")
    assert accounts.of_session(session) is None
    with pytest.raises(InputError, match="不对"):
        accounts.log_in("张三", PASSWORD, "")
    session = accounts.log_in("张三", "另一个够长的密码", "")
    token = accounts.add_token("张三", "程序")
    accounts.remove("张三")
    assert accounts.of_session(session) is None and accounts.of_token(token) is None
    assert [row.name for row in accounts.listed()] == ["lisi"]


def test_five_wrong_passwords_from_an_address_are_enough_for_a_quarter_of_an_hour(
    accounts: Accounts, clock: Clock
) -> None:
    for _ in range(5):
        with pytest.raises(InputError, match="用户名或密码不对"):
            accounts.log_in("张三", "猜的密码猜的", "10.0.0.66")
    with pytest.raises(InputError, match="15 分钟"):
        accounts.log_in("张三", PASSWORD, "10.0.0.66")
    assert accounts.log_in("张三", PASSWORD, "10.0.0.7")
    for _ in range(5):
        with pytest.raises(InputError, match="用户名或密码不对"):
            accounts.log_in("张三", "猜的密码猜的", "10.0.0.66")
    clock.now += 15 * 60 + 1
    assert accounts.log_in("张三", PASSWORD, "10.0.0.66")


def test_an_unknown_name_is_refused_in_the_same_words(accounts: Accounts) -> None:
    with pytest.raises(InputError) as unknown:
        accounts.log_in("王五", PASSWORD, "")
    with pytest.raises(InputError) as wrong:
        accounts.log_in("张三", "不是这个密码", "")
    assert str(unknown.value) == str(wrong.value)


@pytest.mark.parametrize(
    ("name", "role", "password", "said"),
    [
        ("张三", "读者", PASSWORD, "已经有账户"),
        ("", "读者", PASSWORD, "用户名"),
        ("a b", "读者", PASSWORD, "用户名"),
        ("王五", "读者", "1234567", "至少要 8 个字符"),
        ("王五", "院长", PASSWORD, "没有“院长”这种权限"),
    ],
)
def test_what_cannot_be_an_account_is_said(
    accounts: Accounts, name: str, role: str, password: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        accounts.add(name, role, password)  # type: ignore[arg-type]


def test_a_token_is_taken_back_by_its_label(accounts: Accounts) -> None:
    token = accounts.add_token("lisi", "公文系统")
    assert accounts.of_token(token) is not None
    assert [row.label for row in accounts.tokens("lisi")] == ["公文系统"]
    accounts.revoke("lisi", "公文系统")
    assert accounts.of_token(token) is None
    with pytest.raises(InputError, match="没有叫“公文系统”的令牌"):
        accounts.revoke("lisi", "公文系统")


def test_records_are_kept_for_half_a_year(accounts: Accounts, clock: Clock) -> None:
    accounts.note("张三", "文档库", "已入库：《甲规划》。")
    clock.now += 100 * 86400
    accounts.note("张三", "文档库", "已移出《甲规划》。")
    assert [each.about for each in accounts.records()] == [
        "已移出《甲规划》。",
        "已入库：《甲规划》。",
    ]
    clock.now += 100 * 86400
    accounts.note("张三", "文档库", "已入库：《乙规划》。")
    assert len(accounts.records()) == 2


def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(DamagedError, match="已损坏"):
        Accounts(tmp_path).listed()
    assert (tmp_path / FILE).read_bytes() == b"not a database" * 100


def asked(
    accounts: Accounts, method: str, path: str, headers: dict[str, str], body: object = None
) -> httpx.Response:
    """What a server behind the gate answers that itself says who asks."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        user = asking()
        said = {"asked": Request(scope).url.path, "by": user.name if user else None}
        await JSONResponse(said)(scope, receive, send)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=Gate(app, accounts, lambda: "<form>登录</form>"))
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as http:
            content = None if body is None else json.dumps(body)
            return await http.request(method, path, headers=headers, content=content)

    return anyio.run(ask)


def test_nobody_passes_without_a_session_or_a_token(accounts: Accounts) -> None:
    sent = asked(accounts, "GET", "/?q=听证", PAGE)
    assert (sent.status_code, sent.headers["location"]) == (
        303,
        "/login?next=%2F%3Fq%3D%25E5%2590%25AC%25E8%25AF%2581",
    )
    for path in ("/config", "/gradio_api/component_server/", "/account", "/assets/index.js"):
        refused = asked(accounts, "POST", path, JSON, {})
        assert refused.status_code == 401 and "请先登录" in refused.text
    for header in ("Bearer guessed", "Bearer ", "Basic abc", "bearer"):
        given = {"authorization": header}
        assert asked(accounts, "GET", "/config", given).status_code == 401


def test_who_logged_in_passes_under_his_name_until_he_logs_out(accounts: Accounts) -> None:
    given = {"name": "张三", "password": PASSWORD}
    entered = asked(accounts, "POST", "/login", JSON, given)
    cookie = entered.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    own = {"cookie": cookie.split(";")[0]}
    assert asked(accounts, "GET", "/config", own).json() == {"asked": "/config", "by": "张三"}
    assert asked(accounts, "GET", "/account", own).json() == {"name": "张三", "role": "编辑"}
    assert asked(accounts, "POST", "/logout", own | JSON, {}).status_code == 200
    assert asked(accounts, "GET", "/config", own).status_code == 401


def test_a_program_passes_with_its_token(accounts: Accounts) -> None:
    token = {"authorization": f"Bearer {accounts.add_token('lisi', '程序')}"}
    assert asked(accounts, "GET", "/config", token).json()["by"] == "lisi"


@pytest.mark.parametrize("body", [[], {"name": "张三"}, {"name": 1, "password": 2}, "x" * 9000])
def test_what_is_no_log_in_is_refused(accounts: Accounts, body: object) -> None:
    assert asked(accounts, "POST", "/login", JSON, body).status_code == 400


def test_a_wrong_password_is_refused_with_a_sentence(accounts: Accounts) -> None:
    reply = asked(accounts, "POST", "/login", JSON, {"name": "张三", "password": "x"})
    assert (reply.status_code, reply.json()) == (403, {"error": "用户名或密码不对。"})
    assert "set-cookie" not in reply.headers


def test_one_persons_work_is_as_unknown_to_another_as_none() -> None:
    def work(given: str, progress: Progress) -> str:
        return given * 2

    with Jobs() as jobs:
        drafts = jobs.queue(Queue("核对", work, lambda name, result: {"html": result}))
        with asked_by(User("张三", "编辑", "s1")):
            job = drafts.start("草稿")
            while drafts.state(job)["state"] == "running":
                pass
            assert drafts.result(job) == "草稿草稿"
        for other in (None, User("lisi", "管理员", "s2"), User("张三", "编辑", "s3")):
            with asked_by(other):
                assert job not in drafts
                for look in (drafts.state, drafts.result, drafts.given):
                    with pytest.raises(InputError, match="已不在内存里"):
                        look(job)


def test_a_page_for_other_computers_needs_accounts(tmp_path: Path) -> None:
    for away in ({"host": "0.0.0.0"}, {"allow_host": "faju.example"}):
        with pytest.raises(FajuError, match="faju users add"):
            serve(Settings(home=tmp_path, **away))  # type: ignore[arg-type]


OFFICE = """
from doubles.engine import FakeEngine
from qa.page import serve
from qa import Engine, Settings
Engine.open = lambda settings: FakeEngine()
serve(Settings.load({home!r}, port={port}, allow_host="office.example"), print)
"""


def test_the_real_page_is_behind_the_log_in_and_readers_change_nothing(
    accounts: Accounts, tmp_path: Path
) -> None:
    with (
        served(OFFICE.format(home=str(tmp_path), port=free_port())) as address,
        httpx.Client(base_url=address, timeout=30) as http,
    ):
        assert http.get("/", headers=PAGE).headers["location"] == "/login?next=%2F"
        assert "<h1>法据</h1>" in http.get("/login").text
        assert http.get("/config").status_code == 401
        assert http.post("/gradio_api/call/v2/ask", json={"question": "法人"}).status_code == 401
        entered = {"name": "lisi", "password": PASSWORD + "2"}
        assert http.post("/login", json=entered).status_code == 200
        assert http.get("/", headers=PAGE).status_code == 200
        config = http.get("/config").json()
        widget = [each["id"] for each in config["components"] if each["type"] == "html"][-1]
        call = {"component_id": widget, "session_hash": "x", "fn_name": "remove_document"}
        call |= {"data": {"document": "某市渔船检查办法"}}
        assert "需要“编辑”权限" in http.post("/gradio_api/component_server/", json=call).text
        http.post("/logout", json={})
        http.post("/login", json={"name": "张三", "password": PASSWORD})
        assert "job" in http.post("/gradio_api/component_server/", json=call).json()


def test_accounts_are_kept_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path)]
    monkeypatch.setattr(sys, "stdin", StringIO(f"{PASSWORD}\n"))
    assert main(["users", "add", "张三", "--role", "编辑", "--password-stdin", *home]) == 0
    assert main(["users", "tokens", "张三", "--new", "公文系统", *home]) == 0
    token = capsys.readouterr().out.splitlines()[-1]
    user = Accounts(tmp_path).of_token(token)
    assert user is not None and user.role == "编辑"
    assert main(["users", "list", "--json", *home]) == 0
    assert json.loads(capsys.readouterr().out)["role"] == "编辑"
    monkeypatch.setattr(sys, "stdin", StringIO("短\n"))
    assert main(["users", "passwd", "张三", *home]) == 2
    assert "至少要 8 个字符" in capsys.readouterr().err
    assert main(["users", "remove", "张三", *home]) == 0
    assert main(["users", "remove", "张三", *home]) == 2
    assert "没有账户“张三”" in capsys.readouterr().err
    Accounts(tmp_path).note("张三", "文档库", "=cmd|x")
    assert main(["users", "records", "--csv", str(tmp_path / "记录.csv"), *home]) == 0
    assert "'=cmd|x" in (tmp_path / "记录.csv").read_text(encoding="utf-8-sig")
