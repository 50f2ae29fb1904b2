"""ONNX Runtime opened for one model: quiet, one thread a run, nothing sent anywhere.

numpy's products run on one thread too: they are small here, texts and requests run side by side
anyway, and threads that wait for each other on a busy machine made a search three times as long.
"""

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
    import threadpoolctl
    from onnxruntime.capi import onnxruntime_pybind11_state as ort

    threadpoolctl.threadpool_limits(1, "blas")
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
