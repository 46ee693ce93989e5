"""A payment that fits no order, as admins deal with it in the chat."""

from __future__ import annotations

import pytest

from app.bot import notices
from app.sales import strays
from models import Stray
from tests.support import given
from tests.support.chatter import Chatter, labels


@pytest.fixture
def stray(buyer: Chatter) -> Stray:
    strays.note("TRX20260301LOST<", "PKS1")
    return Stray.get()


def test_the_notice_says_what_is_known_and_what_can_be_done(stray):
    screen = notices.render("payment_stray", {"stray_id": stray.id})

    assert "TRX20260301LOST&lt;" in screen.text
    assert "PKS1" in screen.text
    shown = [button.label for row in screen.buttons for button in row]
    assert shown == ["Masukkan ke Saldo", "Tanya Pakasir", "Tandai Selesai"]


def test_the_gateway_is_asked_again(admin: Chatter, stray):
    outcome = admin.presses(f"stray_ask:{stray.id}")
    strays.note_answer(
        stray.id, {"amount": 25_000, "status": "completed", "order_id": "TRX1", "txn_id": "PKS1"}
    )

    assert "ditanya" in outcome.reply.toast
    assert len(given.promised("look_at_stray")) == 2
    assert "Rp25.000" in admin.presses(f"stray:{stray.id}").screen.text


def test_its_money_goes_to_a_person_after_a_confirmation(admin: Chatter, stray):
    admin.presses(f"stray_credit:{stray.id}")
    confirm = admin.says("@alice|25rb|backup lama")
    assert given.balance() == 0

    done = admin.taps(confirm, "Ya, Masukkan")
    again = admin.taps(confirm, "Ya, Masukkan")

    assert "Rp25.000" in done.reply.toast
    assert "tidak berlaku" in again.reply.toast
    assert given.balance() == 25_000
    assert "backup lama" in done.screen.text
    assert labels(done) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("@nobody|25000|x", "Tidak ada yang dikenal"),
        ("@alice|25000", "user|jumlah|alasan"),
        ("@alice|0|x", "Rp1 sampai Rp10.000.000"),
        ("@alice|25000|", "Alasannya harus"),
        ("???|25000|x", "id (angka) atau @username"),
    ],
)
def test_what_is_wrong_is_said_and_the_question_stays(admin: Chatter, stray, typed: str, said: str):
    admin.presses(f"stray_credit:{stray.id}")

    assert said in admin.says(typed).screen.text
    assert "Masukkan" in admin.says("@alice|25000|backup lama").screen.text


def test_it_is_noted_as_dealt_with(admin: Chatter, stray):
    admin.presses(f"stray_close:{stray.id}")

    done = admin.says("Dikembalikan manual")

    assert "Dikembalikan manual" in done.screen.text
    assert strays.get(stray.id).outcome == Stray.DISMISSED
    assert "sudah ditangani" in admin.presses(f"stray_credit:{stray.id}").reply.toast


def test_another_transaction_of_a_known_order_names_its_buyer(admin: Chatter, buyer: Chatter):
    order = given.order()
    strays.note(order.invoice, "PKSANOTHER")

    page = admin.presses(f"stray:{Stray.get().id}")

    assert "Alice" in page.screen.text
    assert "transaksi lain" in page.screen.text


def test_nobody_else_sees_or_does_anything(buyer: Chatter, stray):
    for press in ("stray", "stray_ask", "stray_credit", "stray_close"):
        assert "tidak berlaku" in buyer.presses(f"{press}:{stray.id}").reply.toast
