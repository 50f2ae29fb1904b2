"""Whether a document of one's own applies: by its own words, and by what else the library holds."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.formats import extract
from corpus.library import _with_repeals
from corpus.metadata import Proposal, propose
from corpus.records import Document

TODAY = date(2026, 11, 28)
SIGNED = "\n江湾市人民政府\n2023年3月9日\n"


def proposed(text: str) -> Proposal:
    return propose(extract(text.encode(), "文件.txt"), "文件.txt", TODAY)


@pytest.mark.parametrize(
    ("title", "last", "status"),
    [
        ("江湾市渔船管理办法", "本办法自2023年4月1日起施行，有效期五年。", "现行有效"),
        ("江湾市渔船管理办法", "本办法自2023年4月1日起施行，有效期3年。", "已失效"),
        ("江湾市渔船管理办法", "本办法自2023年4月1日起施行，有效期至2026年11月28日。", "现行有效"),
        ("江湾市渔船管理办法", "本办法自印发之日起施行，至2025年12月31日止。", "已失效"),
        ("江湾市渔船管理办法", "渔船检验证书有效期一年，到期应当换发。", "现行有效"),
        ("江湾市渔船管理暂行办法", "本办法自2027年1月1日起施行，有效期两年。", "尚未施行"),
        ("江湾市渔港建设三年行动计划（2023—2025年）", "渔港建成。", "现行有效"),
    ],
)  # fmt: skip
def test_a_term_of_its_own_ends_a_document(title: str, last: str, status: str) -> None:
    found = proposed(
        f"{title}\n江府规〔2023〕6号\n第一条 为了渔港，特此发文。\n第二条 {last}{SIGNED}"
    )
    assert (found.title, found.status) == (title, status)


def test_a_text_that_nobody_issued_has_no_status() -> None:
    assert proposed("渔港建设方案\n一、目标\n建成渔港。\n2023年3月9日\n").status == ""


@pytest.mark.parametrize(
    "title",
    [
        "江湾市渔船管理办法（2024年修订）",
        "江湾市渔港规划（2021-2025）",
        "江湾市渔港规划\n（2021—2025年）",
        "江湾市渔船管理办法\n（2024年修正）",
        "江湾市渔船条例（2019年9月26日修正）",
    ],
)
def test_a_title_keeps_the_version_in_its_brackets(title: str) -> None:
    said = f"{title}\n第一条 为了渔港，特此发文。\n"
    assert proposed(said).title == title.replace("\n", "")


def test_a_file_s_name_is_cut_before_a_day_and_not_before_years() -> None:
    def named(name: str) -> str:
        return propose(extract("渔港。".encode(), name), name, TODAY).title

    assert named("渔港规划（2021-2025）.txt") == "渔港规划（2021-2025）"
    assert named("渔港规划_2021-03-04.txt") == "渔港规划"


def own(
    name: str, title: str, published: str, text: str = "", status: str = "现行有效"
) -> Document:
    return Document(name, title, "办法", status, text, published=published)


OLD = own("doc-1", "江湾市渔船管理办法", "2012-05-02")
MARKET = own("doc-2", "江湾市鱼市管理规定", "2016-08-15")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("江湾市渔船条例", "本条例自2023年4月1日起施行，《江湾市渔船管理办法》同时废止。"),
        ("关于废止部分规范性文件的决定", "决定废止《江湾市渔船管理办法》（江府〔2012〕7号）。"),
        ("关于宣布失效一批文件的通知", "1．江湾市渔船管理办法（江府〔2012〕7号）\n2．江湾市旧规"),
        ("关于废止部分规范性文件的决定", "《江湾市渔船管理办法》自即日起予以废止。"),
    ],
)
def test_a_later_document_ends_an_earlier_one(title: str, text: str) -> None:
    later = own("doc-3", title, "2023-03-09", text)
    found = _with_repeals([OLD, MARKET, later])
    assert [each.status for each in found] == ["已废止", "现行有效", "现行有效"]


def test_a_draft_and_an_earlier_document_end_nothing() -> None:
    text = "自施行之日起，《江湾市渔船管理办法》同时废止。"
    draft = own("doc-3", "江湾市渔船条例", "2023-03-09", text, "征求意见稿")
    earlier = own("doc-4", "江湾市渔业条例", "2001-03-09", text)
    for other in (draft, earlier):
        assert _with_repeals([OLD, other])[0].status == "现行有效"
