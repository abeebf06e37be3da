"""What `hanse user` and `hanse token` print of people and their tokens, and how a password is read."""

import sys
from argparse import Namespace
from getpass import getpass

from hanse.actions import accounts, tokens
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time


def list_users(args: Namespace) -> int:
    """Print everybody who may log in."""
    rows = [
        {
            "username": user.username,
            "email": user.email,
            "active": user.is_active,
            "administrator": user.is_superuser,
            "groups": sorted(group.name for group in user.groups.all()),
            "last_login": clock_time(user.last_login),
        }
        for user in accounts.user_list(person())
    ]
    lines = [
        (row["username"], "" if row["active"] else "off", "admin" if row["administrator"] else "", row["email"])
        for row in rows
    ]
    tell(args, {"users": rows}, [table(("NAME", "", "", "MAIL"), lines)])
    return Exit.FINE


def list_tokens(args: Namespace) -> int:
    """Print all tokens, without what opens a door."""
    rows = [
        {
            "key": token.token_key,
            "name": token.name,
            "of": token.user.username,
            "may_write": token.may_write,
            "networks": token.networks,
            "until": clock_time(token.expiry),
            "used": clock_time(token.used_at),
        }
        for token in tokens.token_list(person(), of_everybody=True)
    ]
    heads = ("KEY", "NAME", "OF", "MAY", "FROM", "UNTIL", "USED")
    lines = [
        (
            row["key"],
            row["name"],
            row["of"],
            "write" if row["may_write"] else "look",
            ", ".join(row["networks"]),
            row["until"],
            row["used"],
        )
        for row in rows
    ]
    tell(args, {"tokens": rows}, [table(heads, lines)])
    return Exit.FINE


def typed_password() -> str:
    """Return what is typed, unseen, or the first line of stdin."""
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
