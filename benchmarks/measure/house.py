"""The shape of a tree of this project, as one table: rooms, circles, sizes, copies, import times.

    python -m benchmarks.measure.house [TREE [TREE]]

A tree is a checkout (this one if none is named); two stand side by side, the older first. What is
counted is in corpus, index, qa and app.py; a room is a folder of modules, and each module at the
top of qa is one by itself. Lines count as copied where ``COPIED`` lines in a row stand the same in
two places; blank lines, comments, imports and names alone on a line are passed over. A tag counts
as glued where a string of qa holds it. A start is measured by processor time: on a busy machine
too it is what it is.
"""

from __future__ import annotations

import ast
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

LAYERS = ("corpus", "index", "qa")
COPIED = 6
REPEATS = 5
TAG = re.compile(r"</?[a-z][a-z0-9]*(?=[\s>/]|$)")
PASSED_OVER = re.compile(r'\s*(#|from |import |"?\w+"?,$|[\])}"\'(,]*$)')
HELP = "import sys; from qa.cli import main; sys.exit(main(['-h']))"
PAGE = "import sys, qa.engine; print(sum(name.startswith('qa.page') for name in sys.modules))"

Arrows = Mapping[str, set[str]]


def main() -> None:
    """Print a column for each tree."""
    here = Path(__file__).resolve().parents[2]
    trees = [Path(given).resolve() for given in sys.argv[1:]] or [here]
    columns = [dict(figures(tree)) for tree in trees]
    print(f"{'':44}" + "".join(f"{tree.name:>12}" for tree in trees))
    for row in columns[-1]:
        print(f"{row:44}" + "".join(f"{column[row]:>12}" for column in columns))
    for tree in trees:
        paths = modules(tree)
        for circle in circles(arrows(paths)):
            print(f"circle in {tree.name}: {', '.join(circle)}")
        lines = copied({name: path.read_text(encoding="utf-8") for name, path in paths.items()})
        print(f"copied in {tree.name}: {', '.join(lines)}")


def figures(tree: Path) -> Iterator[tuple[str, str]]:
    """Each row's name and value."""
    paths = modules(tree)
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items()}
    parsed = {name: ast.parse(text) for name, text in texts.items()}
    between = arrows(paths)
    rooms = {room(name, paths) for name in paths}
    steps = {(room(name, paths), room(used, paths)) for name in between for used in between[name]}
    yield "modules", str(len(paths))
    yield "modules at qa's top", str(len(list((tree / "qa").glob("[!_]*.py"))))
    yield "rooms", str(len(rooms))
    yield "arrows between rooms", str(sum(a != b for a, b in steps))
    yield "circles of files", str(len(circles(between)))
    lines = [text.count("\n") for text in texts.values()]
    functions = [length for each in parsed.values() for length in lengths(each)]
    yield "lines", f"{sum(lines):,}"
    yield "lines of a module: median, longest", f"{statistics.median(lines):.0f}, {max(lines)}"
    yield "lines of a function", f"{statistics.median(functions):.0f}, {max(functions)}"
    yield "dict[str, Any]", str(sum(text.count("dict[str, Any]") for text in texts.values()))
    yield f"lines copied ({COPIED} in a row), Python", str(len(copied(texts)))
    scripts = {path.name: path.read_text("utf-8") for path in (tree / "qa").rglob("*.js")}
    yield "  and scripts", str(len(copied(scripts)))
    yield "escape(", str(sum(text.count("escape(") for text in texts.values()))
    glued = (tags(each) for name, each in parsed.items() if name.startswith("qa."))
    yield "lines with glued tags", str(sum(glued))
    yield from times(tree)


def modules(tree: Path) -> dict[str, Path]:
    """Each module's dotted name and file."""
    paths = [path for layer in LAYERS for path in sorted((tree / layer).rglob("*.py"))]
    return {
        ".".join(path.relative_to(tree).with_suffix("").parts).removesuffix(".__init__"): path
        for path in [*paths, tree / "app.py"]
    }


def room(name: str, paths: Mapping[str, Path]) -> str:
    """The folder a module is in; itself at the top of qa."""
    alone = paths[name].name == "__init__.py" or paths[name].parent.name == "qa"
    return name if alone else name.rpartition(".")[0]


def arrows(paths: Mapping[str, Path]) -> dict[str, set[str]]:
    """The modules that each module imports, inside functions too."""
    found: dict[str, set[str]] = {name: set() for name in paths}
    for name, path in paths.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found[name] |= {alias.name for alias in node.names} & set(paths)
            elif isinstance(node, ast.ImportFrom) and node.module and node.module in paths:
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                found[name] |= inner & set(paths) or {node.module}
    return found


def circles(between: Arrows) -> list[list[str]]:
    """The groups of modules each of which leads to every other and back to itself."""
    reached = {name: reach(name, between) for name in between}
    groups = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in between
        if name in reached[name]
    }
    return sorted(map(list, groups))


def reach(name: str, between: Arrows) -> set[str]:
    """What a module leads to, by any number of steps."""
    seen: set[str] = set()
    ahead = set(between[name])
    while ahead:
        seen |= ahead
        ahead = {further for each in ahead for further in between[each]} - seen
    return seen


def lengths(module: ast.Module) -> Iterator[int]:
    """The lines of each function."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def copied(texts: Mapping[str, str]) -> list[str]:
    """The lines that stand elsewhere too, with their neighbours, as “module:line”."""
    places: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for name, text in texts.items():
        lines = enumerate(text.splitlines(), 1)
        kept = [(at, line.strip()) for at, line in lines if not PASSED_OVER.match(line)]
        for first in range(len(kept) - COPIED + 1):
            window = kept[first : first + COPIED]
            places[tuple(line for _, line in window)].append([f"{name}:{at}" for at, _ in window])
    twice = (where for where in places.values() if len(where) > 1)
    return list(dict.fromkeys(line for where in twice for window in where for line in window))


def tags(module: ast.Module) -> int:
    """The lines on which a string holds a tag, docstrings aside."""
    docstrings = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return len(
        {
            node.lineno
            for node in ast.walk(module)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in docstrings and TAG.search(node.value)
        }
    )


def times(tree: Path) -> Iterator[tuple[str, str]]:
    """How long a start takes, as a multiple of a bare Python start, and what it brings along."""
    bare = start(tree, "pass")
    yield (
        "start: import qa.engine, x python -c pass",
        f"{start(tree, 'import qa.engine') / bare:.1f}",
    )
    yield "start: faju -h, x python -c pass", f"{start(tree, HELP) / bare:.1f}"
    yield "page modules that import qa.engine loads", run(tree, PAGE).strip()


def start(tree: Path, code: str) -> float:
    """Seconds of processor time of the cheapest of a few starts."""
    taken = []
    for _ in range(REPEATS):
        before = processor()
        run(tree, code)
        taken.append(processor() - before)
    return min(taken)


def processor() -> float:
    """Seconds that child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(tree: Path, code: str) -> str:
    """What a tree's code prints, in a process of its own, with its modules compiled beforehand."""
    # -P keeps this tree out of it.
    path = f"import sys; sys.path.insert(0, {str(tree)!r}); "
    command = [sys.executable, "-P", "-c", path + code]
    cache = {"PYTHONPYCACHEPREFIX": tempfile.gettempdir() + "/faju-house"}
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | cache
    done = subprocess.run(command, cwd=tree, env=around, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    main()
