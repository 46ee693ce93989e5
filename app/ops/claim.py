"""`claim`: warranty claims that wait for an answer, and the three answers; a claim for a buyer."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any

from app import money
from app.errors import AmountOutOfRange, OutOfStock, Unknown
from app.infra import times
from app.ops import console
from app.sales import claims, payments, warranty
from app.sales.claims import ClaimAnswered, NotClaimable
from models import Claim


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("claim", help="warranty claims")
    actions = parser.add_subparsers(required=True, metavar="action")
    listing = actions.add_parser("list", help="those that nobody has answered")
    console.add_json(listing)
    listing.set_defaults(run=list_)
    opening = actions.add_parser("open", help="claim an item for its buyer")
    opening.add_argument("invoice", help="TRX…")
    opening.add_argument("complaint", help="what is wrong")
    opening.add_argument("--item", type=int, default=1, help="which one of the order, from 1")
    opening.set_defaults(run=run, act=open_)
    replacing = actions.add_parser("replace", help="send another item from the shelf")
    refunding = actions.add_parser("refund", help="give its money back as balance")
    refunding.add_argument("--amount", help="rupiah; without, what the formula says")
    refusing = actions.add_parser("refuse", help="tell the buyer why not")
    refusing.add_argument("--reason", required=True)
    for action, act in ((replacing, replace), (refunding, refund), (refusing, refuse)):
        action.add_argument("id", type=int)
        action.set_defaults(run=run, act=act)


def list_(args: argparse.Namespace) -> int:
    found = [_row(claim) for claim in claims.waiting_with_orders()]
    console.rows(found, as_json=args.json, none="no claim waits for an answer")
    return 0


def run(args: argparse.Namespace) -> int:
    act: Callable[[argparse.Namespace], str] = args.act
    try:
        print(act(args))
    except ClaimAnswered as answered:
        raise console.Failure(f"claim {args.id} is {answered.state} already") from None
    except NotClaimable as refused:
        raise console.Failure(f"{args.invoice} cannot be claimed: {_why(refused)}") from None
    except OutOfStock as empty:
        raise console.Failure(
            f"product {empty.product_id} has nothing left to replace it with: the claim stays open"
        ) from None
    except AmountOutOfRange as refusal:
        raise console.Failure(f"the amount must be {refusal.least} to {refusal.most} rupiah") from None
    except Unknown as unknown:
        raise console.Failure(str(unknown)) from None
    return 0


def open_(args: argparse.Namespace) -> str:
    order = payments.order_called(args.invoice.strip())
    if order is None:
        raise console.Failure(f"there is no order {args.invoice}")
    chosen = next((item for item in warranty.items(order) if item.number == args.item), None)
    if chosen is None:
        raise console.Failure(f"{order.invoice} has no item {args.item}")
    words = console.reason(args.complaint)
    return f"claim {warranty.claim(order.id, chosen.id, words).id} waits for an answer"


def replace(args: argparse.Namespace) -> str:
    return f"claim {warranty.replace(args.id).id}: a worker sends another item"


def refund(args: argparse.Namespace) -> str:
    amount = None if args.amount is None else console.amount(args.amount)
    given = warranty.refund(args.id, amount)
    return f"claim {given.id}: {money.rupiah(given.amount or 0)} went to the balance of its buyer"


def refuse(args: argparse.Namespace) -> str:
    return f"claim {warranty.refuse(args.id, why=console.reason(args.reason)).id}: refused"


def facts(claim: Claim) -> dict[str, Any]:
    """One of an order's, without what the buyer wrote."""
    return {
        "id": claim.id,
        "item": claim.item_id,
        "state": claim.state,
        "since": claim.opened_at,
        "answered_at": claim.answered_at,
        "replaced_by": claim.replacement_id,
        "sent_at": claim.handed_at,
        "amount": claim.amount,
        "note": claim.note,
    }


def _row(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "since": claim.opened_at,
        "invoice": claim.order.invoice,
        "buyer": claim.order.user_id,
        "product": claim.order.product_id,
        "item": claim.item_id,
        "until": warranty.ends_at(claim.order),
        "complaint": claims.complaint(claim),
    }


def _why(refused: NotClaimable) -> str:
    shown = [
        f"{name} {times.show(value) if isinstance(value, datetime) else value}"
        for name, value in refused.facts.items()
    ]
    return ", ".join([refused.why, *shown])
