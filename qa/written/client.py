"""A language model behind the OpenAI chat protocol, streamed.

One request with httpx, rather than the openai package: nothing is read from the environment but the
key, redirects are not followed, nothing is tried twice, and what a broken server sends can be told
apart.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from corpus import FajuError, InputError

if TYPE_CHECKING:
    import httpx

    from qa.settings import Settings

__all__ = ["LanguageModel", "Message", "WritingError"]

Message = Mapping[str, str]

_KEYS = ("FAJU_LLM_KEY", "OPENAI_API_KEY")
# By eye: no real model was within reach. Five sentences, the prompt's limit, have some 500
# characters.
_CONNECTING = 10.0  # seconds
_MOST_BYTES = 4 * 2**20
_MOST_CHARACTERS = 20_000
_STATUSES = {
    401: "语言模型服务不接受密钥",
    403: "语言模型服务不接受密钥",
    404: "语言模型服务没有这个地址或模型",
    429: "语言模型服务超过了使用限额",
}


class WritingError(FajuError):
    """Nothing was written, or not to the end."""

    def __init__(self, why: str) -> None:
        super().__init__(f"没有写成答复：{why}；请以原文摘录为准。")


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model of a server: ``address`` up to and with ``/v1``; ``timeout`` seconds for one answer.

    InputError for an address that is not https, or http on this machine; for no name; for a key
    that no request can carry. The key comes from FAJU_LLM_KEY, else OPENAI_API_KEY.
    """

    address: str
    name: str
    timeout: float
    key: str = field(
        repr=False, default_factory=lambda: next(filter(None, map(os.environ.get, _KEYS)), "")
    )

    def __post_init__(self) -> None:
        parts = _split(self.address)
        if parts is None or not (parts.scheme == "https" or _here(parts)):
            raise InputError(
                f"语言模型的地址“{self.address[:200]}”不能用：应是 https:// 开头的地址，"
                "或本机的 http:// 地址，例如 http://127.0.0.1:11434/v1。"
            )
        if not self.name:
            raise InputError("请用 --llm-model（或设置项 llm_model）写明语言模型的名称。")
        if not (self.key.isascii() and self.key.isprintable()):
            raise InputError(f"环境变量 {'、'.join(_KEYS)} 里的密钥含有不能用的字符，请重新设置。")

    @classmethod
    def named(cls, settings: Settings) -> LanguageModel | None:
        """The model that the settings name; None when they have no address."""
        if not settings.llm:
            return None
        return cls(settings.llm, settings.llm_model, settings.llm_timeout)

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """What the model writes, piece by piece; WritingError when it does not come to its end."""
        import httpx

        local = _here(urlsplit(self.address))
        limits = httpx.Timeout(self.timeout, connect=min(_CONNECTING, self.timeout))
        try:
            # A proxy of the environment is for the way out, not for this machine.
            with (
                httpx.Client(timeout=limits, trust_env=not local) as client,
                client.stream(
                    "POST",
                    f"{self.address.rstrip('/')}/chat/completions",
                    headers={"Authorization": f"Bearer {self.key}"} if self.key.strip() else {},
                    json={
                        "model": self.name,
                        "messages": list(messages),
                        "stream": True,
                        "temperature": 0,
                    },
                ) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    why = _STATUSES.get(response.status_code, "语言模型服务出错")
                    raise WritingError(f"{why}（{response.status_code}）")
                yield from _pieces(self._lines(response))
        except httpx.TimeoutException as exc:
            raise self._slow() from exc
        except httpx.ConnectError as exc:
            raise WritingError("连不上语言模型服务") from exc
        except httpx.InvalidURL as exc:
            raise WritingError("语言模型服务的地址不能用") from exc
        except httpx.HTTPError as exc:
            raise WritingError("语言模型服务的应答中断了") from exc

    def _slow(self) -> WritingError:
        return WritingError(f"语言模型 {self.timeout:g} 秒内没有写完")

    def _lines(self, response: httpx.Response) -> Iterator[str]:
        """The lines of a response that neither lasts nor grows for ever."""
        end, size, rest = time.monotonic() + self.timeout, 0, b""
        for chunk in response.iter_bytes():
            size += len(chunk)
            if time.monotonic() > end:
                raise self._slow()
            if size > _MOST_BYTES:
                raise WritingError("语言模型服务的应答太长")
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8", "replace").strip() for line in whole)
        yield rest.decode("utf-8", "replace").strip()


def _split(address: str) -> SplitResult | None:
    """The parts of an address that holds nothing but host, port and path."""
    try:
        parts = urlsplit(address)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    extra = parts.query or parts.fragment or parts.username is not None
    return parts if whole and not extra and address.isprintable() else None


def _here(parts: SplitResult) -> bool:
    """Whether this is plain http to this very machine."""
    host = parts.hostname or ""
    if host != "localhost":
        try:
            if not ip_address(host).is_loopback:
                return False
        except ValueError:
            return False
    return parts.scheme == "http"


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    """The written text in the events; WritingError unless they end as an answer does."""
    size, finish = 0, None
    for line in lines:
        if not line.startswith("data:"):
            continue
        event = line.removeprefix("data:").strip()
        if event == "[DONE]":
            break
        text, reason = _choice(event)
        finish = reason or finish
        size += len(text)
        if size > _MOST_CHARACTERS:
            raise WritingError("语言模型写得太长")
        if text:
            yield text
    if finish == "length":
        raise WritingError("语言模型写到字数上限被截断")
    if finish not in {"stop", None} or (finish is None and size):
        raise WritingError("语言模型没有写完就停了")
    if not size:
        raise WritingError("语言模型没有写出内容")


def _choice(event: str) -> tuple[str, str | None]:
    """The text of one event and, in the last one, why it ends."""
    try:
        message: Any = json.loads(event)
        if "error" in message:
            raise WritingError("语言模型服务报告出错")
        if not message["choices"]:
            return "", None
        choice = message["choices"][0]
        text, reason = choice["delta"].get("content") or "", choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as exc:
        raise WritingError("语言模型服务的应答不是 OpenAI 接口的格式") from exc
    if not isinstance(text, str):
        raise WritingError("语言模型服务的应答不是 OpenAI 接口的格式")
    return text, reason
