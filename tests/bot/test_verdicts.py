"""`Terima` and `Tolak`: from the notice or the order's page, with a reason, once."""

from __future__ import annotations

import pytest

from app.bot import notices
from app.sales import contradictions, settlement
from models import Order
from tests.support import given
from tests.support.chatter import Chatter, labels


@pytest.fixture
def contradicted(buyer: Chatter) -> Order:
    """Alice's order for Rp25.000; the gateway says that Rp24.000 was paid."""
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))
    return order


def test_the_notice_says_what_differs_and_what_can_be_done(contradicted):
    screen = notices.render("payment_mismatch", {"order_id": contradicted.id, "differs": ["amount"]})

    for part in (contradicted.invoice, "jumlah", "Rp24.000", "sudah dibayar"):
        assert part in screen.text
    shown = [button.label for row in screen.buttons for button in row]
    assert shown == ["Terima", "Tolak", "Cek Pembayaran", "Lihat Pesanan", "Tulis Pesan"]


def test_accepting_asks_why_and_then_whether_it_is_meant(admin: Chatter, contradicted):
    page = admin.says(f"/order {contradicted.invoice}")

    question = admin.taps(page, "Terima")
    confirm = admin.says("Sudah <dicek>")
    assert given.state(contradicted) == Order.PENDING
    done = admin.taps(confirm, "Ya, Terima")

    assert "Rp24.000" in question.screen.text
    assert "Sudah &lt;dicek&gt;" in confirm.screen.text
    assert given.state(contradicted) == Order.PAID
    assert "diterima admin: Sudah" in done.screen.text
    assert "Dibayar Rp24.000" in done.screen.text
    assert "Terima" not in labels(done)


def test_another_amount_may_be_typed_before_the_reason(admin: Chatter, contradicted):
    admin.presses(f"accept:{contradicted.id}")

    too_much = admin.says("10.000.001|alasan")
    admin.taps(admin.says("Rp30.000|dicek|dua kali"), "Ya, Terima")

    assert "Rp1 sampai Rp10.000.000" in too_much.screen.text
    assert given.balance() == 5_000
    assert contradictions.of_order(contradicted.id).note == "dicek|dua kali"


def test_refusing_ends_the_order(admin: Chatter, contradicted):
    admin.presses(f"refuse:{contradicted.id}")

    done = admin.taps(admin.says("Tidak ada dana"), "Ya, Tolak")

    assert "ditolak" in done.reply.toast
    assert given.state(contradicted) == Order.CANCELED
    assert "Tidak ada dana" in done.screen.text


@pytest.mark.parametrize("first", ["accept", "refuse"])
def test_the_second_to_decide_is_told_so(admin: Chatter, contradicted, first: str):
    admin.presses(f"{first}:{contradicted.id}")
    confirm = admin.says("alasan")
    label = "Ya, Terima" if first == "accept" else "Ya, Tolak"
    settlement.accept(contradicted.id, 24_000, why="shell")

    outcome = admin.taps(confirm, label)

    assert "sudah diterima" in outcome.reply.toast
    assert contradictions.of_order(contradicted.id).note == "shell"


def test_an_old_confirmation_confirms_nothing(admin: Chatter, contradicted):
    admin.presses(f"accept:{contradicted.id}")
    confirm = admin.says("alasan")
    admin.says("/start")

    outcome = admin.taps(confirm, "Ya, Terima")

    assert "tidak berlaku" in outcome.reply.toast
    assert given.state(contradicted) == Order.PENDING


def test_where_nothing_contradicts_there_is_nothing_to_press(admin: Chatter, buyer: Chatter):
    order = given.order()

    assert "Terima" not in labels(admin.says(f"/order {order.invoice}"))
    assert "Tidak ada pembayaran" in admin.presses(f"accept:{order.id}").reply.toast


@pytest.mark.parametrize(
    ("press", "typed"), [("accept", "5000|"), ("accept", "x" * 201), ("refuse", "x" * 201)]
)
def test_a_reason_is_needed_and_short(admin: Chatter, contradicted, press: str, typed: str):
    admin.presses(f"{press}:{contradicted.id}")

    outcome = admin.says(typed)

    assert "Alasannya harus 1 sampai 200" in outcome.screen.text
    assert given.state(contradicted) == Order.PENDING


def test_an_unreadable_answer_needs_the_amount(admin: Chatter, buyer: Chatter):
    order = given.order()
    settlement.note_unreadable(order.id, "amount is not an amount of whole rupiah")
    admin.presses(f"accept:{order.id}")

    without = admin.says("sudah dicek")
    admin.taps(admin.says("25rb|sudah dicek"), "Ya, Terima")

    assert "benar-benar dibayar" in without.screen.text
    assert given.state(order) == Order.PAID


def test_in_a_group_the_question_is_moved_to_the_private_chat(database, valkey, contradicted):
    in_group = Chatter(2, "Bob", "bob", chat_id=-100)

    assert "chat pribadi" in in_group.presses(f"accept:{contradicted.id}").reply.toast


def test_nobody_else_decides(buyer: Chatter, contradicted):
    for press in ("accept", "refuse"):
        assert "tidak berlaku" in buyer.presses(f"{press}:{contradicted.id}").reply.toast
    assert given.state(contradicted) == Order.PENDING
