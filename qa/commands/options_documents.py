"""The options of ``faju documents``, and which plan a library begins with."""

from __future__ import annotations

import argparse

__all__ = ["add_documents_options", "add_plan_options"]

_ACTIONS = ("list", "show", "cited", "compare", "add", "remove", "fetch")


def add_documents_options(parser: argparse.ArgumentParser) -> None:
    """What to do, with which documents."""
    parser.add_argument("action", choices=_ACTIONS, help="做什么")
    parser.add_argument(
        "names",
        nargs="*",
        help="文档的编号、标题或简称；add：要入库的文件或文件夹（.docx .pdf .html .md .txt）；"
        "fetch：要从官方网址获取的规划所引文件；compare：要对照的两份，旧的在前，只写一份就与它的上一版对照",
    )
    parser.add_argument("--own", action="store_true", help="list：只列自己入库的文档")
    parser.add_argument("--out", help="compare：把新旧条文对照表写成 Word 或 Excel（.docx .xlsx）")
    parser.add_argument("--changes", action="store_true", help="compare：只列有改动的条文")
    parser.add_argument("--graph", help="cited：把引用关系图写到这个文件（.graphml 或 .csv）")
    parser.add_argument(
        "--by", action="store_true", help="cited：反过来列出引用这份文件或这一条的条款"
    )
    parser.add_argument(
        "--all-cited", action="store_true", help="fetch：获取所有有官方网址、还没有入库的所引文件"
    )
    changes = parser.add_argument_group("add 和 remove")
    changes.add_argument("--yes", action="store_true", help="不逐份确认，读出的标题等照用")
    changes.add_argument("--title", help="标题（默认从文件里读出，以下各项同）")
    changes.add_argument("--issuer", help="发文机关")
    changes.add_argument("--number", help="文号")
    changes.add_argument("--date", help="公布日期，如 2021-09-01")
    changes.add_argument("--effective", help="施行日期")
    changes.add_argument("--status", help="效力，如 征求意见稿、试行、现行有效、已废止")
    changes.add_argument(
        "--no-ocr", action="store_true", help="PDF 里没有文字的页不做文字识别（OCR）"
    )
    add_plan_options(changes)


def add_plan_options(parser: argparse._ActionsContainer) -> None:
    """With or without the plan that comes with the program."""
    parser.add_argument(
        "--without-plan",
        dest="plan",
        action="store_const",
        const="without",
        help="不收自带的乌鲁木齐市规划（一个文件夹先用 documents add 入库的，本来就不收）",
    )
    parser.add_argument(
        "--with-plan", dest="plan", action="store_const", const="with", help="收入自带的规划"
    )
