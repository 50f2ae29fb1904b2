"""Older office files, by the real LibreOffice where it is installed, else by a stand-in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from corpus import InputError
from corpus.formats import office
from corpus.formats.kinds import extract

LINES = ["东河市节水办法", "第一条 为了节约用水，制定本办法。", "第二条 每人每日用水一百升。"]
RTF = (
    b"{\\rtf1\\ansi\\ansicpg936 "
    + b"\\par ".join(b"".join(b"\\u%d?" % ord(letter) for letter in line) for line in LINES)
    + b"}"
)
real = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice (libreoffice-writer-nogui)"
)


def written(path: Path) -> Path:
    document = docx.Document()
    document.add_heading(LINES[0], 1)
    for line in LINES[1:]:
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "居民", "每吨三元"
    document.add_paragraph("第三条 自公布之日起施行。")  # LibreOffice drops a last table.
    document.save(str(path))
    return path


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is called as LibreOffice is."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@real
@pytest.mark.parametrize(
    ("suffix", "name"), [("doc", "办法.doc"), ("doc", "办法.wps"), ("odt", "办法.odt")]
)
def test_an_older_office_file_is_read_as_its_docx_is(
    tmp_path: Path, suffix: str, name: str
) -> None:
    source = written(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir"]
    subprocess.run(
        [*command, str(tmp_path), str(source)], check=True, capture_output=True, timeout=300
    )
    found = extract((tmp_path / f"a.{suffix}").read_bytes(), name)
    assert found.text == extract(source.read_bytes(), "a.docx").text
    assert (found.kind, found.headings[0].level) == (suffix, 1)
    assert found.warnings == (f"{name} 由本机的 LibreOffice 转换后读取，请与原件核对。",)


@real
def test_a_rich_text_file_is_read() -> None:
    assert extract(RTF, "办法.rtf").text.split("\n") == LINES


def test_what_the_program_makes_is_read_with_macros_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(tmp_path / "made.docx")
    script = f"""
import pathlib, shutil, sys, urllib.parse
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
profile = pathlib.Path(urllib.parse.urlsplit(sys.argv[1].partition("=")[2]).path)
said = (profile / "user" / "registrymodifications.xcu").read_text()
if "DisableMacrosExecution" in said and "--headless" in sys.argv:
    shutil.copy({str(made)!r}, out / "in.docx")
"""
    stand_in(tmp_path / "bin", script, monkeypatch)
    assert extract(RTF, "办法.rtf").text.split("\n")[:3] == LINES


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("import sys; sys.exit(0)", "也打不开.*另存为 .docx"),
        ("import sys; sys.exit(3)", "也打不开.*另存为 .docx"),
        ("import time; time.sleep(600)", "超过 1 秒"),
        ("bytearray(2**33); import time; time.sleep(600)", "也打不开|超过"),
    ],
)
def test_a_program_that_fails_or_hangs_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    stand_in(tmp_path / "bin", script, monkeypatch)
    monkeypatch.setattr(office, "_SECONDS", 1)
    with pytest.raises(InputError, match=message):
        extract(RTF, "办法.rtf")


def test_without_the_program_the_user_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="是 RTF 文件，请在 Word 或 WPS 中打开，另存为 .docx"):
        extract(RTF, "办法.rtf")
