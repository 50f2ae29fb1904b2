"""The head of an official document: the lines before its body, and its title among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import parse_heading
from corpus.metadata.dates import find_dates
from corpus.names import name_key

__all__ = ["annexed", "clean_title", "head_lines", "title_lines"]

TYPES = (
    "规划纲要|规划|纲要|意见|办法|条例|规定|通知|决定|方案|建议|细则|章程|计划|要点|公告|公报|通告"
    "|决议|命令|规则|准则|守则|标准|指南|措施|清单|制度|批复|报告|说明|法典|宪法|法"
)
_ENDS = re.compile(rf"(?:{TYPES})(?:[(（〔\[【][^()（）\]】〕]{{1,30}}[)）〕\]】])*$")
_BEGINS = re.compile(
    r"关于|中共|中华人民共和国|国务院|《|[\u4e00-\u9fff]{1,12}(?:省|市|县|区|州|盟|旗)"
)
_FURNITURE = re.compile(
    r"^(?:#\s*source|来源|扫一扫|索引号|发布时间|发布日期|成文日期|发布机构|发文机关|发文字号|文号|"
    r"标题|主题词|分类|信息来源|浏览|字体|字号|首页|当前位置|您现在的位置|您的位置|附件|有效性|"
    r"公开方式|打印|分享|目\s*[录錄]|第?\s*\d+\s*页?$)"
)
_STAMP = re.compile(
    r"^[【\[][^【】\[\]]{1,8}[】\]]|[(（][^()（）]*(?:征求意见稿|草案|送审稿|讨论稿)[^()（）]*[)）]$"
)
_NOTICE = re.compile(r"关于印发[《〈]?(?P<inner>.+?)[》〉]?的通知$")
_PAPER_HEAD = re.compile(r"^(?!.*关于).*(?:政府|委员会|委|办公[厅室]|厅|局|院)(?:规范性)?文件$")
_YEARS = re.compile(r"[（(]\s?\d{4}\s?年?\s?[-—–－~～至]+\s?\d{4}\s?年\s?[)）]")
# By eye, on official pages and files; benchmarks.measure.documents prints how many titles, issuers
# and dates come out right.
_LONGEST_TITLE = 90  # characters over all its lines: 关于印发《…》的通知 with two titles in it
_LONGEST_LINE = 60  # characters; a longer one is the first paragraph
_HEAD = 40  # lines


def head_lines(text: str) -> list[str]:
    """The short lines before the first heading, article or paragraph: 40 at most."""
    found: list[str] = []
    for line in text.splitlines():
        words = line.strip("#* \t\u3000\xa0\ufeff")
        if not words:
            continue
        long = len(words) > _LONGEST_LINE and not _FURNITURE.match(words)
        passed = words[0] in "(（" and next(find_dates(words), None) is not None
        body = parse_heading(words) is not None or (long and not passed)
        if (body and found) or len(found) >= _HEAD:
            break
        if not body or not found:
            found.append(words)
    return found


def title_lines(head: Sequence[str], marked: Sequence[str] = ()) -> str:
    """The title among the lines of the head, wrapped lines joined; "" where none looks like one.

    ``marked`` are the lines that are headings by their style: of two candidates they win.
    """
    candidates = []
    for first in range(len(head)):
        for last in range(first, min(first + 4, len(head))):
            joined = _joined(head[first : last + 1])
            if joined:
                years = "".join(head[last + 1 : last + 2])
                joined += clean_title(years) if _YEARS.fullmatch(years) else ""
                candidates.append((first, last, joined))
                break
            if not _may_go_on(head[last]):
                break
    best = max(
        candidates,
        # 保障措施 in a heading's style is no title.
        key=lambda found: (
            len(found[2]) > 4,
            head[found[0]] in marked,
            len(found[2]) > 6,
            -found[0],
        ),
        default=None,
    )
    return best[2] if best else ""


def _joined(lines: Sequence[str]) -> str:
    """The lines as one title, or "" where they are none."""
    words = "".join(line.strip() for line in lines)
    if len(words) > _LONGEST_TITLE or any(not _may_go_on(line) for line in lines):
        return ""
    bare = clean_title(words)
    if not _ENDS.search(bare) or parse_heading(bare) or len(bare) < 3:
        return ""
    return bare if len(lines) == 1 or _BEGINS.match(words) else ""


def _may_go_on(line: str) -> bool:
    """Whether a title may stand on this line or go on after it."""
    return (
        not _FURNITURE.match(line)
        and line[-1] not in "。；;：:，,！？"
        and not _PAPER_HEAD.search(line)
        and next(find_dates(line), None) is None
        and not re.search(r"[〔\[［【]\s?\d{4}\s?[〕\]］】]\s?第?\d+\s?号|令\s?第.+号", line)
    )


def clean_title(words: str) -> str:
    """The title without spaces between its characters, outer 《》, and the stamp of a draft."""
    bare = re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", words)
    bare = _STAMP.sub("", _STAMP.sub("", bare))
    whole = re.fullmatch(r"《([^《》]+)》", bare)
    return whole[1] if whole else bare


def annexed(title: str, lines: Sequence[str]) -> str:
    """The document that a 关于印发《…》的通知 hands out, when its title stands in ``lines``."""
    notice = _NOTICE.search(title)
    if notice is None:
        return ""
    inner = clean_title(notice["inner"])
    wanted = name_key(inner)
    for first in range(len(lines)):
        for last in range(first, min(first + 4, len(lines))):
            if name_key(clean_title("".join(lines[first : last + 1]))) == wanted:
                return inner
    return ""
