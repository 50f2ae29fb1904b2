"""Older office files (.doc, .wps, .rtf, .odt) as .docx, by LibreOffice where it is installed.

It is started without a window for one file, in a folder of its own that is taken away after: a
fresh profile in which no macro runs and no link is followed, bounded in time and memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from corpus.errors import InputError
from corpus.formats.extracted import Kind

__all__ = ["as_docx", "office_kind"]

# By eye: a law of 1,260 articles takes 8 s and 400 MB on two busy cores.
_SECONDS = 180
_MEMORY = 4 * 2**30
_LARGEST = 300 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED = "Encrypt".encode("utf-16-le")
_ODT = b"application/vnd.oasis.opendocument.text"
_NAMES = ("soffice", "libreoffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def office_kind(content: bytes) -> Kind | None:
    """Which kind of older office text it is, by its content; None where it is none, or encrypted.

    WPS writes what Word 97 did: a .wps is a .doc.
    """
    if content.startswith(_OLE):
        return "doc" if _WORD_STREAM in content and _ENCRYPTED not in content else None
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(b"PK") and _ODT in content[:200]:
        return "odt" if _is_open(content) else None
    return None


def _is_open(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return b"encryption-data" not in package.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        return False


def as_docx(content: bytes, kind: Kind, name: str) -> bytes | None:
    """The file as a .docx; None where LibreOffice is not installed.

    InputError, in one Chinese sentence, when it cannot read the file or takes too long.
    """
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="faju-office-", ignore_cleanup_errors=True) as work:
        folder = Path(work)
        source, target = folder / f"in.{kind}", folder / "out" / "in.docx"
        source.write_bytes(content)
        if not _converted(program, folder, source, name) or not target.is_file():
            raise InputError(
                f"{name} 用 LibreOffice 也打不开，请在 Word 或 WPS 中另存为 .docx 后再试。"
            )
        return target.read_bytes()


def _converted(program: str, folder: Path, source: Path, name: str) -> bool:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    ]
    running = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _bound(running.pid)
    try:
        return running.wait(_SECONDS) == 0
    except subprocess.TimeoutExpired as exc:
        raise InputError(
            f"{name} 用 LibreOffice 转换超过 {_SECONDS} 秒，请在 Word 中另存为 .docx 后再试。"
        ) from exc
    finally:
        _end(running)


def _bound(process: int) -> None:
    """Limits that what it starts has too; where the system has none, the time alone bounds it."""
    if sys.platform != "linux":
        return
    import resource

    limits = ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, _LARGEST))
    with contextlib.suppress(ProcessLookupError):
        for what, most in limits:
            resource.prlimit(process, what, (most, most))


def _end(running: subprocess.Popen[bytes]) -> None:
    """The program and whatever it started."""
    if sys.platform == "win32":
        running.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()
