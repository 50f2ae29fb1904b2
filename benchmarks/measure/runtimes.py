"""Many texts encoded by ONNX Runtime one by one and by OpenVINO in batches of one length.

    python -m benchmarks.measure.runtimes --home HOME [--texts 400]

Statute articles run through the model that is prepared in HOME, on one thread each way, twice in
turn; the better counts. Printed are processor time an article, the ratio, and the cosines between
the vectors of both, of whole texts and of tokens. Needs openvino (`pip install 'faju[fast]'`).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from benchmarks.measure.encoder import articles
from index.model import embed
from index.model.embed import OnnxEmbedder, load_embedder
from index.model.encoded import Encoded
from index.model.prepared import model_folder


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=400)
    given = parser.parse_args()
    texts = articles(given.texts)
    embedder = load_embedder(model_folder(given.home), threads=1)
    assert isinstance(embedder, OnnxEmbedder)
    runs = [(encoded(embedder, texts, False), encoded(embedder, texts, True)) for _ in range(2)]
    alone = min(one[0] for one, _ in runs)
    batches = min(other[0] for _, other in runs)
    (_, one), (_, other) = runs[0]
    whole = (one.vectors * other.vectors).sum(axis=1)
    pairs = zip(one.tokens, other.tokens, strict=True)
    tokens = np.concatenate([cosines(a, b) for a, b in pairs])
    print(f"{len(texts)} articles, one thread")
    print(f"ONNX Runtime, one by one   {1000 * alone / len(texts):6.1f} ms")
    faster = f"{1000 * batches / len(texts):6.1f} ms   {alone / batches:.2f} x as fast"
    print(f"OpenVINO, in batches       {faster}")
    print(f"cosine of whole texts      mean {whole.mean():.5f}   least {whole.min():.5f}")
    print(f"cosine of tokens, as bytes mean {tokens.mean():.5f}   least {tokens.min():.5f}")


def encoded(embedder: OnnxEmbedder, texts: list[str], many: bool) -> tuple[float, Encoded]:
    """Processor seconds, and the encodings, one way or the other; a start is not counted."""
    setattr(embed, "MANY", 1 if many else len(texts) + 1)  # noqa: B010
    embedder.encode(texts[:2], "passage")
    start = time.process_time()
    made = embedder.encode(texts, "passage")
    return time.process_time() - start, made


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Of rows kept as bytes."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    return np.asarray((a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1))


if __name__ == "__main__":
    main()
