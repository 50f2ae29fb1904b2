"""Inputs that nobody would write, into everything that reads: only a sentence may come back.

    python -m benchmarks.measure.fuzz HOME [--seconds N] [--seed N] [--only TARGET]…

Texts made of pieces of law, marks and stray characters go through structure, places, ask, find and
check; files of every kind, with bytes flipped, cut and doubled, through the readers of documents,
drafts and lists. What is thrown that is no FajuError, and what takes longer than five seconds of
processor time, is a fault, printed with its smallest input. Needs a built home, and hypothesis.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from corpus import Document, FajuError
from corpus.structure import structure
from qa import Engine, Settings
from qa.drafts import draft_of_bytes, draft_of_text
from qa.inputs import list_of_bytes
from qa.library import read_file

__all__ = ["Target", "TooSlow", "fuzzed", "targets"]

_LONGEST = 5.0
_PIECES = (
    *"《》“”‘’（）()〔〕[]、。，：；第条款项章节编目一5２〇的|#=%",
    *("之一", "二十", "一千零四十七", "民法典", "宪法", "中华人民共和国", "规划", "本法", "前款"),
    *(
        "修正",
        "（试行）",
        "2020年",
        "十四五",
        "第一条 ",
        "第五条第二款",
        "规定",
        "应当",
        "结婚年龄",
    ),
    *("附件：", "目 录", "表1", "\t", "\n", "\n\n", "\r\n", "\x0b", "\u2028", "\u3000", "\u200b"),
    *("\ufeff", "\x00", "\ud800", "\U00020000", "## ", "- ", "1.1 ", "一、", "(一)", "①", "……"),
    *("——", "https://", "<b>", "&#x1;"),
)
_TEXTS = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)).flatmap(
        lambda piece: st.integers(1, 4).map(lambda times: piece * times)
    ),
    max_size=60,
).map("".join)


class TooSlow(Exception):  # noqa: N818
    """An input took longer than anybody waits."""


class Target(NamedTuple):
    """Something that reads, and what it is given."""

    name: str
    read: Callable[[object], object]
    inputs: st.SearchStrategy[object]


def targets(engine: Engine) -> list[Target]:
    """Everything that is given inputs."""
    texts: dict[str, Callable[[str], object]] = {
        "structure": lambda text: structure(Document("x", "某文件", "", "", text)),
        "ask": engine.ask,
        "find": engine.find,
        "check": lambda text: engine.check(draft_of_text(text)).record(),
        "compare": engine.compare,
    }
    files: dict[str, Callable[[bytes, str], object]] = {
        "document": lambda content, kind: read_file(content, f"某文件.{kind}"),
        "draft": lambda content, kind: draft_of_bytes(content, f"草稿.{kind}"),
        "list": lambda content, kind: list_of_bytes(content, f"问题.{kind}"),
    }
    found = [Target(name, read, _TEXTS) for name, read in texts.items()]  # type: ignore[arg-type]
    for kind, sample in _samples().items():
        for name, reader in files.items():

            def read(given: object, reader: Callable[[bytes, str], object] = reader,
                     kind: str = kind) -> object:  # fmt: skip
                return reader(given, kind)  # type: ignore[arg-type]

            found.append(Target(f"{name} {kind}", read, _damaged(sample)))
    return found


def fuzzed(target: Target, examples: int, number: int) -> None:
    """Give a target its inputs; what it throws that is no FajuError comes out, made small."""

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def one(given: object) -> None:
        begun = time.thread_time()
        try:
            target.read(given)
        except FajuError as problem:
            assert str(problem)
        if time.thread_time() - begun > _LONGEST:
            raise TooSlow(target.name)

    one()


def _samples() -> dict[str, bytes]:
    lines = ["某县水库管理办法", "第一条 为了保护水库，制定本办法。", "结婚要多大？"]
    word, book = docx.Document(), openpyxl.Workbook()
    for line in lines:
        word.add_paragraph(line)
    word.add_table(2, 2).cell(0, 0).text = "问题"
    for line in lines:
        book.active.append([line, 1])
    made: list[bytes] = []
    for each in (word, book):
        file = io.BytesIO()
        each.save(file)
        made.append(file.getvalue())
    text = "\n".join(lines)
    html = "".join(f"<p>{line}</p>" for line in lines)
    return {
        "docx": made[0],
        "xlsx": made[1],
        "html": f"<html><body><h1>{lines[0]}</h1>{html}<table><tr><td>表</table>".encode(),
        "jsonl": "".join(f'{{"id": "1", "question": "{line}"}}\n' for line in lines).encode(),
        "csv": text.replace("\n", ",1\n").encode(),
        "txt": text.encode(),
        "md": f"# {text}".encode(),
        "pdf": _PDF,
    }


def _damaged(sample: bytes) -> st.SearchStrategy[object]:
    """A file with a few places flipped, cut out, doubled, or written over."""
    place = st.integers(0, len(sample) - 1)
    hurts = st.lists(st.tuples(place, st.integers(0, 40), st.binary(max_size=4)), max_size=6)

    def hurt(places: list[tuple[int, int, bytes]]) -> bytes:
        content = sample
        for at, length, put in places:
            content = content[:at] + put + content[at + length :]
        return content

    return hurts.map(hurt)


_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]
/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 12 Tf 20 100 Td (Article 1 (x) 2020) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


def main() -> int:
    """Go round the targets until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", help="a target")
    args = parser.parse_args()
    until, number, faults, tried = time.monotonic() + args.seconds, args.seed, 0, 0
    chosen = targets(Engine.open(Settings.load(args.home)))
    chosen = [each for each in chosen if not args.only or each.name in args.only]
    while chosen and time.monotonic() < until:
        for target in list(chosen):
            if time.monotonic() > until:
                break
            number += 1
            try:
                fuzzed(target, 100, number)
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is what is looked for
                faults += 1
                chosen.remove(target)
                notes = "\n".join(getattr(problem, "__notes__", []))
                print(f"{target.name}: {problem!r}\n{notes}", flush=True)
            tried += 100
    print(f"about {tried} inputs, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
