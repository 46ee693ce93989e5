"""`/stats`: a picture of the shop's figures."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from PIL import Image

from app.backoffice import stats
from app.bot.admin import stats as screens
from app.bot.pictures import charts
from app.sales import refunds, settlement, testimonials, wallet, warranty
from models import Claim, Order, utcnow
from tests.support import broken, claimed, given
from tests.support.chatter import Chatter

#: Ten past midnight in Jakarta, still the day before in London.
NOW = datetime(2026, 3, 1, 17, 10, tzinfo=UTC)


@pytest.fixture
def sold(database, valkey):
    """Something today, something yesterday, something that was never paid."""
    with freeze_time(NOW):
        broken.paid(given.ALICE, name="Netflix <1M> 🎉", price=25_000)
        broken.paid(given.RINA, name="Spotify", price=40_000)
        Order.update(paid_at=utcnow() - timedelta(hours=1)).where(Order.user == given.RINA).execute()
        settlement.expire(given.order(given.CHARLIE).id)
        yield


def test_the_days_are_the_shop_s_own(sold):
    assert [(each.day.isoformat(), each.revenue) for each in stats.days(3)] == [
        ("2026-02-28", 0),
        ("2026-03-01", 40_000),
        ("2026-03-02", 25_000),
    ]


def test_the_best_sold_most(sold):
    assert [(each.name, each.items) for each in stats.best_products()] == [
        ("Spotify", 1),
        ("Netflix <1M> 🎉", 1),
    ]
    assert [each.name for each in stats.best_products(count=1)] == ["Netflix <1M> 🎉"]


def test_the_summary_counts_the_stars_that_are_not_hidden(sold):
    assert "penilaian" not in screens.picture().text
    for who, stars in ((5, 5), (6, 4), (7, 1)):
        one = testimonials.give(who, broken.delivered(who).id, stars)
    testimonials.hide(one.id)

    assert "⭐ 2 penilaian dalam 30 hari, rata-rata 4,5" in screens.picture().text


def test_the_summary_has_the_figures(sold):
    screen = screens.picture()

    assert "<b>Hari ini</b>\n💰 Rp25.000 · 1 item · 1 pembeli" in screen.text
    assert "💰 Rp65.000 · 2 item · 2 pembeli" in screen.text
    assert "Kemarin Rp40.000" in screen.text
    assert "👥 3 pengguna" in screen.text
    assert len(screen.text) < 1024


def test_a_young_shop_is_compared_with_nothing(sold):
    assert "sebelumnya" not in screens.picture().text


def test_a_week_is_compared_with_a_whole_one_before(database, valkey):
    with freeze_time(NOW):
        for user_id, days in ((given.ALICE, 1), (given.RINA, 8), (given.CHARLIE, 20)):
            order = broken.paid(user_id, price=10_000 * days)
            Order.update(paid_at=utcnow() - timedelta(days=days)).where(Order.id == order.id).execute()

        text = screens.picture().text

    assert "▼ 88% lebih sedikit dari 7 hari sebelumnya" in text
    assert "dari 30 hari sebelumnya" not in text


def test_deposits_and_refunds_are_told(database, valkey):
    order = broken.delivered()
    refunds.give(order.id, 9_000, note="", actor_id=given.BOB)
    paid = given.deposit(50_000)
    settlement.settle(paid.id, given.status(paid))

    assert "Deposit Rp50.000 · ↩️ Refund Rp9.000" in screens.picture().text


def refunds_told():
    return {each.period: each.refunds for each in stats.figures()}


def test_a_refund_counts_on_its_own_day_however_old_the_order_is(database, valkey):
    old = broken.delivered()
    long_ago = utcnow() - timedelta(days=400)
    Order.update(paid_at=long_ago, delivered_at=long_ago).where(Order.id == old.id).execute()
    refunds.give(old.id, 9_000, note="", actor_id=given.BOB)

    assert refunds_told() == {"today": 9_000, "7 days": 9_000, "30 days": 9_000}


def test_a_claim_that_waited_long_is_refunded_on_the_day_of_its_answer(database, valkey):
    claim = claimed.opened()
    long_ago = utcnow() - timedelta(days=400)
    Claim.update(opened_at=long_ago).where(Claim.id == claim.id).execute()
    warranty.refund(claim.id, 7_000, actor_id=given.BOB)

    assert refunds_told() == {"today": 7_000, "7 days": 7_000, "30 days": 7_000}


def test_a_refund_of_the_week_before_is_none_of_today(database, valkey):
    with freeze_time(NOW):
        order = broken.delivered()
        with freeze_time(NOW - timedelta(days=3)):
            refunds.give(order.id, 9_000, note="", actor_id=given.BOB)

        assert refunds_told() == {"today": 0, "7 days": 9_000, "30 days": 9_000}


def test_money_that_is_added_or_credited_is_no_refund(database, valkey):
    broken.credited(11)
    wallet.post(11, 5_000, "test:gift")

    assert refunds_told()["today"] == 0


def test_the_picture_is_one_that_telegram_takes(sold):
    picture = Image.open(io.BytesIO(screens.picture().photo))

    assert picture.format == "PNG"
    assert 1000 < picture.width < picture.height < 3000


def test_a_shop_without_sales_has_a_picture_too(database):
    assert Image.open(io.BytesIO(screens.picture().photo)).format == "PNG"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "Rp0"), (950, "Rp950"), (25_000, "Rp25 rb"), (1_250_000, "Rp1,2 jt"), (340_000_000, "Rp340 jt"),
     (2_500_000_000, "Rp2,5 M")],
)  # fmt: skip
def test_amounts_are_short(amount, shown):
    assert charts.short(amount) == shown


def test_an_admin_gets_the_picture(bob, shop):
    shop.knows(2, "Bob")

    bob.sends("/stats")

    assert bob.last_message.kind == "photo"
    assert "Statistik Toko Uji" in bob.last_message.text


def test_nobody_else_does(buyer: Chatter):
    assert buyer.says("/stats").screen is None
    assert given.promised("send_stats") == []
