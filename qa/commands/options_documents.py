"""The commands of ``faju documents``, and which plan a library begins with."""

from __future__ import annotations

from qa.commands.adding import add_documents, remove_documents
from qa.commands.compare import compare_documents
from qa.commands.documents import cited_by_document, list_documents, show_document
from qa.commands.fetch import fetch_documents
from qa.commands.grammar import Command, Names, Options
from qa.commands.packs import export_documents, import_documents
from qa.commands.questions import (
    add_question,
    export_questions,
    import_questions,
    list_questions,
    remove_question,
)
from qa.commands.watch import watch_folder

__all__ = ["DOCUMENTS", "add_plan_options"]


def add_plan_options(options: Options) -> None:
    """With or without the plan that comes with the program."""
    options.add(
        "--without-plan",
        dest="plan",
        action="store_const",
        const="without",
        help="不收自带的乌鲁木齐市规划（一个文件夹先用 documents add 入库的，本来就不收）",
    )
    options.add(
        "--with-plan", dest="plan", action="store_const", const="with", help="收入自带的规划"
    )


def _show(options: Options) -> None:
    options.add("--source", action="store_true", help="逐段列出原文和读法，供对照原文件核对")
    options.add("--out", help="和 --source 一起用：写成网页，PDF 的每页图像和读到的文字左右对照")


def _list(options: Options) -> None:
    options.add("--own", action="store_true", help="只列自己入库的文档")


def _cited(options: Options) -> None:
    options.add("--by", action="store_true", help="反过来列出引用这份文件或这一条的条款")
    options.add("--graph", help="把引用关系图写到这个文件（.graphml 或 .csv）")


def _compare(options: Options) -> None:
    options.add("--changes", action="store_true", help="只列有改动的条文")
    options.add("--out", help="把新旧条文对照表写成 Word 或 Excel（.docx、.xlsx）")


def _add(options: Options) -> None:
    options.add("--yes", action="store_true", help="不逐份确认，读出的标题等照用")
    options.add("--title", help="标题（默认从文件里读出，以下各项同）")
    options.add("--issuer", help="发文机关")
    options.add("--number", help="文号")
    options.add("--date", help="公布日期，如 2021-09-01")
    options.add("--effective", help="施行日期")
    options.add("--status", help="效力，如 征求意见稿、试行、现行有效、已废止")
    options.add("--no-ocr", action="store_true", help="PDF 里没有文字的页不做文字识别（OCR）")
    add_plan_options(options)


def _remove(options: Options) -> None:
    options.add("--yes", action="store_true", help="不逐份确认")
    add_plan_options(options)


def _fetch_law_cn(options: Options) -> None:
    _fetch(options)
    options.add(
        "--law-cn", action="store_true", help="任何标题：用本机的 law-cn 命令检索下载（须自行安装）"
    )


def _watch(options: Options) -> None:
    options.add("--every", type=int, default=30, help="每隔多少秒看一次，默认 30")
    options.add("--once", action="store_true", help="只看一次")
    options.add("--no-ocr", action="store_true", help="PDF 里没有文字的页不做文字识别（OCR）")
    options.add("--yes", action="store_true", default=True, help="不逐份确认（看守时总是这样）")


def _export(options: Options) -> None:
    options.add("--out", help="写到这个文件（.zip）")


def _import(options: Options) -> None:
    options.add("--yes", action="store_true", help="不逐份确认")


def _fetch(options: Options) -> None:
    options.add(
        "--cited",
        "--all-cited",
        dest="all_cited",
        action="store_true",
        help="获取所有有官方网址、还没有入库的所引文件",
    )


def _answered(options: Options) -> None:
    options.add("--at", help="回答它的一条，如 民法典第一千零四十七条")
    options.add("--words", help="回答它的一段原文里的话（同 --document 一起更准）")
    options.add("--document", help="这段原文在哪份文件里")


QUESTIONS = (
    Command(
        "documents questions add",
        add_question,
        "记下一个问题由哪一段原文回答：以后这样问，先找到它（只存在本文库）",
        (
            "faju documents questions add 结婚要多大 --at 民法典第一千零四十七条",
            "faju documents questions add 押金几天退 --words 验房合格后五个工作日内退还",
        ),
        Names("text", "问题", "要记下的问题", "text"),
        _answered,
    ),
    Command(
        "documents questions list",
        list_questions,
        "列出记下的问题",
        ("faju documents questions list",),
    ),
    Command(
        "documents questions remove",
        remove_question,
        "收回记下的一个问题",
        ("faju documents questions remove 结婚要多大",),
        Names("text", "问题", "记下时的问题", "text"),
    ),
    Command(
        "documents questions export",
        export_questions,
        "把记下的问题写成问题集（faju evaluate 也能读）",
        ("faju documents questions export 问题.jsonl",),
        Names("name", "文件", "要写的文件（.jsonl）"),
    ),
    Command(
        "documents questions import",
        import_questions,
        "读入问题集里带原文依据的问题",
        ("faju documents questions import 问题.jsonl",),
        Names("name", "文件", "问题集（.jsonl .csv .xlsx）"),
    ),
)
"""What people confirmed: questions and the passages that answer them."""

DOCUMENTS = (
    Command(
        "documents list",
        list_documents,
        "列出文档库里的文档",
        ("faju documents list", "faju documents list --own"),
        options=_list,
    ),
    Command(
        "documents show",
        show_document,
        "看一份文档的目录",
        (
            "faju documents show 中华人民共和国民法典",
            "faju documents show 滨海市规划 --source --out 对照.html",
        ),
        Names("name", "名称", "文档的编号、标题或简称"),
        _show,
    ),
    Command(
        "documents cited",
        cited_by_document,
        "看一份文档（默认是规划）引用了哪些文件，或者哪些条款引用了它",
        (
            "faju documents cited",
            "faju documents cited 民法典第五百七十七条 --by",
            "faju documents cited --graph 引用关系.graphml",
        ),
        Names("name", "[名称]", "文档的编号、标题或简称；同 --by 一起还可以是一条"),
        _cited,
    ),
    Command(
        "documents compare",
        compare_documents,
        "逐条对照一部法律的两个版本，或者两份文件",
        (
            "faju documents compare 渔业法",
            "faju documents compare 渔业法（2013年） 渔业法 --out 对照表.docx",
        ),
        Names("names", "旧 [新]", "要对照的两份，只写一份就与它的上一版对照", "several"),
        _compare,
    ),
    Command(
        "documents add",
        add_documents,
        "自己的文件入库",
        (
            "faju documents add 规划.docx",
            "faju documents add 文件夹 --yes",
            "faju documents add --yes 甲.md 乙.docx",
            "faju --home 滨海市 documents add 滨海市规划.pdf  # 另一城市的文档库，不收自带的规划",
        ),
        Names(
            "names",
            "文件…",
            "要入库的文件或文件夹（.docx .pdf .html .md .txt；有 LibreOffice 时还有 .doc 等）",
            "several",
        ),
        _add,
    ),
    Command(
        "documents remove",
        remove_documents,
        "自己入库的文档移出",
        ("faju documents remove 滨海市规划",),
        Names("names", "名称…", "文档的编号、标题或简称", "several"),
        _remove,
    ),
    Command(
        "documents fetch",
        fetch_documents,
        "从官方网址获取规划引用的文件，核对后入库",
        ("faju documents fetch 法治中国建设规划", "faju documents fetch --cited"),
        Names("names", "[标题…]", "规划引用的文件", "several"),
        _fetch_law_cn,
    ),
    Command(
        "documents watch",
        watch_folder,
        "看守一个文件夹：新的和改过的文件读入入库，停了再运行就接着做",
        ("faju documents watch 收文", "faju documents watch 收文 --once"),
        Names("names", "文件夹", "要看守的文件夹", "one"),
        _watch,
    ),
    Command(
        "documents export",
        export_documents,
        "自己入库的文档（原文件、正文、出处、效力）导出成一个文件，带到不联网的机器上",
        (
            "faju documents export --out 文档包.zip",
            "faju documents export 滨海市规划 --out 规划.zip",
        ),
        Names("names", "[名称…]", "文档的编号、标题或简称，默认全部", "several"),
        _export,
    ),
    Command(
        "documents import",
        import_documents,
        "导入 documents export 写的文件，逐个核对校验和后入库",
        ("faju documents import 文档包.zip --yes",),
        Names("names", "文档包.zip", "documents export 写的文件", "one"),
        _import,
    ),
    *QUESTIONS,
)
"""In the order of the help."""
