"""The rules of the house: sizes, import direction, public names, what is never written."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("corpus", "index", "qa", "app")
MODULES = sorted(
    path
    for layer in LAYERS[:3]
    for path in (ROOT / layer).rglob("*.py")
    if "__pycache__" not in path.parts
) + [path for path in [ROOT / "app.py"] if path.exists()]
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]
HEAVY = {
    "faiss",
    "gradio",
    "ir_measures",
    "jieba",
    "onnxruntime",
    "openvino",
    "pymilvus",
    "sentence_transformers",
    "sklearn",
    "torch",
    "transformers",
}
# In pieces, so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        re.escape("".join(pieces))
        for pieces in [
            ("py", "pi.org"),
            ("files.python", "hosted.org"),
            ("download.py", "torch.org"),
            ("registry.npm", "js.org"),
            ("deb.deb", "ian.org"),
            ("/wo", "rk/"),
            ("/tmp", "/w/"),
            ("/opt", "/wheels"),
            ("/opt", "/pypi"),
            ("/ro", "ot/"),
        ]
    ).encode()
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


every_module = pytest.mark.parametrize("path", MODULES, ids=name)
every_package = pytest.mark.parametrize("path", PACKAGES, ids=name)


@every_module
def test_module_has_300_lines_at_most_and_a_function_40(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 300
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 40
    }
    assert not long, "function: lines"


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." if node.level else node.module or ""]
    return []


ROOMS = [
    *("corpus.formats.word", "corpus.formats.web", "corpus.formats.pdf", "corpus.formats"),
    *("corpus.fetch", "corpus.lexicon", "corpus.metadata", "corpus.amending", "corpus"),
    *("index.model", "index.backends", "index"),
    *(
        "qa.settings",
        "qa.markup",
        "qa.accounts",
        "qa.records",
        "qa.inputs",
        "qa.wording",
        "qa.comparison",
    ),
    *("qa.check", "qa.answering"),
    *("qa.library", "qa.exports", "qa.drafts", "qa.engine", "qa"),
    *(
        "qa.written",
        "qa.evaluation",
        "qa.api",
        "qa.page",
        "qa.commands",
        "qa.cli",
        "app",
    ),
]
"""The rooms of the house, bottom up: each uses only what stands before it."""

DOTTED = {
    name(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
    for path in MODULES
}


def room(dotted: str) -> str:
    """The room a module is in: itself where it is one, else the package around it."""
    return dotted if dotted in ROOMS else dotted.rpartition(".")[0]


def uses(dotted: str) -> Iterator[tuple[ast.ImportFrom, str]]:
    """Each import of ours in a module, with the module it is from, inside functions too."""
    for node in ast.walk(tree(DOTTED[dotted])):
        if isinstance(node, ast.ImportFrom) and node.module:
            door = set(bound(tree(DOTTED[node.module]))) if node.module in DOTTED else set()
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in DOTTED and alias.name not in door:
                    yield node, inner
                elif node.module in DOTTED:
                    yield node, node.module


every_dotted = pytest.mark.parametrize("dotted", [each for each in DOTTED if each != "qa"])


@every_dotted
def test_a_room_uses_only_rooms_below_it_through_their_one_door(dotted: str) -> None:
    own = room(dotted)
    for node, used in uses(dotted):
        theirs = room(used)
        where = f"line {node.lineno}: {used}"
        # A room inside another stands on the plain modules beside it (corpus.errors).
        if theirs == own or (own.startswith(f"{theirs}.") and used != theirs):
            continue
        assert used in ROOMS, f"{where} is entered past its door"
        assert own.startswith(f"{theirs}.") or ROOMS.index(theirs) < ROOMS.index(own), where


@every_module
def test_imports_are_whole_and_run_from_corpus_to_app(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    allowed = set(LAYERS[: LAYERS.index(own) + 1])
    names = [each for node in ast.walk(tree(path)) for each in imported(node)]
    assert "." not in names, "a relative import"
    assert not {each.split(".")[0] for each in names} & (set(LAYERS) - allowed)


def test_no_file_imports_itself_by_way_of_others() -> None:
    arrows = {each: {used for _, used in uses(each)} for each in DOTTED}
    while True:
        ends = {each for each, used in arrows.items() if not used & set(arrows)}
        if not ends:
            break
        arrows = {each: used for each, used in arrows.items() if each not in ends}
    assert not sorted(arrows), "files in a circle, or above one"


POINTER = re.compile(r"``((?:corpus|index|qa|app)(?:[./]\w+)+)``")


@every_module
def test_a_module_named_in_a_docstring_is_there(path: Path) -> None:
    for pointer in POINTER.findall(path.read_text(encoding="utf-8")):
        if "/" in pointer:
            assert (ROOT / pointer).exists(), pointer
            continue
        parts = pointer.split(".")
        at = max(n for n in range(1, len(parts) + 1) if ".".join(parts[:n]) in {*DOTTED, parts[0]})
        module = DOTTED.get(".".join(parts[:at]))
        assert module is not None, pointer
        assert len(parts) - at <= 2, pointer
        assert at == len(parts) or parts[at] in set(bound(tree(module))), pointer


def test_no_docstring_points_to_what_is_not_in_the_repository() -> None:
    guilty = [
        f"{name(path)}: {found.group()}"
        for path in MODULES
        if (found := re.search(r"\(design[^)]*\)|design\.md|house\.md", path.read_text("utf-8")))
    ]
    assert not guilty


def bound(module: ast.Module) -> Iterator[str]:
    """The public names that a module's top level binds."""
    for node in module.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [(alias.asname or alias.name).split(".")[0] for alias in node.names]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            stored = [each for target in targets for each in ast.walk(target)]
            names = [each.id for each in stored if isinstance(each, ast.Name)]
        else:
            names = []
        yield from (each for each in names if not each.startswith("_"))


def exported(module: ast.Module) -> list[str] | None:
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == "__all__":
                return [str(each) for each in ast.literal_eval(node.value)]
    return None


def as_isort(name: str) -> tuple[bool, bool, str]:
    """Constants, then classes, then the rest: the order of ruff's own sorting."""
    return not name.isupper(), not name[0].isupper(), name


@every_module
def test_all_names_only_what_is_there(path: Path) -> None:
    module = tree(path)
    names = exported(module)
    if names is not None:
        assert len(names) == len(set(names))
        assert set(names) <= set(bound(module))


@every_package
def test_package_exports_exactly_what_it_binds_sorted(path: Path) -> None:
    module = tree(path)
    assert (exported(module) or []) == sorted(set(bound(module)), key=as_isort)


@every_package
def test_package_init_holds_only_imports_of_20_modules_at_most(path: Path) -> None:
    module = tree(path)
    kinds = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    assert all(isinstance(node, kinds) for node in module.body)
    # The docstring and the entries of __all__ do not count.
    imports = [node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert len(imports) <= 20


def swallows(handler: ast.ExceptHandler) -> bool:
    """Whether it catches everything, other than to clean up and raise again."""
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(
        each is None or (isinstance(each, ast.Name) and each.id in {"Exception", "BaseException"})
        for each in types
    )
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


@every_module
def test_no_pickle_no_broad_except_no_print(path: Path) -> None:
    for node in ast.walk(tree(path)):
        tops = {module.split(".")[0] for module in imported(node)}
        assert not tops & {"pickle", "dill", "joblib", "shelve"}
        if isinstance(node, ast.ExceptHandler):
            assert not swallows(node), f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print" or name(path).startswith(
                ("qa/cli.py", "qa/commands/")
            ), f"line {node.lineno}"


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: no list of the project's files")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    guilty = {
        file: found.group()
        for file in files.decode().strip("\0").split("\0")
        if (ROOT / file).is_file() and (found := FORBIDDEN.search((ROOT / file).read_bytes()))
    }
    assert not guilty


def test_importing_everything_loads_nothing_heavy() -> None:
    modules = [
        name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in MODULES
    ]
    code = f"import sys, {', '.join(modules)}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


TAG = re.compile(
    r"</?(?:a|article|aside|blockquote|body|button|cite|d[dlt]|datalist|del|details|div|fig\w+|form"
    r"|h\d|head|header|html|input|ins|kbd|label|li|line|link|main|mark|meta|ol|option|p|polyline|rect"
    r"|s|script|section|select|small|span|strong|style|summary|svg|t[dhr]|table|tbody|text|textarea"
    r"|thead|title|ul)[\s/>]"
)
QA = [path for path in MODULES if path.relative_to(ROOT).parts[0] == "qa"]


@pytest.mark.parametrize("path", QA, ids=name)
def test_html_is_written_in_templates_and_no_tag_is_glued_in_python(path: Path) -> None:
    nodes = list(ast.walk(tree(path)))
    told = {node.value for node in nodes if isinstance(node, ast.Expr)}
    glued = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told
        if TAG.search(node.value)
    ]
    assert not glued


def test_every_template_is_shown_by_something() -> None:
    templates = sorted((ROOT / "qa").rglob("templates/*.html"))
    assert templates
    sources = "".join(path.read_text(encoding="utf-8") for path in [*QA, *templates])
    names = {f'"{path.parts[-3]}/{path.name}"' for path in templates}
    assert sorted(each for each in names if each not in sources) == []


def test_the_engine_loads_no_html_and_no_page() -> None:
    code = "import sys, qa.engine; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"gradio", "jinja2", "starlette", "qa.markup", "qa.page", "qa.evaluation"}


def test_every_package_is_listed_for_installation() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = settings["tool"]["setuptools"]["packages"]
    there = sorted(name(path.parent).replace("/", ".") for path in PACKAGES)
    assert sorted(listed) == there


def test_every_dependency_is_pinned() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*settings["dependencies"], *sum(settings["optional-dependencies"].values(), [])]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[a-z0-9.+]+", line) for line in pinned)
    names = {re.split(r"[^A-Za-z0-9._-]", each)[0].lower() for each in wanted}
    assert not names - {line.split("==")[0] for line in pinned}
