"""AKUN, history, an order's page, its goods."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from freezegun import freeze_time

from app.infra import limits, transactions
from app.people import users
from app.sales import checkout, settlement, wallet
from models import AuditEvent, Order
from tests.support import given
from tests.support.bought import buys
from tests.support.chatter import Chatter, labels


def test_the_account_shows_what_is_known(buyer: Chatter):
    users.set_profile(1, name="<Alice>", email="a&b@contoh.com")

    page = buyer.says("👤 AKUN")

    for part in (
        "&lt;Alice&gt;",
        "@alice",
        "a&amp;b@contoh.com",
        "WhatsApp: belum diisi",
        "Rp0",
        users.get(1).bank_id,
    ):
        assert part in page.screen.text
    assert set(labels(page)) >= {"Ubah Nama", "Ubah Email", "Ubah Whatsapp", "Riwayat Transaksi", "Kembali"}


def test_history_opens_orders_with_their_timeline(buyer: Chatter, shop):
    shop.sells("Netflix 1M", number=101, price=25_000, stock=["KEY-1"])
    buys(1, 101)

    listed = buyer.taps(buyer.says("AKUN"), "Riwayat")
    page = buyer.taps(listed, "✅ Netflix 1M")

    assert [part for part in ("dibuat", "dibayar", "produk dikirim") if part in page.screen.text] == [
        "dibuat",
        "dibayar",
        "produk dikirim",
    ]
    assert "WIB" in page.screen.text
    assert labels(page) == ["Lihat Produk", *(f"{stars} ⭐" for stars in range(1, 6)), "Kembali"]


def test_history_has_pages(buyer: Chatter, shop):
    shop.sells("A", number=101, stock=[f"K{n}" for n in range(9)])
    for _ in range(9):
        buys(1, 101)

    assert labels(buyer.presses("history:1"))[-2:] == ["Kembali", "Selanjutnya 1/2"]
    second = buyer.presses("history:2")
    assert len(second.screen.buttons) == 2
    back = buyer.taps(buyer.taps(second, labels(second)[0]), "Kembali")
    assert labels(back) == labels(second)


def test_an_empty_history_says_so(buyer: Chatter):
    assert "Belum ada transaksi" in buyer.presses("history:1").screen.text


def test_the_goods_can_be_seen_again_and_each_look_is_noted(buyer: Chatter, shop):
    shop.sells("A", number=101, stock=["<KEY>&1"])
    order = buys(1, 101)

    for _ in range(2):
        page = buyer.presses(f"goods:{order.id}")

    assert "<code>&lt;KEY&gt;&amp;1</code>" in page.screen.text
    assert AuditEvent.select().where(AuditEvent.action == "goods.viewed").count() == 2


@pytest.mark.parametrize(("press", "kind"), [("goods:{order}", "goods"), ("speak:{turn}", "language")])
def test_nobody_writes_audit_events_without_end(buyer: Chatter, shop, press, kind):
    shop.sells("A", number=101, stock=["KEY"])
    order, most = buys(1, 101), limits.USER_QUOTAS[kind].most
    before = AuditEvent.select().count()

    told = [buyer.presses(press.format(order=order.id, turn=(n + 1) % 2)) for n in range(most + 3)]

    assert AuditEvent.select().count() - before == most
    assert "lagi, ya" in told[most].reply.toast
    assert told[-1].screen is None


def test_goods_are_never_kept_with_the_update(buyer: Chatter, shop):
    from models import HandledUpdate

    shop.sells("A", number=101, stock=["SECRET-KEY"])
    order = buys(1, 101)

    buyer.presses(f"goods:{order.id}")

    assert not any("SECRET" in str(each.reply) for each in HandledUpdate.select())


def test_long_goods_are_sent_again(alice, shop):
    shop.knows(1, "Alice")
    users.set_profile(1, email="alice@x.id")  # else a question for it may come last
    shop.sells("A", number=101, price=1_000, stock=[f"KEY-{n}-" + "x" * 500 for n in range(10)])
    with transactions.atomic():
        wallet.post(1, 10_000, "test")
    alice.sends("101").taps("+10").taps("Lanjut ke pembayaran").taps("SALDO")
    alice.sends("AKUN").taps("Riwayat Transaksi").taps("✅")

    alice.taps("Lihat Produk")

    assert "dikirim lagi" in alice.toast
    assert alice.last_message.kind == "document"
    assert b"KEY-9-" in alice.downloads()
    assert Order.get().claims == 0


@pytest.mark.parametrize("ends", ["cancel", "expire"])
def test_what_was_never_paid_has_no_goods(buyer: Chatter, shop, ends: str):
    shop.sells("A", number=101, stock=["K"])
    order = checkout.place(1, 101, 1)
    settlement.cancel(order.id, 1) if ends == "cancel" else settlement.expire(order.id)

    assert "belum punya produk" in buyer.presses(f"goods:{order.id}").reply.toast
    assert labels(buyer.presses(f"order:{order.id}")) == ["Kembali"]


def test_an_open_order_can_be_canceled_from_its_page(alice, shop):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["K"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")
    alice.sends("AKUN").taps("Riwayat Transaksi").taps("⏳")
    page = alice.last_message

    alice.taps_on(page, "Batalkan")

    assert not any(each.kind == "photo" for each in alice.received)
    assert "dibatalkan" in alice.sees("dibatalkan").text


@pytest.mark.parametrize(("language", "days"), [("id", "31 Des 2025, 2 Mei"), ("en", "31 Dec 2025, 2 May")])
def test_the_history_names_what_was_bought_and_when(buyer: Chatter, shop, language: str, days: str):
    shop.sells("Netflix <Premium> 1 Bulan", number=101, stock=["K1"])
    bought = buys(1, 101)
    deposit = given.deposit(50_000)
    Order.update(created_at=datetime(2025, 12, 31, 16, 59, tzinfo=UTC)).where(Order.id == bought.id).execute()
    Order.update(created_at=datetime(2026, 5, 1, 17, 1, tzinfo=UTC)).where(Order.id == deposit.id).execute()
    users.choose_language(1, language)

    with freeze_time("2026-06-01"):
        listed = labels(buyer.presses("history:1"))

    last_year, this_year = days.split(", ")
    assert listed[:2] == [
        f"⏳ Deposit Rp50.000 · {this_year} · {deposit.invoice}",
        f"✅ Netflix <Premium> 1 Bul… · {last_year} · {bought.invoice}",
    ]
