"""/maintenance, /version, and the menu of commands."""

from __future__ import annotations

import json

import pytest

import settings
from app.backoffice import maintenance
from app.bot import menu, routes
from app.infra import release
from app.infra.health import version
from app.people import menus
from app.sales import orders
from app.sandbox.telegram import menus as sandbox_menus
from app.texts import languages
from app.texts import menu as texts
from models import Order, Setting
from tests.support import given
from tests.support.chatter import Chatter
from tests.support.queries import Queries


def test_under_maintenance_buyers_get_a_notice_on_everything(admin: Chatter, buyer: Chatter):
    assert "Perawatan dimulai" in admin.says("/maintenance on").screen.text

    for typed in ("/start", "AKUN", "101", "KIRIM PESAN", "Halo"):
        assert "sedang dirawat" in buyer.says(typed).screen.text
    assert "sedang dirawat" in buyer.presses("everything:1").reply.toast
    assert buyer.presses("everything:1").screen is None


def test_admins_work_on_and_buyers_come_back(admin: Chatter, buyer: Chatter):
    admin.says("/maintenance ON")
    assert "Akun" in admin.says("AKUN").screen.text

    admin.says("/maintenance off")

    assert "Akun" in buyer.says("AKUN").screen.text
    assert given.audited("shop.maintenance") == [
        {"before": False, "after": True},
        {"before": True, "after": False},
    ]


def test_open_payments_are_settled_and_delivered_all_the_same(alice, bob, shop, pakasir):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["KEY-1"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")
    invoice = alice.last_order
    bob.sends("/maintenance on")

    pakasir.pays(invoice)
    alice.drain()

    assert "KEY-1" in alice.sees("KEY-1").text
    assert orders.by_invoice(invoice).state == Order.DELIVERED


@pytest.mark.parametrize("typed", ["", "ja", "on off", "1", "😀", "<on>", "x" * 4000])
def test_neither_on_nor_off_gets_the_right_form(admin: Chatter, typed: str):
    text = admin.says(f"/maintenance {typed}").screen.text

    assert "Contoh: <code>/maintenance on</code>" in text
    assert "Sekarang: <b>off</b>" in text
    assert not Setting.select().where(Setting.key == maintenance.KEY, Setting.value == True).exists()  # noqa: E712


def test_the_sign_costs_no_query(buyer: Chatter, queries: Queries):
    buyer.says("AKUN")

    asked = [each for each in queries.statements if '"setting"' in each]
    assert len(asked) == 1
    assert '"handled_update"' in asked[0]


def test_the_version_is_that_of_the_package(admin: Chatter):
    text = admin.says("/version").screen.text

    assert release.number() in text
    assert version.schema().latest in text
    assert "sesuai dengan versi ini" in text


@pytest.mark.parametrize("on", [True, False])
def test_the_release_says_whether_payments_are_real(admin: Chatter, on):
    with settings.override(pakasir_sandbox=on):
        text = admin.says("/version").screen.text

    assert ("Mode uji coba" in text) == on


def test_migrations_that_are_missing_are_counted(admin: Chatter, database):
    newest, rename = version.schema().latest, "UPDATE schema_migration SET name = %s WHERE name = %s"
    database.execute_sql(rename, ("0000_gone", newest))
    try:
        assert "1 pembaruan database belum dijalankan" in admin.says("/version").screen.text
    finally:
        database.execute_sql(rename, (newest, "0000_gone"))


def test_the_menus_list_what_leads_somewhere():
    buyers, staff = dict(menu.for_buyers()), dict(menu.for_staff())

    assert buyers.keys() <= routes.COMMANDS.keys()
    assert staff.keys() <= routes.COMMANDS.keys() | routes.ADMIN_COMMANDS.keys()
    assert buyers.keys() >= {"start", "stock", "order", "mydata", "forgetme", "help"}


def test_every_command_of_staff_has_its_line_in_the_menu():
    assert routes.ADMIN_COMMANDS.keys() <= texts.STAFF.keys() | texts.BUYERS.keys()


def test_everybody_gets_a_menu_and_admins_the_longer_one(bob, telegram, drain):
    bob.sends("/start")
    telegram.calls.clear()

    menus.publish()
    drain()

    everybody, english, admins = telegram.called("setMyCommands")
    assert english.params["language_code"] == "en"
    assert "Open the shop" in english.params["commands"]
    assert len(json.loads(admins.params["commands"])) > len(json.loads(everybody.params["commands"]))
    assert json.loads(admins.params["scope"])["chat_id"] == 2


def test_groups_are_shown_no_menu_also_after_a_release_that_had_one(alice, bob, telegram, drain):
    bob.sends("/start")
    alice.sends("/start")
    group = telegram.group(-1001, "Tim", [alice.person, bob.person])
    telegram.state.store.put("commands", "default:", {"commands": [{"command": "x", "description": "Lama"}]})

    menus.publish()
    drain()

    offered = [
        sandbox_menus.shown(telegram.state, chat, user_id)
        for chat, user_id in ((group, 1), (group, 2), (telegram.state.chats[1], 1))
    ]
    assert [bool(each) for each in offered] == [False, False, True]


def test_newcomers_read_what_the_bot_is_for(telegram, drain, database):
    menus.publish()
    drain()

    shown = telegram.state.store
    assert "Toko Uji" in shown.one("description", "")["is"]
    assert len(shown.one("short_description", "")["is"]) <= 120


@pytest.fixture
def released(drain, valkey, database):
    """Call it to release the shop once under each of these names, with time for calls in between."""

    def release(*names):
        for name in names:
            for kept in valkey.scan_iter("*telegram:menus*"):
                valkey.delete(kept)
            with settings.override(store_name=name):
                menus.publish()
                drain()

    return release


def test_what_somebody_wrote_with_botfather_stays(telegram, released):
    telegram.state.store.put("description", "", {"is": "Ditulis sendiri"})

    released("Toko Lama", "Toko Baru")

    assert telegram.state.store.one("description", "") == {"is": "Ditulis sendiri"}
    assert telegram.called("setMyDescription") == []


def test_our_own_words_follow_the_shop_s_name(telegram, released):
    released("Toko Lama", "Toko Baru")

    assert "Toko Baru" in telegram.state.store.one("description", "")["is"]


def test_our_own_words_that_nobody_noted_follow_as_well(telegram, released):
    with settings.override(store_name="Toko Lama"):
        for kind, words in zip(("description", "short_description"), menu.about(), strict=True):
            telegram.state.store.put(kind, "", {"is": words})

    released("Toko Lama", "Toko Baru")

    assert "Toko Baru" in telegram.state.store.one("description", "")["is"]


def test_who_reads_english_is_told_in_english(telegram, released):
    released("Toko Lama", "Toko Baru")

    for kind in ("description", "short_description"):
        said = telegram.state.store.one(kind, "en")["is"]
        assert "Toko Baru: digital goods" in said
    assert "produk digital" in telegram.state.store.one("description", "")["is"]


def test_what_somebody_wrote_in_english_stays(telegram, released):
    telegram.state.store.put("short_description", "en", {"is": "Written by hand"})

    released("Toko Lama", "Toko Baru")

    assert telegram.state.store.one("short_description", "en") == {"is": "Written by hand"}
    assert "Toko Baru" in telegram.state.store.one("description", "en")["is"]


@pytest.mark.parametrize("answered", [None, "Ditulis sendiri"])
def test_words_by_hand_for_everybody_are_not_hidden_by_ours(telegram, released, answered):
    released("Toko Lama")
    telegram.state.store.put("description", "", {"is": "Ditulis sendiri"})
    if answered:
        telegram.state.store.put("description", "en", {"is": answered})

    released("Toko Baru", "Toko Baru")

    assert telegram.state.store.one("description", "") == {"is": "Ditulis sendiri"}
    assert telegram.state.store.one("description", "en")["is"] in {"", answered}


def test_a_release_that_changes_nothing_tells_telegram_nothing(telegram, released):
    released("Toko Lama")
    told = len(telegram.called("setMyDescription"))

    released("Toko Lama")

    assert len(telegram.called("setMyDescription")) == told == 2


@pytest.mark.parametrize("language", list(languages.NAMES))
def test_the_longest_name_of_a_shop_fits(database, language):
    with settings.override(store_name="Toko " * 100), languages.speaking(language):
        description, short_description = menu.about()

    assert not description.endswith("…")

    assert len(description) <= 512
    assert len(short_description) <= 120


def test_an_admin_of_the_settings_gets_the_menu_at_the_first_start(bob, telegram):
    bob.sends("/start")

    assert telegram.called("setMyCommands")
