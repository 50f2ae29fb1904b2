"""What runs a prepared graph: ONNX Runtime, or OpenVINO for many texts where it is installed.

OpenVINO reads the same graph, so the model and its fingerprint are the same; it rounds in other
places. Its vectors are within a cosine of 0.999 of ONNX Runtime's, and it takes three fifths of the
processor time (python -m benchmarks.measure.runtimes). A single question is left to ONNX Runtime,
which is open at once.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.model.session import open_session

__all__ = ["MANY", "OnnxRuntime", "OpenVinoRuntime", "Runtime", "for_many"]

MANY = 200
"""Texts from which on OpenVINO is worth its start of half a second."""


class Runtime(Protocol):
    """A graph ready to be run by several threads, ``rows`` texts of one length at a time."""

    rows: int

    def run(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """From token ids (texts, tokens) to states (texts, tokens, width)."""
        ...


class OnnxRuntime:
    """ONNX Runtime: a text at a time, several together are no faster."""

    rows = 1

    def __init__(self, graph: Path) -> None:
        self._session = open_session(graph)

    def run(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """See ``Runtime.run``."""
        (states,) = self._session.run(None, {"input_ids": ids})
        return np.asarray(states, np.float32)


class OpenVinoRuntime:
    """OpenVINO, with a request of its own for each thread."""

    rows = 16

    def __init__(self, graph: Path, threads: int) -> None:
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": threads}
        self._model: Any = openvino.Core().compile_model(str(graph), "CPU", settings)
        self._own = threading.local()
        # Its first run sets up what all share; two threads at that at once wait for each other.
        self.run(np.array([[0, 2]], np.int64))

    def run(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """See ``Runtime.run``."""
        if not hasattr(self._own, "request"):
            self._own.request = self._model.create_infer_request()
        return np.array(self._own.request.infer([ids])[0], np.float32)


def for_many(graph: Path, threads: int) -> Runtime | None:
    """What is faster than ONNX Runtime for many texts; None where nothing is installed."""
    return OpenVinoRuntime(graph, threads) if find_spec("openvino") else None
