"""A reader puts the best passages in order; any CrossEncoder can be it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import Document, InputError
from corpus.structure import structure
from index.hybrid import Found
from index.model.reader import CrossEncoderReader, load_reader
from index.rerank import reranked

TEXT = """第一章 总则
规范涉企行政检查。
第二章 保障
落实工作经费。
第三章 附则
本规划自印发之日起施行。
"""


class Longest:
    """Reads nothing and likes long passages."""

    def read(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return np.array([len(text) for text in passages], np.float32)


def found(asked_for: int = -1) -> list[Found]:
    document = structure(Document(id="x", title="规划", kind="规划", status="", text=TEXT))
    texts = [p for p in document.passages if p.kind == "text"]
    return [
        Found(n, document, p, 0.9 - n / 10, asked_for=n == asked_for) for n, p in enumerate(texts)
    ]


def test_passages_come_in_the_readers_order_with_the_scores_of_their_places() -> None:
    fresh = reranked("何时施行", found(), Longest())
    assert [hit.row for hit in fresh] == [2, 0, 1]
    assert [hit.score for hit in fresh] == [0.9, 0.8, 0.7]


def test_a_place_that_was_asked_for_stays_first() -> None:
    assert [hit.row for hit in reranked("第二章", found(asked_for=1), Longest())] == [1, 2, 0]


def test_any_cross_encoder_reads(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    letters = {
        c: n for n, c in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"规划检查经费施行"])
    }
    tokenizer = Tokenizer(models.WordLevel(letters, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
    )
    config = BertConfig(
        vocab_size=len(letters), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=8,
    )  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(tmp_path / "model")
    fast.save_pretrained(tmp_path / "model")
    reader = CrossEncoderReader(str(tmp_path / "model"))
    pairs = [("检查", "规划检查"), ("检查", "经费")]
    expected = CrossEncoder(str(tmp_path / "model"), device="cpu").predict(pairs)
    assert reader.read("检查", ["规划检查", "经费"]) == pytest.approx(expected, abs=1e-5)
    assert reader.read("检查", []).shape == (0,)


def test_a_model_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(InputError, match="打不开排序模型"):
        load_reader(str(tmp_path / "空"))
    assert load_reader("") is None
