"""``faju users``: accounts, tokens, records."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path

from corpus import InputError
from qa.accounts import Accounts
from qa.commands.output import DONE, write_bytes
from qa.exports import csv_file
from qa.settings import Settings

__all__ = [
    "add_user",
    "change_password",
    "list_users",
    "remove_user",
    "show_records",
    "user_tokens",
]


def add_user(args: argparse.Namespace, settings: Settings) -> int:
    """A new account, its password read from the person or the first line given."""
    name = _name(args)
    Accounts(settings.home).add(name, args.role, _password(args))
    print(f"已建账户：{name}（{args.role}）。")
    return DONE


def list_users(args: argparse.Namespace, settings: Settings) -> int:
    """All accounts."""
    rows = Accounts(settings.home).listed()
    for row in rows:
        if args.json:
            print(json.dumps(row._asdict(), ensure_ascii=False))
        else:
            print(f"{row.name}\t{row.role}\t{row.made}")
    if not rows and not args.json:
        print("还没有账户；建一个：faju users add 用户名 --role 管理员")
    return DONE


def change_password(args: argparse.Namespace, settings: Settings) -> int:
    """Another password."""
    name = _name(args)
    Accounts(settings.home).set_password(name, _password(args))
    print(f"已改密码：{name}。已经登录的要重新登录。")
    return DONE


def remove_user(args: argparse.Namespace, settings: Settings) -> int:
    """An account less."""
    name = _name(args)
    Accounts(settings.home).remove(name)
    print(f"已删去账户：{name}。")
    return DONE


def user_tokens(args: argparse.Namespace, settings: Settings) -> int:
    """A program's tokens: given out, taken back, listed."""
    accounts, name = Accounts(settings.home), _name(args)
    if args.new:
        print(accounts.add_token(name, args.new))
        print("请现在抄下，以后不再显示；用法：Authorization: Bearer 令牌", file=sys.stderr)
    elif args.revoke:
        accounts.revoke(name, args.revoke)
        print(f"已收回令牌：{args.revoke}。")
    else:
        for row in accounts.tokens(name):
            given = json.dumps(row._asdict(), ensure_ascii=False)
            print(given if args.json else f"{row.label}\t{row.made}")
    return DONE


def show_records(args: argparse.Namespace, settings: Settings) -> int:
    """Who did what, the newest first."""
    records = Accounts(settings.home).records()
    if args.csv:
        write_bytes(Path(args.csv), csv_file([("时间", "用户", "事项", "内容"), *records]))
        return DONE
    for each in records:
        said = json.dumps(each._asdict(), ensure_ascii=False)
        print(said if args.json else "\t".join(each))
    return DONE


def _name(args: argparse.Namespace) -> str:
    if not args.name:
        raise InputError("没有写用户名，例如：faju users add 张三 --role 编辑")
    return str(args.name)


def _password(args: argparse.Namespace) -> str:
    if args.password_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码（不显示）：")
    if getpass.getpass("再输一次：") != first:
        raise InputError("两次输入的密码不一样。")
    return first
