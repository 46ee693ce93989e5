"""Who may do what, said by admins."""

from __future__ import annotations

import pytest

import settings
from app.people import users
from app.sales import checkout
from models import User
from tests.support import given
from tests.support.chatter import Chatter

COMMANDS = ["ban", "unban", "addadmin", "rmadmin", "addreseller", "rmress", "info", "pm"]


@pytest.fixture
def boss(admin: Chatter, buyer: Chatter, shop) -> Chatter:
    """Bob, who knows Alice and Charlie."""
    shop.knows(2, "Bob", "bob")
    shop.knows(3, "Charlie")
    return admin


@pytest.mark.parametrize(
    ("command", "role", "given_"),
    [("addreseller", "is_reseller", True), ("addadmin", "is_admin", True)],
)
def test_a_promotion_counts_and_is_told_once(boss: Chatter, command: str, role: str, given_: bool):
    done, again = boss.says(f"/{command} @Alice"), boss.says(f"/{command} 1")

    assert "sekarang" in done.screen.text
    assert "memang sudah" in again.screen.text
    assert getattr(users.get(1), role) is given_
    assert given.told("promoted") == [1]


@pytest.mark.parametrize(("give", "take"), [("addreseller", "rmress"), ("addadmin", "rmadmin")])
def test_what_was_given_can_be_taken(boss: Chatter, give: str, take: str):
    boss.says(f"/{give} 1")

    assert "bukan" in boss.says(f"/{take} 1").screen.text
    assert "memang bukan" in boss.says(f"/{take} 1").screen.text
    assert users.get(1).is_reseller is False
    assert users.get(1).is_admin is False


def test_a_ban_ends_what_was_asked_and_can_be_lifted(boss: Chatter, buyer: Chatter):
    buyer.says("KIRIM PESAN")

    assert "diblokir" in boss.says("/ban @alice").screen.text
    assert "tidak dapat memakai" in buyer.says("Halo").screen.text
    assert "diteruskan" in buyer.says("Halo").screen.text
    assert buyer.says("Halo").screen is None
    assert "memang sudah" in boss.says("/ban 1").screen.text

    assert "dibuka" in boss.says("/unban 1").screen.text
    assert buyer.says("Halo").reply.screen == "home"
    assert "memang tidak" in boss.says("/unban 1").screen.text


def test_a_second_ban_is_told_again(boss: Chatter, buyer: Chatter):
    for _ in range(2):
        boss.says("/ban 1")
        assert "tidak dapat memakai" in buyer.says("Halo").screen.text
        boss.says("/unban 1")


@pytest.mark.parametrize("whom", ["2", "@bob", "3"])
def test_admins_are_not_banned(boss: Chatter, whom: str):
    users.make_admin(3, admin=True)

    assert "Admin tidak bisa diblokir" in boss.says(f"/ban {whom}").screen.text
    assert not User.select().where(User.banned_at.is_null(False)).exists()


def test_a_banned_person_is_not_promoted(boss: Chatter):
    boss.says("/ban 1")

    assert "/unban" in boss.says("/addadmin 1").screen.text
    assert not users.get(1).is_admin


def test_admins_of_the_settings_stay(boss: Chatter):
    assert "pengaturan server" in boss.says("/rmadmin 2").screen.text
    assert "memang sudah admin" in boss.says("/addadmin 2").screen.text


def test_the_last_admin_stays(boss: Chatter, stranger: Chatter):
    users.make_admin(3, admin=True)

    with settings.override(admin_ids=""):
        assert "admin terakhir" in stranger.says("/rmadmin 3").screen.text
        users.make_admin(1, admin=True)
        assert "bukan admin lagi" in stranger.says("/rmadmin 3").screen.text
        assert stranger.says("/rmadmin 1").screen is None


def test_a_change_of_role_changes_the_menu(boss: Chatter):
    boss.says("/addadmin 1")
    boss.says("/rmadmin 1")

    assert given.promised("offer_commands") == [[1], [1]]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("whom", ["", "alice", "-1", "😀", "<b>", "1 2"])
def test_a_wrong_name_is_answered_with_an_example(boss: Chatter, command: str, whom: str):
    text = boss.says(f"/{command} {whom}|x" if command == "pm" else f"/{command} {whom}").screen.text

    assert "id (angka) atau @username" in text
    assert f"Contoh: <code>/{command} " in text


@pytest.mark.parametrize("command", COMMANDS)
def test_who_never_wrote_is_said_to_be_unknown(boss: Chatter, command: str):
    text = boss.says(f"/{command} 99|x" if command == "pm" else f"/{command} 99").screen.text

    assert "Tidak ada yang dikenal sebagai 99" in text


@pytest.mark.parametrize("command", [*COMMANDS, "whitelist", "rm", "maintenance", "version"])
def test_for_anyone_else_there_is_no_such_command(boss: Chatter, buyer: Chatter, command: str):
    outcome = buyer.says(f"/{command} 3")

    assert (outcome.screen, outcome.reply.toast) == (None, None)
    assert given.promised() == []


def test_everything_known_of_somebody_is_shown(boss: Chatter, shop):
    product = shop.sells("Netflix <1M>", number=101, stock=["K"])
    users.set_profile(1, name="Alice & Co", email="a@contoh.com")
    order = checkout.place(1, product.id, 1)

    text = boss.says("/info @alice").screen.text

    for part in (
        "Alice &amp; Co",
        "@alice",
        "a@contoh.com",
        "pembeli",
        "aktif",
        order.invoice,
        "&lt;1M&gt;",
    ):
        assert part in text


def test_bans_and_blocks_are_shown(boss: Chatter):
    users.mark_unreachable(3)
    boss.says("/ban 1")

    assert "diblokir sejak" in boss.says("/info 1").screen.text
    assert "tidak bisa dihubungi" in boss.says("/info 3").screen.text
    assert "Peran: admin" in boss.says("/info 2").screen.text


@pytest.mark.parametrize("text", ["", "  ", "x" * 3501, "😀" * 1800])
def test_a_message_has_a_length(boss: Chatter, text: str):
    assert "Pesannya harus" in boss.says(f"/pm 1|{text}").screen.text
    assert given.promised("send_pm") == []


def test_a_message_may_hold_anything(boss: Chatter):
    boss.says("/pm @alice|<b>Halo</b> | apa kabar?\nBaik")

    assert given.promised("send_pm") == [[1, "&lt;b&gt;Halo&lt;/b&gt; | apa kabar?\nBaik", 2, None]]


@pytest.fixture
def reader(alice, shop):
    """Alice, who can be written to."""
    shop.knows(1, "Alice", "alice")
    alice.person.user.started = True
    return alice


def test_a_message_that_arrived_is_reported(reader, bob):
    bob.sends("/pm @alice|<Halo>")

    assert "<Halo>" in reader.last_message.text
    assert reader.last_message.buttons[0].label == "Balas"
    assert "sudah sampai" in bob.sees("sudah sampai").text


def test_a_message_that_did_not_is_reported_as_well(reader, bob):
    reader.blocks()

    bob.sends("/pm 1|Halo lagi")

    assert "memblokir bot" in bob.last_message.text
