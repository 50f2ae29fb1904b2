"""The 引文核对 tab: a draft in, its items with their verdicts and the draft put right out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.api import HEAVY
from qa.check import item_record
from qa.drafts import CheckedDraft, Draft, corrected_text, draft_of_bytes, draft_of_text
from qa.inputs import LIMITS
from qa.library import has_bundled_plan
from qa.markup import Html, render
from qa.page.call import Call, Given, taken_away
from qa.page.diff import Diff, compared
from qa.page.draft import marked_draft
from qa.page.jobs import LEFT, Jobs, Progress, Queue
from qa.page.marks import Fold, evidence, folded
from qa.records import (
    FAULTS,
    KINDS,
    VERDICTS,
    CheckItem,
    CheckReply,
    DocumentRecord,
    Hit,
    retold_note,
    verdict_words,
)

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["SAMPLE", "check_calls", "check_form", "item_card", "items_table", "summary"]

SAMPLE = """关于开展民法典宣传活动的通知（草稿）
根据《乌鲁木齐市法治首府建设“十四五”规划》“全面落实‘谁执法谁普法’的普法责任制”的要求，现就有关事项通知如下。
一、民法典第四条规定：“民事主体在民事活动中的法律地位应当一律平等。”民法典第一百八十四条规定：“因自愿实施紧急救助行为造成受助人损害的，救助人不承担民事责任。”
二、民法典第一百八十五条规定：“民事主体从事民事活动，应当有利于节约资源、保护生态环境。”宪法第5条第二款规定：“国家维护社会主义法制的统一和尊严。”
三、各单位要严格执行《中华人民共和国民法通则》第九条和民法典第一千二百八十条，落实《法治社会建设实施纲要（2020—2025年）》。"""
"""A draft to try the page with: some right, some wrong."""

_SHOWN = 200  # rows of the table before the rest is asked for
_LONGEST = 90  # characters of a row's words


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the draft's words should be from, folded around them, and they themselves."""

    hit: Hit
    folds: list[Fold]
    words: str


def check_form(documents: Sequence[DocumentRecord]) -> Html:
    """The box, the file, and the empty places for what comes."""
    lines = SAMPLE.split("\n")
    sample = SAMPLE if has_bundled_plan(documents) else "\n".join([lines[0], *lines[2:]])
    return render("page/check.html", sample=sample, largest=LIMITS.draft_size)


def summary(reply: CheckReply, word: bool) -> Html:
    """What was found, counted, and what can be taken away."""
    items = reply["items"]
    counts = Counter(item["verdict"] for item in items)
    return render(
        "page/check_summary.html",
        total=len(items),
        wrong=sum(counts[verdict] for verdict in VERDICTS if verdict in FAULTS),
        unheld=counts["not_held"],
        retold=retold_note(sum(item.get("retold", False) for item in items)),
        tally=[(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]],
        verdicts=VERDICTS,
        fixes=len({str(item["correction"]) for item in items if item["correction"]}),
        word=word,
    )


def items_table(reply: CheckReply) -> Html | str:
    """Every item as a row; "" for none."""
    if not reply["items"]:
        return ""
    return render(
        "page/check_table.html",
        rows=[(item, _short(item["surface"])) for item in reply["items"]],
        words_of=verdict_words,
        kinds=KINDS,
        faults=FAULTS,
        most=_SHOWN,
    )


def item_card(item: CheckItem, number: int, total: int, fixable: bool) -> Html:
    """Item ``number`` of ``total``: its verdict and why, what differs, the source, what to do."""
    return render(
        "page/check_item.html",
        item=item,
        number=number,
        total=total,
        words_of=verdict_words,
        kinds=KINDS,
        diff=_diff(item),
        source=_source(item["source"]) if item["source"] else None,
        fix=_fix_label(item) if fixable else "",
    )


def check_calls(engine: Engine, jobs: Jobs) -> Sequence[Call]:
    """Check a draft, look at its items, put it right and take it away."""

    def work(draft: Draft, progress: Progress) -> CheckedDraft:
        return engine.check(draft, progress)

    checks = jobs.queue(Queue("核对", work, _checked, left=LEFT), _is_short)

    def start_check(given: Given) -> Mapping[str, object]:
        draft = _draft(given)
        word = draft.kind == "word"
        return {"job": checks.start(draft), "word": word, "text": None if word else draft.original}

    return start_check, *_mending(checks)


def _mending(checks: Queue[Draft, CheckedDraft]) -> Sequence[Call]:
    def open_item(given: Given) -> Html:
        checked, number = checks.result(given.text("job")), given.number("item")
        fixable = checked.draft.kind != "word"
        return item_card(item_record(checked.items[number]), number, len(checked.items), fixable)

    def fix_draft(given: Given) -> dict[str, str]:
        checked = checks.result(given.text("job"))
        items = [checked.items[given.number("item")]] if "item" in given else checked.items
        return {"text": corrected_text(checked.draft, items)}

    def download(given: Given) -> dict[str, str]:
        checked = checks.result(given.text("job"))
        makers = {
            "corrected": checked.corrected,
            "report": checked.report,
            "table": checked.table,
        }
        return taken_away(*makers[given.text("what")]())

    return open_item, fix_draft, download


def _is_short(draft: Draft) -> bool:
    return len(draft.text) < HEAVY


def _draft(given: Given) -> Draft:
    file = given.file()
    if file is None:
        return draft_of_text(given.text("text"), given.text("name"))
    return draft_of_bytes(file[1], file[0])


def _checked(job: str, checked: CheckedDraft) -> Mapping[str, object]:
    reply = checked.record()
    return {
        "summary": summary(reply, word=checked.draft.kind == "word"),
        "draft": marked_draft(reply) if reply["items"] else "",
        "table": items_table(reply),
    }


def _short(surface: str) -> str:
    words = " ".join(surface.split())
    return words if len(words) <= _LONGEST else f"{words[:60]}……{words[-24:]}"


def _diff(item: CheckItem) -> Diff | None:
    return compared(item["surface"], _true_words(item), item["differences"])


def _true_words(item: CheckItem) -> str:
    fix, source = item["correction"], item["source"]
    if fix and (fix["start"], fix["end"]) == (item["start"], item["end"]):
        return fix["text"]
    return _quoted(source) if source else ""


def _quoted(source: Hit) -> str:
    start, end = source["highlights"][0] if source["highlights"] else (0, 0)
    return source["text"][start - source["start"] : end - source["start"]]


def _source(hit: Hit) -> _Source:
    spans = evidence(hit["text"], hit["start"], hit["highlights"])
    return _Source(hit, folded(hit["text"], spans), _quoted(hit) or hit["text"])


def _fix_label(item: CheckItem) -> str:
    """What the button says that mends the item; "" where nothing mends it."""
    fix = item["correction"]
    if not fix:
        return ""
    if item["kind"] != "citation" and (fix["start"], fix["end"]) == (item["start"], item["end"]):
        return "改为原文"
    words = fix["text"] if len(fix["text"]) <= 24 else f"{fix['text'][:23]}…"
    return f"改为“{words}”"
