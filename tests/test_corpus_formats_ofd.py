"""OFD files, made by hand as GB/T 33190 says: their words in order, and honest sentences."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from io import BytesIO
from zipfile import ZipFile

import pytest

from corpus import InputError
from corpus.formats.kinds import extract

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROOT = f"""<ofd:OFD {NAMES} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo>
<ofd:Title>节水办法</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>
</ofd:DocBody></ofd:OFD>"""
# Words, how far from the left and down, in millimetres; characters are 5 high and wide.
PAGES = [
    [
        ("东河市节水办法", 80, 40),
        ("第一条 为了节约用水，保护水资源，促进经济社会可持续发展，", 35, 60),
        ("制定本办法。", 25, 69),
        ("第二条 用水单位应当每年核算一次用水量。", 35, 78),
    ],
    [("第三条 本办法自公布之日起施行。", 35, 40)],
]


def word(text: str, x: float, y: float) -> str:
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {5 * len(text)} 6" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {len(text) - 1} 5">{text}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def ofd(pages: list[list[tuple[str, int, int]]]) -> bytes:
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}.xml"/>' for at in range(len(pages)))
    parts = {
        "OFD.xml": ROOT,
        "Doc_0/Document.xml": f"<ofd:Document {NAMES}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for at, words in enumerate(pages):
        body = "".join(word(*each) for each in words)
        parts[f"Doc_0/Pages/{at}.xml"] = (
            f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    target = BytesIO()
    with ZipFile(target, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


@pytest.fixture
def kit() -> None:
    if find_spec("ofdkit") is None:
        pytest.skip("ofdkit is not installed: pip install faju[ofd]")


@pytest.mark.usefixtures("kit")
def test_the_paragraphs_of_an_ofd_are_whole_and_its_pages_known() -> None:
    result = extract(ofd(PAGES), "节水办法.ofd")
    assert result.text.split("\n") == [
        "东河市节水办法",
        "第一条 为了节约用水，保护水资源，促进经济社会可持续发展，制定本办法。",
        "第二条 用水单位应当每年核算一次用水量。",
        "第三条 本办法自公布之日起施行。",
    ]
    assert (result.kind, result.facts["title"], result.warnings) == ("ofd", "节水办法", ())
    starts = [result.text.index(words) for words in ("东河市", "第三条")]
    assert [(page.number, page.start) for page in result.pages] == [(1, starts[0]), (2, starts[1])]


@pytest.mark.usefixtures("kit")
def test_an_ofd_without_words_or_broken_says_what_to_do() -> None:
    with pytest.raises(InputError, match="没有文字（可能是扫描件）.*另存为 PDF"):
        extract(ofd([[]]), "扫描.ofd")
    with pytest.raises(InputError, match="已损坏.*另存为 PDF"):
        extract(ofd(PAGES).replace(b"Doc_0/Document", b"Doc_1/Document"), "坏.ofd")


def test_without_the_reader_the_user_is_told_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ofdkit", None)
    with pytest.raises(InputError, match=r'阅读器打开，另存为 PDF.*pip install "faju\[ofd\]"'):
        extract(ofd(PAGES), "节水办法.ofd")
