"""Notification groups: joined, moved, lost."""

from __future__ import annotations

import pytest

from app.bot import group_news as news
from app.catalogue import batches
from app.catalogue.batches import Origin
from app.infra import transactions
from app.people import groups, notices
from models import NotifyGroup
from tests.support import given
from tests.support.chatter import Chatter

GROUP, NEW = -500, -100777


@pytest.fixture
def here(admin: Chatter) -> Chatter:
    """Bob, in a group."""
    bob = Chatter(2, "Bob", chat_id=GROUP)
    bob.chat["title"] = "Toko <1>"
    return bob


def listed() -> list[int]:
    return [group.chat_id for group in NotifyGroup.select().order_by(NotifyGroup.chat_id)]


def told(chat_id: int) -> list[str]:
    return [args[1] for args in given.promised("send_notice") if args[0] == chat_id]


def test_a_group_joins_and_leaves_from_within(here: Chatter):
    joined, again = here.says("/whitelist"), here.says("/whitelist")
    assert "Toko &lt;1&gt;" in joined.screen.text
    assert "memang sudah" in again.screen.text
    assert listed() == [GROUP]

    left, again = here.says("/rm"), here.says("/rm")
    assert "tidak lagi" in left.screen.text
    assert "memang tidak" in again.screen.text
    assert listed() == []


def test_a_group_is_named_from_elsewhere_and_greeted(admin: Chatter):
    admin.says(f"/whitelist {NEW}")
    assert listed() == [NEW]
    assert told(NEW) == ["group_added"]

    admin.says(f"/rm {NEW}")
    assert listed() == []


@pytest.mark.parametrize("command", ["whitelist", "rm"])
@pytest.mark.parametrize("typed", ["5", "0", "-", "@grup", "-1x", "-" + "9" * 30, "<b>", "-١"])
def test_a_wrong_group_is_answered_with_an_example(admin: Chatter, command: str, typed: str):
    text = admin.says(f"/{command} {typed}").screen.text

    assert "Id grup harus angka negatif" in text
    assert f"Contoh: <code>/{command} -100" in text
    assert listed() == []


def test_groups_are_told_what_admins_are_told(here: Chatter):
    here.says("/whitelist")
    with transactions.atomic():
        notices.to_admins("order_new", order_id=1)

    assert given.told("order_new") == [2, GROUP]


def test_a_group_that_moves_keeps_its_notices(here: Chatter):
    here.says("/whitelist")
    update = {"update_id": 1, "message": {"chat": here.chat, "migrate_to_chat_id": NEW}}

    assert all(news.heard(update) for _ in range(2))

    assert listed() == [NEW]
    assert groups.get(NEW).title == "Toko <1>"
    assert given.audited("group.moved") == [{"before": GROUP, "after": NEW}]


def test_goods_that_a_group_is_asked_about_move_with_it(here: Chatter):
    asked = batches.ask(given.product().id, ["a@x.id|1"], Origin(2, GROUP))
    batches.show_in(asked.id, 7)

    news.heard({"update_id": 1, "message": {"chat": here.chat, "migrate_to_chat_id": NEW}})

    moved = batches.get(asked.id)
    assert (moved.chat_id, moved.message_id) == (NEW, None)


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_a_group_without_the_bot_is_looked_at_before_it_is_dropped(here: Chatter, status: str):
    here.says("/whitelist")
    change = {"chat": here.chat, "new_chat_member": {"status": status}}

    assert news.heard({"update_id": 1, "my_chat_member": change})

    assert given.promised("look_at_group") == [[GROUP]]
    assert listed() == [GROUP]


def test_other_groups_may_do_as_they_like(here: Chatter):
    for status in ("member", "left"):
        change = {"chat": here.chat, "new_chat_member": {"status": status}}
        assert news.heard({"update_id": 1, "my_chat_member": change})

    assert given.promised() == []


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": {"migrate_to_chat_id": -5}},
        {"update_id": 1, "message": {"chat": {"id": GROUP}, "migrate_to_chat_id": "x"}},
        {"update_id": 1, "message": {"chat": {"id": 5}, "migrate_to_chat_id": -5}},
        {"update_id": 1, "message": {"chat": {"id": GROUP}, "text": "Halo"}},
        {"update_id": 1, "my_chat_member": {"chat": {"id": 5}, "new_chat_member": {"status": "kicked"}}},
        {"update_id": 1, "my_chat_member": {"chat": {"id": GROUP}, "new_chat_member": "kicked"}},
    ],
)
def test_everything_else_is_no_news_of_groups(database, update):
    assert not news.heard(update)


def test_the_bot_thrown_out_is_told_to_the_admins_once(bob, charlie, telegram, drain):
    telegram.group(GROUP, "Toko", [bob.person, charlie.person])
    bob.person.user.started = True
    groups.add(GROUP, "Toko", 2)

    telegram.remove_bot(GROUP, charlie.person)
    drain()

    assert listed() == []
    assert len([each for each in bob.received if "tidak bisa dikirimi lagi" in each.text]) == 1


def test_a_notice_follows_a_group_whose_move_nobody_heard_of(bob, telegram, drain):
    telegram.group(GROUP, "Toko", [bob.person])
    groups.add(GROUP, "Toko", 2)
    telegram.migrate(GROUP, NEW, bob.person)
    telegram.updates.pending.clear()

    with transactions.atomic():
        notices.to_admins("sandbox", on=True)
    drain()

    assert listed() == [NEW]
    assert "sandbox" in [each for each in telegram.messages(NEW) if each.by_bot][-1].text.lower()


def test_a_group_that_moved_is_not_lost(bob, telegram, drain):
    telegram.group(GROUP, "Toko", [bob.person])
    groups.add(GROUP, "Toko", 2)
    telegram.migrate(GROUP, NEW, bob.person)

    telegram.remove_bot(GROUP, bob.person)
    drain()

    assert listed() == [NEW]
    assert told(2) == []
