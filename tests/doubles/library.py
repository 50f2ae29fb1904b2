"""A plan and three laws by hand, and an engine over them: real clauses, no built library."""

from __future__ import annotations

from pathlib import Path

from corpus import Document, load_catalog
from corpus.structure import structure
from index import build_index, open_index
from index.model import Embedder
from qa import Engine, Settings

PLAN = Document(
    "plan",
    "滨海市法治建设规划",
    "规划",
    "征求意见稿",
    """滨海市法治建设规划
第一章 总体要求
坚持法治为了人民、依靠人民，增强人民群众的获得感。
第三章 主要任务
第一节 依法履行政府职能
完善重大行政决策听证制度。听证应当公开举行。
第二节 规范执法
一、规范涉企检查
规范涉企行政检查，着力解决涉企现场检查事项多、频次高、随意检查等问题。
二、化解矛盾
坚持和发展新时代“枫桥经验”，完善信访制度。
""",
    aliases=("规划",),
    issuer="滨海市司法局",
    published="2024-05-06",
)
CODE = Document(
    "law-mfd",
    "中华人民共和国民法典",
    "法律",
    "现行有效",
    """中华人民共和国民法典
第一章 总则
第五十四条 自然人从事工商业经营，经依法登记，为个体工商户。个体工商户可以起字号。
第二章 婚姻家庭
第一千零四十七条 结婚年龄，男不得早于二十二周岁，女不得早于二十周岁。
第一千二百六十条 本法自2021年1月1日起施行。《中华人民共和国婚姻法》同时废止。
《中华人民共和国继承法》同时废止。
""",
    aliases=("民法典",),
    published="2020-05-28",
    effective="2021-01-01",
    origin="law",
)
CONSTITUTION = Document(
    "law-xf",
    "中华人民共和国宪法",
    "宪法",
    "现行有效",
    """中华人民共和国宪法
第一章 总纲
第五条 中华人民共和国实行依法治国，建设社会主义法治国家。
国家维护社会主义法制的统一和尊严。
一切法律、行政法规和地方性法规都不得同宪法相抵触。
""",
    aliases=("宪法",),
    effective="2018-03-11",
    origin="law",
)
MARRIAGE = Document(
    "law-hyf",
    "中华人民共和国婚姻法",
    "法律",
    "已废止",
    """中华人民共和国婚姻法
第六条 结婚年龄，男不得早于二十二周岁，女不得早于二十周岁。晚婚晚育应予鼓励。
""",
    aliases=("婚姻法",),
    effective="1981-01-01",
    origin="law",
)


def small_engine(home: Path, embedder: Embedder) -> Engine:
    """An engine over these four; ``home`` is an empty folder."""
    build_index(home, [structure(each) for each in (PLAN, CONSTITUTION, CODE, MARRIAGE)], embedder)
    return Engine(*open_index(home, lambda manifest: embedder), load_catalog(), Settings.load(home))
