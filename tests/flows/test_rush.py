"""More people want a QR than the gateway makes, two a second: who goes first, and what the others read."""

from dataclasses import replace

import settings
from app.clients import pakasir_http
from app.infra import limits
from app.sales import checkout, orders, settlement

HOARDERS = range(101, 107)


def leaves_one_unpaid(shop, user_id, product):
    shop.knows(user_id, f"P{user_id}")
    settlement.cancel(checkout.place(user_id, product.id, 1).id, user_id)


def others_wait():
    """For half a minute newcomers stand in line, and one of those who leave orders unpaid was just served."""
    project = settings.current().pakasir_project
    limits.take(replace(pakasir_http.write_rate(project, yields=True), yet_every_s=60.0))
    newcomers = replace(pakasir_http.write_rate(project), longest_line_s=60.0)
    while limits.take(newcomers) < 30:
        pass


def test_a_newcomer_overtakes_those_who_leave_orders_unpaid(alice, shop, pakasir, drain):
    # Given
    netflix = shop.sells("Netflix 1M", stock=[f"KEY-{n}" for n in range(14)])
    for user_id in HOARDERS:
        leaves_one_unpaid(shop, user_id, netflix)
    shop.knows(alice.id, "Alice")
    alice.starts(f"p_{netflix.id}").taps("Lanjut ke pembayaran")

    # When
    for user_id in HOARDERS:
        checkout.place(user_id, netflix.id, 1)
    drain()
    alice.taps("QRIS")
    served = pakasir.wait_for_calls("create", len(HOARDERS) + 1, timeout_s=20)

    # Then
    mine = orders.unpaid(alice.id).invoice
    assert [call.invoice for call in served].index(mine) <= 3


def test_who_left_an_order_unpaid_reads_that_the_qr_comes_and_gets_it(alice, shop, checkout, time_passes):
    # Given
    netflix = shop.sells("Netflix 1M", stock=["KEY-1"])
    checkout("Netflix 1M")
    alice.taps("Batalkan")
    time_passes(5)
    alice.starts(f"p_{netflix.id}").taps("Lanjut ke pembayaran")
    others_wait()

    # When
    alice.taps("QRIS")
    waiting = alice.last_message
    time_passes(35)

    # Then
    assert "QR sedang disiapkan" in waiting.text
    assert "Tunggu sebentar" in waiting.text
    assert alice.last_message.kind == "photo"
