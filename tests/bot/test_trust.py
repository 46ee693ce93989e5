"""What buyers and admins read and press where somebody holds stock and does not pay."""

from __future__ import annotations

import pytest

from app.people import trust
from app.sales import orders, settlement
from app.texts import clock
from models import Order
from tests.support import given
from tests.support.chatter import Chatter, labels


@pytest.fixture
def netflix(shop):
    return shop.sells("Netflix", number=101, price=25_000, stock=[f"K{n}" for n in range(6)])


def leaves_unpaid(times: int) -> None:
    for _ in range(times):
        settlement.expire(given.order().id)


def test_the_page_offers_a_newcomer_half_and_says_so(buyer: Chatter, netflix):
    page = buyer.taps(buyer.says("101"), "+5")

    assert "Jumlah: <b>3</b>" in page.screen.text
    assert "paling banyak 3: separuh dari stok yang tersisa" in page.screen.text


def test_the_page_offers_all_to_who_has_paid_or_has_a_balance(buyer: Chatter, netflix):
    given.person(balance=1)

    assert "Jumlah: <b>6</b>" in buyer.taps(buyer.says("101"), "+5").screen.text


def test_an_old_button_for_more_than_half_leads_to_what_is_possible(buyer: Chatter, netflix):
    outcome = buyer.presses("qris:101:4:100000:0")

    assert "paling banyak 3" in outcome.reply.toast
    assert "Jumlah: <b>3</b>" in outcome.screen.text
    assert orders.unpaid(1) is None


def test_a_pause_is_said_with_its_end_and_the_balance_works(buyer: Chatter, netflix):
    leaves_unpaid(3)
    given.person(balance=25_000)

    summary = buyer.presses("summary:101:1")
    outcome = buyer.taps(summary, "QRIS")

    assert clock.time(trust.paused_until(1)) in outcome.reply.toast
    assert "SALDO" in outcome.reply.toast
    assert "Pembayaran diterima" in buyer.taps(summary, "SALDO").screen.text


def test_a_typed_deposit_hears_of_the_pause_too(buyer: Chatter, shop):
    leaves_unpaid(3)
    buyer.presses("deposit")

    assert "dijeda" in buyer.says("25000").screen.text


def test_a_ban_tells_the_admin_which_order_went(admin: Chatter, buyer: Chatter):
    order = given.order()

    said = admin.says("/ban @alice").screen.text

    assert "diblokir" in said
    assert order.invoice in said
    assert given.state(order) == Order.CANCELED


def test_an_admin_cancels_an_unpaid_order_on_its_page(admin: Chatter, buyer: Chatter):
    order = given.order()

    outcome = admin.taps(admin.says(f"/order {order.invoice}"), "Batalkan")

    assert order.invoice in outcome.reply.toast
    assert "dibatalkan" in outcome.screen.text
    assert given.promised("show_closed") == [[order.id]]


def test_an_admin_cancels_unpaid_orders_on_the_list(admin: Chatter, buyer: Chatter):
    order = given.order()

    outcome = admin.taps(admin.says("/pending"), "Batalkan")

    assert given.state(order) == Order.CANCELED
    assert "Tidak ada pesanan" in outcome.screen.text


def test_an_order_paid_meanwhile_is_not_canceled(admin: Chatter, buyer: Chatter):
    order = given.order()
    page = admin.says(f"/order {order.invoice}")
    given.settlement.settle(order.id, given.status(order))

    outcome = admin.taps(page, "Batalkan")

    assert "dibayar" in outcome.reply.toast
    assert given.state(order) == Order.PAID
    assert "Batalkan" not in " ".join(labels(outcome))


def test_only_admins_cancel_orders_of_others(buyer: Chatter, stranger: Chatter):
    order = given.order()

    assert "tidak berlaku" in stranger.presses(f"cancel_order:{order.id}").reply.toast
    assert given.state(order) == Order.PENDING
