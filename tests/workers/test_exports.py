"""The files of /export, as the admin gets them."""

from __future__ import annotations

from freezegun import freeze_time

from app.sales import settlement
from tests.support import given


def sell():
    with freeze_time("2026-11-02 05:00"):
        order = given.order()
        settlement.settle(order.id, given.status(order))
        return order


def test_the_admin_gets_a_file_with_the_totals_under_it(admin, run):
    order = sell()

    run("send_export", admin.id, "sales", "2026-11")

    assert admin.last_message.file_name == "penjualan-2026-11.csv"
    assert order.invoice in admin.downloads().decode("utf-8-sig")
    assert "1 pesanan, 1 item, total Rp25.000" in admin.last_message.text


def test_every_sheet_has_its_caption(admin, run):
    sell()

    for kind in ("ledger", "days"):
        run("send_export", admin.id, kind, "2026-11")

    assert "Ringkasan harian 2026-11: 1 pesanan, pendapatan Rp25.000" in admin.last_message.text


def test_who_is_no_admin_any_more_gets_nothing(buyer, run):
    sell()

    run("send_export", buyer.id, "sales", "2026-11")

    assert buyer.received == []
