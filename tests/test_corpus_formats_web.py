"""Saved pages of government sites, in the layouts that these have had over twenty years."""

from __future__ import annotations

import re
from datetime import date

import pytest
from doubles.official_pages import BODY, CENTRAL, CONGRESS, LAW, NUMBER, PAGES
from doubles.official_pages import TITLE as OFFICIAL

from corpus import InputError, preview
from corpus.formats.extracted import Extracted
from corpus.formats.kinds import extract
from corpus.metadata import propose

ARTICLE = [
    "各区（县）人民政府，市属各委、局、办：",
    "第一章 总则",
    "第一条 为了规范行政检查，保护企业的合法权益，制定本办法。",
    "第二条 行政机关应当自收到申请之日起三十日内答复；情况复杂的，可以延长十五日。",
    "一、加强领导。各级各部门应当提高认识，把各项任务落到实处。",
    "乌鲁木齐市司法局",
    "2021年9月1日",
]
TITLE = "乌鲁木齐市行政检查办法"
PARAGRAPHS = "".join(f"<p style='text-indent:2em'>　　{line}</p>\n" for line in ARTICLE)
HEAD = f"""<title>{TITLE}_乌鲁木齐市司法局</title>
<meta name="ArticleTitle" content="{TITLE}"/><meta name="PubDate" content="2021-09-01 16:43">
<meta name="ContentSource" content="市司法局"><meta name="SiteName" content="司法局">
<script>var share = "脚本里的字";</script><style>p{{color:red}}</style>"""
MENU = "<div class='nav'><ul>" + "<li><a href='/a'>政务公开</a></li>" * 12 + "</ul></div>"
FOOT = """<div class="footer">主办单位：乌鲁木齐市司法局 版权所有 网站标识码：6501000001
<a href="/h.pdf">网站使用手册</a></div>"""
SHARE = """<div class="bdsharebuttonbox"><a>微信</a> 分享到：</div><div>扫一扫在手机打开当前页</div>
<p>【打印】【关闭】</p>"""

UCAP = f"""<!DOCTYPE html><html><head><meta charset="utf-8">{HEAD}</head><body>{MENU}
<div class="article"><h1>{TITLE}</h1>
<div class="pages-date">2021-09-01 来源：市司法局 字体：大 中 小</div>
<div class="pages_content" id="UCAP-CONTENT"><span>{PARAGRAPHS}</span></div>{SHARE}</div>{FOOT}
</body></html>"""
TRS = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
{HEAD}</head><body>{MENU}<div class="main"><div class="con_tit">{TITLE}</div>
<div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style>{PARAGRAPHS}</div>{SHARE}</div>
{FOOT}</body></html>"""
OLD_TABLE = f"""<HTML><HEAD>{HEAD}</HEAD><BODY><TABLE width=778><TR><TD>
<TABLE><TR><TD><A href="/">首页</A></TD><TD><A href="/x">机构</A></TD></TR></TABLE></TD></TR>
<TR><TD>当前位置：首页 &gt; 法规文件</TD></TR>
<TR><TD align=center><B>{TITLE}</B></TD></TR>
<TR><TD>发布日期：2021-09-01　　来源：市司法局　　浏览次数：120</TD></TR>
<TR><TD><TABLE><TR><TD><FONT size=3>
{"<BR>".join("　　" + line for line in ARTICLE)}</FONT></TD></TR>
</TABLE></TD></TR><TR><TD>{SHARE}</TD></TR>
<TR><TD align=center>版权所有：乌鲁木齐市司法局 新ICP备05000000号</TD></TR></TABLE></BODY></HTML>"""
ONE_P = f"""<!doctype html><html><head><meta charset="utf-8">{HEAD}</head><body>{MENU}
<article><h2>{TITLE}</h2><p>{"<br/>".join("&nbsp;&nbsp;" + line for line in ARTICLE)}</p></article>
{FOOT}</body></html>"""
PLAIN_DIVS = f"""<!doctype html><html><head><meta charset="utf-8">{HEAD}</head><body>{MENU}
<div id="w1"><div class="left"><ul><li><a href="/1">通知一</a></li>
<li><a href="/2">通知二</a></li></ul>
</div><div class="right"><h3>{TITLE}</h3>
{"".join(f"<div><span>{line}</span></div>" for line in ARTICLE)}
</div></div>{FOOT}</body></html>"""


def read(page: str, encoding: str = "utf-8") -> Extracted:
    return extract(page.encode(encoding), "页.html")


@pytest.mark.parametrize(
    ("page", "encoding"),
    [(UCAP, "utf-8"), (TRS, "gb18030"), (OLD_TABLE, "gb18030"), (ONE_P, "utf-8"),
     (PLAIN_DIVS, "utf-8"), (UCAP, "utf-8-sig"), (UCAP, "utf-16")],
    ids=["ucap", "trs", "table", "one-p", "divs", "utf-8-sig", "utf-16"],
)  # fmt: skip
def test_every_paragraph_of_the_article_is_kept_and_nothing_else(page: str, encoding: str) -> None:
    result = read(page, encoding)
    lines = result.text.split("\n")
    assert [line for line in lines if line != TITLE] == ARTICLE
    assert result.kind == "html"
    assert result.facts["title"] == TITLE
    assert result.facts["date"].startswith("2021-09-01")
    assert result.facts["source"] == "市司法局"
    assert not result.attachments


def test_facts_are_read_from_the_page_where_no_meta_says_them() -> None:
    page = f"""<html><head><title>{TITLE} - 某市人民政府</title></head><body><table><tr>
    <td><b>索 引 号：</b></td><td>000014349/2020-00012</td><td>发文机关：</td><td>市司法局</td></tr>
    <tr><td>成文日期：</td><td>2021年8月30日</td><td>发文字号：</td><td>乌司发〔2021〕5号</td></tr>
    <tr><td>来　　源：</td><td></td><td>发布日期：</td><td>2021年9月1日</td></tr>
    </table><div id="zoom">{PARAGRAPHS}</div></body></html>"""
    assert read(page).facts == {
        "title": TITLE,
        "date": "2021年9月1日",
        "issuer": "市司法局",
        "number": "乌司发〔2021〕5号",
        "written": "2021年8月30日",
    }


def test_headings_lists_and_tables() -> None:
    page = f"""<html><body><div class="TRS_Editor"><h2>一、总体
    要求</h2><p>企业减负。
    本办法自公布之日
    起施行。</p><ol><li>登记</li><li><p>答复</p></li></ol><ol type="A" start="3"><li>归档</li></ol>
    <ol><li>1．已有编号</li></ol><h4>附表</h4><table><tr><th>事项</th><th>时限</th></tr>
    <tr><td><p>答复</p></td><td>三<br>日</td></tr></table>{PARAGRAPHS}</div></body></html>"""
    result = read(page)
    assert result.text.split("\n")[: -len(ARTICLE)] == [
        "一、总体要求", "企业减负。本办法自公布之日起施行。", "1. 登记", "2. 答复", "C. 归档",
        "1．已有编号", "附表", "事项 | 时限", "答复 | 三 日",
    ]  # fmt: skip
    found = [(result.text[mark.start :].split("\n")[0], mark.level) for mark in result.headings]
    assert found == [("一、总体要求", 2), ("附表", 4)]


def test_attachments_are_listed_with_their_whole_address() -> None:
    page = f"""<html><head><link rel="canonical" href="https://www.example.gov.cn/2021/t1.html"></head>
    <body><div id="zoom">{PARAGRAPHS}<p>附件：<a href="./P02021.docx">1.申请表</a>
    <a href="/f/%E8%A1%A8.xls?x=1"><img src="i.png"></a><a href="javascript:void(0)">说明.pdf</a>
    <a href="/next.html">下一页</a></p></div></body></html>"""
    result = read(page)
    assert result.attachments == (
        "1.申请表: https://www.example.gov.cn/2021/P02021.docx",
        "表.xls: https://www.example.gov.cn/f/%E8%A1%A8.xls?x=1",
    )
    assert result.facts["address"] == "https://www.example.gov.cn/2021/t1.html"


def test_hidden_words_and_scripts_are_never_text() -> None:
    page = f"""<html><body><div id="zoom">{PARAGRAPHS}<p style="display: none">隐藏</p>
    <script>document.write("脚本")</script><noscript>请打开脚本</noscript>尾。</div></body></html>"""
    assert read(page).text.split("\n") == [*ARTICLE, "尾。"]


def test_a_page_by_another_name_is_read_as_a_page_with_a_warning() -> None:
    result = extract(UCAP.encode(), "办法.pdf")
    assert result.kind == "html"
    assert result.warnings == ("办法.pdf 的内容其实是网页，已按网页读取。",)


def test_a_few_undecodable_bytes_are_told_and_many_are_refused() -> None:
    broken = UCAP.encode().replace("三十日".encode(), "三十".encode() + b"\xff" + "日".encode())
    result = extract(broken, "页.html")
    assert result.warnings == ("页.html 有 1 处无法解码的字符，请核对原网页。",)
    with pytest.raises(InputError, match="编码"):
        extract(b"<html><body>" + b"\xff\xfa\x81 " * 500, "页.html")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 1_500 + "深处的字" + "</body></html>",
        "<html><body>" + "<b><table>" * 500 + "深处的字" + "</body></html>",
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<html><body><p>深处的字&b;&b;</p></body></html>",
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>深处的字&x;</p></html>',
    ],
    ids=["deep", "tables", "entities", "outside"],
)
def test_hostile_pages_are_read_flat(page: str) -> None:
    result = read(page)
    assert "深处的字" in result.text
    assert len(result.text) < 40


def test_a_page_too_deep_to_be_read_whole_is_refused() -> None:
    with pytest.raises(InputError, match="嵌套过深"):
        read("<html><body><p>正文。</p>" + "<div>" * 5_000 + "深处的字</body></html>")


def test_a_page_without_an_article_is_refused_and_one_that_hardly_has_one_is_doubted() -> None:
    record = "<div class=box><p>索引号：001</p><p>名称：{0}</p><p>文号：无</p></div>{1}"
    head = '<html><head><meta charset="utf-8"><title>{0}</title></head><body>'
    menu = "<ul>" + "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(9)) + "</ul>"
    page = (head + record).format(TITLE, f"{menu}<div id=app></div>")
    with pytest.raises(InputError, match="没有正文"):
        read(page)
    plain = re.sub("</?a[^>]*>", "", page)
    assert "没有成句的正文" in read(plain).warnings[0]
    assert not read(page.replace("<div id=app>", "<p>停水时间：五月一日</p>")).warnings


def test_a_table_with_one_cell_of_words_a_row_only_lays_the_page_out() -> None:
    rows = "".join(f"<tr><td></td><td>{line}</td></tr>" for line in ARTICLE[1:4])
    assert read(f"<html><body><table>{rows}</table></body></html>").text.split("\n") == ARTICLE[1:4]


def test_what_is_left_out_of_a_page_is_kept_apart() -> None:
    result = read(UCAP.replace("<body>", "<body><nav><a>首页</a></nav>"))
    assert {"首页", "政务公开"} <= set(result.left_out)
    assert not set(result.left_out) & set(ARTICLE)


@pytest.mark.parametrize("layout", PAGES)
def test_a_paper_is_read_from_every_layout_of_the_official_sites(layout: str) -> None:
    result = read(PAGES[layout])
    said = propose(result, "content_1.htm", date(2026, 1, 1))
    assert (said.title, said.number) == (OFFICIAL, NUMBER)
    assert (said.issuer, said.published) == ("国务院办公厅", "2021-11-05")
    lines = result.text.split("\n")
    assert [line for line in lines if line in BODY] == BODY
    assert "责任编辑：王小满" in result.left_out and "扫一扫在手机打开当前页" in result.left_out
    assert not re.search("责任编辑|扫一扫|相关|解读|上一篇|索 引 号|版权所有|打印", result.text)


def test_news_that_brings_a_paper_in_full_is_the_paper() -> None:
    said = propose(read(CENTRAL), "content_1.htm", date(2026, 1, 1))
    assert said.title == "关于加强农村供水工程管护的意见"
    assert said.issuer == "中共中央办公厅、国务院办公厅"
    assert said.published == "2021-11-16"


def test_a_law_on_the_congress_s_site_has_its_articles_and_days() -> None:
    result = read(CONGRESS)
    said = propose(result, "t1.html", date(2026, 1, 1))
    assert (said.title, said.kind) == (LAW, "法律")
    assert (said.published, said.effective) == ("2021-12-24", "2022-03-01")
    document = preview(said.title, result)
    assert [each.heading for each in document.sections] == ["第一章 总则", "第二章 附则"]
    assert [each.article for each in document.passages if each.article] == [
        "第一条",
        "第二条",
        "第三条",
    ]
    assert "李小暑" not in result.text


def test_a_merged_cell_is_said_in_every_row_and_column_that_it_covers() -> None:
    page = """<html><body><p>收费标准</p><table>
    <tr><td rowspan=2>区域</td><td colspan=2>小型车</td></tr><tr><td>首小时</td><td>以后</td></tr>
    <tr><td rowspan=2>一类</td><td>5元</td><td>2元</td></tr>
    <tr><td>6元</td><td>3元</td></tr></table><p>夜间免费。</p></body></html>"""
    assert read(page).text.split("\n") == [
        "收费标准",
        "区域 | 小型车 | 小型车",
        "区域 | 首小时 | 以后",
        "一类 | 5元 | 2元",
        "一类 | 6元 | 3元",
        "夜间免费。",
    ]


def test_the_heading_right_above_the_heaviest_part_of_a_page_is_kept() -> None:
    rows = "".join(
        f"<tr><td>第{n}号窗口</td><td>受理居住证申领和补领，工作日九时至十七时</td></tr>"
        for n in "一二三"
    )
    page = f"<html><body><a>首页</a><h2>居住证办理</h2><table>{rows}</table></body></html>"
    assert read(page).text.startswith("居住证办理\n第一号窗口 | 受理居住证")
