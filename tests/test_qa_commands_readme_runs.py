"""Every command block of both READMEs is run, word for word, and prints what they show."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.exports import Sheet, workbook
from qa.page.evaluate import SAMPLE

ROOT = Path(__file__).parents[1]
README = ("README.md", "README.zh.md")
QUESTIONS = (
    "企业老被检查打扰，规划里怎么管？",
    "夫妻一方想离婚，可以不调解直接起诉吗？",
    "重大行政决策要走哪些程序？",
    "乌鲁木齐地铁二号线什么时候通车？",
)
REGULATION = """优化营商环境条例
（2019年10月22日中华人民共和国国务院令第722号公布 自2020年1月1日起施行）
第一章 总则
第一条 为了让企业办事方便，制定本条例。
第二条 企业在本市开办、经营和注销，适用本条例。
第二章 市场主体保护
第十条 大小企业、内资外资企业，办事时一样对待。
"""


def blocks(kind: str) -> list[str]:
    """What stands in the READMEs' blocks of this kind, each text once."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in README]
    found = [block for text in texts for block in re.findall(rf"```{kind}\n(.*?)```", text, re.S)]
    return list(dict.fromkeys(found))


@pytest.fixture
def clone(built_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder as after ``make app``, with the user's files that the READMEs speak of."""
    program = tmp_path / ".venv" / "bin" / "faju"
    program.parent.mkdir(parents=True)
    run = "import sys; from qa.cli import main; sys.exit(main())"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{run}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    shutil.copytree(built_home, tmp_path / "home")
    questions = [["编号", "问题"], *([str(n), q] for n, q in enumerate(QUESTIONS, 1))]
    (tmp_path / "问题.xlsx").write_bytes(workbook([Sheet("问题", questions, [8, 60])]))
    (tmp_path / "题集.xlsx").write_bytes(workbook([Sheet("题集", SAMPLE, [20] * 6)]))
    (tmp_path / "优化营商环境条例.md").write_text(REGULATION, encoding="utf-8")
    yield tmp_path


def typed(command: str, folder: Path, answers: str) -> str:
    """What a command prints when it is typed on a terminal, and ``answers`` after it."""
    master, terminal = pty.openpty()
    os.write(master, f"{answers}\n".encode())
    env = os.environ | {"FAJU_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=env,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    os.close(master)
    os.close(terminal)
    return ended.stdout.decode()


@pytest.mark.parametrize("block", blocks("console"))
def test_a_block_prints_what_it_shows(block: str, clone: Path) -> None:
    for part in block.removeprefix("$ ").split("\n$ "):
        command, *shown = part.rstrip().split("\n")
        answers = [line[-1] for line in shown if "？（y 是" in line]
        out = typed(command, clone, "\n".join(answers))
        at = 0
        for line in shown:
            words = line.strip().removesuffix("y") if "？（y 是" in line else line.strip()
            found = at if words == "……" else out.find(words, at)
            # The names of files stand in columns on a terminal, one a line in a pipe.
            if command.startswith("ls"):
                assert set(words.split()) == set(out.split())
                continue
            assert found >= 0, f"{command} did not print {words!r} but:\n{out}"
            at = found


@pytest.mark.parametrize("block", blocks("sh"))
def test_what_make_is_told_is_a_target(block: str) -> None:
    lines = [line.split("#")[0].strip() for line in block.splitlines()]
    for command in filter(None, lines):
        subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("block", blocks("python"))
def test_the_python_runs(block: str, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAJU_HOME", str(built_home))
    names: dict[str, object] = {}
    exec(block, names)
    assert names["answer"]["answered"]  # type: ignore[index]


def test_no_block_is_of_a_kind_that_is_not_run() -> None:
    texts = "".join((ROOT / name).read_text(encoding="utf-8") for name in README)
    assert set(re.findall(r"^```(\w+)$", texts, re.M)) == {"console", "sh", "python"}


def run_app(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """``python app.py`` where nothing is installed for this Python."""
    return subprocess.run(
        [sys.executable, "-S", "-I", str(folder / "app.py"), *more],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_app_without_an_installation_says_what_to_do(tmp_path: Path) -> None:
    shutil.copy(ROOT / "app.py", tmp_path)
    ended = run_app(tmp_path)
    assert ended.returncode == 2 and "Traceback" not in ended.stderr
    assert ended.stderr == f"faju: 还没有安装好（缺 qa）。请先在 {tmp_path} 里运行 make app。\n"


def test_app_goes_on_in_the_environment_beside_it(tmp_path: Path) -> None:
    shutil.copy(ROOT / "app.py", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$0 $@"\n', encoding="utf-8")
    python.chmod(0o755)
    ended = run_app(tmp_path, "--port", "7999")
    assert ended.stdout.strip() == f"{python} {tmp_path / 'app.py'} --port 7999"


def test_the_batch_file_of_windows_has_its_line_ends_and_installs_what_the_makefile_does() -> None:
    content = (ROOT / "faju.bat").read_bytes().decode()
    assert content.count("\r\n") == content.count("\n") > 20
    assert '-c "%HERE%constraints.txt"' in content and 'app.py" --build' in content
    labels, jumps = set(re.findall(r"^:(\w+)", content, re.M)), re.findall(r"goto (\w+)", content)
    assert set(jumps) == labels


def test_the_wheel_holds_every_file_and_runs_where_it_is_unpacked(tmp_path: Path) -> None:
    source, wheels, home = tmp_path / "source", tmp_path / "wheels", tmp_path / "unpacked"
    for name in ("corpus", "index", "qa"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    files = {path.relative_to(source) for path in source.rglob("*.*") if path.is_file()}
    wanted = {path for path in files if len(path.parts) > 1 and path.suffix != ".md"}
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*pip, "-w", str(wheels), str(source)], check=True, capture_output=True)
    (wheel,) = wheels.glob("*.whl")
    shutil.unpack_archive(wheel, home, "zip")
    assert {path for path in wanted if not (home / path).exists()} == set()
    run = "from qa.cli import main; import sys; sys.exit(main(['--version']))"
    ended = subprocess.run(
        [sys.executable, "-c", run],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "faju 0.1.0\n"), ended.stderr
