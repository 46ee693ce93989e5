"""What a test starts from, made with the services themselves: people, products, orders, gateway answers."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any

from app.catalogue import listings, products, stock
from app.clients.pakasir_answers import COMPLETED, PENDING, Opened, Status
from app.infra.queue import sealing
from app.infra.transactions import atomic
from app.people import trust, users
from app.sales import checkout, orders, settlement, vouchers, wallet
from models import AuditEvent, Order, Outbox, Payment, Product, StockItem, User

ALICE, BOB, CHARLIE, RINA = 1, 2, 3, 4

_reasons = itertools.count(1)


#: The arguments are those of `checkout.place`.
buy_with_balance = partial(checkout.place, method=Order.BALANCE)


def person(user_id: int = ALICE, name: str = "Alice", *, balance: int = 0) -> User:
    """Somebody who has written to the bot, with some money."""
    with atomic():
        users.meet(user_id, name, name.lower())
    if balance:
        wallet.post(user_id, balance, f"test:{next(_reasons)}")
    return users.get(user_id)


def proven(user_id: int = ALICE) -> None:
    """They have paid for something, so they may hold all that is left; nothing else has come of it."""
    if trust.has_paid(user_id):
        return
    promised = [row.id for row in Outbox.select(Outbox.id)]
    paid = deposit(user_id=user_id)
    settlement.settle(paid.id, status(paid))
    wallet.post(user_id, -paid.total, f"test:{next(_reasons)}")
    Outbox.delete().where(Outbox.id.not_in(promised)).execute()


def product(
    name: str = "Netflix 1M", price: int = 25_000, stock_lines: int | list[str] = 1, **more: Any
) -> Product:
    """A product with so many items, or with exactly these."""
    made = products.add(name, price, **more)
    if isinstance(stock_lines, int):
        stock_lines = [f"KEY-{made.id}-{n}" for n in range(stock_lines)]
    stock.add(made.id, stock_lines)
    return products.get(made.id)


def shared(accounts: int | list[str], slots: int, **more: Any) -> Product:
    """A product whose accounts several buyers share."""
    made = product(stock_lines=0, **more)
    listings.set_slots(made.id, slots)
    lines = accounts if isinstance(accounts, list) else [f"AKUN-{made.id}-{n}" for n in range(accounts)]
    stock.add(made.id, lines)
    return products.get(made.id)


def slots_of(user_id: int) -> list[tuple[bytes, int]]:
    """The account and the number of every slot that a person has, in the order of buying."""
    items = StockItem.select().join(Order).where(Order.user == user_id).order_by(Order.id, StockItem.id)
    return [(bytes(item.account), item.slot) for item in items]


def order(
    user_id: int = ALICE, product_id: int | None = None, quantity: int = 1, voucher: str | None = None
) -> Order:
    """An unpaid order whose QR is open."""
    placed = unopened(user_id, product_id, quantity, voucher)
    settlement.note_opened(placed.id, answer(placed))
    return orders.get(placed.id)


def unopened(
    user_id: int = ALICE, product_id: int | None = None, quantity: int = 1, voucher: str | None = None
) -> Order:
    """An unpaid order that still waits for its QR."""
    if User.get_or_none(User.id == user_id) is None:
        person(user_id)
    wanted = product_id or product(stock_lines=quantity).id
    if quantity > 1 and not products.get(wanted).shared_kind:
        proven(user_id)
    return checkout.place(user_id, wanted, quantity, voucher=voucher)


def voucher(amount: int = 10_000) -> str:
    """The code of a fresh voucher."""
    code: str = vouchers.create(amount, 1, BOB)[0].code
    return code


def deposit(amount: int = 50_000, user_id: int = ALICE) -> Order:
    """An unpaid deposit whose QR is open."""
    if User.get_or_none(User.id == user_id) is None:
        person(user_id)
    placed = checkout.deposit(user_id, amount)
    settlement.note_opened(placed.id, answer(placed))
    return orders.get(placed.id)


def answer(placed: Order, status: str = PENDING, **changes: Any) -> Opened:
    """What the gateway says when it opens a payment."""
    facts: dict[str, Any] = {
        "txn_id": f"PKS-{placed.invoice}",
        "invoice": placed.invoice,
        "amount": placed.total,
        "fee": 485,
        "total": placed.total + 485,
        "qr_string": "sample",
        "payment_url": f"https://pay.example/{placed.invoice}",
        "expires_at": None,
        "is_sandbox": True,
        "status": status,
    }
    return Opened(**facts | changes)


def status(placed: Order, word: str = COMPLETED, **changes: Any) -> Status:
    """What the gateway says when it is asked about a payment."""
    facts: dict[str, Any] = {
        "txn_id": f"PKS-{placed.invoice}",
        "invoice": placed.invoice,
        "amount": placed.total,
        "is_sandbox": True,
        "status": word,
        "completed_at": None,
    }
    return Status(**facts | changes)


def promised(actor: str | None = None) -> list[Any]:
    """Arguments of the jobs in the outbox: of one actor, or (actor, arguments) of all."""
    rows = Outbox.select().order_by(Outbox.created_at)
    if actor:
        return [sealing.unseal(row.args) for row in rows if row.actor == actor]
    return [(row.actor, sealing.unseal(row.args)) for row in rows]


def told(kind: str) -> list[int]:
    """Who is to get a notice of this kind."""
    return [args[0] for args in promised("send_notice") if args[1] == kind]


def state(placed: Order) -> str:
    return orders.get(placed.id).state


def payment(placed: Order) -> Payment:
    return Payment.get(Payment.order == placed.id)


def shelf(product_id: int) -> dict[str, int]:
    """Items by state; the product's counter must agree."""
    rows = StockItem.select(StockItem.state).where(StockItem.product == product_id)
    states = [row.state for row in rows]
    counts = {state: states.count(state) for state in set(states)}
    assert Product.get_by_id(product_id).available == counts.get(StockItem.AVAILABLE, 0)
    return counts


def balance(user_id: int = ALICE) -> int:
    return users.get(user_id).balance


def audited(action: str) -> list[dict[str, Any]]:
    """The data of the events of this kind, oldest first."""
    rows = AuditEvent.select().where(AuditEvent.action == action).order_by(AuditEvent.id)
    return [row.data for row in rows]
