"""`order INVOICE` and what it can do."""

from __future__ import annotations

import re

import pytest

from app.infra.queue import dead
from app.sales import delivery, orders, settlement
from models import AuditEvent, Order
from tests.support import broken, given

GOODS = "alice@example.com|KEY-1"


@pytest.fixture
def paid(valkey, made_once):
    return made_once(sold)


def sold():
    placed = given.order(product_id=given.product(stock_lines=[GOODS]).id)
    settlement.settle(placed.id, given.status(placed))
    return orders.get(placed.id)


def test_an_order_is_told_from_start_to_end(ops, paid):
    delivery.mark_delivered(paid.id)

    told = ops("order", paid.invoice, "--json").json

    steps = [moment["what"] for moment in told["timeline"]]
    assert steps == ["order.placed", "payment.opened", "payment.completed", "order.paid", "order.delivered"]
    assert (told["state"], told["total"], told["qr_total"]) == ("delivered", 25_000, 25_485)
    assert "deliver_order" in {job["actor"] for job in told["jobs"]}


def test_people_read_rupiah_and_both_clocks(ops, paid):
    out = ops("order", paid.invoice.lower()).out

    assert "Rp25.485" in out
    assert re.search(r"\d\d:\d\d:\d\d WIB +\d\d:\d\d:\d\d UTC +order\.paid +system", out)


def test_goods_and_qr_are_never_printed(ops, paid):
    out = ops("order", paid.invoice).out + ops("order", paid.invoice, "--json").out

    assert GOODS not in out
    assert given.payment(paid).qr_string not in out.split()


def test_the_story_survives_the_audit_moving_away(ops, paid):
    AuditEvent.delete().execute()

    told = ops("order", paid.invoice, "--json").json["timeline"]

    assert [moment["what"] for moment in told] == [
        "order.placed",
        "payment.opened",
        "payment.completed",
        "order.paid",
    ]


def test_an_unknown_order_is_not_found(ops):
    answer = ops("order", "TRX20260101AAAAAA")

    assert (answer.code, answer.err) == (2, "error: there is no order TRX20260101AAAAAA\n")


def test_a_recheck_is_promised(ops):
    order = given.order()

    assert ops("order", order.invoice, "--recheck").code == 0

    assert given.promised("check_payment") == [[order.id, False]]


def test_a_payment_that_was_completed_needs_no_asking(ops, paid):
    answer = ops("order", paid.invoice, "--recheck")

    assert (answer.code, "said already that it was paid" in answer.out) == (0, True)
    assert given.promised("check_payment") == []


def test_a_balance_order_has_nothing_to_recheck(ops):
    order = broken.bought_with_balance()

    assert ops("order", order.invoice, "--recheck").code == 2
    assert given.promised("check_payment") == []


def test_goods_are_sent_again(ops, paid):
    delivery.mark_delivered(paid.id)

    assert ops("order", paid.invoice, "--redeliver").code == 0

    assert given.promised("deliver_order") == [[paid.id], [paid.id]]
    assert AuditEvent.get(AuditEvent.action == "order.redelivered").actor == "ops"


def test_money_goes_back_to_the_balance_once(ops, paid):
    first = ops("order", paid.invoice, "--credit")
    again = ops("order", paid.invoice, "--credit")

    assert first.out == f"{paid.invoice}: Rp25.000 went to the balance of user 1\n"
    assert (again.code, again.err) == (
        2,
        f"error: {paid.invoice} is credited: that cannot be done any more\n",
    )
    assert given.balance() == 25_000
    assert given.state(paid) == Order.CREDITED


def test_the_money_of_goods_that_may_be_there_goes_back_when_that_is_meant(ops, paid):
    delivery.begin(paid.id, 0)
    delivery.doubt(paid.id, 0)

    refused = ops("order", paid.invoice, "--credit")
    assert (refused.code, given.balance()) == (2, 0)
    assert "0 of 1 messages arrived and 1 may have" in refused.err
    assert "--credit --anyway" in refused.err
    assert ops("order", paid.invoice, "--credit", "--anyway").code == 0

    assert given.balance() == 25_000
    assert AuditEvent.get(AuditEvent.action == "goods.risked").actor == "ops"


@pytest.mark.parametrize("words", [["--credit"], ["--credit", "--anyway"]])
def test_goods_in_the_air_are_waited_for(ops, paid, words):
    delivery.begin(paid.id, 0)

    answer = ops("order", paid.invoice, *words)

    assert (answer.code, given.balance()) == (2, 0)
    assert "are being sent at this moment" in answer.err


def test_only_a_credit_is_done_anyway(ops, paid):
    answer = ops("order", paid.invoice, "--redeliver", "--anyway")

    assert (answer.code, answer.err) == (2, "error: --anyway belongs to --credit\n")


def test_an_unpaid_order_is_ended_once_with_the_reason(ops):
    order = given.order()

    first = ops("order", order.invoice, "--cancel", "--reason", "held too long")
    again = ops("order", order.invoice, "--cancel")

    assert (first.code, given.state(order)) == (0, Order.CANCELED)
    assert "held too long" in ops("order", order.invoice).out
    assert again.err == f"error: {order.invoice} is canceled: that cannot be done any more\n"


@pytest.mark.parametrize("act", ["--cancel", "--credit"])
def test_a_reason_is_one_line_and_short_whatever_it_is_for(ops, paid, act):
    order = paid if act == "--credit" else given.order(user_id=given.CHARLIE)

    assert ops("order", order.invoice, act, "--reason", "why \n" * 1_000).code == 0

    story = ops("order", order.invoice, "--json").json["timeline"]
    notes = {value for moment in story for value in moment["facts"].values() if "why" in str(value)}
    assert {len(note) for note in notes} <= {200, 199}
    assert notes


@pytest.fixture
def contradicted(database, valkey):
    placed = given.order()
    settlement.settle(placed.id, given.status(placed, amount=24_000))
    return placed


def test_a_payment_that_contradicts_is_accepted_once(ops, contradicted):
    words = ("order", contradicted.invoice, "--accept", "Rp24.000", "--reason", "seen in the dashboard")
    first, again = ops(*words), ops(*words)

    assert first.out == f"{contradicted.invoice}: Rp24.000 is accepted as its payment, the order is paid\n"
    assert (again.code, given.state(contradicted)) == (2, Order.PAID)
    assert "was accepted: nothing to decide" in again.err
    event = AuditEvent.get(AuditEvent.action == "payment.accepted")
    assert event.actor == "ops"
    assert "seen in the dashboard" in ops("order", contradicted.invoice).out


def test_a_payment_that_contradicts_is_refused(ops, contradicted):
    assert ops("order", contradicted.invoice, "--refuse", "--reason", "no such money").code == 0

    assert given.state(contradicted) == Order.CANCELED
    assert ops("order", contradicted.invoice, "--json").json["contradiction_is"] == "refused"


@pytest.mark.parametrize("words", [["--accept", "24000"], ["--refuse"], ["--refuse", "--reason", " "]])
def test_deciding_needs_a_reason(ops, contradicted, words):
    answer = ops("order", contradicted.invoice, *words)

    assert (answer.code, answer.err) == (2, "error: say why: --reason …\n")
    assert given.state(contradicted) == Order.PENDING


@pytest.mark.parametrize("amount", ["0", "-1", "abc", "10000001", "2.5", "9" * 5000])
def test_only_an_amount_of_rupiah_is_accepted(ops, contradicted, amount):
    answer = ops("order", contradicted.invoice, f"--accept={amount}", "--reason", "x")

    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert given.state(contradicted) == Order.PENDING


def test_an_order_that_nothing_contradicts_has_nothing_to_decide(ops):
    order = given.order()

    answer = ops("order", order.invoice, "--accept", "25000", "--reason", "x")

    assert (answer.code, "is not in doubt" in answer.err) == (2, True)


def test_an_unpaid_order_has_no_goods_to_send(ops):
    order = given.order()

    assert ops("order", order.invoice, "--redeliver").code == 2
    assert given.promised("deliver_order") == []


def test_dead_jobs_of_the_order_are_shown(ops, paid):
    dead.record("job-1", "deliver_order", "default", [paid.id], "Telegram is on fire")
    dead.record("job-2", "settle_payment", "default", [paid.invoice, None], "broken")
    dead.record("job-3", "deliver_order", "default", [paid.id + 1], "of another order")

    jobs = ops("order", paid.invoice, "--json").json["jobs"]

    dead_ones = {job["id"]: job["error"] for job in jobs if job["error"]}
    assert dead_ones == {"job-1": "Telegram is on fire", "job-2": "broken"}
