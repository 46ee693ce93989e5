"""/mydata and /forgetme."""

from __future__ import annotations

import json

import pytest

from app.backoffice import privacy
from app.catalogue import waitlist
from app.infra import transactions
from app.infra.queue import dead
from app.ops import invariants
from app.people import support, users
from app.sales import checkout, claims, orders, refunds, settlement, strays, wallet
from models import (
    AuditEvent,
    Claim,
    Contradiction,
    DeadLetter,
    HandledUpdate,
    LedgerEntry,
    Order,
    Stray,
    User,
    utcnow,
)
from tests.support import broken, claimed, given
from tests.support.bought import buys
from tests.support.chatter import Chatter, labels


def with_money(amount: int) -> None:
    with transactions.atomic():
        wallet.post(1, amount, "test:money")


def forgets(buyer: Chatter):
    return buyer.taps(buyer.says("/forgetme"), "Ya, Hapus Dataku")


def test_everything_of_a_person_and_nothing_of_others_is_told(buyer: Chatter, shop):
    shop.knows(3, "Charlie", "charlie")
    users.set_profile(1, email="alice@contoh.com")
    shop.sells("Netflix", number=101, stock=["SECRET-1", "SECRET-2"])
    mine, other = buys(1, 101), buys(3, 101)

    data = privacy.export(1)

    assert data["profile"]["email"] == "alice@contoh.com"
    assert [order["invoice"] for order in data["orders"]] == [mine.invoice]
    assert [entry["order"] for entry in data["ledger"]] == [None, mine.invoice]
    assert not any(word in json.dumps(data) for word in ("SECRET", other.invoice, "harlie"))


def test_the_data_comes_as_a_file(alice):
    alice.sends("/mydata")

    message = next(each for each in alice.received if each.kind == "document")
    assert message.file_name == "data-saya.json"
    assert json.loads(alice.downloads(message))["profile"]["username"] == "alice"


def test_the_file_is_not_made_all_day(buyer: Chatter):
    texts = [buyer.says("/mydata").screen.text for _ in range(3)]

    assert "sedang disiapkan" in texts[1]
    assert "sepuluh menit" in texts[2]
    assert given.promised("send_my_data") == [[1], [1]]


def test_nothing_is_forgotten_unasked(buyer: Chatter):
    page = buyer.says("/forgetme")

    assert labels(page) == ["Ya, Hapus Dataku", "Batalkan"]
    assert "Akun" in buyer.taps(page, "Batalkan").screen.text
    assert users.get(1).name == "Alice"


def test_what_is_personal_goes_and_the_books_stay(buyer: Chatter, shop):
    users.set_profile(1, email="a@contoh.com", whatsapp="+6281234567890")
    users.make_reseller(1, reseller=True)
    shop.sells("A", number=101, stock=["K"])
    order = buys(1, 101)
    before = AuditEvent.select().count()

    assert "sudah dihapus" in forgets(buyer).screen.text

    person = users.get(1)
    assert (person.name, person.username, person.email, person.whatsapp) == (users.NOBODY, None, None, None)
    assert not person.is_reseller
    assert orders.get(order.id).user_id == 1
    assert AuditEvent.select().count() > before
    assert invariants.run() == []
    assert given.audited("user.forgotten")


def test_the_language_is_told_and_goes(buyer: Chatter):
    users.choose_language(1, "en")
    assert privacy.export(1)["profile"]["language"] == "en"

    privacy.forget(1)

    assert users.language(1) is None


def test_a_repeated_update_remembers_nothing(buyer: Chatter):
    update = buyer.press("forget")

    outcomes = [buyer.does(update) for _ in range(2)]

    assert outcomes[0].screen == outcomes[1].screen
    assert users.get(1).username is None


def test_the_balance_is_said_and_kept(buyer: Chatter):
    with_money(50_000)

    page = buyer.says("/forgetme")

    assert "Rp50.000" in page.screen.text
    assert "Rp50.000" in buyer.taps(page, "Ya").screen.text
    assert users.get(1).balance == 50_000
    assert not [breach for breach in invariants.run() if breach.invariant == 3]


def test_claims_are_told_and_end_with_the_person(buyer: Chatter):
    claim = claimed.opened(complaint="akun Zubaidah mati")
    told = privacy.export(1)["orders"][0]
    page = buyer.says("/forgetme")

    buyer.taps(page, "Ya")

    assert (told["warranty_days"], told["warranty_claims"][0]["complaint"]) == (30, "akun Zubaidah mati")
    assert "klaim garansi" in page.screen.text
    assert claims.get(claim.id).state == Claim.DROPPED
    assert privacy.export(1)["orders"][0]["warranty_claims"][0]["complaint"] is None
    assert invariants.run() == []


def test_an_unpaid_order_is_canceled_first(buyer: Chatter, shop):
    product = shop.sells("A", number=101, stock=["K"])
    order = checkout.place(1, product.id, 1)

    page = buyer.says("/forgetme")
    assert order.invoice in page.screen.text
    buyer.taps(page, "Ya")

    assert orders.get(order.id).state == Order.CANCELED
    assert given.shelf(101) == {"available": 1}
    assert given.promised("show_closed") == [[order.id]]


def test_who_comes_back_is_someone_new_with_the_old_balance(buyer: Chatter):
    with_money(50_000)
    forgets(buyer)

    assert buyer.says("/start").reply.screen == "welcome"
    person = users.get(1)
    assert (person.name, person.username, person.unreachable_at) == ("Alice", "alice", None)
    assert person.balance == 50_000
    assert User.select().count() == 1


def test_an_admin_is_not_forgotten(admin: Chatter):
    assert "Admin tidak bisa" in forgets(admin).reply.toast
    assert users.get(2).name == "Bob"


def test_goods_on_their_way_still_arrive(alice, shop):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["KEY-1"])
    alice.person.user.started = True
    with_money(50_000)
    order = given.buy_with_balance(1, 101, 1)

    alice.sends("/forgetme").taps("Ya, Hapus Dataku")

    assert "KEY-1" in alice.sees("KEY-1").text
    assert orders.get(order.id).state == Order.DELIVERED


@pytest.mark.parametrize("command", ["/mydata", "/forgetme"])
def test_in_groups_nobody_s_data_is_shown(admin: Chatter, command: str):
    assert Chatter(2, "Bob", chat_id=-5).says(command).screen is None


def test_who_is_called_like_the_forgotten_is_not_one_of_them(buyer: Chatter):
    dots = Chatter(77, "•••")
    dots.says("/start")
    dots.says("halo")
    User.update(unreachable_at=utcnow()).where(User.id == 77).execute()

    dots.says("halo")

    assert not users.get(77).unreachable_at
    assert not AuditEvent.select().where(AuditEvent.action == "user.came_back").exists()


def test_somebody_forgotten_may_come_back_by_the_name_that_is_shown_for_them(buyer: Chatter):
    forgets(buyer)
    buyer.sender["first_name"] = users.NOBODY
    for _ in range(3):
        buyer.says("halo")

    assert not users.is_forgotten(users.get(1))
    assert AuditEvent.select().where(AuditEvent.action == "user.came_back").count() == 1


def test_nobody_fills_the_audit_by_being_forgotten_again_and_again(buyer: Chatter):
    outcomes = [forgets(buyer) for _ in range(5)]

    assert len(given.audited("user.forgotten")) == len(given.audited("user.came_back")) == 2
    assert "coba satu jam lagi" in outcomes[2].reply.toast


def test_notes_and_stored_replies_about_the_person_go_too(buyer: Chatter, admin: Chatter, shop):
    users.set_profile(1, name="Zubaidah", email="zuba@contoh.com")
    shop.sells("Netflix", number=101, stock=["K1", "K2"])
    order = buys(1, 101)
    broken.hand_over(orders.get(order.id))
    refunds.give(order.id, 1_000, note="Zubaidah sering minta refund", actor_id=2)
    admin.says("/editbalance @alice|5000")
    admin.says("/transfer @alice|5000")
    buyer.says("Zubaidah di sini")

    forgets(buyer)

    left = [row.reply for row in HandledUpdate.select()], [row.note for row in LedgerEntry.select()]
    assert "zuba" not in json.dumps(left).lower()
    assert "zuba" not in json.dumps([event.data for event in AuditEvent.select()]).lower()


def test_the_name_of_a_former_admin_goes_from_the_books_of_others(buyer: Chatter, shop):
    shop.knows(4, "Zubaidah")
    shop.sells("Netflix", number=101, stock=["K1"])
    order = buys(1, 101)
    broken.hand_over(orders.get(order.id))
    refunds.give(order.id, 1_000, note="Akun mati", actor_id=4)
    wallet.set_to(1, 50_000, seen=users.get(1).balance, reason="balance:1", admin=users.get(4))

    privacy.forget(4)

    notes = [entry.note for entry in LedgerEntry.select().where(LedgerEntry.actor_id == 4)]
    assert sorted(map(str, notes)) == ["Akun mati", "None"]


def test_why_operators_decided_about_the_person_goes_too(buyer: Chatter, shop):
    shop.sells("Netflix", number=101, stock=["K1", "K2"])
    paid = given.order(1, 101)
    settlement.settle(paid.id, given.status(paid, amount=1))
    settlement.accept(paid.id, 1_000, why="Zubaidah sudah bayar")
    settlement.cancel_by_operator(given.order(1, 101).id, note="Zubaidah menimbun stok")
    strays.note("TRXLOST", "PKS1")
    strays.credit(Stray.get().id, 1, 1_000, why="uang Zubaidah")

    forgets(buyer)

    left = [each.note for table in (Order, Contradiction, Stray, LedgerEntry) for each in table.select()]
    assert set(left) == {None}
    assert "zuba" not in json.dumps([event.data for event in AuditEvent.select()]).lower()


def test_an_admin_s_reply_that_repeats_them_is_not_drawn_again(buyer: Chatter, admin: Chatter):
    users.set_profile(1, name="Zubaidah", email="zuba@contoh.com")
    update = admin.message(text="/info zuba@contoh.com")
    assert "zuba@contoh.com" in admin.does(update).screen.text

    forgets(buyer)

    assert admin.does(update).screen is None


def test_replies_about_others_can_still_be_drawn_again(buyer: Chatter, stranger: Chatter, shop):
    update = stranger.message(text="AKUN")
    first = stranger.does(update)

    forgets(buyer)

    assert stranger.does(update).screen == first.screen


def test_words_for_the_forgotten_are_kept_in_no_dead_letter(buyer: Chatter):
    for number, user_id in ((1, 1), (2, 3)):
        dead.record(str(number), "send_pm", "default", [user_id, "Hai Alice", 2], "gone")

    forgets(buyer)

    kept = {letter.id: (letter.state, dead.args(letter)) for letter in DeadLetter.select()}
    assert kept == {"1": (DeadLetter.DISCARDED, []), "2": (DeadLetter.DEAD, [3, "Hai Alice", 2])}


def update_of(user_id, kind="message"):
    return {"update_id": 9, kind: {"from": {"id": user_id}, "text": "nomor WA saya 0812"}}


@pytest.mark.parametrize("kind", ["message", "callback_query", "my_chat_member", "edited_message"])
def test_what_the_forgotten_wrote_is_kept_in_no_dead_letter(buyer: Chatter, kind: str):
    for number, user_id in ((1, 1), (2, 3)):
        dead.record(str(number), "handle_update", "pressed", [update_of(user_id, kind)], "gone")

    forgets(buyer)

    kept = {letter.id: (letter.state, dead.args(letter)) for letter in DeadLetter.select()}
    assert kept == {"1": (DeadLetter.DISCARDED, []), "2": (DeadLetter.DEAD, [update_of(3, kind)])}


def test_nor_in_one_of_an_admin_who_answered_them(buyer: Chatter):
    users.set_profile(1, name="Zubaidah")
    for number, words, text in ((1, "Zubaidah: 0812", "Baik"), (2, "Charlie: halo", "zubaidah@x.id|pw")):
        answer = {"from": {"id": 2}, "text": text, "reply_to_message": {"text": words}}
        dead.record(str(number), "handle_update", "pressed", [{"update_id": 9, "message": answer}], "gone")

    forgets(buyer)

    assert [each.id for each in DeadLetter.select().where(DeadLetter.state == DeadLetter.DISCARDED)] == ["1"]


def test_nor_in_one_that_was_kept_without_a_name(buyer: Chatter):
    for number, user_id in ((1, 1), (2, 3)):
        dead.record(str(number), "handle_update", "pressed", [update_of(user_id)], "gone")
    dead.record("3", "handle_update", "pressed", [], "gone")
    DeadLetter.update(subject=None).execute()

    forgets(buyer)

    assert [each.id for each in DeadLetter.select().where(DeadLetter.state == DeadLetter.DISCARDED)] == ["1"]


def test_the_export_tells_of_vouchers_waits_messages_and_broadcasts(buyer: Chatter, shop):
    shop.sells("Netflix", number=101)
    waitlist.ask(101, 1)
    support.remember_message(2, 40, 1)
    order = given.unopened(voucher=given.voucher())

    data = privacy.export(1)

    assert data["waiting_for"][0]["product"] == 101
    assert len(data["messages_to_the_shop"]) == 1
    assert data["vouchers"][0]["code"] == order.voucher_id
    assert data["broadcasts"] == []
