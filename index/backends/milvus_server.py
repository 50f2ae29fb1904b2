"""A Milvus server: where it is, how to get in, and what is wrong when it does not do as asked."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from corpus import DamagedError, InputError, MissingError

__all__ = ["MilvusIndex", "MilvusServer", "connected", "keep_token", "kept_token"]

MilvusIndex = Literal["FLAT", "HNSW"]

TOKEN = "FAJU_MILVUS_TOKEN"
_TOKEN_FILE = ".milvus-token"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,200}")
_CONNECT = 10.0  # seconds
_NO_CONNECTION, _NO_COLLECTION, _NO_DATABASE = 2, 100, 800


@dataclass(frozen=True, slots=True)
class MilvusServer:
    """Where vectors are kept: server, database, the collections' common name, and their index.

    ``uri`` is http(s)://host:port, or the path of a folder NAME.db for milvus-lite, which runs
    inside this program. ``certificate`` is the server's own, a PEM file, where it is signed by
    nobody the system trusts. Raises InputError for what cannot be an address or a name.
    """

    uri: str
    token: str = field(default="", repr=False)
    database: str = ""
    collection: str = "faju"
    certificate: str = ""
    index: MilvusIndex = "FLAT"

    def __post_init__(self) -> None:
        parts = urlsplit(self.uri)
        if not self.local and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise InputError(
                f"Milvus 的地址“{self.uri}”不对，应像 http://127.0.0.1:19530 或 https://milvus.example.gov.cn:19530。"
            )
        if parts.username:
            raise InputError(
                f"令牌不要写在 Milvus 的地址里，请用 --milvus-token 或环境变量 {TOKEN}。"
            )
        if not _NAME.fullmatch(self.collection):
            raise InputError(
                f"Milvus 集合名“{self.collection}”不行：用字母、数字和下划线，不以数字开头。"
            )

    @property
    def local(self) -> bool:
        """Whether it is milvus-lite, a folder of this computer."""
        return self.uri.endswith(".db") and "://" not in self.uri

    def remembered(self) -> dict[str, str]:
        """What a file that anybody may read can say of it: all but the token."""
        return {name: value for name, value in asdict(self).items() if name != "token"}


def connected(server: MilvusServer) -> Any:
    """A client of the server (``pymilvus.MilvusClient``).

    MissingError where the package or the server is not there, InputError where it lets us not in.
    """
    try:
        from pymilvus import MilvusClient
    except ImportError as exc:
        raise MissingError(
            "没有安装 Milvus 的客户端，请运行：pip install 'pymilvus>=2.6'（milvus-lite 另装）"
        ) from exc
    # They print every error that they raise.
    for name in ("pymilvus", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    options: dict[str, Any] = {}
    if server.certificate:
        options["server_pem_path"] = server.certificate
    if server.local:
        # It hangs up on a client that asks every ten seconds whether it is still there.
        options["grpc_options"] = {"grpc.keepalive_time_ms": 2**31 - 1}
    if server.certificate and not Path(server.certificate).is_file():
        raise InputError(f"没有 Milvus 的证书文件 {server.certificate}。")
    with problems_of(server):
        client = MilvusClient(
            server.uri,
            token=server.token,
            db_name=server.database,
            timeout=_CONNECT,
            **options,
        )
        client.list_collections(timeout=_CONNECT)
    return client


@contextmanager
def problems_of(server: MilvusServer) -> Iterator[None]:
    """What Milvus complains of meanwhile, as an error of ours that says what to do."""
    from grpc import RpcError
    from pymilvus import MilvusException

    try:
        yield
    except (MilvusException, RpcError) as exc:
        raise _problem(server, exc) from exc


def _problem(server: MilvusServer, exc: Exception) -> Exception:
    said = "；".join(_chain(exc))
    code = getattr(exc, "code", None)
    if re.search("(?i)unauthenticated|auth check|permission ?deny|PermissionDenied", said):
        return InputError(
            f"Milvus（{server.uri}）不接受这个令牌，请用 --milvus-token 或环境变量 {TOKEN} 给出"
            "“用户名:密码”或 API 密钥，并确认它有权用这个库。"
        )
    if code == _NO_DATABASE or re.search("database .*(not exist|not found)", said):
        return InputError(
            f"Milvus（{server.uri}）里没有数据库“{server.database}”，请先在服务器上建立。"
        )
    if code == _NO_COLLECTION:
        return DamagedError(f"Milvus（{server.uri}）里的集合不见了，请重新建库：faju build --force")
    if server.local:
        return MissingError(
            f"打不开 {server.uri}：要先安装 milvus-lite，文件夹同时只能由一个程序使用。"
        )
    if code == _NO_CONNECTION or re.search("(?i)unavailable|deadline|timeout|not ready", said):
        return MissingError(
            f"连不上 Milvus 服务器 {server.uri}，请确认它已启动、地址、端口和证书无误、网络可达。"
        )
    return InputError(f"Milvus（{server.uri}）做不到：{said[:300]}")


def _chain(exc: BaseException | None) -> Iterator[str]:
    """What an error says, and those it came of; pymilvus raises some from themselves."""
    met: list[BaseException] = []
    while exc is not None and exc not in met:
        met.append(exc)
        yield str(exc)
        exc = exc.__context__ if exc.__cause__ in (None, exc) else exc.__cause__


def keep_token(folder: Path, token: str) -> None:
    """Keep the token beside the generations, readable for its owner alone; none: forget it.

    What stands in the environment is not written down.
    """
    path = folder / _TOKEN_FILE
    if not token or token == os.environ.get(TOKEN):
        path.unlink(missing_ok=True)
        return
    # mkstemp makes a file that nobody else can read.
    handle, temporary = tempfile.mkstemp(prefix=f"{_TOKEN_FILE}-", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(token)
    os.replace(temporary, path)


def kept_token(folder: Path, server: MilvusServer) -> MilvusServer:
    """The server with its token: the environment's, else the one kept."""
    path = folder / _TOKEN_FILE
    kept = path.read_text(encoding="utf-8") if path.is_file() else ""
    return replace(server, token=os.environ.get(TOKEN, kept))
