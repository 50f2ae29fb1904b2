"""Made documents as files: Word with typed or automatic numbers, web pages, PDFs, scans, text.

Each of these writers gets a document and a random generator, and draws the looks of the file.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from random import Random
from typing import Any

from benchmarks.sets.make_documents import Line, Made

__all__ = ["as_docx", "as_html", "as_markdown", "as_print", "as_scan", "as_text"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FURNITURE = ("政务公开", "政策文件", "法治频道", "规范性文件库")


def as_text(made: Made, rng: Random) -> bytes:
    """Plain text: indented or not, with or without empty lines, in UTF-8 or GB 18030."""
    indent, gap = rng.choice(["", "　　", "    "]), rng.choice(["\n", "\n\n", "\r\n"])
    lines = [
        ("" if line.role in {"title", "heading"} else indent) + "\t".join(line.cells or [line.text])
        for line in made.lines
    ]
    return gap.join(lines).encode(rng.choice(["utf-8", "utf-8-sig", "gb18030"]))


def as_markdown(made: Made, rng: Random) -> bytes:
    """Markdown with ``#`` headings, and paragraphs with an empty line between."""
    bold, as_tags = rng.random() < 0.3, rng.random() < 0.5
    found: list[str] = []
    for line in made.lines:
        if line.cells and as_tags:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.cells)
            found.append(f"<table><tr>{cells}</tr></table>")
        elif line.cells:
            found.append("| " + " | ".join(line.cells) + " |")
        elif line.role == "title":
            found.append(f"# {line.text}")
        elif line.role == "heading" and bold and line.depth > 1 and line.label:
            found.append(f"**{line.text}**")
        elif line.role == "heading":
            found.append("#" * (line.depth + 1) + f" {line.text}")
        else:
            found.append(line.text)
    return "\n\n".join(found).replace("|\n\n|", "|\n|").encode("utf-8")


def as_docx(made: Made, rng: Random, automatic: bool) -> bytes:
    """Word: with ``automatic``, Word writes the numbers of headings and articles itself.

    Not where some headings have none: Word would count on over these; nor decimals.
    """
    counted = all(line.label and "." not in line.label[:-1] for line in made.lines if line.depth)
    automatic = automatic and counted
    return _Word(made, rng, automatic).saved()


class _Word:
    """One Word file being written."""

    def __init__(self, made: Made, rng: Random, automatic: bool) -> None:
        import docx

        self.made, self.rng = made, rng
        self.document: Any = docx.Document()
        # A page pasted into Word comes in the cells of the table that laid it out.
        self.pasted = not automatic and rng.random() < 0.25
        self.body: Any = self.document
        if self.pasted:
            self.body = self.document.add_table(rows=1, cols=2).cell(0, 1)
        self.styles = automatic or rng.random() < 0.5 or made.shape == "styled"
        self.lists = _numbered(self.document, made) if automatic else {}
        self.notes: list[str] = []
        if rng.random() < 0.6:
            section = self.document.sections[0]
            section.header.paragraphs[0].text = made.title
            section.footer.paragraphs[0].text = "— 1 —"

    def saved(self) -> bytes:
        """The whole file."""
        for cells, lines in groupby(self.made.lines, lambda line: len(line.cells)):
            if cells:
                self._table([line.cells for line in lines])
                continue
            for framed, inner in groupby(lines, lambda line: line.role == "box"):
                if framed:
                    cell = self.body.add_table(rows=1, cols=1).cell(0, 0)
                    cell.text = "\n".join(line.text for line in inner)
                else:
                    for line in inner:
                        self._line(line)
        if self.notes:
            _add_notes(self.document, self.notes)
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _table(self, rows: list[tuple[str, ...]]) -> None:
        table = self.body.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for place, words in enumerate(row):
                table.cell(at, place).text = words

    def _line(self, line: Line) -> None:
        if line.role == "title":
            self._title(line.text)
        elif line.role == "note":
            self.notes.append(line.words.removeprefix("注："))
            _refer(self.body.paragraphs[-1], len(self.notes))
        elif line.role == "contents":
            self.body.add_paragraph(f"{line.text}\t{self.rng.randint(1, 30)}")
        else:
            number = self.lists.get(line.depth if line.depth else -1)
            counted = bool(number) and (line.depth > 0 or line.role == "article")
            words = line.words if counted else line.text
            styled = line.role == "heading" and self.styles
            style = f"Heading {max(line.depth, 1)}" if styled else None
            paragraph = self._paragraph(words, style)
            if counted and number:
                _count(paragraph, *number)
            if line.role == "sign":
                paragraph.alignment = 2

    def _paragraph(self, words: str, style: str | None) -> Any:
        """Its words in one run or in several, as editing leaves them."""
        paragraph = self.body.add_paragraph(style=style)
        while words:
            cut = len(words) if self.rng.random() < 0.6 else self.rng.randint(1, len(words))
            paragraph.add_run(words[:cut])
            words = words[cut:]
        return paragraph

    def _title(self, words: str) -> None:
        """On one line, broken in a paragraph, or over two paragraphs; in a style or centred."""
        style = self.rng.choice(["Title", None])
        cut = len(words) // 2
        way = self.rng.random()
        if len(words) > 14 and way < 0.3:
            parts = [f"{words[:cut]}\n{words[cut:]}"]
        elif len(words) > 14 and way < 0.5:
            parts = [words[:cut], words[cut:]]
        else:
            parts = [words]
        for part in parts:
            self.body.add_paragraph(part, style=style).alignment = 1


def _numbered(document: Any, made: Made) -> dict[int, tuple[int, int]]:
    """Define the lists; the list and the level of each depth come back, -1 for articles."""
    from docx.oxml import parse_xml

    marks: dict[int, tuple[str, str]] = {}
    for line in made.lines:
        if line.depth and line.label:
            marks.setdefault(line.depth, _template(line.label))
    levels = "".join(
        _level(depth - 1, form, text.format(f"%{depth}")) for depth, (form, text) in marks.items()
    )
    articles = _level(0, "chineseCountingThousand", "第%1条")
    root = document.part.numbering_part.element
    for number, inside in ((71, levels), (72, articles)):
        kind = f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}">{inside}</w:abstractNum>'
        root.insert(0, parse_xml(kind))
        use = f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        root.append(parse_xml(use))
    return {depth: (71, depth - 1) for depth in marks} | {-1: (72, 0)}


def _template(label: str) -> tuple[str, str]:
    """The number's form, and the label with {} for the number."""
    digits = "".join(each for each in label if each in "一二三四五六七八九十0123456789")
    form = "decimal" if digits.isascii() else "chineseCountingThousand"
    return form, label.replace(digits, "{}", 1)


def _level(index: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def _count(paragraph: Any, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _refer(paragraph: Any, number: int) -> None:
    from docx.oxml import parse_xml

    run = f'<w:r xmlns:w="{W}"><w:footnoteReference w:id="{number}"/></w:r>'
    paragraph._p.append(parse_xml(run))


def _add_notes(document: Any, notes: list[str]) -> None:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    inside = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t>{html.escape(note)}</w:t></w:r></w:p></w:footnote>"
        for number, note in enumerate(notes, 1)
    )
    root = f'<w:footnotes xmlns:w="{W}">{inside}</w:footnotes>'
    name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
    part = Part(name, kind, root.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def as_html(made: Made, rng: Random) -> bytes:
    """A government site's page: an editor's container or a nameless one, with what is around it."""
    inner = rng.choice([_paragraphs, _breaks, _spans])(made, rng)
    title = next(line.words for line in made.lines if line.role == "title")
    holder = rng.choice(
        [
            '<div class="TRS_Editor">{}</div>',
            '<div class="pages_content" id="UCAP-CONTENT">{}</div>',
            '<div id="zoom" class="con">{}</div>',
            '<div id="vsb_content"><div class="v_news_content">{}</div></div>',
            '<div class="box"><div class="left-main">{}</div></div>',
            '<table width="980"><tr><td></td></tr><tr><td class="nr">{}</td></tr></table>',
        ]
    ).format(inner)
    site = rng.choice(["滨海市人民政府门户网站", "云岭县司法局"])
    head = f"<h1>{title}</h1>" if rng.random() < 0.5 else f'<div class="bt">{title}</div>'
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_{site}</title>'
        f'<meta name="ArticleTitle" content="{title}"></head><body>{_menu(rng)}'
        f'<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a href="/z">政策</a></div>'
        f"{_record(made) if rng.random() < 0.4 else ''}"
        f'<div class="main">{head}<div class="info">发布时间：2024-05-06 10:00 来源：{site} '
        f"字体：【大 中 小】 浏览次数：12</div>{holder}"
        f'<div class="bdsharebuttonbox">分享到：微信 微博</div>{_after(rng)}</div>'
        f'<div class="footer">主办单位：{site} 版权所有 网站标识码：6501000001</div></body></html>'
    )
    if rng.random() < 0.25:
        return page.replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030")
    return page.encode("utf-8")


def _menu(rng: Random) -> str:
    entries = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in _FURNITURE)
    return f'<div class="{rng.choice(["nav", "top-menu", "header"])}"><ul>{entries}</ul></div>'


def _record(made: Made) -> str:
    """The table over a paper on a site."""
    return (
        '<table class="xxgk"><tr><td>索 引 号：</td><td>000014349/2024-00012</td>'
        f"<td>发文机关：</td><td>{made.issuer}</td></tr><tr><td>发文字号：</td><td>{made.number}</td>"
        f"<td>标　　题：</td><td>{made.title}</td></tr></table>"
    )


def _after(rng: Random) -> str:
    if rng.random() < 0.5:
        return '<p class="print"><a href="javascript:window.print()">打印本页</a> 关闭窗口</p>'
    links = "".join(f'<li><a href="/{n}.html">关于{n}的解读</a></li>' for n in _FURNITURE)
    return f'<div class="xgjd">相关解读<ul>{links}</ul></div>'


def _rows(lines: list[Line]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in line.cells) + "</tr>"
        for line in lines
    )
    return f'<table border="1" cellspacing="0">{rows}</table>'


def _grouped(made: Made) -> Iterator[tuple[str, list[Line]]]:
    """Runs of table rows, of framed lines, and single lines."""
    for role, lines in groupby(made.lines, lambda line: line.role):
        if role in {"row", "box"}:
            yield role, list(lines)
        else:
            yield from ((role, [line]) for line in lines)


def _paragraphs(made: Made, rng: Random) -> str:
    """A <p> a line, headings bold or in <h2> … <h5>."""
    tags = rng.random() < 0.5 or made.shape == "styled"
    indent = rng.choice(["　　", "&nbsp;&nbsp;&nbsp;&nbsp;", "&emsp;&emsp;", ""])
    found = []
    for role, lines in _grouped(made):
        words = html.escape(lines[0].text)
        if role == "row":
            found.append(_rows(lines))
        elif role == "box":
            cell = "".join(f"<p>{html.escape(line.text)}</p>" for line in lines)
            found.append(f"<table border=1><tr><td>{cell}</td></tr></table>")
        elif role == "heading" and tags:
            tag = f"h{lines[0].depth + 1}"
            found.append(f"<{tag}>{words}</{tag}>")
        elif role in {"title", "heading"}:
            found.append(f'<p style="text-align:center"><strong>{words}</strong></p>')
        else:
            found.append(f"<p>{indent}{words}</p>")
    return "\n".join(found)


def _breaks(made: Made, rng: Random) -> str:
    """Lines parted by <br>, headings in <h3> where only their style tells them."""
    gap = rng.choice(["<br><br>\n", "<br/>", "</p><p>"])
    found = []
    for role, lines in _grouped(made):
        if role == "row":
            found.append(_rows(lines))
        elif role == "heading" and not lines[0].label:
            found.append(f"<h{lines[0].depth + 2}>{lines[0].text}</h{lines[0].depth + 2}>")
        else:
            found += ["　　" + html.escape(line.text) + gap for line in lines]
    return "<p>" + "".join(found) + "</p>"


def _spans(made: Made, rng: Random) -> str:
    """What Word pastes: spans inside paragraphs, source lines wrapped."""
    found = []
    for role, lines in _grouped(made):
        if role == "row":
            found.append(_rows(lines))
            continue
        for line in lines:
            words, pieces = line.text, []
            while words:
                cut = rng.randint(1, 40)
                # A browser shows a space for a source line's end inside a number or a word.
                while cut < len(words) and words[cut - 1 : cut + 1].isascii():
                    cut += 1
                piece = html.escape(words[:cut])
                words = words[cut:]
                pieces.append(
                    f'<span style="font-family:仿宋_GB2312;font-size:16pt">{piece}</span>'
                )
            tag = f"h{line.depth + 1}" if role == "heading" and not line.label else "p"
            found.append(
                f'<{tag} class="MsoNormal">{rng.choice(["", chr(10)]).join(pieces)}</{tag}>'
            )
    return "\n".join(found)


def as_print(made: Made, rng: Random) -> str:
    """The page that Chromium prints as a PDF: paper, type, columns, running heads, contents."""
    size, line = rng.choice([(16, 28), (14, 24), (12, 20), (10.5, 18)])
    small = size < 13
    head = rng.choice(["", made.title, "政府公报 2024年第3期", "滨海市人民政府规范性文件"])
    foot = rng.choice(
        ["'— ' counter(page) ' —'", "counter(page)", "'第 ' counter(page) ' 页'", "''"]
    )
    weight = rng.choice(["", "font-weight:bold"])
    face = rng.choice(["Noto Serif CJK SC", "Noto Sans CJK SC"])
    indent = rng.choice(["text-indent:2em", "text-indent:2em", "margin-bottom:.6em"])
    # A gazette's columns have no table of contents in them.
    listed = any(line.role == "contents" for line in made.lines)
    twofold = small and not listed and rng.random() < 0.4
    columns = "column-count:2;column-gap:8mm;" if twofold else ""
    style = (
        f"@page{{size:{rng.choice(['A4', 'A4', 'A5'] if small else ['A4'])};margin:26mm 22mm;"
        f"@top-center{{content:'{head}';font-size:9pt}}@bottom-center{{content:{foot};font-size:10pt}}}}"
        f"body{{font:{size}pt/{line}pt '{face}';margin:0;text-align:justify}}"
        f"p{{margin:0;{indent}}}.c{{text-align:center;text-indent:0}}"
        f".t{{text-align:center;text-indent:0;font-size:{size * 1.4}pt;margin:{line}pt 0;"
        f"line-height:{line * 1.5}pt}}.k{{font-family:'Noto Sans CJK SC';{weight}}}"
        f".s{{text-align:right;text-indent:0}}.m{{{columns}}}"
        "table{border-collapse:collapse;width:100%}td p{text-indent:0}"
        "td{border:1px solid;padding:2px 6px;font-size:90%}.d i{flex:1;overflow:hidden}"
        ".d{display:flex;text-indent:0;white-space:nowrap;overflow:hidden}"
    )
    body = "".join(_printed(role, lines, rng) for role, lines in _grouped(made))
    return f'<meta charset="utf-8"><title>{made.title}</title><style>{style}</style>{_split(body)}'


def _split(body: str) -> str:
    """The title over the columns."""
    head, mark, rest = body.partition("<!--body-->")
    return f'{head}<div class="m">{rest}</div>' if mark else f'<div class="m">{body}</div>'


def _printed(role: str, lines: list[Line], rng: Random) -> str:
    words = html.escape(lines[0].text)
    if role == "row":
        return _rows(lines)
    if role == "box":
        inside = "".join(f"<p>{html.escape(line.text)}</p>" for line in lines)
        return f"<table><tr><td>{inside}</td></tr></table>"
    if role == "title":
        cut = len(words) // 2
        wrapped = (
            f"{words[:cut]}<br>{words[cut:]}" if len(words) > 16 and rng.random() < 0.4 else words
        )
        return f'<p class="t">{wrapped}</p><!--body-->'
    if role == "contents":
        return f'<p class="d">{words}<i>{"…" * 60}</i>{rng.randint(1, 40)}</p>'
    if role == "heading":
        centred = lines[0].depth < 3 and lines[0].label.startswith("第")
        return f'<p class="k{" c" if centred else ""}">{words}</p>'
    return f'<p class="{ {"meta": "c", "sign": "s"}.get(role, "") }">{words}</p>'


def as_scan(content: bytes, rng: Random) -> bytes:
    """A PDF's pages as pictures: grey, a little askew, with noise, without a character of text."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    noise = np.random.default_rng(rng.randrange(2**32))
    document = pypdfium2.PdfDocument(content)
    pictures = []
    for page in document:
        picture = page.render(scale=200 / 72).to_pil().convert("L")
        picture = picture.rotate(
            rng.uniform(-0.4, 0.4), fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        grey = np.asarray(picture, dtype=float) + noise.normal(
            0, 8, (picture.height, picture.width)
        )
        pictures.append(Image.fromarray(grey.clip(0, 255).astype("uint8")))
    document.close()
    target = BytesIO()
    pictures[0].save(
        target, "PDF", save_all=True, append_images=pictures[1:], resolution=200, quality=75
    )
    return target.getvalue()
