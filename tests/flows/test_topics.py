"""Forums: what is said in a topic is answered there, and notices have a topic of their own."""

from __future__ import annotations

import pytest

from app.infra import transactions
from app.people import groups, notices
from models import NotifyGroup

FORUM = -1007


@pytest.fixture
def forum(telegram, bob):
    bob.sends("/start")
    telegram.group(FORUM, "Toko", [bob.person], supergroup=True)
    return telegram


@pytest.fixture
def topic(forum, bob) -> int:
    return forum.topic(FORUM, "Pesanan", bob.person)


def told(forum, thread_id: int | None) -> list[str]:
    """What the bot wrote there."""
    said = [each for each in forum.messages(FORUM) if each.by_bot]
    return [each.text for each in said if each.api.get("message_thread_id") == thread_id]


def reaches(forum, thread_id: int | None, count: int) -> bool:
    """As soon as the limits allow."""
    return bool(forum.wait(lambda: len(told(forum, thread_id)) == count))


def notice(kind: str = "sandbox") -> None:
    with transactions.atomic():
        notices.to_admins(kind, on=True)


def test_a_command_is_answered_in_its_topic(bob, forum, topic):
    bob.sends("/version", chat=FORUM, topic=topic)
    bob.sends("/version", chat=FORUM)

    assert reaches(forum, topic, 1)
    assert reaches(forum, None, 1)


def test_a_button_s_answer_stays_in_its_topic(bob, forum, topic, shop):
    shop.sells("Netflix", number=101, stock=["K1"])
    bob.sends("/stats", chat=FORUM, topic=topic)
    bob.sends("/delallstock 101", chat=FORUM, topic=topic).taps("Ya, Hapus", chat=FORUM)

    assert forum.wait(lambda: any("dihapus" in text for text in told(forum, topic)))
    assert forum.wait(lambda: any(each.kind == "photo" for each in forum.messages(FORUM)))
    assert told(forum, None) == []


def test_goods_from_a_message_in_a_topic_are_reported_there(bob, forum, topic, shop):
    shop.sells("Netflix", number=101)

    bob.sends("/addstock 101|K1", chat=FORUM, topic=topic)
    bob.sends("/pm 2|halo", chat=FORUM, topic=topic)

    assert reaches(forum, topic, 3)
    assert told(forum, None) == []


def test_a_broadcast_typed_in_a_topic_is_its_text_and_not_the_topic_s_first_message(bob, forum, topic):
    bob.sends("/broadcast Promo", chat=FORUM, topic=topic)

    assert reaches(forum, topic, 1)
    assert "Promo" in told(forum, topic)[-1]
    assert "Kirim sekarang?" in told(forum, topic)[-1]


def test_notices_go_to_the_topic_that_was_listed(bob, forum, topic, drain):
    bob.sends("/whitelist", chat=FORUM, topic=topic)
    other = forum.topic(FORUM, "Lain", bob.person)

    notice()
    drain()
    bob.sends("/whitelist", chat=FORUM, topic=other)
    bob.sends("/whitelist", chat=FORUM, topic=other)
    notice()
    drain()

    assert reaches(forum, topic, 2)
    assert reaches(forum, other, 3)
    assert groups.topic(FORUM) == other
    assert told(forum, None) == []


@pytest.mark.parametrize("deleted", [True, False])
def test_a_topic_that_ended_leaves_the_general_one(bob, forum, topic, drain, deleted: bool):
    bob.sends("/whitelist", chat=FORUM, topic=topic)
    forum.end_topic(FORUM, topic, deleted=deleted)

    notice()
    drain()

    assert reaches(forum, None, 1)
    assert NotifyGroup.select().count() == 1


@pytest.mark.parametrize(
    "wording",
    [
        "not enough rights to send text messages to the chat",
        "have no write access to the chat",
        "CHAT_RESTRICTED",
        "TOPIC_CLOSED",
    ],
)
def test_a_group_that_silences_the_bot_is_lost_and_the_admins_hear_it(bob, forum, drain, wording: str):
    bob.sends("/whitelist", chat=FORUM)
    forum.mute_bot(FORUM, wording)

    notice()
    drain()

    assert "Toko" in bob.sees("Toko").text
    assert not NotifyGroup.select().exists()


def test_a_customer_s_message_lies_in_the_topic_and_is_answered_from_there(
    alice, bob, forum, topic, shop, drain
):
    shop.knows(1, "Alice")
    bob.sends("/whitelist", chat=FORUM, topic=topic)
    alice.sends("KIRIM PESAN").sends("Halo toko")

    asked = bob.sees("Halo toko", chat=FORUM)
    drain()
    bob.replies(asked, "Halo juga")

    alice.sees("Halo juga")
    assert asked.api["message_thread_id"] == topic
