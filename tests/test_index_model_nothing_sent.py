"""Nothing leaves the machine: no socket towards a network, nothing in the user's cache."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

QUESTION = "民法典第一千二百六十条"
ASKED = f"""
import sys
from qa.cli import main
status = main(["ask", "{QUESTION}", "--json"])
assert main(["search", "企业老被检查打扰怎么管", "--run", "dense", "--json"]) == 0
assert "onnxruntime" in sys.modules
sys.exit(status)
"""
OUTWARD = re.compile(r"\b(?:socket|connect|sendto|sendmsg|sendmmsg)\([^\n]*\bAF_INET")


def environment(home: Path, built_home: Path) -> dict[str, str]:
    """A user of their own, who has said nothing about telemetry."""
    told = {name: value for name, value in os.environ.items() if "TELEMETRY" not in name}
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        told.pop(name, None)
    path = os.pathsep.join(path for path in sys.path if path)
    return told | {"HOME": str(home), "FAJU_HOME": str(built_home), "PYTHONPATH": path}


def test_a_process_that_loads_the_model_leaves_nothing_with_the_user(
    built_home: Path, tmp_path: Path
) -> None:
    told = environment(tmp_path, built_home)
    done = subprocess.run([sys.executable, "-c", ASKED], env=told, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "2021年1月1日" in done.stdout.decode()
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == []


def test_a_process_that_loads_the_model_opens_no_socket_outward(
    built_home: Path, tmp_path: Path
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: nothing else here sees what a library opens")
    log = tmp_path / "calls"
    told = environment(tmp_path, built_home)
    # Left alone, ONNX Runtime speaks up some ten seconds after it is loaded.
    code = ASKED.replace("sys.exit", "import time; time.sleep(14); sys.exit")
    command = [strace, "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable]
    done = subprocess.run([*command, "-c", code], env=told, capture_output=True, check=False)
    if b"ptrace" in done.stderr:
        pytest.skip(f"strace may not look here: {done.stderr.decode()}")
    assert done.returncode == 0, done.stderr.decode()
    assert OUTWARD.findall(log.read_text(encoding="utf-8")) == []
