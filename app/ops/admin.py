"""`admin`: give and take the admin role of people who have written to the bot."""

from __future__ import annotations

import argparse

import settings
from app.errors import IsBanned, LastAdmin, Unknown
from app.ops import console
from app.people import users


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("admin", help="give and take the admin role")
    actions = parser.add_subparsers(required=True, metavar="action")
    for name, gives in (("add", True), ("remove", False)):
        action = actions.add_parser(name, help=f"{name} an admin")
        action.add_argument("id", type=int, help="Telegram id")
        action.set_defaults(run=run, gives=gives)


def run(args: argparse.Namespace) -> int:
    try:
        changed = users.make_admin(args.id, admin=args.gives)
    except Unknown:
        raise console.Failure(f"user {args.id} has never written to the bot") from None
    except IsBanned:
        raise console.Failure(f"user {args.id} is banned; lift that first") from None
    except LastAdmin:
        raise console.Failure(f"user {args.id} is the last admin; add another one first") from None
    now = "is an admin" if args.gives else "has no admin role"
    print(f"user {args.id} {now}{'' if changed else ', as before'}")
    if not args.gives and args.id in settings.current().admin_ids:
        print("but stays an admin for as long as ADMIN_IDS names them")
    return 0
