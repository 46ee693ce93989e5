"""Another valid key than the one that encrypted the goods: nothing is sold, and somebody is told."""

import settings
from app import verify
from app.infra import dead
from models import DeadLetter, Order
from tests.support import given

OTHER = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


def another_key():
    return settings.override(stock_encryption_key=OTHER)


def test_nobody_buys_what_cannot_be_opened(alice, bob, shop):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    shop.knows(alice.id, "Alice", "alice")
    bob.sends("/start")
    alice.sends("/start").taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran")

    with another_key():
        alice.taps("QRIS")

        assert "sedang tidak bisa dijual" in alice.toast
        assert "STOCK_ENCRYPTION_KEY" in bob.sees("Stok tidak bisa dibuka").text
    assert not Order.select().exists()
    alice.taps("QRIS")
    assert Order.select().count() == 1


def test_who_adds_goods_gets_an_answer(bob, shop):
    product = shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])

    with another_key():
        bob.sends(f"/addstock {product.id}\nKEY-2\nKEY-3")

        assert "Periksa STOCK_ENCRYPTION_KEY" in bob.last_message.text
    assert given.shelf(product.id) == {"available": 1}


def test_goods_that_were_paid_for_wait_for_the_key_and_are_told(alice, bob, shop, pakasir, drain, checkout):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    bob.sends("/start")
    invoice = checkout("Netflix 1M")
    with another_key():
        pakasir.pays(invoice)
        drain()

        assert invoice in bob.sees("Produk belum terkirim").text
        assert {"what was paid for" in each.problem for each in verify.run()} == {True, False}

    dead.retry(DeadLetter.get(DeadLetter.actor == "deliver_order").id)
    drain()

    assert "KEY-1" in alice.sees("KEY-1").text
