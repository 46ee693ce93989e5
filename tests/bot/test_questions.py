"""Whatever is asked, one button leads back to where one came from, and its label typed does the same."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pytest

from app.bot import notices, questions, router
from app.bot.screens import orders as screens
from app.bot.toolkit.reply import show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.session import AWAIT
from app.people import users
from app.sales import orders, settlement
from app.texts import own_words
from models import Order
from tests.support import lively
from tests.support.bought import buys
from tests.support.chatter import Chatter
from tests.support.given import BOB
from tests.support.walks import buttons

BACK = {"Kembali", "KEMBALI", "Lewati"}

Asked = dict[str, tuple[int, dict[str, Any]]]


@pytest.fixture
def asked(database, valkey) -> Asked:
    """Who is asked each question, and about what."""
    life = lively.shop()
    product, order = {"product": life.product}, {"order": life.delivered.id}
    claim = {"claim": life.waiting.id}
    item = {"order": life.waiting.order_id, "item": life.waiting.item_id}
    return {
        "contact": (13, {"step": 0}),
        "review": (13, order),
        "profile": (13, {"number": 0}),
        "message": (13, {}),
        "voucher": (13, product | {"quantity": 1, "applied": 0}),
        "deposit": (13, {}),
        "deposit_for": (13, product | {"quantity": 1, "voucher": 0}),
        "claim": (23, item),
        "addfile": (BOB, product | {"shared": False}),
        "lost_file": (BOB, product),
        "fill": (BOB, product),
        "send_photo": (BOB, product),
        "claim_refund": (BOB, claim | {"amount": 1_000}),
        "claim_refuse": (BOB, claim),
        "claim_for": (BOB, item),
        "verdict": (BOB, {"order": life.contradicted.id, "wanted": "refuse"}),
        "stray": (BOB, {"stray": life.stray.id, "wanted": "close"}),
        "give_back": (BOB, order),
        "write_to": (BOB, {"user": 13}),
        "add_balance": (BOB, {"user": 13}),
        "wording": (BOB, {"mark": crc32(next(iter(own_words.sentences())).encode()), "language": 0}),
    }


def asks(name: str, user_id: int, facts: dict[str, Any]) -> Screen | None:
    person = users.get(user_id)
    users.await_input(person, {AWAIT: name, **facts})
    return router.render(person, show(str(questions.INPUTS[name].screen), *facts.values()))


def test_every_question_leads_back_by_a_button_and_by_its_label(asked: Asked, valkey):
    drawn = {name for name, each in questions.INPUTS.items() if each.screen}
    assert drawn == asked.keys()

    wrong = []
    for name, (user_id, facts) in asked.items():
        person = Chatter(user_id, users.get(user_id).name)
        back = [each for each in buttons(asks(name, user_id, facts)) if each.label in BACK]
        valkey.flushall()
        pressed = person.presses(str(back[0].data)) if back else None
        asks(name, user_id, facts)
        typed = person.says(back[0].label) if back else None
        outcomes = [each.screen.text for each in (pressed, typed) if each and each.screen]
        if len(outcomes) != 2 or len(set(outcomes)) != 1:
            wrong.append(name)

    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "label"),
    [("stock_low", "Isi Stok"), ("stock_out", "Isi Stok"), ("photo_lost", "Kirim Foto"),
     ("file_lost", "Kirim Berkas")],
)  # fmt: skip
def test_what_a_notice_asks_leads_back_to_the_notice(admin: Chatter, shop, kind: str, label: str):
    shop.sells("Netflix", number=101, stock=[] if kind == "stock_out" else ["K"])
    notice = notices.render(kind, {"product_id": 101, "name": "Netflix", "left": int(kind == "stock_low")})

    question = admin.presses(str(notice.buttons[0][0].data))

    assert [each.label for each in buttons(notice)] == [label]
    assert admin.taps(question, "Kembali").screen == notice


def test_a_typed_deposit_goes_on_to_the_purchase_it_is_for(buyer: Chatter, shop):
    shop.sells("Netflix", number=101, price=30_000, stock=["K1", "K2"])
    question = buyer.taps(buyer.presses("balance:101:2"), "Jumlah Lain")

    assert "Netflix" in buyer.taps(question, "Kembali").screen.text
    buyer.presses("deposit_other:101:2")
    again = buyer.says("sejuta")
    buyer.says("75k")

    assert "Netflix" in buyer.taps(again, "Kembali").screen.text
    placed = Order.get()
    assert (placed.total, orders.wish(placed)) == (75_000, orders.Wish(101, 2))


def test_a_chosen_deposit_goes_on_to_the_purchase_it_is_for(buyer: Chatter, shop):
    shop.sells("Netflix", number=101, price=30_000, stock=["K1", "K2"])

    buyer.taps(buyer.presses("deposit_other:101:2"), "Rp100.000")

    assert orders.wish(Order.get()) == orders.Wish(101, 2)


def test_a_deposit_that_ended_leads_back_to_the_purchase_it_was_for(buyer: Chatter, shop):
    shop.sells("Netflix", number=101, price=30_000, stock=["K1", "K2"])
    buyer.taps(buyer.presses("balance:101:2"), "Deposit Rp60.000")
    ended = screens.closed(settlement.expire(Order.get().id).id)

    question = buyer.presses(str(buttons(ended)[0].data))
    buyer.says("75k")

    assert "Netflix" in buyer.taps(question, "Kembali").screen.text
    assert orders.wish(Order.select().order_by(Order.id.desc()).get()) == orders.Wish(101, 2)


@pytest.mark.parametrize("asked", ["edit:1", "edit:2", "deposit", "voucher:101:1"])
def test_an_own_invoice_opens_that_order_whatever_was_asked(buyer: Chatter, shop, asked: str):
    shop.sells("Netflix", number=101, stock=["K1", "K2"])
    invoice = buys(1, 101).invoice
    buyer.presses(asked)

    assert "produk dikirim" in buyer.says(invoice.lower()).screen.text
    assert users.get(1).session == {}
