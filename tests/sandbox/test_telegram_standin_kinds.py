"""What the stand-in does with everything that this shop does not send, and with Telegram's Markdowns."""

import pytest

from tests.support.bot_api import refusal
from tests.support.pictures import picture


def kinds(message):
    return [(each["type"], each["offset"], each["length"]) for each in message.get("entities", [])]


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("*bold* _it_", "bold it", [("bold", 0, 4), ("italic", 5, 2)]),
        ("__u__ ~s~ ||x||", "u s x", [("underline", 0, 1), ("strikethrough", 2, 1), ("spoiler", 4, 1)]),
        ("*a _b_ c*", "a b c", [("bold", 0, 5), ("italic", 2, 1)]),
        ("`a*b` 1\\.5", "a*b 1.5", [("code", 0, 3)]),
        ("```py\nx = 1\n```", "x = 1", [("pre", 0, 5)]),
        ("😀 *b*", "😀 b", [("bold", 3, 1)]),
        (">one\n>two\nrest", "one\ntwo\nrest", [("blockquote", 0, 7)]),
        ("[go](https://toko.id/a)", "go", [("text_link", 0, 2)]),
    ],
)
def test_markdown_v2_is_read(bot, alice, text, plain, entities):
    message = bot.sendMessage(chat_id=1, text=text, parse_mode="MarkdownV2")["result"]

    assert (message["text"], kinds(message)) == (plain, entities)


@pytest.mark.parametrize("char", ".!#+-={}()>|")
def test_markdown_v2_refuses_what_is_not_escaped(bot, alice, char):
    answer = bot.sendMessage(chat_id=1, text=f"a{char}b", parse_mode="markdownv2")

    words = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
    assert refusal(answer) == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("🏟 🏟_abacaba", "Can't find end of Italic entity at byte offset 9"),
        ("🏟 🏟_abac * asd ", "Can't find end of Bold entity at byte offset 15"),
        ("x `code", "Can't find end of Code entity at byte offset 2"),
    ],
)
def test_markdown_v2_names_what_does_not_end(bot, alice, text, words):
    answer = bot.sendMessage(chat_id=1, text=text, parse_mode="MarkdownV2")

    assert refusal(answer) == f"Bad Request: can't parse entities: {words}"


def test_the_old_markdown_is_read(bot, alice):
    text = "*b* _i_ `c` [go](http://toko.id/) \\_x a.b!"

    message = bot.sendMessage(chat_id=1, text=text, parse_mode="Markdown")["result"]

    assert message["text"] == "b i c go _x a.b!"
    assert [each[0] for each in kinds(message)][:4] == ["bold", "italic", "code", "text_link"]


def test_the_old_markdown_says_where_something_begins_that_does_not_end(bot, alice):
    answer = bot.sendMessage(chat_id=1, text="ä _x", parse_mode="Markdown")

    words = "Can't find end of the entity starting at byte offset 3"
    assert refusal(answer) == f"Bad Request: can't parse entities: {words}"


def test_another_parse_mode_is_refused(bot, alice):
    assert (
        refusal(bot.sendMessage(chat_id=1, text="x", parse_mode="rtf"))
        == "Bad Request: unsupported parse_mode"
    )


@pytest.mark.parametrize(
    ("method", "params", "kind"),
    [
        ("sendLocation", {"latitude": -6.2, "longitude": 106.8}, "location"),
        ("sendVenue", {"latitude": 1, "longitude": 2, "title": "Toko", "address": "Jl. 1"}, "venue"),
        ("sendContact", {"phone_number": "+62812", "first_name": "Alice"}, "contact"),
        ("sendPoll", {"question": "Mau?", "options": ["Ya", "Tidak"]}, "poll"),
        ("sendDice", {}, "dice"),
    ],
)
def test_other_things_reach_the_chat(bot, alice, method, params, kind):
    message = getattr(bot, method)(chat_id=1, **params)["result"]

    assert kind in message
    assert alice.messages()[-1].kind == kind


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendLocation", {"latitude": 91, "longitude": 0}, "wrong latitude specified"),
        ("sendPoll", {"question": "Mau?", "options": ["Ya"]}, "poll must have at least 2 option"),
        ("sendDice", {"emoji": "x"}, "unsupported dice emoji"),
        ("sendVideo", {}, "there is no video in the request"),
        ("copyMessages", {"from_chat_id": 1, "message_ids": []}, "message identifiers are not specified"),
        ("copyMessages", {"from_chat_id": 1, "message_ids": 5}, "expected an Array of message identifiers"),
        ("copyMessages", {"from_chat_id": 1, "message_ids": [-5]}, "invalid message identifier specified"),
        ("setWebhook", {"url": "https://a.id", "secret_token": "a" * 257}, "secret token is too long"),
        ("copyMessages", {"from_chat_id": 1, "message_ids": [99]}, "message to forward not found"),
    ],
)
def test_other_things_are_refused_in_telegrams_words(bot, alice, method, params, words):
    assert refusal(getattr(bot, method)(chat_id=1, **params)) == f"Bad Request: {words}"


def test_several_messages_are_copied_without_those_that_are_gone(bot, alice):
    first, second = (bot.sendMessage(chat_id=1, text=each)["result"]["message_id"] for each in ("a", "b"))

    copies = bot.copyMessages(chat_id=1, from_chat_id=1, message_ids=[first, second, 99])["result"]

    assert [each.text for each in alice.messages()[-2:]] == ["a", "b"]
    assert [each["message_id"] for each in copies] == [each.id for each in alice.messages()[-2:]]


@pytest.mark.parametrize(("method", "words"), [("copyMessage", "copied"), ("forwardMessage", "forwarded")])
def test_what_is_protected_stays_where_it_is(bot, alice, method, words):
    sent = bot.sendMessage(chat_id=1, text="rahasia", protect_content=True)["result"]

    answer = getattr(bot, method)(chat_id=1, from_chat_id=1, message_id=sent["message_id"])

    assert sent["has_protected_content"] is True
    assert refusal(answer) == f"Bad Request: message can't be {words}"


def test_a_sticker_s_id_goes_out_as_a_document_and_comes_as_a_sticker(bot, alice, telegram):
    telegram.sticker("STICKER", picture())

    message = bot.sendDocument(chat_id=1, document="STICKER")["result"]

    assert message["sticker"]["file_id"] == "STICKER"


def test_a_sticker_s_id_is_no_photo(bot, alice, telegram):
    telegram.sticker("STICKER", picture())

    words = "can't use file of type Sticker as Photo"
    assert refusal(bot.sendPhoto(chat_id=1, photo="STICKER")) == f"Bad Request: {words}"
