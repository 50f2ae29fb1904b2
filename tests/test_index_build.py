"""The index on disk: incremental, atomic, checked."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Counting

from corpus import DamagedError, Document, InputError, MissingError
from corpus.structure import structure
from index import Filters, Index, build_index, open_index
from index.generation import current_folder, faults, glance, seal
from index.lexical import tokens
from index.model.encoded import Embedder


def plan(*paragraphs: str) -> Document:
    text = "某市规划\n第一章 任务\n" + "\n".join(paragraphs) + "\n"
    return structure(Document("plan", "某市规划", "规划", "现行有效", text))


ABOVE = "某市规划 任务 "
CHECKS = "规范涉企行政检查,着力解决检查事项多、频次高、随意检查等问题。"
PETITION = "完善信访制度,畅通和规范群众诉求表达、利益协调、权益保障通道。"
SCHOOL = "深入宣传宪法,持续开展全国学生“学宪法讲宪法”活动。"


FACTS: dict[str, object] = {
    **dict.fromkeys(("corpus", "model", "fingerprint", "backend", "lexicon"), ""),
    "dimension": 64,
    "passages": 1,
    "libraries": {},
}


def opened(home: Path, embedder: Embedder) -> Index:
    return open_index(home, lambda manifest: embedder)[0]


def test_a_built_index_finds_the_passage_with_its_sentence(
    fake_embedder: Embedder, tmp_path: Path
) -> None:
    build_index(tmp_path, [plan(CHECKS, PETITION, SCHOOL)], fake_embedder)
    found = opened(tmp_path, fake_embedder).search("涉企检查频次高", k=2)
    assert found[0].document.passage_text(found[0].passage) == CHECKS
    start, end, _ = found[0].evidence[0]
    assert found[0].document.text[start:end] == CHECKS
    assert found[0].score > found[1].score


def test_only_changed_passages_are_embedded_again(fake_embedder: Embedder, tmp_path: Path) -> None:
    counting = Counting(fake_embedder)
    build_index(tmp_path, [plan(CHECKS, PETITION)], counting)
    assert counting.asked == [ABOVE + CHECKS, ABOVE + PETITION]
    counting.asked.clear()
    build_index(tmp_path, [plan(CHECKS, SCHOOL)], counting)
    assert counting.asked == [ABOVE + SCHOOL]
    texts = [d.passage_text(p) for d, p in opened(tmp_path, counting).passages]
    assert texts == [CHECKS, SCHOOL]


def test_only_changed_passages_are_cut_into_words_again(
    fake_embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path, [plan(CHECKS, PETITION)], fake_embedder)
    cut: list[str] = []

    def noted(text: str) -> list[str]:
        cut.append(text)
        return tokens(text)

    monkeypatch.setattr("index.word_cache.tokens", noted)
    build_index(tmp_path, [plan(SCHOOL, CHECKS, CHECKS)], fake_embedder)
    assert cut == ["某市规划\n任务\n" + SCHOOL]
    found = opened(tmp_path, fake_embedder).search("涉企检查频次高", run="lexical")
    assert [hit.document.passage_text(hit.passage) for hit in found] == [CHECKS, CHECKS]


def test_an_updated_index_equals_one_built_anew(fake_embedder: Embedder, tmp_path: Path) -> None:
    build_index(tmp_path / "a", [plan(CHECKS, PETITION)], fake_embedder)
    updated = build_index(tmp_path / "a", [plan(SCHOOL, CHECKS)], fake_embedder)
    anew = build_index(tmp_path / "b", [plan(SCHOOL, CHECKS)], fake_embedder)
    assert updated == anew
    assert current_folder(tmp_path / "a").name == current_folder(tmp_path / "b").name


@pytest.mark.parametrize("killed_in", ["save_documents", "seal", "switch"])
def test_killed_while_writing_the_old_index_still_serves(
    killed_in: str, fake_embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"index.build.{killed_in}", killed)
    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path, [plan(PETITION)], fake_embedder)
    index = opened(tmp_path, fake_embedder)
    assert [d.passage_text(p) for d, p in index.passages] == [CHECKS]


def test_killed_between_writing_and_switching_leaves_the_old_pointer(
    fake_embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.generation.os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path, [plan(PETITION)], fake_embedder)
    monkeypatch.undo()
    assert opened(tmp_path, fake_embedder).passages[0][0].text == plan(CHECKS).text
    build_index(tmp_path, [plan(PETITION)], fake_embedder)
    assert opened(tmp_path, fake_embedder).passages[0][0].text == plan(PETITION).text


@pytest.mark.parametrize(
    "pattern",
    [
        "documents.jsonl",
        "documents.json",
        "vectors.*",
        "parts.json",
        "parts/*/tokens.npy",
        "keys.json",
        "lexical/*",
    ],
)
def test_every_damaged_file_is_named_and_never_served(
    pattern: str, fake_embedder: Embedder, tmp_path: Path
) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)
    path = next(iter(sorted(current_folder(tmp_path).glob(pattern))))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=f"{path.name}.*faju build"):
        opened(tmp_path, fake_embedder)
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)
    assert opened(tmp_path, fake_embedder).search("检查")


def test_opening_reads_samples_and_a_whole_comparison_every_byte(tmp_path: Path) -> None:
    large = tmp_path / "large.npy"
    large.write_bytes(bytes(1_000_000))
    manifest = seal(tmp_path, FACTS)
    with large.open("r+b") as file:
        file.seek(300_000)
        file.write(b"1")
    glance(tmp_path, manifest)
    assert list(faults(tmp_path, manifest)) == [large]
    large.write_bytes(bytes(999_999))
    with pytest.raises(DamagedError, match=r"large\.npy.*faju build"):
        glance(tmp_path, manifest)


def test_a_damaged_manifest_is_named(fake_embedder: Embedder, tmp_path: Path) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)
    (current_folder(tmp_path) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DamagedError, match=r"manifest\.json"):
        opened(tmp_path, fake_embedder)


def test_another_model_than_the_index_was_built_with_is_an_error(
    fake_embedder: Embedder, tmp_path: Path
) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)
    other = replace(fake_embedder, fingerprint="another")  # type: ignore[type-var]
    with pytest.raises(DamagedError, match="faju build"):
        opened(tmp_path, other).search("检查")


def test_nothing_built_says_what_to_run(fake_embedder: Embedder, tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="faju build"):
        opened(tmp_path, fake_embedder)


def test_a_home_that_cannot_be_written_is_said(fake_embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="写不了"):
        build_index(tmp_path / "file", [plan(CHECKS)], fake_embedder)


def test_a_full_disk_leaves_the_old_index(
    fake_embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.build.save_documents", full)
    with pytest.raises(InputError, match="磁盘空间"):
        build_index(tmp_path, [plan(PETITION)], fake_embedder)
    assert opened(tmp_path, fake_embedder).search("检查")


def test_filters_limit_the_search(fake_embedder: Embedder, tmp_path: Path) -> None:
    old = structure(
        Document(
            "old", "旧规划", "规划", "已废止", "旧规划\n第一章 任务\n规范涉企检查工作,减少检查。\n"
        )
    )
    build_index(tmp_path, [plan(CHECKS, PETITION), old], fake_embedder)
    index = opened(tmp_path, fake_embedder)
    assert {f.document.id for f in index.search("涉企检查")} == {"plan"}
    everything = index.search("涉企检查", filters=Filters(all_versions=True))
    assert {f.document.id for f in everything} == {"plan", "old"}
    with pytest.raises(InputError, match="没有"):
        index.search("检查", filters=Filters(documents=("nowhere",)))


def test_the_manifest_says_what_it_was_built_with(fake_embedder: Embedder, tmp_path: Path) -> None:
    build_index(tmp_path, [plan(CHECKS)], fake_embedder)
    content = json.loads((current_folder(tmp_path) / "manifest.json").read_bytes())
    assert content["fingerprint"] == fake_embedder.fingerprint
    assert content["passages"] == 1
    assert set(content["libraries"]) >= {"numpy", "faiss-cpu", "scipy"}
