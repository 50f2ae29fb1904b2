import shutil
from datetime import date
from pathlib import Path

import pytest

from corpus.catalog import load_catalog, read_held_text
from corpus.errors import DamagedError, InputError, MissingError
from corpus.statutes import list_laws

PACKAGED = Path(__file__).parent.parent / "corpus" / "documents"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGED, tmp_path / "文库"))


def rewrite(folder: Path, old: str, new: str) -> Path:
    path = folder / "catalog.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_plan_is_registered_as_it_calls_itself() -> None:
    catalog = load_catalog()
    (plan,) = catalog.documents
    text = read_held_text(catalog, plan)
    assert text.split("\n")[9] == plan.title
    assert (plan.status, plan.issuer) == ("征求意见稿", "乌鲁木齐市司法局")


def test_each_lost_heading_stands_before_one_paragraph_of_the_plan() -> None:
    catalog = load_catalog()
    (plan,) = catalog.documents
    lines = read_held_text(catalog, plan).split("\n")
    found = [
        ([n for n, line in enumerate(lines, 1) if line.startswith(before)], labels)
        for before, labels in plan.overlay
    ]
    assert found == [
        ([90], ("三、",)),
        ([103], ("第四章", "第一节")),
        ([104], ("第二节",)),
        ([105], ("第三节",)),
        ([106], ("第四节",)),
    ]


def test_core_and_cited_laws_are_titles_of_the_laws() -> None:
    catalog = load_catalog()
    titles = {law.title for law in list_laws(date(2026, 11, 22))}
    named = [entry.title for entry in catalog.core] + [e.law for e in catalog.cited if e.law]
    assert [title for title in named if title not in titles] == []
    assert len(set(named)) == len(named)
    assert all(entry.reason for entry in catalog.core)


def test_every_cited_document_says_how_to_get_it_and_no_address_claims_to_be_checked() -> None:
    for entry in load_catalog().cited:
        assert entry.how
        if entry.address:
            assert entry.address_note.endswith("（引自公开来源，未打开核对）")


def test_a_changed_text_is_named_with_both_sums(folder: Path) -> None:
    plan = folder / "plan.txt"
    plan.write_bytes(plan.read_bytes() + b"\n")
    with pytest.raises(DamagedError, match=r"plan\.txt.*应为 e0ff.*实为 [0-9a-f]{64}.*请"):
        load_catalog(folder / "catalog.toml")


def test_a_missing_text_is_named(folder: Path) -> None:
    (folder / "plan.txt").unlink()
    with pytest.raises(MissingError, match=r"plan\.txt"):
        load_catalog(folder / "catalog.toml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\n[[document]]", "\n[[document]", "不是合法的 TOML"),
        ("issuer =", "isuer =", r"第 1 个 \[\[document\]\] 有不认识的项“isuer”"),
        ('kind = "规划"\n', "", r"第 1 个 \[\[document\]\] 缺少“kind”"),
        ("\n[[core]]", "\n[[kore]]", "不认识的项“kore”"),
        ('labels = ["三、"]', "labels = [3]", "“labels”应为字符串列表"),
        ('labels = ["三、"]', 'labels = "三、"', "“labels”应为字符串列表"),
        ("address_checked = false", 'address_checked = "也许"', "应为 true 或 false，现在是“也许”"),
    ],
)
def test_a_broken_catalog_names_the_file_and_the_key(
    folder: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(InputError, match=rf"catalog\.toml.*{message}"):
        load_catalog(rewrite(folder, old, new))


def test_a_catalog_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="读不到"):
        load_catalog(tmp_path / "catalog.toml")


def test_a_table_written_with_single_brackets_is_told_how(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text('[core]\ntitle = "某法"\nreason = "某事"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"的“core”应写成 \[\[core\]\] 表"):
        load_catalog(path)
