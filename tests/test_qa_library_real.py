"""A plan of another city, taken in and asked with the real model."""

import json
import shutil
from pathlib import Path

import docx
import pytest

from qa.cli import main

PLAN = {
    "Title": ["滨海市渔业发展规划"],
    "Normal": ["滨海市人民政府", "2021年10月8日", "为了发展渔业，制定本规划。"],
    "Heading 1": ["第一章 主要任务"],
    "Heading 2": ["规范渔船检查"],
}
RULE = "同一艘渔船每年接受检查不得超过三次，检查结果应当当场告知船长。"
GUIDE = """松岭市残疾人证补领办事指南
一、申请条件
证件遗失或者损毁，本人户籍在松岭市。
二、办理期限
自受理之日起八个工作日内发证。
三、费用
不收取任何费用。
四、问询电话
0888-6660001
五、窗口时间
星期一至星期五上午十时至下午五时三十分。
"""


def test_the_short_line_of_a_guide_that_answers_comes_first(
    built_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "松岭"
    shutil.copytree(built_home / "index", home / "index")
    (home / "models").symlink_to(built_home / "models")
    (tmp_path / "指南.txt").write_text(GUIDE, encoding="utf-8")
    added = ["documents", "add", str(tmp_path / "指南.txt"), "--yes", "--with-plan"]
    assert main(["--home", str(home), *added]) == 0
    capsys.readouterr()
    for question, line in (
        ("补领残疾人证要花钱吗", "不收取任何费用。"),
        ("补领残疾人证打哪个电话问", "0888-6660001"),
        ("残疾人证补领几天能办好", "自受理之日起八个工作日内发证。"),
    ):
        assert main(["--home", str(home), "ask", question, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["sentences"][0]["text"] == line


def test_a_plan_is_added_asked_and_removed(
    built_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "滨海"
    shutil.copytree(built_home / "index", home / "index")
    (home / "models").symlink_to(built_home / "models")
    document = docx.Document()
    for style, lines in PLAN.items():
        for line in lines:
            document.add_paragraph(line, style=style)
    document.add_paragraph(RULE)
    document.save(str(tmp_path / "规划.docx"))
    asked = ["--home", str(home), "ask", "渔船一年最多查几回？", "--json"]

    added = ["documents", "add", str(tmp_path / "规划.docx"), "--yes", "--without-plan"]
    assert main(["--home", str(home), *added]) == 0
    capsys.readouterr()
    assert main(asked) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["sentences"][0]["text"] == RULE
    assert answer["hits"][0]["citation"] == "《滨海市渔业发展规划》第一章“规范渔船检查”"
    assert main(["--home", str(home), "documents", "remove", "滨海市渔业发展规划", "--yes"]) == 0
    capsys.readouterr()
    main(asked)
    assert "渔船" not in capsys.readouterr().out.replace("渔船一年最多查几回", "")
