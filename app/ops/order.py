"""`order`: all that is known about one order, and what an operator can do for it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC
from typing import Any

from app import money
from app.errors import (
    AmountOutOfRange,
    BeingDelivered,
    MayHaveGoods,
    NothingToDecide,
    OrderClosed,
    StrayEnded,
)
from app.infra import times
from app.ops import claim, console
from app.sales import claims, contradictions, delivery, history, orders, payments, settlement, warranty
from models import Order, Payment, User

#: Does something for an order, with the operator's reason; returns what was done.
Act = Callable[[Order, str | None], str]


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("order", help="an order's timeline, or help for it")
    parser.add_argument("invoice", help="TRX…, or the gateway's transaction")
    console.add_json(parser)
    actions = parser.add_mutually_exclusive_group()
    for name, act, text in (
        ("recheck", recheck, "ask the gateway about the payment"),
        ("redeliver", redeliver, "send the same goods again"),
        ("credit", credit, "give the money of a paid, undelivered order back as balance"),
        ("cancel", cancel, "end an unpaid order and tell its buyer"),
        ("refuse", refuse, "a payment that contradicts the order does not count"),
    ):
        actions.add_argument(f"--{name}", dest="act", action="store_const", const=act, help=text)
    actions.add_argument(
        "--accept",
        metavar="AMOUNT",
        help="a payment that contradicts counts; so much was paid, without the fee",
    )
    parser.add_argument(
        "--anyway", action="store_true", help="with --credit: although the buyer may have (some of) the goods"
    )
    parser.add_argument("--reason", help="why, for the order's timeline")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    order = payments.order_called(args.invoice.strip())
    if order is None:
        raise console.Failure(f"there is no order {args.invoice}")
    if args.anyway and args.act is not credit:
        raise console.Failure("--anyway belongs to --credit")
    if args.accept is not None:
        _attempt(_accepting(args.accept), order, args.reason)
    elif args.act:
        _attempt(credit_anyway if args.anyway else args.act, order, args.reason)
    elif args.json:
        console.document(_document(order))
    else:
        _show(order)
    return 0


def recheck(order: Order, _reason: str | None) -> str:
    payment = payments.recheck(order.id)
    if payment is None:
        raise console.Failure(f"{order.invoice} was paid from the balance, the gateway does not know it")
    if payment.state == Payment.COMPLETED:
        return "the gateway has said already that it was paid"
    return "a worker asks the gateway now"


def redeliver(order: Order, _reason: str | None) -> str:
    delivery.redeliver(order.id)
    return "a worker sends every part of the goods again"


def credit(order: Order, reason: str | None, *, anyway: bool = False) -> str:
    done = settlement.credit(order.id, note=console.note(reason) or "ops", anyway=anyway)
    amount = payments.credited(done, payments.of_order(done.id))
    return f"{money.rupiah(amount)} went to the balance of user {order.user_id}"


def credit_anyway(order: Order, reason: str | None) -> str:
    return credit(order, reason, anyway=True)


def cancel(order: Order, reason: str | None) -> str:
    settlement.cancel_by_operator(order.id, note=console.note(reason))
    return "canceled, its goods are for sale again"


def refuse(order: Order, reason: str | None) -> str:
    settlement.refuse(order.id, why=console.reason(reason))
    return "the payment is refused, nothing was booked"


def _accepting(typed: str) -> Act:
    """Accept a payment of so many rupiah as the operator types."""
    amount = console.amount(typed)

    def accept(order: Order, reason: str | None) -> str:
        accepted = settlement.accept(order.id, amount, why=console.reason(reason))
        state = orders.get(accepted.id).state
        return f"{money.rupiah(amount)} is accepted as its payment, the order is {state}"

    return accept


def _attempt(act: Act, order: Order, reason: str | None) -> None:
    try:
        done = act(order, reason)
    except NothingToDecide as refusal:
        why = f"was {refusal.verdict}" if refusal.verdict else "is not in doubt"
        raise console.Failure(f"the payment of {order.invoice} {why}: nothing to decide") from None
    except StrayEnded as ended:
        raise console.Failure(
            f"the money of {order.invoice} was {ended.outcome} already, see `stray list`"
        ) from None
    except AmountOutOfRange as refusal:
        raise console.Failure(f"the amount must be {refusal.least} to {refusal.most} rupiah") from None
    except BeingDelivered:
        raise console.Failure(
            f"the goods of {order.invoice} are being sent at this moment: try again in a moment"
        ) from None
    except MayHaveGoods as refusal:
        raise console.Failure(
            f"the buyer of {order.invoice} may have the goods: {refusal.sent} of {refusal.messages} messages "
            f"arrived and {refusal.unsure} may have; send the rest with --redeliver, or say "
            "--credit --anyway to give the money back all the same"
        ) from None
    except OrderClosed as refusal:
        raise console.Failure(f"{order.invoice} is {refusal.state}: that cannot be done any more") from None
    print(f"{order.invoice}: {done}")


def _show(order: Order) -> None:
    facts = _facts(order)
    for name in ("unit_price", "discount", "total", "fee", "qr_total"):
        facts[name] = None if facts[name] is None else money.rupiah(facts[name])
    console.facts(facts)
    print()
    console.rows(
        [_line(moment) for moment in history.timeline(order, payments.of_order(order.id))],
        as_json=False,
        none="",
    )
    print()
    jobs = [asdict(promise) for promise in history.jobs(order)]
    console.rows(jobs, as_json=False, none="no job is waiting")


def _facts(order: Order) -> dict[str, Any]:
    payment = Payment.get_or_none(Payment.order == order.id) or Payment()
    buyer = User.get_by_id(order.user_id)
    contradiction = contradictions.of_order(order.id)
    return {
        "invoice": order.invoice,
        "kind": order.kind,
        "state": order.state,
        "reason": order.reason,
        "buyer": order.user_id,
        "buyer_unreachable_since": buyer.unreachable_at,
        "product": order.product_id,
        "product_name": order.product.name if order.product else None,
        "quantity": order.quantity,
        "unit_price": order.unit_price,
        "discount": order.discount,
        "total": order.total,
        "method": order.method,
        "deadline": order.expires_at,
        "payment": payment.state if payment.id else None,
        "txn_id": payment.txn_id,
        "fee": payment.fee,
        "qr_total": payment.total,
        "accepted": payment.accepted,
        "contradicts": contradiction and contradiction.said,
        "contradiction_is": contradiction and (contradiction.verdict or "undecided"),
        "decided_because": contradiction and contradiction.note,
        "warranty_days": order.warranty_days,
        "warranty_until": warranty.ends_at(order),
        "next_check_at": payment.next_check_at,
        "watched_until": payment.watch_until,
    }


def _line(moment: history.Moment) -> dict[str, Any]:
    facts = ", ".join(f"{name} {value}" for name, value in moment.facts.items())
    utc = moment.at.astimezone(UTC).strftime("%H:%M:%S UTC")
    return {"when": times.show(moment.at), "utc": utc, "what": moment.what, "by": moment.by, "facts": facts}


def _document(order: Order) -> dict[str, Any]:
    moments = [asdict(moment) for moment in history.timeline(order, payments.of_order(order.id))]
    return _facts(order) | {
        "timeline": moments,
        "claims": [claim.facts(each) for each in claims.of_order(order.id)],
        "jobs": [asdict(promise) for promise in history.jobs(order)],
    }
