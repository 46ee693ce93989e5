"""What people are told without asking."""

from __future__ import annotations

import pytest

from app.bot import notices
from app.sales import checkout
from app.texts import html
from models import Product
from tests.support.chatter import Chatter, visible


@pytest.fixture
def order(buyer: Chatter, shop):
    shop.sells("<A&B>", number=101, price=25_000, stock=["K"])
    return checkout.place(1, 101, 1)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("order_new", {}),
        ("order_late", {}),
        ("order_late_credited", {}),
        ("deposit_new", {}),
        ("buyer_unreachable", {}),
        ("payment_mismatch", {"differs": ["amount", "<x>"]}),
        ("payment_lapsed", {}),
        ("credited", {}),
        ("late_credited", {}),
    ],
)
def test_notices_name_their_order(order, kind: str, data: dict[str, object]):
    screen = notices.render(kind, {"order_id": order.id} | data)

    assert order.invoice in screen.text
    assert "Rp25.000" in screen.text
    assert "<A&B>" not in screen.text


def test_expired_orders_are_told_together(order):
    screen = notices.render("orders_expired", {"order_ids": [order.id], "count": 31})

    assert order.invoice in screen.text
    assert "31 pesanan" in screen.text
    assert "30 lagi" in screen.text


def test_many_expired_orders_fit_a_message(order):
    Product.update(name="<&" * 300).execute()

    screen = notices.render("orders_expired", {"order_ids": [order.id] * 100, "count": 100})

    assert len(visible(screen.text)) <= html.MESSAGE


def test_the_head_of_the_audit_is_told_without_a_sound():
    screen = notices.render("audit_head", {"seq": 120, "hash": "ab" * 32})

    assert screen.silent
    assert f"audit verify --at 120 --hash {'ab' * 32}" in screen.text


def test_a_broken_audit_is_told_with_the_row():
    assert "Mulai baris <b>7</b>" in notices.render("audit_broken", {"row": 7}).text
