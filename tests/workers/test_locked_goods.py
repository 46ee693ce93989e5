"""Another valid key than the one that encrypted the goods: nothing is sold, and somebody is told."""

import settings
from app.catalogue import locked_products, products, stock, stockroom
from app.infra.queue import dead
from app.ops import invariants
from models import DeadLetter, Order, StockItem
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


def test_the_shelf_holds_only_what_can_be_opened(alice, bob, shop):
    shop.knows(alice.id, "Alice", "alice")
    product = shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    bob.sends("/start")

    with another_key():
        assert (locked_products.check(), locked_products.check()) == (1, 0)
        assert "habis" in alice.sends(str(product.id)).last_message.text.lower()
        assert "STOCK_ENCRYPTION_KEY" in bob.sees("Stok tidak bisa dibuka").text
    assert products.in_stock().count() == 0

    locked_products.check()

    assert products.in_stock().count() == 1


def test_locked_goods_that_are_taken_away_free_the_shelf(shop):
    product = shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    StockItem.update(content=b"broken").execute()
    locked_products.check()
    stock.add(product.id, ["KEY-2"])
    locked_products.check()
    before = stock.left(products.get(product.id))

    stockroom.remove(product.id, StockItem.select().order_by(StockItem.id).get().id)
    locked_products.check()

    assert (before, stock.left(products.get(product.id))) == (0, 1)
    assert invariants.run() == []


def test_who_adds_goods_gets_an_answer(bob, shop):
    product = shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])

    with another_key():
        bob.sends(f"/addstock {product.id}\nKEY-2\nKEY-3")

        assert "Periksa STOCK_ENCRYPTION_KEY" in bob.last_message.text
    assert given.shelf(product.id) == {"available": 1}


def test_goods_that_were_paid_for_wait_for_the_key_and_are_told(alice, bob, shop, pakasir, drain):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    bob.sends("/start")
    shop.knows(alice.id, "Alice", "alice")
    alice.sends("/start").taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran").taps("QRIS")
    invoice = alice.last_order
    with another_key():
        pakasir.pays(invoice)
        drain()

        assert invoice in bob.sees("Produk belum terkirim").text
        assert {"what was paid for" in each.problem for each in invariants.run()} == {True, False}

    dead.retry(DeadLetter.get(DeadLetter.actor == "deliver_order").id)
    drain()

    assert "KEY-1" in alice.sees("KEY-1").text
