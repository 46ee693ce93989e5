"""From the first look at a product to its goods, paid by QRIS or from the balance."""

import settings
from app import money
from app.people import users
from app.sales import orders, wallet
from models import Order
from tests.support import given


def order_of(invoice):
    found = orders.by_invoice(invoice)
    assert found
    return found


def test_the_buyer_gets_the_key_after_paying(alice, shop, pakasir, drain, checkout):
    # Given
    netflix = shop.sells("Netflix 1M", price=25_000, stock=["KEY-1", "KEY-2"])

    # When
    invoice = checkout("Netflix 1M")
    pakasir.pays(invoice)
    drain()

    # Then
    assert "KEY-1" in alice.goods
    assert "KEY-2" not in str(alice.goods)
    assert given.shelf(netflix.id) == {"sold": 1, "available": 1}
    assert order_of(invoice).state == Order.DELIVERED


def test_the_admin_hears_of_the_sale(alice, bob, shop, pakasir, drain, checkout):
    bob.sends("/start")
    shop.sells("Netflix 1M", stock=["KEY-1"])

    invoice = checkout("Netflix 1M")
    pakasir.pays(invoice)
    drain()

    assert invoice in bob.last_message.text
    assert "Alice" in bob.last_message.text


def test_several_items_cost_and_bring_as_many(alice, shop, pakasir, drain, checkout):
    shop.sells("Netflix 1M", price=25_000, stock=[f"KEY-{n}" for n in range(9)])

    invoice = checkout("Netflix 1M", ("+2", "+", "-"))
    pakasir.pays(invoice)
    drain()

    assert pakasir.find(invoice).amount == 75_000
    assert alice.goods[-3:] == ["KEY-0", "KEY-1", "KEY-2"]


def test_the_bill_shows_the_gateways_fee_and_total(alice, shop, pakasir, checkout):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])

    there = pakasir.find(checkout("Netflix 1M"))

    for amount in (there.amount, there.fee, there.total):
        assert money.rupiah(amount) in alice.last_message.text
    assert there.txn_id in alice.link("Checkout Page")


def test_goods_that_are_too_long_come_as_a_file(alice, shop, pakasir, drain, checkout):
    lines = [f"user{n}@example.com|p<ä>ss&{n}" + "x" * 400 for n in range(20)]
    shop.sells("Akun", price=1_000, stock=lines)

    pakasir.pays(checkout("Akun", ("+10",)))
    drain()

    assert alice.last_message.file_name.endswith(".txt")
    assert alice.downloads().decode().splitlines() == lines[:10]


def test_the_balance_pays_at_once(alice, shop, drain, checkout):
    shop.knows(alice.id, "Alice", "alice")
    wallet.post(alice.id, 30_000, "test")
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])

    alice.sends("/start").taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran").taps("SALDO")

    assert "KEY-1" in alice.last_message.text
    assert users.get(alice.id).balance == 5_000


def test_a_real_gateway_shows_a_real_qr(alice, shop, pakasir, drain, checkout):
    pakasir.sandbox = False
    shop.sells("Netflix 1M", stock=["KEY-1"])

    with settings.override(pakasir_sandbox=False):
        pakasir.pays(checkout("Netflix 1M"))
        drain()

    assert "KEY-1" in alice.last_message.text


def test_sandbox_money_buys_nothing_in_a_real_shop(alice, shop, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])

    with settings.override(pakasir_sandbox=False):
        invoice = checkout("Netflix 1M")

    assert order_of(invoice).state == Order.CANCELED
    assert given.shelf(1) == {"available": 1}


def test_the_old_gateway_sells_too(alice, shop, pakasir, drain, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])

    with settings.override(pakasir_api_version=1):
        pakasir.pays(checkout("Netflix 1M"))
        drain()

    assert "KEY-1" in alice.last_message.text


def test_a_notification_that_never_comes_is_replaced_by_the_button(alice, shop, pakasir, drain, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    pakasir.pays(checkout("Netflix 1M"), webhook="lost")

    alice.taps("Status Pembayaran")

    assert "KEY-1" in alice.last_message.text


def test_who_presses_twice_buys_once(alice, shop, drain):
    shop.sells("Netflix 1M", stock=["KEY-1", "KEY-2"])
    shop.knows(alice.id, "Alice")
    alice.sends("/start").taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran")
    summary = alice.last_message
    button = next(button for button in summary.buttons if "QRIS" in button.label)

    for _ in range(2):
        alice.person.tap(summary, button)
    drain()

    assert Order.select().count() == 1
    assert given.shelf(1) == {"reserved": 1, "available": 1}
