"""Adding documents on the 文档库 page as HTML: the form, one card a file, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from qa.page.parts import notice

if TYPE_CHECKING:
    from qa.library import Reading

__all__ = ["add_form", "outcomes_list", "reading_card"]

STATUSES = ("征求意见稿", "试行", "现行有效", "尚未施行", "已被修改", "已废止")
_FIELDS = (
    ("title", "标题", ""),
    ("issuer", "发文机关", ""),
    ("number", "文号", "如 某政发〔2021〕12号"),
    ("published", "公布日期", "如 2021-09-01"),
    ("effective", "施行日期", "如 2021-10-01"),
    ("status", "效力", "如 征求意见稿"),
)
_CONTENTS = 200


def add_form(may_change: bool) -> str:
    """Where files are put in; only said where not, when the page is open to other computers."""
    if not may_change:
        return notice(
            "这个网页对别的电脑开放，入库和移出只能在本机做：运行 faju documents add 文件，"
            "再重新启动网页。"
        )
    options = "".join(f'<option value="{status}">' for status in STATUSES)
    return f"""<section class="adding" aria-labelledby="adding"><h2 id="adding">入库</h2>
<form class="drop" data-role="drop"><p>把文件拖到这里，或
<label class="pick"><input type="file" name="files" multiple
 accept=".docx,.pdf,.html,.htm,.md,.txt"><span>选择文件</span></label></p>
<p class="hint">Word（.docx）、PDF、网页、文本，可以一次选几份。<span>只在本机读取，不上传。</span
><span>读出的标题、日期等由您确认后才入库。</span></p></form>
<datalist id="statuses">{options}</datalist>
<div data-role="readings" aria-live="polite"></div>
<p class="tools" data-role="confirm" hidden>
<button type="button" class="strong" data-do="accept">确认入库</button>
<button type="button" data-do="discard">全部不要</button></p>
<div data-role="change" aria-live="polite"></div></section>"""


def reading_card(reading: Reading, job: str) -> str:
    """One file as read: its facts to be put right, its table of contents, what to look at."""
    name = escape(reading.name)
    head = f'<h3><span class="file-name">{name}</span></h3>'
    drop = '<button type="button" class="quiet" data-do="leave-out">不要这一份</button>'
    if reading.relation == "same":
        said = notice(f"库中已有{reading.held}，内容相同，不必再入库。")
        return f'<article class="reading" data-same>{head}{said}{drop}</article>'
    fields = "".join(
        _field(job, field, label, hint, getattr(reading.proposal, field))
        for field, label, hint in _FIELDS
    )
    versions = {
        "newer": f"库中有旧版本{reading.held}，入库后以此件为准，旧版本作为历史版本保留。",
        "older": f"库中已有新版本{reading.held}，此件作为历史版本入库。",
    }
    said = notice(versions[reading.relation]) if reading.relation in versions else ""
    said += "".join(notice(warning) for warning in reading.warnings)
    return (
        f'<article class="reading" data-job="{escape(job)}">{head}{said}'
        f'<div class="reading-facts">{fields}</div>{_contents(reading.contents())}{drop}</article>'
    )


def _field(job: str, name: str, label: str, hint: str, value: str) -> str:
    identity = f"{name}-{escape(job)}"
    known = ' list="statuses"' if name == "status" else ""
    return (
        f'<div class="field field-{name}"><label for="{identity}">{label}</label>'
        f'<input id="{identity}" name="{name}" value="{escape(value)}" autocomplete="off"'
        f' placeholder="{hint}"{known}></div>'
    )


def _contents(contents: Sequence[tuple[int, str]]) -> str:
    if not contents:
        return notice("没有认出章节标题，全文按条文或自然段收入。")
    items = "".join(
        f'<li class="level-{min(level, 4)}">{escape(heading)}</li>'
        for level, heading in contents[:_CONTENTS]
    )
    rest = len(contents) - _CONTENTS
    items += f"<li>……还有 {rest} 个标题</li>" if rest > 0 else ""
    return (
        f'<details class="toc" open><summary>目录<small>{len(contents)} 个标题</small></summary>'
        f'<ol class="contents">{items}</ol></details>'
    )


def outcomes_list(outcomes: Sequence[Mapping[str, Any]]) -> str:
    """What came of each file or document."""
    return "".join(notice(each["message"], error=bool(each.get("error"))) for each in outcomes)
