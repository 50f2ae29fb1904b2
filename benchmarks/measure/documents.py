"""Reading documents: section paths, characters and facts right, pages a second, and adding a plan.

    python -m benchmarks.measure.documents [--count 300] [--seed 2026] [--show 3] [--home DIR]
    python -m benchmarks.measure.documents --no-add --type pdf --reader pdfplumber
    python -m benchmarks.measure.documents --no-add --type html --reader trafilatura

Documents are made by script (``make_documents``, ``make_papers``, ``render_documents``), so that
the section path of each paragraph is known, and read as ``faju documents add`` reads them. PDFs
need Chromium and Playwright, scans also RapidOCR; without these they are left out. A paragraph is
right when every passage over it has its path and article; of scans a heading may differ in a fifth
of its characters. Headings without numbers are made only where a file tells them by style: not in
PDF and text. ``whole`` is the share of paragraphs that are one line of the text that was read. The
plan added has 40 pages. With scans all takes about ten minutes on two cores, without them two.

``--reader`` has another package (pip install it beside the project) read PDFs or web pages in our
readers' place; its text goes on as a text file's or a Markdown file's, to the same structure.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benchmarks.sets.make_documents import SHAPES, Line, Made, measure, opinion, plan, styled
from benchmarks.sets.make_papers import PAPERS
from benchmarks.sets.render_documents import (
    as_docx,
    as_html,
    as_markdown,
    as_print,
    as_scan,
    as_text,
)
from corpus import Document
from corpus.formats import Extracted, Page, extract
from corpus.metadata.proposal import propose
from corpus.register import preview

SHARES = {"docx": 5, "docx, numbered": 5, "html": 12, "pdf": 12, "scan": 2, "txt": 4, "md": 4}
SUFFIXES = {"docx, numbered": "docx", "scan": "pdf"}
UNJUDGED = {"title", "meta", "contents"}
STYLED = {"docx", "docx, numbered", "html", "md"}
SCAN_SIZE = 700
FACTS = ("title", "issuer", "number", "published", "effective", "kind")
PLAN_OF_40_PAGES = "plan 3"
ADD = """
import sys, time
from qa.cli import main
from qa.library import Intake
commit, seconds = Intake.commit, []
def timed(*given):
    start = time.perf_counter()
    built = commit(*given)
    seconds.append(time.perf_counter() - start)
    return built
Intake.commit = timed
status = main(["documents", "add", sys.argv[2], "--yes", "--home", sys.argv[1]])
print(seconds[0])
raise SystemExit(status)
"""
FAJU = [sys.executable, "-c", "from qa.cli import main; raise SystemExit(main())"]
RADICAL = re.compile("[\u2e80-\u2fdf]")
Printer = Callable[[str], bytes]


@dataclass(slots=True)
class Row:
    """The figures of one type."""

    documents: int = 0
    paragraphs: int = 0
    right: int = 0
    whole: int = 0
    characters: int = 0
    wrong: int = 0
    pages: float = 0
    seconds: float = 0
    facts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def main() -> None:
    """Print the table, the faults, and how long adding takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--show", type=int, default=3, help="faults to print of each type")
    parser.add_argument("--type", choices=SHARES, action="append", help="of these types only")
    parser.add_argument("--reader", choices=READERS, help="another package, in our reader's place")
    parser.add_argument("--no-add", action="store_true", help="do not time adding a plan")
    parser.add_argument("--home", type=Path, help="a built home to copy, instead of building one")
    parser.add_argument("--keep", type=Path, help="a folder to write the documents to")
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with ExitStack() as stack:
        printer = _printer(stack)
        rows: dict[str, Row] = {kind: Row() for kind in SHARES}
        for number, (kind, made, content) in enumerate(made_files(args, printer)):
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{number}.{SUFFIXES.get(kind, kind)}").write_bytes(content)
            judge(rows[kind], kind, made, content, f"{number} {made.shape}", args.reader)
        if args.count:
            _print(rows, args.show)
        if not args.no_add:
            add(printer, args.home)


def made_files(
    args: argparse.Namespace, printer: Printer | None
) -> Iterator[tuple[str, Made, bytes]]:
    """Documents by type, each type with all shapes in turn; the same for the same seed."""
    total = sum(SHARES.values())
    for kind, share in SHARES.items():
        fitting = [shape for shape in SHAPES if kind in STYLED or shape is not styled]
        fitting += PAPERS
        shapes = cycle([measure, opinion] if kind == "scan" else fitting)
        for number in range(round(args.count * share / total)):
            shape = next(shapes)
            rng = Random(f"{args.seed} {kind} {number}")
            if (args.type and kind not in args.type) or not _can_be_had(kind, printer):
                continue
            size = SCAN_SIZE if kind == "scan" else rng.randint(1500, 9000)
            made = shape(rng, size)
            yield kind, made, _file(kind, made, rng, printer)


def _can_be_had(kind: str, printer: Printer | None) -> bool:
    if kind == "scan" and find_spec("rapidocr") is None:
        return False
    return printer is not None or kind not in {"pdf", "scan"}


def _file(kind: str, made: Made, rng: Random, printer: Printer | None) -> bytes:
    if kind.startswith("docx"):
        return as_docx(made, rng, kind != "docx")
    writers = {"html": as_html, "txt": as_text, "md": as_markdown}
    if kind in writers:
        return writers[kind](made, rng)
    if printer is None:
        raise ValueError(kind)
    printed = printer(as_print(made, rng))
    return as_scan(printed, rng) if kind == "scan" else printed


def _printer(stack: ExitStack) -> Printer | None:
    """From a page to its PDF; None without Chromium."""
    program = shutil.which("chromium")
    if program is None or find_spec("playwright") is None:
        print("Chromium or Playwright is not there: no PDFs.")
        return None
    from playwright.sync_api import sync_playwright

    driver = stack.enter_context(sync_playwright())
    browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
    stack.callback(browser.close)
    page = browser.new_page()

    def printed(source: str) -> bytes:
        page.set_content(source)
        return page.pdf(prefer_css_page_size=True)

    return printed


def by_pdfplumber(content: bytes) -> Extracted:
    """A PDF's text as pdfplumber reads it, page by page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(BytesIO(content)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    # Chromium's PDFs name some characters by their radicals (⼗ for 十).
    text = RADICAL.sub(lambda found: normalize("NFKC", found.group()), "\n".join(pages))
    read = extract(text.encode(), "文件.txt")
    # For pages a second; where each page begins is not judged.
    return replace(read, pages=tuple(Page(0, n, "text") for n in range(1, len(pages) + 1)))


def by_trafilatura(content: bytes) -> Extracted:
    """A page's text as trafilatura finds it, with its headings and tables."""
    import trafilatura

    text = trafilatura.extract(content, output_format="markdown", include_tables=True)
    return extract((text or "没有读到正文").encode(), "文件.md")


READERS = {"pdfplumber": by_pdfplumber, "trafilatura": by_trafilatura}


def judge(
    row: Row, kind: str, made: Made, content: bytes, name: str, reader: str | None = None
) -> None:
    """Read a document and add its figures to its type's."""
    start = time.perf_counter()
    file_name = f"文件.{SUFFIXES.get(kind, kind)}"
    extracted = READERS[reader](content) if reader else extract(content, file_name)
    proposal = propose(extracted, file_name, date.today())
    document = preview(proposal.title, extracted)
    row.seconds += time.perf_counter() - start
    row.documents += 1
    row.pages += len(extracted.pages) or len(extracted.text) / 1000
    for fact in FACTS:
        wanted, said = getattr(made, fact), getattr(proposal, fact)
        if fact == "published" and not wanted and kind == "html":
            wanted = "2024-05-06"
        right = wanted == said or (fact == "kind" and not wanted)
        row.facts[fact] += right
        if not right:
            row.faults.append(f"[{name}] {fact}: {wanted!r}, read {said!r}")
    _judge_text(row, made, document, kind == "scan", name)


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text without white space and what reading adds, width aside; and where each stood."""
    kept: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in normalize("NFKC", letter):
            if not folded.isspace() and folded not in "|〔〕":
                kept.append(folded)
                places.append(place)
    return "".join(kept), places


def _judge_text(row: Row, made: Made, document: Document, scan: bool, name: str) -> None:
    lines = [line for line in made.lines if squeezed(line.text)[0]]
    words = [squeezed(line.text)[0] for line in lines]
    truth, (read, places) = "".join(words), squeezed(document.text)
    row.characters += len(truth)
    row.wrong += Levenshtein.distance(truth, read)
    where = _aligned(truth, read)
    at = 0
    for line, own in zip(lines, words, strict=True):
        first, last = where[at], where[at + len(own) - 1]
        at += len(own)
        if line.role in UNJUDGED or line.role == "heading":
            continue
        row.paragraphs += 1
        start, end = places[min(first, len(places) - 1)], places[min(last, len(places) - 1)] + 1
        row.whole += "\n" not in document.text[start:end]
        found = _places(document, start, end)
        if found and all(_same(line, each, scan) for each in found):
            row.right += 1
        else:
            row.faults.append(f"[{name}] {line.text[:30]!r}: {_said(line)}, read {found}")


def _aligned(truth: str, read: str) -> list[int]:
    """For each character of the truth, where it stands in what was read, or would."""
    where = [0] * len(truth)
    for step in Levenshtein.opcodes(truth, read):
        for offset in range(step.src_end - step.src_start):
            end = max(step.dest_end - 1, step.dest_start, 0)
            where[step.src_start + offset] = min(step.dest_start + offset, end)
    return where


def _places(document: Document, start: int, end: int) -> set[tuple[tuple[str, ...], str]]:
    """The path and the article of each passage over this stretch; headings are no place."""
    found = set()
    for passage in document.passages:
        if passage.start < end and passage.end > start:
            path = tuple(squeezed(each.heading)[0] for each in document.path(passage.section))
            found.add((("标题",) if passage.kind == "heading" else path, passage.article or ""))
    return found


def _said(line: Line) -> tuple[tuple[str, ...], str]:
    return tuple(squeezed(each)[0] for each in line.path), line.article


def _same(line: Line, found: tuple[tuple[str, ...], str], scan: bool) -> bool:
    path, article = _said(line)
    if not scan:
        return (path, article) == found
    alike = len(path) == len(found[0]) and all(map(_alike, path, found[0]))
    return alike and article == found[1]


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= 80


def _print(rows: dict[str, Row], show: int) -> None:
    columns = (
        "type",
        "docs",
        "paragraphs",
        "paths",
        "whole",
        "characters",
        "pages",
        "pages/s",
        *FACTS,
    )
    print("  ".join(f"{each:>10}" for each in columns))
    for kind, row in rows.items():
        if not row.documents:
            continue
        figures: list[Any] = [kind, row.documents, row.paragraphs]
        figures += [f"{row.right / row.paragraphs:.2%}", f"{row.whole / row.paragraphs:.2%}"]
        figures += [f"{1 - row.wrong / row.characters:.2%}", f"{row.pages:.0f}"]
        figures += [f"{row.pages / row.seconds:.1f}"]
        figures += [f"{row.facts[fact]}/{row.documents}" for fact in FACTS]
        print("  ".join(f"{each:>10}" for each in figures))
    for kind, row in rows.items():
        for fault in row.faults[:show]:
            print(f"{kind}: {fault}")


def add(printer: Printer | None, built: Path | None) -> None:
    """Time ``faju documents add`` of a plan of 40 pages; in a copy of ``built``, or a new home."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        if built:
            shutil.copytree(built, home)
        else:
            subprocess.run([*FAJU, "build", "--home", str(home)], check=True, capture_output=True)
        rng = Random(PLAN_OF_40_PAGES)
        made = plan(rng, 20_000)
        name, content = "规划.docx", as_docx(made, rng, False)
        if printer:
            name, content = "规划.pdf", printer(as_print(made, rng))
        file = Path(scratch) / name
        file.write_bytes(content)
        before, start = _processor(), time.perf_counter()
        command = [sys.executable, "-c", ADD, str(home), str(file)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        whole, used = time.perf_counter() - start, _processor() - before
        index = float(done.stdout.splitlines()[-1])
        extracted = extract(content, name)
        pages = len(extracted.pages) or len(extracted.text) / 600
        print(f"add {name}, {pages:.0f} pages, {len(extracted.text)} characters: {whole:.1f} s,")
        print(f"  of these {index:.1f} s for the index; processor time {used:.1f} s")


def _processor() -> float:
    """Seconds of processor time that child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
