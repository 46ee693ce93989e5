"""What somebody else wrote is nobody's command, whoever passes it on."""

from __future__ import annotations

import pytest

from models import Broadcast, LedgerEntry, Product, Voucher
from tests.support.chatter import Chatter

RINA = {"id": 4, "is_bot": False, "first_name": "Rina"}
RELAYED = [
    {"forward_origin": {"type": "user", "date": 1, "sender_user": RINA}},
    {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "R"}},
    {"forward_origin": {"type": "channel", "date": 1, "chat": {"id": -5}, "message_id": 1}},
    {"forward_date": 1, "forward_from": RINA},
    {"forward_date": 1, "forward_sender_name": "R"},
    {"forward_date": 1, "forward_from_chat": {"id": -5, "type": "channel"}},
    {"is_automatic_forward": True},
    {"guest_bot_caller_user": RINA},
    {"via_bot": {"id": 9, "is_bot": True, "first_name": "inline"}},
]
COMMANDS = ["/transfer 1|50k", "/addadmin 1", "/giveaway 1000|1", "/broadcast hai", "/add 7|A|-|1000|-"]


@pytest.mark.parametrize("how", RELAYED)
@pytest.mark.parametrize("chat_id", [2, -100])
def test_an_admin_is_told_that_it_is_not_obeyed(buyer: Chatter, admin: Chatter, how, chat_id: int):
    bob = Chatter(2, "Bob", "bob", chat_id)

    told = bob.says("/transfer 1|50k", **how)

    assert "/transfer" in told.screen.text
    assert "tidak kujalankan" in told.screen.text


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_happens(buyer: Chatter, admin: Chatter, command: str):
    admin.says(command, **RELAYED[0])

    for table in (LedgerEntry, Voucher, Broadcast, Product):
        assert not table.select().exists()


def test_a_caption_is_no_command_either(admin: Chatter):
    document = {"file_id": "F", "file_name": "a.txt"}

    outcome = admin.does(admin.message(document=document, caption="/addstock 1", **RELAYED[0]))

    assert "tidak kujalankan" in outcome.screen.text


def test_a_stranger_is_welcomed_in_private_and_silence_in_groups(stranger: Chatter):
    assert "Selamat datang" in stranger.says("/start", **RELAYED[0]).screen.text
    assert Chatter(3, "Charlie", chat_id=-100).says("/transfer 1|1", **RELAYED[0]).screen is None


@pytest.mark.parametrize("how", [{"sender_chat": {"id": -100, "type": "supergroup"}}])
def test_who_hides_behind_a_chat_is_nobody(admin: Chatter, how):
    from app.bot.toolkit import events

    assert events.read(admin.message(text="/transfer 1|50k", **how)) is None


def test_a_file_that_was_forwarded_may_become_goods(admin: Chatter, shop):
    shop.sells("E-book", number=404)
    admin.says("/addfile 404")

    kept = admin.does(admin.message(document={"file_id": "F", "file_unique_id": "U"}, **RELAYED[0]))

    assert "Berkas ditambahkan" in kept.screen.text
