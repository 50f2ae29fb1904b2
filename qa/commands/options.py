"""The commands' options and their help, with examples."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from qa.commands.options_documents import add_documents_options, add_plan_options

__all__ = ["make_parser"]

_EXAMPLES = {
    "build": ("faju build", "faju build --laws all", "faju build --model /data/bge-m3"),
    "search": (
        "faju search 企业老被检查打扰怎么管",
        "faju search 听证会 -k 3 --section 第三章",
        "faju search 结婚年龄 --document 中华人民共和国民法典 --json",
        "faju search --batch 问题.jsonl --out 结果.jsonl",
    ),
    "ask": (
        "faju ask 企业老被检查打扰，规划里怎么管？",
        "faju ask 民法典第一千二百六十条 --json",
        "faju ask --batch 问题.xlsx --out 答案.xlsx",
        "faju ask --batch 问题.jsonl --out 答案.docx",
        "faju ask 企业老被检查打扰怎么管 --llm http://127.0.0.1:11434/v1 --llm-model qwen3",
    ),
    "find": ("faju find 法无授权不可为", "faju find 哪份文件里说过枫桥经验 -k 3 --json"),
    "check": (
        "faju check 草稿.docx",
        "faju check 草稿.docx --corrected 更正稿.docx --report 报告.docx --csv 核对表.csv",
        "faju check - < 草稿.txt",
    ),
    "documents": (
        "faju documents add 规划.docx",
        "faju documents add 文件夹 --yes",
        "faju --home 滨海市 documents add 滨海市规划.pdf  # 另一城市的文档库，不收自带的规划",
        "faju documents fetch 法治中国建设规划",
        "faju documents fetch --all-cited",
        "faju documents remove 滨海市规划",
        "faju documents list --own",
        "faju documents show 中华人民共和国民法典",
        "faju documents cited",
        "faju documents cited 民法典第五百七十七条 --by",
        "faju documents cited --graph 引用关系.graphml",
        "faju documents compare 渔业法（2013年） 渔业法 --out 对照表.docx",
    ),
    "serve": ("faju serve", "faju serve --port 8080"),
    "mcp": ("faju mcp", "faju mcp --http --port 8765"),
    "evaluate": (
        "faju evaluate qa/sets/plan-dev.jsonl",
        "faju evaluate 题集.xlsx --run lexical --run hybrid --out 结果文件夹",
        "faju evaluate 题集.csv --run hybrid --run 别的系统.trec --json",
    ),
}
_SUMMARIES = {
    "build": "准备模型、读取文档库、更新索引；只重新计算变了的部分",
    "search": "查找相关段落，按相关程度排列",
    "ask": "用原文句子回答问题，并注明出处；文件没有规定的照实说",
    "find": "查找一段文字的原文出处，一字不差的和相近的",
    "check": "核对草稿里的引文和条文号，逐处给出结论",
    "documents": "文档库：列出文档、看目录、看引用了哪些文件，入库和移出自己的文档，从官方网址获取",
    "serve": "打开网页（与 python app.py 相同）",
    "mcp": "作为 MCP 工具供智能助手调用（默认用标准输入输出）",
    "evaluate": "用一套题目测量检索和问答的准确程度",
}


class _Parser(argparse.ArgumentParser):
    """argparse with its error in one line that says where help is."""

    def error(self, message: str) -> Any:
        """Print the mistake and leave with status 2."""
        self.exit(2, f"faju: 参数有误（{message}），用法见：{self.prog} -h\n")


def make_parser(
    commands: Mapping[str, Callable[..., int]], runs: Sequence[str]
) -> argparse.ArgumentParser:
    """The parser for all commands; each sets ``command`` to its function."""
    parser = _Parser(prog="faju", description="法据：查找、引用、核对政府规划和法律的原文")
    parser.add_argument("--version", action="version", version=f"faju {version('faju')}")
    _home(parser, None)
    listed = parser.add_subparsers(metavar="命令", required=True, parser_class=_Parser)
    made = {name: _command(listed, name, command) for name, command in commands.items()}
    _build(made["build"])
    _asking(made["search"], "query", "要查的内容")
    made["search"].add_argument(
        "--run", choices=runs, help="检索方式（默认 hybrid：语义和字词一起）"
    )
    _asking(made["ask"], "question", "问题")
    _writing(made["ask"])
    _writing(made["serve"])
    for name in ("search", "ask"):
        made[name].add_argument("--section", help="只在这个章节里找，例如 第三章第三节")
    _asking(made["find"], "text", "要找的文字")
    _check(made["check"])
    add_documents_options(made["documents"])
    made["serve"].add_argument("--host", help="监听地址（默认 127.0.0.1，只有本机能访问）")
    made["serve"].add_argument(
        "--allow-host", help="还可以用哪些名称访问网页，例如 faju.example.gov.cn；几个用逗号隔开"
    )
    made["serve"].add_argument("--port", type=int, help="端口（默认 7860）")
    made["mcp"].add_argument(
        "--http", action="store_true", help="改用 HTTP 服务，只有本机能访问（默认标准输入输出）"
    )
    made["mcp"].add_argument("--port", type=int, help="--http 的端口（默认 8765）")
    evaluate = made["evaluate"]
    evaluate.add_argument("questions", help="题集文件（.jsonl、.csv、.xlsx）")
    evaluate.add_argument(
        "--run",
        action="append",
        help=f"检索方式（{'、'.join(runs)}），或别的系统的 TREC 结果文件；可写多次，"
        "后面的都和第一个比较",
    )
    evaluate.add_argument("--out", help="把报告、指标、逐题记录和 TREC 文件写到这个文件夹")
    evaluate.add_argument("--floors", help="各项指标的下限（TOML），有一项达不到退出状态就是 1")
    return parser


def _command(
    listed: argparse._SubParsersAction[_Parser], name: str, command: Callable[..., int]
) -> _Parser:
    parser = listed.add_parser(
        name,
        help=_SUMMARIES[name],
        description=_SUMMARIES[name],
        epilog="例：\n" + "\n".join(f"  {line}" for line in _EXAMPLES[name]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    # Also before the command; here it must not undo what was said there.
    _home(parser, argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="输出 JSON，每行一个")
    parser.add_argument("-v", "--verbose", action="store_true", help="在标准错误上说明过程")
    return parser


def _home(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--home",
        default=default,
        help="存放文档、模型和索引的文件夹（默认在用户数据文件夹，或 FAJU_HOME）",
    )


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--laws", help="收入哪些法律：cited 规划引用的（默认）、core 相关的三十来部、all 全部"
    )
    parser.add_argument("--model", help="sentence-transformers 模型名或文件夹（默认用自带的模型）")
    parser.add_argument("--backend", help="向量后端：faiss（默认）、exact")
    add_plan_options(parser)
    parser.add_argument("--force", action="store_true", help="即使没有变化也重新建立")


def _asking(parser: argparse.ArgumentParser, name: str, text: str) -> None:
    parser.add_argument(name, nargs="?", help=f"{text}，- 表示从标准输入读")
    parser.add_argument("-k", type=int, help="返回几段（默认 10）")
    parser.add_argument(
        "--document", action="append", help="只在这份文档里找（编号或标题），可写多次"
    )
    parser.add_argument("--all-versions", action="store_true", help="包括已废止和已被修改的旧版本")
    _batch(parser)


def _writing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--llm",
        help="用语言模型把原文写成通顺的答复，逐句核对：OpenAI 兼容服务的地址，"
        "例如 http://127.0.0.1:11434/v1；密钥放在环境变量 FAJU_LLM_KEY（默认不用）",
    )
    parser.add_argument("--llm-model", help="语言模型的名称")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", help="草稿（.txt、.md、.docx），- 表示从标准输入读")
    parser.add_argument("--corrected", help="把更正稿写到这个文件（.docx 用修订标记，保留格式）")
    parser.add_argument("--report", help="把核对报告（Word）写到这个文件")
    parser.add_argument("--csv", help="把核对表写到这个文件")
    _batch(parser)


def _batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--batch",
        help="一次做一批：JSONL 文件，每行有 id 和 question 或 text；"
        "ask 还可以用有“问题”一列的 .xlsx、.csv",
    )
    parser.add_argument(
        "--out",
        help="--batch 的结果写到这个文件（默认标准输出）；ask 可以是 .xlsx、.docx、.csv、.jsonl，"
        "中断后再运行同一条命令就接着做",
    )
