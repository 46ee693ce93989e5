"""A paid order ends in its goods or in its money, whoever presses what while Telegram has the goods."""

import contextlib
import importlib
import io

import pytest

from app.backoffice import privacy
from app.errors import ShopError
from app.infra import transactions
from app.infra.queue import broker
from app.ops import __main__ as commands
from app.sales import contradictions, delivery, goods, orders, refunds, settlement
from models import Order, db
from tests.support import broken, given, racing
from tests.support.chatter import Chatter
from tests.support.given import ALICE, BOB


@pytest.fixture
def paid(alice, made_once):
    """Her paid order; its goods can be sent to her."""
    alice.person.user.started = True
    return made_once(bought)


def bought():
    given.person()
    return broken.paid()


def by_button(order):
    """An admin with the last question open: pressing it returns what is said."""
    admin = Chatter(BOB, "Bob", "bob")
    admin.presses(f"give_back:{order.id}")
    question = admin.says("terlalu lama")
    return lambda: admin.taps(question, "Ya, Kembalikan").reply.toast


def by_command(order):
    def run():
        with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(said):
            commands.execute(commands.parse(["order", order.invoice, "--credit"]))
        return said.getvalue()

    return run


def deliver(order):
    broker.setup().get_actor("deliver_order").fn(order.id)


def pressed_in_the_air(telegram, press):
    """What `press` returns when Telegram has her goods and has not answered yet."""
    said = []

    def hear(event):
        if event["kind"] == "message" and event["chat_id"] == ALICE and not said:
            with db.connection_context():
                said.append(press())

    telegram.state.listen(hear)
    return said


@pytest.mark.parametrize("door", [by_button, by_command])
def test_money_is_not_given_back_while_the_goods_are_in_the_air(telegram, alice, paid, door):
    said = pressed_in_the_air(telegram, door(paid))

    deliver(paid)

    assert any(words in said[0] for words in ("sedang dikirim", "are being sent"))
    assert alice.goods[-1].startswith("KEY-")
    assert (given.state(paid), given.balance()) == (Order.DELIVERED, 0)


@pytest.mark.parametrize("door", [by_button, by_command])
def test_goods_do_not_go_out_once_the_money_was_given_back(alice, paid, door):
    said = door(paid)()

    deliver(paid)

    assert "25.000" in said
    assert alice.received == []
    assert (given.state(paid), given.balance()) == (Order.CREDITED, paid.total)
    assert given.shelf(paid.product_id) == {"available": 1}


@pytest.mark.parametrize("door", [by_button, by_command])
def test_without_the_mark_of_what_is_in_the_air_she_gets_both(telegram, alice, paid, door):
    said = pressed_in_the_air(telegram, door(paid))

    for part in goods.parts(paid):
        importlib.import_module("workers.jobs.deliveries").send(paid, part)

    assert "25.000" in said[0]
    assert alice.goods[-1].startswith("KEY-")
    assert given.balance() == paid.total


@pytest.mark.parametrize("round_", range(5))
def test_delivered_and_credited_at_once_is_one_of_both(alice, paid, round_):
    racing.together(lambda: deliver(paid), lambda: settlement.credit(paid.id))

    got = (len(alice.received), given.balance(), given.state(paid))
    assert got in [(1, 0, Order.DELIVERED), (0, paid.total, Order.CREDITED)]


MEANWHILE = {
    "credit, knowing": lambda order: settlement.credit(order.id, anyway=True),
    "redeliver and credit": lambda order: [
        delivery.redeliver(order.id),
        settlement.credit(order.id, anyway=True),
    ],
    "refund": lambda order: refunds.give(order.id, 1_000, note="", actor_id=BOB),
    "cancel": lambda order: settlement.cancel(order.id, ALICE),
    "cancel as staff": lambda order: settlement.cancel_by_operator(order.id),
    "expire": lambda order: settlement.expire(order.id),
    "undo": lambda order: settlement.cancel_without_qr(order.id, "gateway"),
    "forget": lambda order: privacy.forget(ALICE),
    "refuse": lambda order: settlement.refuse(order.id, why="x"),
    "accept": lambda order: settlement.accept(order.id, order.total, why="x"),
    "paid again": lambda order: settlement.settle(order.id, given.status(order)),
}


@pytest.mark.parametrize("act", MEANWHILE)
def test_whatever_is_pressed_meanwhile_she_gets_the_goods_and_no_money(telegram, alice, paid, act):
    def press():
        with contextlib.suppress(ShopError):
            MEANWHILE[act](paid)
        return True

    said = pressed_in_the_air(telegram, press)

    deliver(paid)

    assert said
    assert (given.state(paid), given.balance()) == (Order.DELIVERED, 0)
    assert given.shelf(paid.product_id) == {"sold": 1}


def test_a_contradiction_noted_too_late_gives_no_money_beside_the_goods(paid):
    with transactions.atomic():
        contradictions.note(orders.lock(paid.id), ["amount"], {"problem": "noted by an older version"})

    with pytest.raises(ShopError):
        settlement.accept(paid.id, paid.total, why="seen in the dashboard")

    assert (given.state(paid), given.balance()) == (Order.PAID, 0)


def test_an_answer_that_cannot_be_read_about_a_booked_payment_is_no_contradiction(paid):
    settlement.note_unreadable(paid.id, "status is a list")

    assert contradictions.of_order(paid.id) is None
