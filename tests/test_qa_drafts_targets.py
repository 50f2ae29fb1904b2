"""Where the files made of a check may go: never over the draft, and under the right ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import InputError
from qa.drafts import check_targets


@pytest.mark.parametrize(
    ("draft", "corrected", "report", "table"),
    [
        ("稿.docx", "稿-已更正.docx", "报告.docx", "表.csv"),
        ("稿.txt", "稿2.TXT", "", ""),
        ("稿.md", "稿2.md", "报告.docx", ""),
        ("-", "稿.txt", "", "表.csv"),
        ("", "", "", ""),
    ],
)
def test_files_of_their_own_under_a_fitting_name_are_allowed(
    draft: str, corrected: str, report: str, table: str
) -> None:
    check_targets(draft, corrected, report, table)


@pytest.mark.parametrize(
    ("draft", "corrected", "report", "table", "said"),
    [
        ("稿.docx", "稿.docx", "", "", "--corrected 会覆盖要核对的文稿 稿.docx"),
        ("稿.docx", "", "./稿.docx", "", "--report 会覆盖要核对的文稿"),
        ("稿.txt", "甲/../稿.txt", "", "", "--corrected 会覆盖要核对的文稿"),
        ("稿.docx", "新.docx", "新.docx", "", "--report 会覆盖--corrected 的文件"),
        ("稿.docx", "新.txt", "", "", "--corrected 的文件名应以 .docx 结尾，现在是 新.txt"),
        ("稿.txt", "新.docx", "", "", "--corrected 的文件名应以 .txt"),
        ("稿.txt", "新", "", "", "--corrected 的文件名应以 .txt"),
        ("稿.txt", "", "报告.txt", "", "--report 的文件名应以 .docx 结尾"),
        ("稿.txt", "", "", "表.xlsx", "--csv 的文件名应以 .csv 结尾"),
    ],
)
def test_the_draft_is_never_written_over_and_an_ending_must_fit(
    draft: str, corrected: str, report: str, table: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        check_targets(draft, corrected, report, table)


def test_a_link_to_the_draft_is_the_draft(tmp_path: Path) -> None:
    draft, link = tmp_path / "稿.txt", tmp_path / "另一个名字.txt"
    draft.write_text("民法典第五条", encoding="utf-8")
    link.hardlink_to(draft)
    with pytest.raises(InputError, match="会覆盖要核对的文稿"):
        check_targets(str(draft), str(link), "", "")
