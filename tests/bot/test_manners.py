"""Whatever comes: help, silence where it is due, limits, bans, groups."""

from __future__ import annotations

import pytest

from models import HandledUpdate, User, utcnow
from tests.support.chatter import Chatter

GROUP = -1001


@pytest.mark.parametrize("typed", ["/nonsense", "-5", "1.5", "KIRIM", "😀", "/", "٣"])
def test_unknown_text_gets_help(buyer: Chatter, typed: str):
    assert "belum mengerti" in buyer.says(typed).screen.text


@pytest.mark.parametrize("kind", [
    "photo", "sticker", "voice", "document", "contact", "location",
    "paid_media", "checklist", "invoice", "giveaway_winners", "story", "unique_gift", "of_the_future",
])  # fmt: skip
def test_unknown_things_get_help(buyer: Chatter, kind: str):
    outcome = buyer.does(buyer.message(**{kind: [{}] if kind == "photo" else {}}))

    assert "belum mengerti" in outcome.screen.text


def test_the_guide_explains_how_to_order(buyer: Chatter):
    assert "Lanjut ke pembayaran" in buyer.says("/order").screen.text


@pytest.mark.parametrize("typed", ["📦 stok", "Stok 📦", "STOK\u200b", "\u2068stok\u2069", "stok."])
def test_labels_work_with_decoration_and_in_any_case(buyer: Chatter, typed: str):
    assert "Stok" in buyer.says(typed).screen.text


@pytest.mark.parametrize(
    "data", ["nonsense", "home:1", "product:101", "pay", "question:0", "stock_added:1:2:3", "📦"]
)
def test_made_up_buttons_get_a_toast_and_no_effect(buyer: Chatter, data: str):
    outcome = buyer.presses(data)

    assert outcome.reply.toast == "Tombol ini tidak berlaku."
    assert outcome.screen is None


def test_banned_people_get_one_polite_sentence(buyer: Chatter):
    User.update(banned_at=utcnow()).where(User.id == 1).execute()

    told = buyer.says("/start")

    assert "tidak dapat memakai" in told.screen.text
    assert told.screen.buttons == []
    for outcome in (buyer.says("/start"), buyer.says("KIRIM PESAN"), buyer.presses("everything:1")):
        assert (outcome.screen, outcome.reply.toast) == (None, None)


def test_a_banned_person_s_button_says_why_it_does_nothing(buyer: Chatter):
    User.update(banned_at=utcnow()).where(User.id == 1).execute()

    assert "tidak dapat memakai" in buyer.presses("everything:1").reply.toast


def test_too_many_actions_are_answered_once(buyer: Chatter):
    allowed = [buyer.says("AKUN").screen for _ in range(30)]
    refused = buyer.says("AKUN")
    silent = buyer.says("AKUN")

    assert all(allowed)
    assert "Pelan-pelan" in refused.screen.text
    assert silent.screen is None


def test_what_gets_no_answer_leaves_no_row(buyer: Chatter):
    for _ in range(40):
        buyer.says("STOK")
    kept = HandledUpdate.select().count()

    for typed in ("STOK", "/start", "/ban 2", "halo"):
        buyer.says(typed)

    assert kept == 31  # the last one said that it was enough
    assert HandledUpdate.select().count() == kept


def test_commands_of_staff_typed_by_others_leave_no_row(buyer: Chatter):
    buyer.says("/stats")

    assert HandledUpdate.select().count() == 0


def test_one_update_acts_once(buyer: Chatter, shop):
    shop.sells("A", number=101, stock=["K1", "K2"])
    update = buyer.press("qris:101:1:25000:0")

    first, again = buyer.does(update), buyer.does(update)

    assert first.screen == again.screen
    assert first.reply == again.reply


def test_a_new_number_would_act_again(buyer: Chatter, shop):
    shop.sells("A", number=101, stock=["K1", "K2"])

    first, again = buyer.presses("qris:101:1:25000:0"), buyer.presses("qris:101:1:25000:0")

    assert first.reply != again.reply


def test_a_refusal_leaves_nothing_but_itself(buyer: Chatter, shop):
    shop.sells("Mahal", number=101, price=10_000_001, stock=["K"])
    update = buyer.press("qris:101:1:10000001:0")

    toasts = {buyer.does(update).reply.toast for _ in range(2)}

    assert len(toasts) == 1
    assert HandledUpdate.select().count() == 1


def test_in_groups_only_admins_are_heard(admin: Chatter, shop):
    shop.sells("A", number=101)
    bob, charlie = Chatter(2, "Bob", chat_id=GROUP), Chatter(3, "Charlie", chat_id=GROUP)

    assert "A" in bob.says("/stock").screen.text
    for typed in ("/start", "101", "halo", "LIST PRODUK"):
        assert bob.says(typed).screen is None
    for typed in ("/stock", "/add -|B|-|1000|-", "halo"):
        assert charlie.says(typed).screen is None
    assert charlie.presses("stock:1").screen is None
    assert bob.presses("stock:1").screen
    assert bob.presses("product:101:1").screen is None
    assert not User.select().where(User.id == 3).exists()


def test_a_refusal_in_a_group_brings_no_shop_buttons(admin: Chatter):
    outcome = Chatter(2, "Bob", chat_id=GROUP).says("/del 7")

    assert outcome.screen.buttons == []


@pytest.mark.parametrize(
    ("question", "typed", "shown"),
    [
        ("edit:0", "Kembali", "Akun"),
        ("deposit", "⬅️ kembali", "Akun"),
        ("voucher:101:1", "KEMBALI", "Ringkasan"),
    ],
)
def test_a_typed_way_out_leads_out_of_a_question(buyer: Chatter, shop, question: str, typed: str, shown: str):
    shop.sells("A", number=101, stock=["K1"])
    buyer.presses(question)

    assert shown in buyer.says(typed).screen.text
    assert User.get_by_id(1).name == "Alice"


@pytest.mark.parametrize("typed", ["/info\u00a0@alice", "/info 1\u200b", "/info\u2060 1", "\ufeff/info 1"])
def test_spaces_nobody_sees_do_not_spoil_a_command(admin: Chatter, buyer: Chatter, typed: str):
    assert "Alice" in admin.says(typed).screen.text
