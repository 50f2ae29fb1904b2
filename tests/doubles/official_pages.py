"""Pages laid out as those of the official sites have been since 2018; the papers on them are made.

The layouts are put together from what is publicly known of them (the names of their containers, the
table over a paper, what stands around it), not copied from any page.
"""

from __future__ import annotations

__all__ = ["BODY", "CENTRAL", "CONGRESS", "LAW", "LAW_LINES", "NUMBER", "PAGES", "TITLE"]

TITLE = "国务院办公厅关于加强农村供水工程管护的指导意见"
NUMBER = "国办发〔2021〕48号"
BODY = [
    "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
    "为保障农村居民饮水安全，经国务院同意，现就加强农村供水工程管护提出以下意见。",
    "一、明确管护责任",
    "（一）落实地方主体责任。县级人民政府应当确定每处供水工程的管护单位，并向社会公布。",
    "（二）压实管护单位责任。管护单位应当每月检测一次出厂水水质，检测结果保存三年。",
    "二、完善水价机制",
    "供水价格按照补偿成本、合理收益的原则确定，两部制水价的基本水费每户每月不超过十元。",
    "三、加强监督管理",
    "水利部会同有关部门每年对管护情况开展一次评估，重大事项及时报告国务院。",
]
SIGNED = ["国务院办公厅", "2021年11月5日"]
DATES = {"written": "2021年11月05日", "published": "2021年11月16日"}
TABLE = {
    "索 引 号：": "000014349/2021-00111",
    "主题分类：": "农业、林业、水利\\水利、水务",
    "发文机关：": "国务院办公厅",
    "成文日期：": DATES["written"],
    "标　　题：": TITLE,
    "发文字号：": NUMBER,
    "发布日期：": DATES["published"],
}
PARAGRAPHS = "".join(f'<p style="text-indent: 2em;">{line}</p>\n' for line in BODY)
SIGNATURE = "".join(f'<p style="text-align: right;">{line}</p>' for line in SIGNED)
HEADED = (
    f'<p align="center"><b>{TITLE[:7]}<br/>{TITLE[7:]}</b></p>'
    f'<p align="center">{NUMBER}</p>{PARAGRAPHS}{SIGNATURE}'
)
MENU = (
    '<div class="header"><ul><li><a href="/guowuyuan/">国务院</a></li><li><a href="/zhengce/">政策'
    '</a></li><li><a href="/hudong/">互动</a></li></ul><input placeholder="请输入关键字"></div>'
    '<div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/zhengce/">政策</a> &gt; 正文'
    "</div>"
)
SHARE = (
    '<div class="pages-print"><span id="bigger">大</span><span>中</span><span>小</span>'
    '<a href="javascript:window.print()">打印</a></div><div class="share-box">分享到：<a>微信</a>'
    "<a>微博</a></div>"
)
RELATED = (
    '<div class="related"><h2>相关稿件</h2><ul><li>'
    '<a href="/a.htm">农村供水工程管护怎么做？水利部解读'
    '</a></li><li><a href="/b.htm">图解：农村供水工程管护指导意见</a></li></ul></div>'
)
FOOT = (
    '<div class="editor">责任编辑：王小满</div><div class="ewm"><p>扫一扫在手机打开当前页</p></div>'
    '<div class="footer"><p>主办单位：国务院办公厅　运行维护单位：中国政府网运行中心</p>'
    "<p>版权所有：中国政府网　京ICP备05070218号　网站标识码bm01000001</p></div>"
)


def _whole(title: str, inner: str, metas: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{metas}</head>'
        f"<body>{MENU}{inner}{FOOT}</body></html>"
    )


def _cells(names: list[str], bold: bool = True) -> str:
    open_, close = ("<b>", "</b>") if bold else ("", "")
    return "".join(
        f'<td class="l" width="90">{open_}{name}{close}</td><td>{TABLE[name]}</td>'
        for name in names
    )


def _rows() -> str:
    names = list(TABLE)
    groups = [names[:2], names[2:4], names[4:5], names[5:7]]
    return "".join(f"<tr>{_cells(each)}</tr>" for each in groups)


# 国务院文件 with the table over it, until 2022: article oneColumn, bd1, b12c.
LIBRARY_2018 = _whole(
    f"{TITLE}（{NUMBER}）_政府信息公开专栏",
    f'<div class="wrap"><table class="bd1" width="100%"><tbody>{_rows()}</tbody></table>'
    '<table border="0" width="100%"><tr><td class="b12c" id="UCAP-CONTENT" valign="top">'
    f"{HEADED}<p>（此件公开发布）</p></td></tr></table>{SHARE}{RELATED}</div>",
    '<meta name="firstpublishedtime" content="2021-11-16-17:00:00">'
    '<meta name="lastmodifiedtime" content="2021-11-16-17:03:21">',
)
# 政策文件库 since 2021: the table for wide screens, the same once more for telephones.
_MOBILE = "".join(f"<h2>{name}</h2><p>{value}</p>" for name, value in TABLE.items())
LIBRARY_2023 = _whole(
    f"{TITLE}_水利、水务_中国政府网",
    '<div class="main"><div class="policyLibraryOverview_header mhide"><table><tbody>'
    f'{_rows()}</tbody></table></div><div class="pchide abstract mxxgk">{_MOBILE}</div>'
    f'<div class="policyLibraryOverview_content"><h1 id="ti">{TITLE}</h1>'
    f'<div class="pages_content" id="UCAP-CONTENT"><div class="trs_editor_view TRS_UEDITOR">'
    f"{HEADED}</div></div></div>{SHARE}{RELATED}</div>",
    '<meta name="firstpublishedtime" content="2021-11-16-17:00:00">'
    f'<meta name="author" content="王小满"><meta name="keywords" content="供水">'
    f'<meta name="description" content="{TITLE}">',
)
# 国务院公报: the issue over the paper, neighbours under it.
GAZETTE = _whole(
    f"{TITLE}_2021年第33号国务院公报_中国政府网",
    '<div class="article oneColumn pub_border">'
    '<div class="gongbao-issue">国务院公报　2021年第33号　'
    '<a href="/gongbao/2021/33.pdf">下载PDF版</a></div>'
    f'<h1>{TITLE}</h1><div class="pages-date"></div><div class="pages_content" id="UCAP-CONTENT">'
    f'{HEADED}</div><div class="page-turn"><p>上一篇：<a href="x.htm">国务院关于设立试验区的批复'
    f"</a></p>"
    '<p>下一篇：<a href="y.htm">国务院人事任免</a></p></div></div>',
)
# 国务院部门文件: title and source above, the paper as a PDF beside it.
MINISTRY = _whole(
    f"{TITLE}_国务院部门文件_中国政府网",
    f'<div class="article oneColumn"><h1>{TITLE}</h1><div class="pages-date">2021-11-16 17:00'
    '<span class="font">来源： 水利部网站</span>【字体：<a>大</a> <a>中</a> <a>小</a>】</div>'
    f'<div class="pages_content" id="UCAP-CONTENT">{HEADED}<p>附件：<a href="./P020211116.pdf">'
    f"农村供水工程管护任务表.pdf</a></p></div></div>{RELATED}",
)
# 中央有关文件: what Xinhua reported, the paper in it.
CENTRAL = _whole(
    "中共中央办公厅 国务院办公厅印发《关于加强农村供水工程管护的意见》_中央有关文件_中国政府网",
    '<div class="article oneColumn pub_border"><h1 id="ti">中共中央办公厅 国务院办公厅印发<br/>'
    '《关于加强农村供水工程管护的意见》</h1><div class="pages-date">2021-11-16 17:00 <span '
    'class="font">来源： 新华社</span></div><div class="pages_content" id="UCAP-CONTENT">'
    "<p>　　新华社北京11月16日电　近日，中共中央办公厅、"
    "国务院办公厅印发了《关于加强农村供水工程管护的意见》，"
    "并发出通知，要求各地区各部门结合实际认真贯彻落实。</p>"
    "<p>　　《关于加强农村供水工程管护的意见》全文如下。</p>"
    f"{PARAGRAPHS}</div></div>{RELATED}",
)
# A ministry's own site: labels in a list, no container that names itself.
_LIST = "".join(f"<li><em>{name}</em><span>{value}</span></li>" for name, value in TABLE.items())
OWN_SITE = _whole(
    f"{TITLE} - 中华人民共和国水利部",
    f'<div class="gknb_nav">您当前的位置：<a href="/">首页</a> &gt; 信息公开</div>'
    f'<ul class="gk_lb">{_LIST}'
    f'</ul><div class="xl_box"><div class="xl_tit">{TITLE}</div>'
    f'<div class="xl_sx">发布时间：2021-11-16 '
    f'17:00　信息来源：水利部　浏览次数：1024</div><div class="xl_nr">{HEADED}</div></div>'
    '<div class="xl_xg"><p>相关文档：</p><p><a href="/c.htm">供水管护问答</a></p></div>',
)
# A law on the congress's site: who passed it under the title, a table of contents, #Zoom around it.
LAW = "中华人民共和国农村供水促进法"
LAW_LINES = [
    "第一章　总则",
    "第一条　为了保障农村居民饮水安全，规范农村供水活动，制定本法。",
    "第二条　县级以上地方人民政府应当将农村供水发展纳入国民经济和社会发展规划。",
    "第二章　附则",
    "第三条　本法自2022年3月1日起施行。",
]
CONGRESS = _whole(
    f"{LAW}_中国人大网",
    f'<div class="tit2"><h2>{LAW}</h2></div><div class="fontsize">来源：中国人大网　浏览字号：'
    f"<a>大</a> "
    '<a>中</a> <a>小</a>　2021年12月24日 19:26</div><div id="Zoom" class="cen">'
    f'<p style="text-align:center"><b>{LAW}</b></p>'
    f"<p>（2021年12月24日第十三届全国人民代表大会常务委员会"
    "第三十二次会议通过）</p><p>目　　录</p><p>第一章　总则</p><p>第二章　附则</p>"
    f"{''.join(f'<p>{line}</p>' for line in LAW_LINES)}</div>"
    '<div class="fl">责任编辑：李小暑</div>',
)
PAGES = {
    "library 2018": LIBRARY_2018,
    "library 2023": LIBRARY_2023,
    "gazette": GAZETTE,
    "ministry": MINISTRY,
    "own site": OWN_SITE,
}
