"""Writes orders that are over as the services would have left them: rows, ledger, audit events, counters.

In a few statements, as the demo cannot wait for hundreds of purchases. `verify` finds nothing amiss.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import settings
from app import audit
from app.audit import seals
from app.catalogue import products
from app.catalogue.prices import Bill, Offer
from app.infra import transactions
from app.money import typed
from app.ops.history import story
from app.ops.history.story import Wish
from app.sales import payments
from models import Delivery, LedgerEntry, Order, Payment, Product, User, db, utcnow

#: What the gateway takes of a payment.
FEE_PER_MILLE, FEE = 7, 310

_SELL = """
WITH wanted AS (
    SELECT id AS order_id, product_id, delivered_at,
           row_number() OVER (PARTITION BY product_id ORDER BY id) AS place
    FROM "order", generate_series(1, quantity)
    WHERE id = ANY(%s) AND state = 'delivered'
), shelf AS (
    SELECT id, product_id, row_number() OVER (PARTITION BY product_id ORDER BY id) AS place
    FROM stock_item
    WHERE state = 'available'
)
UPDATE stock_item i
SET state = 'sold', order_id = wanted.order_id, added_at = wanted.delivered_at - interval '9 days'
FROM shelf
JOIN wanted USING (product_id, place)
WHERE i.id = shelf.id
"""


class Book:
    """Orders, oldest first, until `write`."""

    def __init__(self) -> None:
        self.sold: Counter[int] = Counter()
        self._dice = Random(7)  # noqa: S311 (a story, no secret)
        self._orders: list[dict[str, Any]] = []
        self._payments: list[dict[str, Any]] = []
        self._ledger: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []
        self._balances: defaultdict[int, int] = defaultdict(int)
        self._bought: Counter[int] = Counter()
        self._offers: dict[tuple[int, bool], Offer] = {}
        self._goods = {each.id: each for each in Product.select()}
        self._people = {each.id: each for each in User.select()}
        self._expiry = timedelta(seconds=settings.current().payment_expiry_seconds)

    def add(self, wishes: Iterable[Wish]) -> None:
        for wish in wishes:
            if wish.product is None:
                self._deposit(wish)
            else:
                self._purchase(wish, wish.product)

    def _deposit(self, wish: Wish) -> None:
        order = self._order(wish, kind=Order.DEPOSIT, unit_price=wish.amount, total=wish.amount)
        paid_at = self._pay(order, wish)
        self._end(order, Order.CREDITED, paid_at)
        self._post(order, order["total"], "credit", paid_at)

    def _purchase(self, wish: Wish, product: int) -> None:
        bill = Bill(self._offer(product, self._people[wish.user]), wish.quantity)
        by_balance = self._balances[wish.user] >= bill.total
        order = self._order(
            wish,
            product=product,
            unit_price=bill.offer.full,
            discount=bill.subtotal - bill.total,
            total=bill.total,
            method=Order.BALANCE if by_balance else Order.QRIS,
        )
        if by_balance:
            self._post(order, -order["total"], "payment", wish.at)
            self._deliver(order, wish.at)
        elif wish.end == story.DELIVERED:
            self._deliver(order, self._pay(order, wish))
        else:
            self._lapse(order, wish)

    def _offer(self, product: int, person: User) -> Offer:
        """Asked for once: hundreds buy at the same price."""
        known = (product, person.is_reseller)
        if known not in self._offers:
            self._offers[known] = products.offer_for(self._goods[product], person)
        return self._offers[known]

    def _order(self, wish: Wish, **columns: Any) -> dict[str, Any]:
        tail = "".join(self._dice.choices(typed.READABLE, k=6))
        order = {
            "invoice": f"TRX{wish.at.astimezone(UTC):%Y%m%d}{tail}",
            "user": wish.user,
            "kind": Order.PURCHASE,
            "product": None,
            "quantity": wish.quantity,
            "discount": 0,
            "method": Order.QRIS,
            "created_at": wish.at,
            "expires_at": wish.at + self._expiry,
            "paid_at": None,
            "delivered_at": None,
            "reason": None,
            **columns,
        }
        self._orders.append(order)
        told = ("user", "kind", "method", "product", "quantity", "unit_price", "discount", "total")
        facts = {name: order[name] for name in told}
        expires = order["expires_at"].isoformat()
        self._note(wish.at, "order.placed", _about(order), **facts, expires=expires, voucher=None)
        return order

    def contradict(
        self, at: datetime, user: int, product: int, total: int, invoice: str, txn_id: str
    ) -> None:
        """Its QR has expired, and the gateway was paid something else: the next look at it finds that."""
        wish = Wish(at, user, product, 1, total, story.EXPIRED, 0)
        order = self._order(wish, invoice=invoice, product=product, unit_price=total, total=total)
        order["reason"] = Order.DEADLINE
        watch = {"next_check_at": utcnow(), "watch_until": order["expires_at"] + payments.WATCH}
        self._open(order, txn_id).update(watch)
        self._end(order, Order.EXPIRED, order["expires_at"])

    def _open(self, order: dict[str, Any], txn_id: str | None = None) -> dict[str, Any]:
        at, total = order["created_at"] + timedelta(seconds=1), order["total"]
        fee = FEE + -(-total * FEE_PER_MILLE // 1000)
        payment = {
            "invoice": order["invoice"],
            "amount": total,
            "fee": fee,
            "total": total + fee,
            "txn_id": txn_id or f"PKS{self._dice.getrandbits(80):020X}",
            "qr_string": "sample",
            "page_url": f"{settings.current().pakasir_public_url}/pay/{order['invoice']}",
            "state": Payment.OPEN,
            "opened_at": at,
            "completed_at": None,
            "next_check_at": None,
            "watch_until": None,
            "created_at": order["created_at"],
        }
        self._payments.append(payment)
        facts = {"amount": total, "fee": fee, "total": payment["total"], "txn": payment["txn_id"]}
        digest = audit.digest(payment["qr_string"], payment["page_url"])
        self._note(at, "payment.opened", _about(order), **facts, qr=digest)
        return payment

    def _pay(self, order: dict[str, Any], wish: Wish) -> datetime:
        at = wish.at + timedelta(seconds=wish.pause_s)
        self._open(order).update(state=Payment.COMPLETED, completed_at=at)
        self._note(at, "payment.completed", _about(order), amount=order["total"])
        return at

    def _deliver(self, order: dict[str, Any], paid_at: datetime) -> None:
        order["paid_at"] = paid_at
        self._note(paid_at, "order.paid", _about(order), total=order["total"], reason=None)
        at = paid_at + timedelta(milliseconds=self._dice.randrange(90, 2_400))
        order["delivered_at"] = at
        self._end(order, Order.DELIVERED, at)
        self.sold[order["product"]] += order["quantity"]
        self._bought[order["user"]] += order["quantity"]

    def _lapse(self, order: dict[str, Any], wish: Wish) -> None:
        """The QR was not paid."""
        expired = wish.end == story.EXPIRED
        at = order["expires_at"] if expired else wish.at + timedelta(seconds=wish.pause_s)
        order["reason"] = Order.DEADLINE if expired else Order.BY_BUYER
        self._open(order)["state"] = Payment.CANCELED
        self._end(order, Order.EXPIRED if expired else Order.CANCELED, at)
        self._note(at + timedelta(seconds=2), "payment.canceled", _about(order))

    def _end(self, order: dict[str, Any], state: str, at: datetime) -> None:
        order.update(state=state, closed_at=at)
        self._note(at, f"order.{state}", _about(order), total=order["total"], reason=order["reason"])

    def _post(self, order: dict[str, Any], amount: int, what: str, at: datetime) -> None:
        user, before = order["user"], self._balances[order["user"]]
        balance = self._balances[user] = before + amount
        entry = {"amount": amount, "balance": balance, "reason": f"order:{order['invoice']}:{what}"}
        self._ledger.append({**entry, "user": user, "created_at": at})
        self._note(at, "balance.changed", f"user:{user}", before=before, **entry)

    def _note(self, at: datetime, action: str, entity: str, **data: Any) -> None:
        event = {"at": at, "actor": audit.SYSTEM, "action": action, "entity": entity, "data": data}
        self._events.append({**event, "correlation_id": None})

    def write(self) -> int:
        """All of it; how many orders. What they sold is on the shelves already."""
        with transactions.atomic():
            rows = Order.insert_many(self._orders).returning(Order.id, Order.invoice).execute()
            numbers = {row.invoice: row.id for row in rows}
            ours = [{**each, "order": numbers[each["invoice"]]} for each in self._payments]
            Payment.insert_many(
                [{k: v for k, v in each.items() if k != "invoice"} for each in ours]
            ).execute()
            LedgerEntry.insert_many(self._ledger).execute()
            Delivery.insert_many(list(self._deliveries(numbers))).execute()
            db.execute_sql(_SELL, (list(numbers.values()),))
            self._count()
            seals.write(sorted(self._events, key=lambda event: event["at"]))
        return len(numbers)

    def _deliveries(self, numbers: dict[str, int]) -> Iterable[dict[str, Any]]:
        for order in self._orders:
            if order["state"] == Order.DELIVERED:
                number = numbers[order["invoice"]]
                sent = {"state": Delivery.SENT, "message_id": number, "at": order["delivered_at"]}
                yield {"order": number, "part": 0, **sent}

    def _count(self) -> None:
        for product, items in self.sold.items():
            counted = {"available": Product.available - items, "sold": Product.sold + items}
            Product.update(counted).where(Product.id == product).execute()
        for user in self._bought.keys() | self._balances.keys():
            changes = {"bought": self._bought[user], "balance": self._balances[user]}
            User.update(changes).where(User.id == user).execute()


def _about(order: dict[str, Any]) -> str:
    return f"order:{order['invoice']}"
