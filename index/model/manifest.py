"""What a prepared model's folder holds, and whether it still does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from corpus import DamagedError, MissingError

__all__ = [
    "FORMAT",
    "MANIFEST_FILE",
    "ModelManifest",
    "file_checksum",
    "verify_model",
]

FORMAT = 1
MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True)
class ModelManifest:
    """What a prepared folder holds; `files` maps each relative path to [size, sha256].

    ``seal`` is the checksum of all the rest; models prepared before there was one have none.
    """

    format: int
    kind: Literal["onnx", "sentence-transformers"]
    name: str
    source: str
    dimension: int
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    versions: Mapping[str, str]
    files: Mapping[str, list[Any]]
    seal: str = ""

    def sealed(self) -> ModelManifest:
        """The same with the checksum of what it says."""
        said = json.dumps(asdict(replace(self, seal="")), sort_keys=True)
        return replace(self, seal=hashlib.sha256(said.encode()).hexdigest())

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change whenever the vectors would."""
        counted: list[Any] = [
            self.format,
            self.kind,
            self.max_tokens,
            self.query_prompt,
            self.passage_prompt,
        ]
        counted += [[path, checksum] for path, (_, checksum) in sorted(self.files.items())]
        return hashlib.sha256(json.dumps(counted).encode()).hexdigest()[:16]

    def fault(self, folder: Path) -> str | None:
        """Name the first file that is gone or not what was written; None where all is well."""
        for relative, (size, checksum) in sorted(self.files.items()):
            path = folder / relative
            if not path.is_file() or path.stat().st_size != size or file_checksum(path) != checksum:
                return relative
        return None


def verify_model(folder: Path) -> ModelManifest:
    """Read the manifest and compare every file's checksum with it.

    Raises MissingError where nothing was prepared and DamagedError where a file has changed.
    """
    path = folder / MANIFEST_FILE
    if not path.is_file():
        raise MissingError(f"{folder} 里还没有准备好的向量模型；请先运行 faju build")
    try:
        manifest = ModelManifest(**json.loads(path.read_text(encoding="utf-8")))
        fault = manifest.fault(folder)
    except (ValueError, TypeError, AttributeError) as exc:
        raise DamagedError(f"{path} 已损坏；请运行 faju build 重新准备模型") from exc
    if manifest.format != FORMAT:
        raise DamagedError(f"{folder} 是另一版程序准备的模型；请运行 faju build 重新准备")
    if manifest.seal and manifest != manifest.sealed():
        raise DamagedError(f"{path} 已损坏；请运行 faju build 重新准备模型")
    if fault is not None:
        raise DamagedError(f"模型文件 {folder / fault} 缺失或已损坏；请运行 faju build 重新准备")
    return manifest


def file_checksum(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
