"""Any sentence-transformers model as a full citizen: its own prompts, its tokens' vectors too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.maxsim import quantised
from index.model.encoded import Encoded, Kind, Progress
from index.model.manifest import ModelManifest
from index.model.named_states import named_states
from index.model.packaged import PROJECTION_FILE
from index.model.prepared import WEIGHTS_FOLDER
from index.model.projection import Projection

__all__ = ["NamedEmbedder"]


class NamedEmbedder:
    """A sentence-transformers model on torch."""

    def __init__(
        self, model_dir: Path, manifest: ModelManifest, *, threads: int | None = None
    ) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        if threads is not None:
            torch.set_num_threads(max(1, threads))
        self.name = manifest.name
        self.dimension = manifest.dimension
        self.fingerprint = manifest.fingerprint
        self._prompts = {"query": manifest.query_prompt, "passage": manifest.passage_prompt}
        self._projection = Projection.load((model_dir / PROJECTION_FILE).read_bytes())
        self.token_dimension = self._projection.directions.shape[1]
        folder = str(model_dir / WEIGHTS_FOLDER)
        self._model = SentenceTransformer(folder, device="cpu", local_files_only=True)

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Encoded:
        """Vectors of questions or passages; `progress` hears (done, total)."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = [np.empty((0, self.token_dimension), np.int8)] * len(texts)
        spans = [np.empty((0, 2), np.int32)] * len(texts)
        states = named_states(self._model, texts, kind, self._prompts[kind])
        for done, each in enumerate(states, 1):
            vectors[each.place] = each.pooled
            tokens[each.place] = quantised(self._projection.tokens(each.tokens))
            spans[each.place] = each.spans
            if progress is not None:
                progress(done, len(texts))
        return Encoded(self._projection.pooled(vectors), tokens, spans)
