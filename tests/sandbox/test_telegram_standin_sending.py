"""What the stand-in refuses and does when the bot sends."""

import pytest

from tests.support.bot_api import refusal
from tests.support.pictures import picture

HELLO = {"chat_id": 1, "text": "Hello"}


def test_a_message_reaches_the_chat(bot, alice):
    answer = bot.sendMessage(**HELLO)

    assert alice.messages()[-1].id == answer["result"]["message_id"]
    assert alice.messages()[-1].text == "Hello"


@pytest.mark.parametrize(
    ("token", "code", "words"), [("123456:wrong", 401, "Unauthorized"), ("nonsense", 404, "Not Found")]
)
def test_a_wrong_token_is_refused(bot, token, code, words):
    answer = bot.http.post(str(bot.http.base_url).replace("123456:sandbox-token", token) + "getMe").json()

    assert (answer["error_code"], answer["description"]) == (code, words)


def test_an_unknown_method_is_not_found(bot):
    answer = bot.sendTelepathy()

    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


def test_method_names_ignore_case(bot):
    assert bot.getme()["result"]["is_bot"] is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
def test_an_impossible_text_is_refused(bot, alice, text, words):
    assert refusal(bot.sendMessage(chat_id=1, text=text)) == f"Bad Request: {words}"


def test_what_the_server_drops_does_not_arrive(bot, alice):
    bot.sendMessage(chat_id=1, text="a\tb\r\n\u2028c <b>d\u202ee\u030af</b> g", parse_mode="HTML")

    message = alice.messages()[-1]
    assert message.text == "a b\nc def g"
    assert message.api["entities"] == [{"type": "bold", "offset": 6, "length": 3}]


def test_length_counts_after_parsing(bot, alice):
    text = "<b>" + "&lt;" * 4096 + "</b>"

    assert bot.sendMessage(chat_id=1, text=text, parse_mode="HTML")["ok"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("é <br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=http://x.id>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
    ],
)
def test_unparsable_html_is_refused(bot, alice, html, words):
    answer = bot.sendMessage(chat_id=1, text=html, parse_mode="HTML")

    assert refusal(answer) == f"Bad Request: can't parse entities: {words}"


def test_html_becomes_entities_in_utf16_units(bot, alice):
    html = (
        '😀 <b>bold <i>both</i></b> <code>K&lt;1&amp;2</code> <a href="https://x.id/?a&amp;b">go</a> &copy;'
    )

    message = bot.sendMessage(chat_id=1, text=html, parse_mode="HTML")["result"]

    assert message["text"] == "😀 bold both K<1&2 go &copy;"
    assert [(each["type"], each["offset"], each["length"]) for each in message["entities"]] == [
        ("bold", 3, 9),
        ("italic", 8, 4),
        ("code", 13, 5),
        ("text_link", 19, 2),
    ]


@pytest.mark.parametrize(
    ("chat_id", "words"),
    [
        (404, "Bad Request: chat not found"),
        ("@nobody", "Bad Request: chat not found"),
        ("", "Bad Request: chat_id is empty"),
        (2, "Forbidden: bot can't initiate conversation with a user"),
    ],
)
def test_a_chat_that_never_wrote_is_refused(bot, telegram, chat_id, words):
    telegram.person(2, "Charlie")

    assert refusal(bot.sendMessage(chat_id=chat_id, text="Hello")) == words


def test_a_blocked_bot_is_refused_until_the_person_writes_again(bot, alice):
    alice.block()
    assert refusal(bot.sendMessage(**HELLO)) == "Forbidden: bot was blocked by the user"

    alice.start()
    assert bot.sendMessage(**HELLO)["ok"]


def test_a_deleted_account_is_refused(bot, alice):
    alice.deactivate()

    assert refusal(bot.sendMessage(**HELLO)) == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "A", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "A", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "A"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": " ", "callback_data": "a"}, "BUTTON_TEXT_INVALID"),
        (
            {"text": "A", "url": "localhost"},
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "A", "url": "ftp://x.id"},
            "inline keyboard button URL 'ftp://x.id' is invalid: Unsupported URL protocol",
        ),
    ],
)
def test_an_impossible_button_is_refused(bot, alice, button, words):
    answer = bot.sendMessage(**HELLO, reply_markup={"inline_keyboard": [[button]]})

    assert refusal(answer) == f"Bad Request: {words}"


@pytest.mark.parametrize(("rows", "columns"), [(101, 1), (1, 9)])
def test_too_many_buttons_are_refused(bot, alice, rows, columns):
    button = {"text": "A", "callback_data": "a"}

    answer = bot.sendMessage(**HELLO, reply_markup={"inline_keyboard": [[button] * columns] * rows})

    assert refusal(answer) == "Bad Request: reply markup is too long"


def test_a_markup_that_is_no_object_is_refused(bot, alice):
    assert (
        refusal(bot.sendMessage(**HELLO, reply_markup=[])) == "Bad Request: object expected as reply markup"
    )


def test_a_reply_keyboard_stays_until_its_message_goes(bot, alice):
    sent = bot.sendMessage(**HELLO, reply_markup={"keyboard": [[{"text": "STOK"}, {"text": "AKUN"}]]})
    assert alice.keyboard() == [["STOK", "AKUN"]]

    bot.deleteMessage(chat_id=1, message_id=sent["result"]["message_id"])
    assert alice.keyboard() == []


def test_answering_a_message_that_is_gone_is_refused(bot, alice):
    answer = bot.sendMessage(**HELLO, reply_parameters={"message_id": 99})

    assert refusal(answer) == "Bad Request: message to be replied not found"


def test_a_photo_arrives_with_its_caption_and_sizes(bot, alice):
    answer = bot.uploads("sendPhoto", "photo", "qr.png", picture(200, 100), chat_id="1", caption="Pay me")

    sizes = [(each["width"], each["height"]) for each in answer["result"]["photo"]]
    assert sizes == [(90, 45), (200, 100)]
    assert alice.downloads(alice.messages()[-1]) == picture(200, 100)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no image", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"x" * (10 * 1024 * 1024 + 1), "file is too big for a photo"),
    ],
)
def test_what_is_no_photo_is_refused(bot, alice, content, words):
    assert (
        refusal(bot.uploads("sendPhoto", "photo", "x.png", content, chat_id="1")) == f"Bad Request: {words}"
    )


def test_a_long_caption_is_refused(bot, alice):
    answer = bot.uploads("sendPhoto", "photo", "x.png", picture(), chat_id="1", caption="x" * 1025)

    assert refusal(answer) == "Bad Request: message caption is too long"


def test_a_document_over_50_mb_is_refused(bot, alice):
    answer = bot.uploads("sendDocument", "document", "x.bin", bytes(50 * 1024 * 1024 + 1), chat_id="1")

    assert answer["error_code"] == 413


def test_a_file_is_sent_again_by_its_id_and_only_as_what_it_is(bot, alice):
    sent = bot.uploads("sendDocument", "document", "keys.txt", b"KEY-1", chat_id="1")
    file_id = sent["result"]["document"]["file_id"]

    assert bot.sendDocument(chat_id=1, document=file_id)["result"]["document"]["file_name"] == "keys.txt"
    assert "can't use file of type" in refusal(bot.sendPhoto(chat_id=1, photo=file_id))
    assert "wrong file identifier" in refusal(bot.sendDocument(chat_id=1, document="BQAC-nonsense"))


def test_a_file_from_a_person_can_be_downloaded(bot, telegram, alice):
    message = alice.send_document("stock.txt", b"a|b", caption="/addstock 1")

    path = bot.getFile(file_id=message.file_id)["result"]["file_path"]

    assert bot.http.get(f"{telegram.url}/file/bot{telegram.token}/{path}").content == b"a|b"


def test_a_file_over_20_mb_cannot_be_downloaded(bot, alice):
    message = alice.send_document("big.bin", bytes(20 * 1024 * 1024 + 1))

    assert refusal(bot.getFile(file_id=message.file_id)) == "Bad Request: file is too big"


def test_a_copy_carries_no_trace_and_a_forward_does(bot, alice):
    source = alice.send_text("To whom it may concern")

    copied = bot.copyMessage(chat_id=1, from_chat_id=1, message_id=source.id)["result"]
    forwarded = bot.forwardMessage(chat_id=1, from_chat_id=1, message_id=source.id)["result"]

    assert alice.messages()[-2].id == copied["message_id"]
    assert forwarded["forward_origin"]["sender_user"]["id"] == 1


@pytest.mark.parametrize(("method", "to"), [("copyMessage", "copy"), ("forwardMessage", "forward")])
def test_what_is_gone_cannot_be_copied(bot, alice, method, to):
    answer = getattr(bot, method)(chat_id=1, from_chat_id=1, message_id=99)

    assert refusal(answer) == f"Bad Request: message to {to} not found"


def test_an_album_takes_up_to_ten(bot, alice):
    file_id = alice.send_document("a.txt", b"a").file_id
    media = [{"type": "document", "media": file_id}]

    assert len(bot.sendMediaGroup(chat_id=1, media=media * 2)["result"]) == 2
    assert "too many messages to send as an album" in refusal(bot.sendMediaGroup(chat_id=1, media=media * 11))


BAD = {
    "sendMessage": [
        ({"reply_markup": "x{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": {"inline_keyboard": {}}}, 'field "inline_keyboard" must be of type Array'),
        ({"reply_markup": {"keyboard": [1]}}, 'field "keyboard" must be an Array of Arrays'),
        ({"reply_markup": {"inline_keyboard": [[5]]}}, "InlineKeyboardButton must be an Object"),
        ({"reply_markup": {"keyboard": [[5]]}}, "KeyboardButton must be a String or an Object"),
        ({"reply_markup": {"keyboard": [[{"text": 5}]]}}, 'Field "text" must be of type String'),
        (
            {"reply_markup": {"keyboard": [[{"text": "x", "style": "pink"}]]}},
            "invalid button style specified",
        ),
        ({"entities": [5]}, "can't parse MessageEntity: expected an Object"),
        ({"entities": [{"type": "bold"}]}, "can't parse MessageEntity: Can't find field \"offset\""),
        ({"reply_parameters": 5}, "object expected as reply parameters"),
    ],
    "deleteMessages": [
        ({"message_ids": "[x"}, "can't parse message_ids JSON object"),
        ({"message_ids": 5}, "expected an Array of message identifiers"),
        ({"message_ids": [{}]}, "message identifier must be a Number"),
        ({"message_ids": ["x"]}, "can't parse message identifier as a Number"),
        ({"message_ids": list(range(101))}, "too many message identifiers specified"),
    ],
    "sendMediaGroup": [
        ({"media": []}, "there are no messages to send"),
        ({"media": 5}, "expected an Array of InputMedia"),
        ({"media": [5]}, "can't parse InputMedia: expected an Object"),
        ({"media": [{"type": "photo"}]}, "can't parse InputMedia: media not found"),
    ],
    "sendChatAction": [({"action": "dancing"}, "wrong parameter action in request")],
    "sendPoll": [({"question": "?", "options": 5}, "expected an Array of String as options")],
    "getFile": [({}, "file_id not specified")],
    "setMyCommands": [({"commands": [5]}, "can't parse BotCommand: expected an Object")],
}


@pytest.mark.parametrize("method", BAD)
def test_what_cannot_be_read_is_refused_in_the_server_s_words(bot, alice, method):
    for params, words in BAD[method]:
        answer = refusal(getattr(bot, method)(chat_id=1, text="x", **params))

        assert answer.removeprefix("Bad Request: ").endswith(words)
