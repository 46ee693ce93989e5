"""What the stand-in refuses and does when the bot edits, deletes and answers taps."""

import datetime

import freezegun
import pytest

BUTTONS = {"inline_keyboard": [[{"text": "🛒 Beli", "callback_data": "buy"}]]}


@pytest.fixture
def sent(bot, alice):
    return bot.sendMessage(chat_id=1, text="Old", reply_markup=BUTTONS)["result"]["message_id"]


@pytest.fixture
def tap(alice, sent):
    message = alice.messages()[-1]
    return alice.tap(message, message.buttons[0])


def test_an_edit_replaces_text_and_buttons(bot, alice, sent):
    bot.editMessageText(chat_id=1, message_id=sent, text="New")

    assert (alice.messages()[-1].text, alice.messages()[-1].buttons) == ("New", [])


def test_an_edit_that_changes_nothing_is_refused(bot, sent):
    answer = bot.editMessageText(chat_id=1, message_id=sent, text="Old", reply_markup=BUTTONS)

    assert answer["description"] == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )


@pytest.mark.parametrize(
    ("method", "extra", "words"),
    [
        ("editMessageText", {"text": "x"}, "message to edit not found"),
        ("editMessageReplyMarkup", {}, "message to edit not found"),
        ("deleteMessage", {}, "message to delete not found"),
    ],
)
def test_a_deleted_message_cannot_be_touched(bot, sent, method, extra, words):
    bot.deleteMessage(chat_id=1, message_id=sent)

    answer = getattr(bot, method)(chat_id=1, message_id=sent, **extra)

    assert answer["description"] == f"Bad Request: {words}"


def test_a_message_must_be_named(bot, alice):
    assert "identifier is not specified" in bot.editMessageText(chat_id=1, text="x")["description"]


def test_a_persons_message_cannot_be_edited(bot, alice):
    answer = bot.editMessageText(chat_id=1, message_id=alice.messages()[0].id, text="x")

    assert answer["description"] == "Bad Request: message can't be edited"


def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot, alice):
    sent = bot.sendMessage(chat_id=1, text="x", reply_markup={"keyboard": [[{"text": "A"}]]})

    answer = bot.editMessageText(chat_id=1, message_id=sent["result"]["message_id"], text="y")

    assert answer["description"] == "Bad Request: message can't be edited"


def test_text_and_caption_are_not_the_same_thing(bot, alice, sent):
    document = bot.uploads("sendDocument", "document", "a.txt", b"a", chat_id="1")["result"]["message_id"]

    text = bot.editMessageText(chat_id=1, message_id=document, text="x")
    caption = bot.editMessageCaption(chat_id=1, message_id=sent, caption="x")

    assert text["description"] == "Bad Request: there is no text in the message to edit"
    assert caption["description"] == "Bad Request: there is no caption in the message to edit"


def test_a_caption_and_the_buttons_can_be_changed(bot, alice):
    sent = bot.uploads("sendDocument", "document", "a.txt", b"a", chat_id="1")["result"]["message_id"]

    bot.editMessageCaption(chat_id=1, message_id=sent, caption="Paid")
    bot.editMessageReplyMarkup(chat_id=1, message_id=sent, reply_markup=BUTTONS)

    assert alice.messages()[-1].text == "Paid"
    assert alice.messages()[-1].buttons[0].data == "buy"


def test_media_can_be_replaced(bot, alice, sent):
    file_id = alice.send_document("b.txt", b"b").file_id

    bot.editMessageMedia(chat_id=1, message_id=sent, media={"type": "document", "media": file_id})

    assert alice.messages()[1].file_name == "b.txt"


def test_only_an_inline_keyboard_fits_an_edit(bot, sent):
    answer = bot.editMessageReplyMarkup(chat_id=1, message_id=sent, reply_markup={"keyboard": [["A"]]})

    assert answer["description"] == "Bad Request: inline keyboard expected"


def test_a_message_older_than_two_days_cannot_be_deleted(bot, sent):
    with freezegun.freeze_time(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=49)):
        answer = bot.deleteMessage(chat_id=1, message_id=sent)

    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


def test_many_are_deleted_at_once_and_the_missing_passed_over(bot, alice, sent):
    assert bot.deleteMessages(chat_id=1, message_ids=[sent, 999])["ok"]

    assert [each.text for each in alice.messages()] == ["/start"]


def test_a_tap_spins_until_it_is_answered(bot, telegram, tap):
    query = telegram.take_updates()[-1]["callback_query"]
    assert (query["data"], tap.answered) == ("buy", False)

    bot.answerCallbackQuery(callback_query_id=query["id"], text="Done", show_alert=True)
    assert (tap.answered, tap.toast, tap.alert) == (True, "Done", True)


@pytest.mark.parametrize("answers", [0, 1])
def test_a_tap_is_answered_once(bot, tap, answers):
    for _ in range(answers):
        bot.answerCallbackQuery(callback_query_id=tap.id)

    answer = bot.answerCallbackQuery(callback_query_id=tap.id if answers else "123")

    assert answer["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


def test_a_tap_that_waited_too_long_cannot_be_answered(bot, tap):
    tap.at -= 16

    assert "query is too old" in bot.answerCallbackQuery(callback_query_id=tap.id)["description"]


def test_a_toast_has_at_most_200_characters(bot, tap):
    answer = bot.answerCallbackQuery(callback_query_id=tap.id, text="x" * 201)

    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"
