"""All commands: what they are given, their options, their help with examples."""

from __future__ import annotations

from index import RUNS
from qa.commands.ask import ask, find, search
from qa.commands.backup import backup_home, restore_home
from qa.commands.build import build
from qa.commands.check import check
from qa.commands.doctor import doctor
from qa.commands.evaluate import evaluate
from qa.commands.grammar import Command, Names, Options, one_of, whole
from qa.commands.options_documents import DOCUMENTS, add_plan_options
from qa.commands.options_users import USERS
from qa.commands.serve import mcp, serve

__all__ = ["COMMANDS"]


def _build(options: Options) -> None:
    options.add(
        "--laws", help="收入哪些法律：cited 规划引用的（默认）、core 相关的三十来部、all 全部"
    )
    options.add("--model", help="sentence-transformers 模型名或文件夹（默认用自带的模型）")
    options.add(
        "--backend", help="向量后端：faiss、exact、milvus（不写就和上次建库一样；第一次是 faiss）"
    )
    _milvus(options)
    add_plan_options(options)
    options.add("--force", action="store_true", help="即使没有变化也重新建立")


def _milvus(options: Options) -> None:
    options.add(
        "--milvus-uri",
        metavar="URI",
        help="Milvus 服务器，例如 http://127.0.0.1:19530，https 就加密；建库后记住，下面几项也一样",
    )
    options.add(
        "--milvus-token",
        metavar="TOKEN",
        help="“用户名:密码”或 API 密钥，存进只有自己能读的文件，除非它已在 FAJU_MILVUS_TOKEN 里",
    )
    options.add("--milvus-database", metavar="NAME", help="Milvus 的数据库（默认 default）")
    options.add("--milvus-collection", metavar="NAME", help="在 Milvus 里叫什么（默认 faju）")
    options.add("--milvus-certificate", metavar="FILE", help="Milvus 服务器自签的证书（PEM）")
    options.add(
        "--milvus-index",
        metavar="KIND",
        help="Milvus 的索引：FLAT 精确（默认），HNSW 近似，几十万段以上更快",
    )


def _search(options: Options) -> None:
    _found(options)
    options.add("--run", type=one_of(RUNS), help="检索方式（默认 hybrid：语义和字词一起）")
    options.add("--section", help="只在这个章节里找，例如 第三章第三节")
    _reranker(options)
    _batch(options)


def _ask(options: Options) -> None:
    _found(options)
    options.add("--section", help="只在这个章节里找，例如 第三章第三节")
    _reranker(options)
    _batch(options)
    _writing(options)


def _reranker(options: Options) -> None:
    options.add(
        "--reranker",
        help="给最好的几段重新排序的 CrossEncoder（模型名或文件夹；默认不用）",
    )


def _find(options: Options) -> None:
    _found(options)
    _batch(options)


def _found(options: Options) -> None:
    options.add("-k", type=whole, help="列出几段原文（默认 10；ask 不写就只列答案）")
    options.add("--document", action="append", help="只在这份文档里找（编号或标题），可写多次")
    options.add("--all-versions", action="store_true", help="包括已废止和已被修改的旧版本")


def _check(options: Options) -> None:
    options.add(
        "--corrected",
        help="把更正稿写到这个文件（.docx 用修订标记，保留格式）；几份草稿时以下三项都写文件夹",
    )
    options.add("--report", help="把核对报告（Word）写到这个文件")
    options.add("--csv", help="把核对表写到这个文件")
    _batch(options)


def _batch(options: Options) -> None:
    options.add(
        "--batch",
        help="一次做一批：Excel、Word 表格、.csv（哪一列是问题会自己找，并说明），"
        "每行一题的 .txt、.docx，或每行有 id 和 question 或 text 的 .jsonl",
    )
    options.add(
        "--column", help="--batch 的哪一列是问题：表头（咨询问题）、列号（C）或 2:C（第 2 张表）"
    )
    options.add(
        "--out",
        help="--batch 的结果写到这个文件（默认标准输出）：.jsonl，ask 还可以是 .xlsx、.docx、.csv；"
        "中断后再运行同一条命令就接着做",
    )


def _writing(options: Options) -> None:
    options.add(
        "--llm",
        help="用语言模型把原文写成通顺的答复，逐句核对：OpenAI 兼容服务的地址，"
        "例如 http://127.0.0.1:11434/v1；密钥放在环境变量 FAJU_LLM_KEY（默认不用）",
    )
    options.add("--llm-model", help="语言模型的名称")


def _serve(options: Options) -> None:
    options.add("--host", help="监听地址（默认 127.0.0.1，只有本机能访问）")
    options.add(
        "--allow-host",
        metavar="NAMES",
        help="还可以用哪些名称访问网页，例如 faju.example.gov.cn；几个用逗号隔开",
    )
    options.add("--port", type=whole, help="端口（默认 7860）")
    options.add(
        "--build", action="store_true", help="先打开网页，同时建库：法律在后台装入，装好自动加入"
    )
    options.add("--certificate", metavar="FILE", help="TLS 证书（PEM），网页改用 https")
    options.add("--key", metavar="FILE", help="证书的私钥（PEM）")
    _reranker(options)
    _writing(options)


def _mcp(options: Options) -> None:
    options.add(
        "--http", action="store_true", help="改用 HTTP 服务，只有本机能访问（默认标准输入输出）"
    )
    options.add("--port", type=whole, help="--http 的端口（默认 8765）")


def _evaluate(options: Options) -> None:
    options.add(
        "--run",
        action="append",
        help=f"检索方式（{'、'.join(RUNS)}），或别的系统的 TREC 结果文件；可写多次，"
        "后面的都和第一个比较",
    )
    _reranker(options)
    options.add("--out", help="把报告、指标、逐题记录和 TREC 文件写到这个文件夹")
    options.add("--floors", help="各项指标的下限（TOML），有一项达不到退出状态就是 1")


COMMANDS = (
    Command(
        "build",
        build,
        "准备模型、读取文档库、更新索引；只重新计算变了的部分",
        ("faju build", "faju build --laws all", "faju build --model /data/bge-m3"),
        options=_build,
    ),
    Command(
        "search",
        search,
        "查找相关段落，按相关程度排列",
        (
            "faju search 企业老被检查打扰怎么管",
            "faju search 听证会 -k 3 --section 第三章",
            "faju search 结婚年龄 --document 中华人民共和国民法典 --json",
            "faju search --batch 问题.jsonl --out 结果.jsonl",
        ),
        Names("query", "要查的内容", "- 表示从标准输入读", "text"),
        _search,
    ),
    Command(
        "ask",
        ask,
        "用原文句子回答问题，并注明出处；文件没有规定的照实说",
        (
            "faju ask 企业老被检查打扰，规划里怎么管？",
            "faju ask 民法典第一千二百六十条 --json",
            "faju ask --batch 问题.xlsx --out 答案.xlsx",
            "faju ask --batch 热线记录.xlsx --column 咨询问题 --out 答案.docx",
            "faju ask 企业老被检查打扰怎么管 --llm http://127.0.0.1:11434/v1 --llm-model qwen3",
        ),
        Names("question", "问题", "- 表示从标准输入读", "text"),
        _ask,
    ),
    Command(
        "find",
        find,
        "查找一段文字的原文出处，一字不差的和相近的",
        ("faju find 法无授权不可为", "faju find 哪份文件里说过枫桥经验 -k 3 --json"),
        Names("text", "要找的文字", "- 表示从标准输入读", "text"),
        _find,
    ),
    Command(
        "check",
        check,
        "核对草稿里的引文和条文号，逐处给出结论",
        (
            "faju check 草稿.docx",
            "faju check 草稿.docx --corrected 更正稿.docx --report 报告.docx --csv 核对表.csv",
            "faju check 甲.docx 乙.txt --report 报告文件夹",
            "faju check - < 草稿.txt",
        ),
        Names("files", "草稿…", "文件（.txt、.md、.docx），- 表示从标准输入读", "several"),
        _check,
    ),
    *DOCUMENTS,
    Command(
        "serve",
        serve,
        "打开网页（与 python app.py 相同）",
        ("faju serve", "faju serve --port 8080", "faju serve --host 0.0.0.0  # 要先建账户"),
        options=_serve,
    ),
    *USERS,
    Command(
        "backup",
        backup_home,
        "把文库、模型、账户和设置备份成一个文件；网页可以照常开着",
        ("faju backup 备份.zip",),
        Names("file", "文件", "要写的备份文件（.zip）"),
    ),
    Command(
        "restore",
        restore_home,
        "从备份恢复，逐个文件核对无误才放回；原来的移到旁边",
        ("faju restore 备份.zip", "faju restore 备份.zip --home 新文件夹"),
        Names("file", "文件", "备份文件（.zip）"),
    ),
    Command(
        "doctor",
        doctor,
        "逐个文件核对模型、索引和自己的文档，能修的修好；复制或恢复之后用",
        ("faju doctor", "faju doctor --home 新文件夹"),
    ),
    Command(
        "mcp",
        mcp,
        "作为 MCP 工具供智能助手调用（默认用标准输入输出）",
        ("faju mcp", "faju mcp --http --port 8765"),
        options=_mcp,
    ),
    Command(
        "evaluate",
        evaluate,
        "用一套题目测量检索和问答的准确程度",
        (
            "faju evaluate qa/sets/plan-dev.jsonl",
            "faju evaluate 题集.xlsx --run lexical --run hybrid --out 结果文件夹",
            "faju evaluate 题集.csv --run hybrid --run 别的系统.trec --json",
        ),
        Names("questions", "题集", "文件（.jsonl、.csv、.xlsx）"),
        _evaluate,
    ),
)
"""In the order of the help."""
