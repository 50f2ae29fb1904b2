"""Settings: four places, the nearest wins, and a fault names where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus import InputError
from qa.settings import Settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("K", "PORT", "BACKEND", "LLM_TIMEOUT", "ANSWER_THRESHOLD", "PLAN", "HOME"):
        monkeypatch.delenv(f"FAJU_{name}", raising=False)


def stored(home: Path, text: str) -> Path:
    (home / "faju.toml").write_text(text, encoding="utf-8")
    return home


def test_flags_win_over_the_environment_over_the_file_over_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings.load(tmp_path) == Settings(tmp_path)
    home = stored(tmp_path, 'k = 3\nport = "8001"\nllm_timeout = 5\n')
    monkeypatch.setenv("FAJU_PORT", "8002")
    monkeypatch.setenv("FAJU_ANSWER_THRESHOLD", "0.25")
    settings = Settings.load(home, k=None, backend="exact", plan="without")
    assert (settings.k, settings.port, settings.backend) == (3, 8002, "exact")
    assert (settings.llm_timeout, settings.answer_threshold) == (5.0, 0.25)
    assert Settings.load(home, port=8003).port == 8003


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('k = "许多"', "里的 k 应为整数，现在是“许多”，请改正。"),
        ("k = 2.5", "里的 k 应为整数，现在是“2.5”，请改正。"),
        ("k = 0", "里的 k 不能小于 1，现在是 0，请改正。"),
        ("port = 70000", "里的 port 不能大于 65535，现在是 70000，请改正。"),
        ("llm_timeout = 0", "里的 llm_timeout 应大于 0，现在是 0，请改正。"),
        ('answer_threshold = "半"', "里的 answer_threshold 应为数字，现在是“半”，请改正。"),
        ('run = "best"', "里的 run 应是 hybrid、dense、lexical 之一，现在是“best”，请改正。"),
        ('plan = "maybe"', "里的 plan 应是 with、without 之一，现在是“maybe”，请改正。"),
        ("model = [1]", "里的 model 应为字符串，现在是“[1]”，请改正。"),
        (
            "kk = 3",
            "里的“kk”不是设置项，可用：allow_host、answer_threshold、backend、cache、certificate、",
        ),
        ('home = "/x"', "里的“home”不是设置项"),
        ("k = ", "读不了"),
    ],
)
def test_a_fault_in_the_file_names_the_file_and_the_key(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError, match=r"^设置文件 .*faju\.toml") as caught:
        Settings.load(stored(tmp_path, text))
    assert said in str(caught.value) and "\n" not in str(caught.value).removesuffix("\n")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"port": -1}, "命令行里的 port 不能小于 0，现在是 -1，请改正。"),
        ({"laws": "most"}, "命令行里的 laws 应是 cited、core、all 之一，现在是“most”，请改正。"),
    ],
)
def test_a_fault_on_the_command_line_is_called_that(
    tmp_path: Path, flags: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        Settings.load(tmp_path, **flags)
    assert str(caught.value) == said


def test_a_fault_that_something_nearer_puts_right_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAJU_K", "许多")
    assert Settings.load(tmp_path, k=5).k == 5
    with pytest.raises(InputError, match="^环境变量里的 k 应为整数"):
        Settings.load(stored(tmp_path, "k = 3"))
