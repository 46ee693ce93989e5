"""/export: a month as files, for admins, in their own chat."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from app.sales import settlement
from tests.support import given


@pytest.fixture
def november(database):
    with freeze_time("2026-11-02 05:00"):
        order = given.order()
        settlement.settle(order.id, given.status(order))


def test_the_files_are_promised_to_the_admin_alone_and_noted(admin, november):
    answer = admin.says("/export 2026-11")

    assert "chat pribadimu" in answer.screen.text
    jobs = [(chat, kind, month) for chat, kind, month in given.promised("send_export")]
    assert jobs == [(2, kind, "2026-11") for kind in ("sales", "ledger", "days")]
    assert given.audited("sales.exported") == [{"month": "2026-11"}]


def test_a_month_without_sales_says_so(admin, november):
    said = admin.says("/export 2026-10").screen.text

    assert "Tidak ada penjualan atau deposit di <b>2026-10</b>" in said
    assert "<code>/export 2026-11</code>" in said
    assert given.promised("send_export") == []


def test_a_shop_that_has_sold_nothing_is_not_sent_to_another_month(admin):
    assert "Belum ada penjualan" in admin.says("/export 2026-11").screen.text


@pytest.mark.parametrize("month", ["2026-13", "november", "11/2026", "<b>"])
def test_a_bad_month_is_repeated_with_the_right_form(admin, november, month):
    text = admin.says(f"/export {month}").screen.text

    assert month.replace("<", "&lt;").replace(">", "&gt;") in text
    assert "/export 2026-11" in text


def test_without_a_month_the_form_is_shown(admin, november):
    assert "Bulan yang mana?" in admin.says("/export").screen.text


def test_buyers_get_no_figures(buyer, november):
    buyer.says("/export 2026-11")

    assert given.promised("send_export") == []
