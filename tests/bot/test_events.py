from __future__ import annotations

from typing import Any

import pytest

from app.bot.toolkit import events

ALICE = {"id": 1, "is_bot": False, "first_name": "Alice"}
CHAT = {"id": 1, "type": "private"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 5, "message": {"message_id": 9, "chat": CHAT, "from": ALICE, **content}}


@pytest.mark.parametrize(
    ("given", "read"), [("\u2063", ""), (" ", ""), ("\u202ecba\n x", "cba x"), ("👨\u200d👩", "👨\u200d👩")]
)
def test_a_name_is_one_line_that_turns_nothing_around(given: str, read: str):
    event = events.read(message(text="hai", **{"from": ALICE | {"first_name": given}}))

    assert event.first_name == read


def test_a_text_message_is_read():
    event = events.read(message(text=" hai "))

    assert event
    assert (event.user_id, event.chat_id, event.message_id, event.text) == (1, 1, 9, "hai")


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 5},
        {"update_id": 5, "edited_message": {"chat": CHAT, "from": ALICE, "text": "x"}},
        {"update_id": 5, "channel_post": {"chat": {"id": -100, "type": "channel"}, "text": "x"}},
        {"update_id": 5, "message": {}},
        {"update_id": 5, "message": {"chat": CHAT, "text": "x"}},
        {"update_id": 5, "message": {"chat": CHAT, "from": ALICE | {"is_bot": True}, "text": "x"}},
        {"update_id": 5, "message": {"chat": CHAT, "from": {"id": "1"}, "text": "x"}},
        {"update_id": 5, "message": {"chat": {"id": "a"}, "from": ALICE, "text": "x"}},
        {"update_id": 5, "message": {"chat": CHAT, "from": ALICE, "pinned_message": {}}},
        {"update_id": 5, "poll_answer": {"poll_id": "1", "user": ALICE}},
        {"update_id": 5, "callback_query": {"id": "1", "data": "x"}},
    ],
)
def test_everything_else_is_no_event(update: dict[str, Any]):
    assert events.read(update) is None


def test_a_command_is_taken_apart():
    command = events.read(message(text="/AddStock@Toko_bot 101|a\nb|c"))

    assert command
    assert command.command == events.Command("addstock", "Toko_bot", "101|a\nb|c")


def test_a_caption_counts_as_text():
    event = events.read(message(document={"file_id": "F", "file_name": "a.txt"}, caption="/addstock 1"))

    assert event
    assert event.is_media
    assert event.document == events.File("F", "a.txt", 0)
    assert event.command == events.Command("addstock", None, "1")


def test_what_postgresql_cannot_keep_is_taken_out():
    event = events.read(message(text="a\x00b\ud800c"))

    assert event
    assert event.text == "abc"


def test_a_press_without_its_message_goes_to_the_person():
    event = events.read({"update_id": 5, "callback_query": {"id": "7", "from": ALICE, "data": "home"}})

    assert event
    assert (event.chat_id, event.message_id, event.press) == (1, None, ("home", ()))


def test_blocking_is_told_from_unblocking():
    def change(status: str) -> dict[str, Any]:
        return {
            "update_id": 5,
            "my_chat_member": {"chat": CHAT, "from": ALICE, "new_chat_member": {"status": status}},
        }

    blocked, back = events.read(change("kicked")), events.read(change("member"))

    assert blocked
    assert back
    assert (blocked.blocked, back.blocked) == (True, False)


def test_pictures_albums_answers_and_group_titles_are_told():
    sizes = [{"file_id": "small"}, {"file_id": "large"}]
    answered = {"message_id": 4, "chat": CHAT, "from": ALICE, "text": "x"}
    update = message(photo=sizes, media_group_id="77", reply_to_message=answered)
    update["message"]["chat"] = {"id": -5, "type": "group", "title": "Toko"}

    event = events.read(update)

    assert event
    assert (event.photo, event.album, event.reply_to) == ("large", "77", 4)
    assert (event.chat_title, event.in_group) == ("Toko", True)


@pytest.mark.parametrize("photo", [[], [{}], "x", [3]])
def test_a_broken_picture_is_none(photo: Any):
    event = events.read(message(photo=photo))

    assert event
    assert (event.photo, event.is_media) == (None, True)


@pytest.mark.parametrize(
    "text",
    ["/stock\u00a0101", "/stock\u200b 101", "\u200b/stock\u202f101", "/stock \ufeff101", "/stock\u2060101"],
)
def test_any_space_ends_a_command(text: str):
    event = events.read(message(text=text))

    assert event
    assert event.command == events.Command("stock", None, "101")


@pytest.mark.parametrize("kind", ["paid_media", "checklist", "invoice", "giveaway", "gift", "of_the_future"])
def test_whatever_a_person_sends_is_an_event(kind: str):
    event = events.read(message(**{kind: {}}))

    assert event
    assert (event.is_media, event.text) == (True, "")


@pytest.mark.parametrize("news", ["new_chat_members", "chat_background_set", "forum_topic_created"])
def test_news_of_the_chat_are_no_event(news: str):
    assert events.read(message(**{news: {}})) is None


def test_what_nobody_can_keep_goes_from_an_entity_too():
    linked = {"type": "text_link", "offset": 1, "length": 2, "url": "x\ud83d", "user": {"id": 4}}

    event = events.read(message(text=" abc", entities=[linked, None, {"type": 5}]))

    assert event
    assert event.entities == ({"type": "text_link", "url": "x", "offset": 0, "length": 2},)
