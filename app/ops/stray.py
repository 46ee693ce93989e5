"""`stray`: payments that the gateway told of and that fit no order, and what becomes of them."""

from __future__ import annotations

import argparse
from typing import Any

from app import money
from app.errors import AmountOutOfRange, StrayEnded, Unknown
from app.ops import console
from app.sales import strays
from models import Stray


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("stray", help="payments that fit no order")
    actions = parser.add_subparsers(required=True, metavar="action")
    listing = actions.add_parser("list", help="those that nobody has dealt with")
    console.add_json(listing)
    listing.set_defaults(run=list_)
    look = actions.add_parser("look", help="ask the gateway again what it knows of one")
    credit = actions.add_parser("credit", help="its money becomes somebody's balance")
    dismiss = actions.add_parser("dismiss", help="it has been dealt with")
    for action, act in ((look, look_), (credit, credit_), (dismiss, dismiss_)):
        action.add_argument("id", type=int)
        action.set_defaults(run=run, act=act)
    credit.add_argument("user", type=int, help="Telegram id")
    credit.add_argument("amount", help="rupiah")
    for action in (credit, dismiss):
        action.add_argument("--reason", required=True)


def list_(args: argparse.Namespace) -> int:
    found = [_row(stray) for stray in strays.waiting()]
    console.rows(found, as_json=args.json, none="every payment fits an order")
    return 0


def run(args: argparse.Namespace) -> int:
    try:
        print(f"stray {args.id}: {args.act(args)}")
    except StrayEnded as ended:
        raise console.Failure(f"stray {args.id} is {ended.outcome} already") from None
    except Unknown:
        raise console.Failure(f"there is no stray {args.id}, or no such user") from None
    except AmountOutOfRange as refusal:
        raise console.Failure(f"the amount must be {refusal.least} to {refusal.most} rupiah") from None
    return 0


def look_(args: argparse.Namespace) -> str:
    strays.recheck(args.id)
    return "a worker asks the gateway now"


def credit_(args: argparse.Namespace) -> str:
    amount = console.amount(args.amount)
    strays.credit(args.id, args.user, amount, why=console.reason(args.reason))
    return f"{money.rupiah(amount)} went to the balance of user {args.user}"


def dismiss_(args: argparse.Namespace) -> str:
    strays.dismiss(args.id, why=console.reason(args.reason))
    return "dealt with"


def _row(stray: Stray) -> dict[str, Any]:
    return {
        "id": stray.id,
        "since": stray.found_at,
        "invoice": stray.invoice,
        "txn_id": stray.txn_id,
        "times": stray.times,
        "said": stray.said,
    }
