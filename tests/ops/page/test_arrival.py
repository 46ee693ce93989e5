"""The first sentence of an order: did it arrive, and if not, why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.errors import Unreachable
from app.infra.queue import dead
from app.people import users
from app.sales import delivery, orders, settlement, warranty
from app.texts import arrival
from app.texts.ops import order as texts
from models import Order, Outbox, User, utcnow
from tests.support import broken, claimed, given
from tests.support.operator import Operator


def delivered_perhaps() -> Order:
    order = broken.delivered()
    delivery.begin(order.id, 0)
    delivery.doubt(order.id, 0)
    return order


def tried() -> Order:
    order = broken.paid()
    later = utcnow() + timedelta(minutes=1)
    Outbox.update(attempt=2, due_at=later).where(Outbox.actor == "deliver_order").execute()
    return order


def stuck() -> Order:
    order = broken.paid()
    Outbox.delete().execute()
    return order


def failed() -> Order:
    order = stuck()
    dead.record("job-1", "deliver_order", "money", [order.id], ValueError("Telegram is on fire"))
    return order


def replacement_failed() -> Order:
    order = claimed.order()
    warranty.replace(claimed.opened(order).id)
    Outbox.delete().execute()
    dead.record("job-1", "deliver_order", "money", [order.id], ValueError("the file is gone"))
    return order


def unreachable() -> Order:
    order = stuck()
    users.mark_unreachable(order.user_id)
    assert User.get_by_id(order.user_id).unreachable_at
    return order


def contradicted() -> Order:
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))
    return order


def canceled() -> Order:
    return settlement.cancel_by_operator(given.order().id)


SAYS: dict[str, Callable[[], Order]] = {
    "Sudah sampai ke pembeli": broken.delivered,
    "sedang dikirim": broken.paid,
    "gagal 2×, dicoba lagi": tried,
    "ValueError: Telegram is on fire": failed,
    "ValueError: the file is gone": replacement_failed,
    "tidak ada yang mengirimkannya": stuck,
    "memblokir bot": unreachable,
    "tidak cocok dengan pesanan": contradicted,
    "Belum dibayar, jadi belum dikirim": given.order,
    "ditutup": canceled,
    "masuk ke saldo pembeli": broken.credited,
    "Deposit belum dibayar": given.deposit,
}


@pytest.mark.parametrize("said", SAYS)
def test_an_order_says_whether_it_arrived_and_why_not(bob: Operator, said: str):
    order = SAYS[said]()

    shown = bob.opens(f"/ops/orders/{order.invoice}").answer.text

    answer = shown.partition('class="answer">')[2].partition("</p>")[0]
    assert said in answer


@pytest.mark.parametrize(("made", "times"), [(given.order, 1), (broken.delivered, 0)])
def test_an_order_is_not_about_to_be_closed_once_it_is_done(bob: Operator, made, times: int):
    invoice = made().invoice

    shown = bob.opens(f"/ops/orders/{invoice}").answer.text

    assert shown.count("menutup pesanan setelah batas waktu") == times


def test_what_arrives_while_it_is_looked_at_is_not_called_stuck(bob: Operator):
    order = stuck()
    seen = orders.get(order.id)
    delivery.mark_delivered(order.id)

    assert arrival.told(seen, [], None) == texts.SENDING()


def test_lists_say_that_goods_failed_and_need_somebody(bob: Operator):
    order, waits = failed(), broken.paid()

    shown = bob.opens("/ops/orders").text

    assert f"{order.invoice} ❌ dibayar, gagal dikirim" in shown
    assert f"{waits.invoice} 💳 dibayar, sedang dikirim" in shown
    assert "❌ dibayar, gagal dikirim" in bob.opens(f"/ops/orders/{order.invoice}").text


def test_lists_say_that_a_payment_waits_for_a_decision(bob: Operator):
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))

    assert f"{order.invoice} ⚠️ pembayaran tidak cocok" in bob.opens("/ops/orders").text


def test_a_cause_is_told_in_the_operator_s_language(bob: Operator):
    order = stuck()
    dead.record("job-1", "deliver_order", "money", [order.id], Unreachable("Telegram did not answer"))

    page = bob.opens(f"/ops/orders/{order.invoice}").text
    group = bob.opens("/ops/failed").text

    assert "did not answer" not in page
    assert page.count("Telegram tidak bisa dihubungi atau tidak menjawab") == 2
    assert "Sebabnya: Telegram tidak bisa dihubungi atau tidak menjawab." in group
    assert "Pesan teknis: Unreachable: Telegram did not answer" in group
