"""Places of papers without articles: parts, points, annexes, decimals, steps, gone to directly."""

from __future__ import annotations

import pytest

from corpus import Document, load_catalog
from corpus.structure import structure
from index import build_index, open_index
from index.model import Embedder
from qa import Engine, Settings

PAPER = Document(
    "paper",
    "东河市节水实施方案",
    "方案",
    "现行有效",
    """东河市节水实施方案
一、目标
用水总量不超过九千万吨。
二、任务
（一）工业节水。重复利用率达到九成。
（二）农业节水。推广滴灌三万亩。
（三）城镇节水。管网漏损率降到百分之八。
三、步骤
第一阶段：动员
三月底前部署完毕。
第二阶段：检查
九月底前查完。
附件1
考核办法
第一条 考核每年一次。
第二条 考核满分为一百分。
附件2
技术要求
1 水表
1.1 精度
误差不超过百分之二。
1.2 寿命
六年更换。
""",
)


@pytest.fixture(scope="module")
def engine(fake_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    home = tmp_path_factory.mktemp("home")
    build_index(home, [structure(PAPER)], fake_embedder)
    return Engine(
        *open_index(home, lambda manifest: fake_embedder), load_catalog(), Settings.load(home)
    )


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("第一部分说什么", "用水总量不超过九千万吨。"),
        ("第二部分第三项", "（三）城镇节水。管网漏损率降到百分之八。"),
        ("第一点是什么", "用水总量不超过九千万吨。"),
        ("第二项工作是什么", "（一）工业节水。重复利用率达到九成。"),
        ("第二部分第（二）项", "（二）农业节水。推广滴灌三万亩。"),
        ("第二阶段做什么", "九月底前查完。"),
        ("附件1第二条", "第二条 考核满分为一百分。"),
        ("附件一说什么", "第一条 考核每年一次。"),
        ("附件2的1.2", "六年更换。"),
    ],
)
def test_a_place_of_a_paper_is_gone_to(engine: Engine, place: str, first: str) -> None:
    result = engine.ask(f"东河市节水实施方案{place}")
    assert (result["route"], result["answered"]) == ("place", True)
    assert result["hits"][0]["text"] == first


@pytest.mark.parametrize("place", ["第七项", "附件3", "附件2第二条", "附件1第九条"])
def test_a_place_that_a_paper_has_not_is_said_to_be_missing(engine: Engine, place: str) -> None:
    result = engine.ask(f"东河市节水实施方案{place}")
    assert (result["answered"], result["hits"]) == (False, [])
    assert "没有" in result["notice"]


@pytest.mark.parametrize(
    ("draft", "verdicts"),
    [
        ("《东河市节水实施方案》第一部分规定：“用水总量不超过九千万吨。”", ["exists", "verbatim"]),
        (
            "《东河市节水实施方案》第二部分第（二）项规定：“农业节水。推广滴灌三万亩。”",
            ["exists", "verbatim"],
        ),
        (
            "《东河市节水实施方案》第三部分规定：“用水总量不超过九千万吨。”",
            ["exists", "wrong_article"],
        ),
        ("见《东河市节水实施方案》第九部分。", ["no_such_article"]),
        ("见《东河市节水实施方案》附件3。", ["no_such_article"]),
    ],
)
def test_the_section_that_a_draft_cites_is_checked(
    engine: Engine, draft: str, verdicts: list[str]
) -> None:
    assert [item.verdict for item in engine.check(draft).items] == verdicts
