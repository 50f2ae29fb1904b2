"""Fit index/model/projection.safetensors: python -m benchmarks.train.fit_projection (two minutes).

A seeded sample of the articles in force; no plan and no question is read.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path

import numpy as np

from corpus.catalog import load_catalog
from corpus.statutes import load_statutes
from index.fields import dense_field
from index.model.embed import OnnxEmbedder, load_embedder
from index.model.prepared import prepare_model
from index.model.projection import Projection

SAMPLE, SEED = 4000, 20260901


def main() -> None:
    """Write the file beside the modules of ``index``."""
    home = Path(sys.argv[1] if len(sys.argv) > 1 else ".faju-home")
    embedder = load_embedder(prepare_model(home))
    assert isinstance(embedder, OnnxEmbedder)
    laws = [d for d in load_statutes("all", date(2026, 11, 22), load_catalog()) if d.current]
    fields = [dense_field(d, p)[0] for d in laws for p in d.passages if p.kind == "text"]
    texts = random.Random(SEED).sample(sorted(set(fields)), SAMPLE)
    pooled, tokens = embedder.raw_vectors(texts, "passage")
    target = Path(__file__).resolve().parents[2] / "index" / "model" / "projection.safetensors"
    target.write_bytes(Projection.fit(pooled, np.concatenate(tokens)).content())
    print(f"{target.name}: {len(texts)} passages")


if __name__ == "__main__":
    main()
