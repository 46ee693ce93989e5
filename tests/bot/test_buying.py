"""The way from /start to the goods, as a buyer walks it."""

from __future__ import annotations


def test_the_buyer_gets_the_key_after_paying(alice, shop, pakasir, drain):
    shop.knows(1, "Alice")
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])

    alice.sends("/start").taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran").taps("QRIS")
    pakasir.pays(alice.last_order)
    drain()

    assert "KEY-1" in alice.last_message.text, alice.person.transcript()
