"""The commands of ``faju users``: accounts for a page that other computers reach."""

from __future__ import annotations

from qa.accounts import ROLES
from qa.commands.grammar import Command, Names, Options, one_of
from qa.commands.users import (
    add_user,
    change_password,
    list_users,
    remove_user,
    show_records,
    user_tokens,
)

__all__ = ["USERS"]

_NAME = Names("name", "用户名", "登录时用的名字")


def _add(options: Options) -> None:
    options.add(
        "--role",
        type=one_of(ROLES),
        default=ROLES[0],
        help="读者（默认：提问、查找、核对）、编辑（还能入库和移出）、管理员",
    )
    _password(options)


def _password(options: Options) -> None:
    options.add(
        "--password-stdin", action="store_true", help="从标准输入的第一行读密码（默认当面输入两次）"
    )


def _tokens(options: Options) -> None:
    options.add("--new", metavar="LABEL", help="为一个程序发一个令牌，只显示这一次")
    options.add("--revoke", metavar="LABEL", help="收回一个令牌")


def _records(options: Options) -> None:
    options.add("--csv", help="写成这个 CSV 文件")


USERS = (
    Command(
        "users add",
        add_user,
        "建一个账户，网页对别的电脑开放时用它登录",
        ("faju users add 张三 --role 编辑", "faju users add 李四 --password-stdin < 密码.txt"),
        _NAME,
        _add,
    ),
    Command("users list", list_users, "列出账户", ("faju users list",)),
    Command(
        "users passwd",
        change_password,
        "改密码，已经登录的要重新登录",
        ("faju users passwd 张三",),
        _NAME,
        _password,
    ),
    Command("users remove", remove_user, "删去一个账户", ("faju users remove 张三",), _NAME),
    Command(
        "users tokens",
        user_tokens,
        "列出、发放或收回程序用的令牌",
        ("faju users tokens 张三", "faju users tokens 张三 --new 公文系统"),
        _NAME,
        _tokens,
    ),
    Command(
        "users records",
        show_records,
        "看谁在什么时候改过文档库（保留半年；不记提问和文稿）",
        ("faju users records", "faju users records --csv 记录.csv"),
        options=_records,
    ),
)
