"""What benchmarks.measure.house counts, on a small tree."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure.house import arrows, circles, copied, modules

FILES = {
    "corpus/__init__.py": "",
    "qa/engine.py": "from qa.page import parts",
    "qa/page/__init__.py": "",
    "qa/page/parts.py": "def link():\n    from qa.engine import Engine",
    "app.py": "import qa.engine",
}
LINES = "\n".join(f"step_{number}()" for number in range(6))


def test_a_circle_is_seen_through_an_import_inside_a_function(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    between = arrows(modules(tmp_path))
    assert between["app"] == {"qa.engine"}
    assert circles(between) == [["qa.engine", "qa.page.parts"]]


def test_six_lines_are_a_copy_whatever_stands_between_them_and_five_are_none() -> None:
    spaced = LINES.replace("step_3", "\n# a comment\nstep_3")
    assert copied({"a": LINES, "b": f"import os\n{spaced}"}) == [
        *(f"a:{line}" for line in range(1, 7)),
        *(f"b:{line}" for line in (2, 3, 4, 7, 8, 9)),
    ]
    assert copied({"a": LINES, "b": LINES.replace("step_5", "another")}) == []
