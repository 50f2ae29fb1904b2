"""ONNX Runtime opened for one model: quiet, one thread a run, nothing sent anywhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from corpus import DamagedError

__all__ = ["open_session"]


def open_session(graph: Path) -> Any:
    """The session of an ONNX file; DamagedError when this ONNX Runtime cannot open it.

    The library reports every process to its maker unless the environment says otherwise before it
    is imported; its own call to disable that comes too late.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as ort

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except (ort.Fail, ort.InvalidGraph, ort.InvalidProtobuf, ort.NotImplemented) as exc:
        raise DamagedError(
            f"{graph} 在本机的 onnxruntime {onnxruntime.__version__} 上"
            "打不开；请按依赖清单重装 onnxruntime，再运行 faju build"
        ) from exc
