"""What arrives in the chat when the client is called."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from structlog.testing import capture_logs

from app.errors import Refused
from tests.support.pictures import picture
from tests.support.racing import together

KEYBOARD = {"inline_keyboard": [[{"text": "Batalkan", "callback_data": "cancel:1"}]]}


def test_a_text_arrives_formatted_with_its_buttons(client, alice):
    message_id = client.send_text(alice.id, "<b>Halo</b> &amp; selamat datang", KEYBOARD)

    message = alice.messages()[-1]
    assert message.id == message_id
    assert message.text == "Halo & selamat datang"
    assert [button.label for button in message.buttons] == ["Batalkan"]


def test_a_picture_arrives_whole(client, alice):
    content = picture()

    client.send_photo(alice.id, content, "<b>QRIS</b>", KEYBOARD)

    message = alice.messages()[-1]
    assert alice.downloads(message) == content
    assert message.api["caption_entities"][0]["type"] == "bold"


def test_a_document_keeps_its_name(client, alice):
    client.send_document(alice.id, b"KUNCI-1\n", "TRX-1 pesanan.txt", "Barang Anda")

    message = alice.messages()[-1]
    assert message.api["document"]["file_name"] == "TRX-1 pesanan.txt"
    assert alice.downloads(message) == b"KUNCI-1\n"


def test_a_file_that_telegram_has_is_sent_by_its_id(client, alice):
    client.send_document(alice.id, b"once", "a.txt")
    file_id = alice.messages()[-1].file_id

    client.send_document(alice.id, file_id)

    assert alice.messages()[-1].file_id == file_id


def test_a_sticker_arrives(client, alice, messenger):
    messenger.sticker("welcome", picture())

    client.send_sticker(alice.id, "welcome")

    assert alice.messages()[-1].kind == "sticker"


def test_a_message_can_be_copied_to_another_chat(client, alice, messenger):
    bob = messenger.person(2, "Bob")
    bob.start()
    original = alice.send_text("Halo toko")

    client.copy_message(bob.id, alice.id, original.id)

    assert bob.messages()[-1].text == "Halo toko"


def test_a_reply_stands_below_its_question(client, alice):
    question = alice.send_text("Halo toko")

    client.send_text(alice.id, "Halo Alice", reply_to=question.id)

    assert alice.messages()[-1].api["reply_to_message"]["message_id"] == question.id


def test_a_reply_to_a_deleted_message_arrives_without_it(client, alice):
    client.send_text(alice.id, "Halo Alice", reply_to=999)

    assert "reply_to_message" not in alice.messages()[-1].api


def test_a_text_is_replaced_where_it_stands(client, alice):
    message_id = client.send_text(alice.id, "lama", KEYBOARD)

    client.edit_text(alice.id, message_id, "baru")

    message = alice.messages()[-1]
    assert (message.id, message.text, message.buttons) == (message_id, "baru", [])


def test_the_caption_and_the_buttons_of_a_picture_change(client, alice):
    message_id = client.send_photo(alice.id, picture(), "lama", KEYBOARD)

    client.edit_caption(alice.id, message_id, "baru")

    message = alice.messages()[-1]
    assert (message.text, message.buttons) == ("baru", [])


def test_a_deleted_message_is_gone(client, alice):
    message_id = client.send_text(alice.id, "sebentar")

    client.delete(alice.id, message_id)

    assert message_id not in [message.id for message in alice.messages()]


def test_the_loading_state_of_a_button_ends_with_a_toast(client, alice):
    client.send_text(alice.id, "Yakin?", KEYBOARD)
    message = alice.messages()[-1]
    tap = alice.tap(message, message.buttons[0])

    client.answer(tap.id, "Dibatalkan", alert=True)

    assert (tap.toast, tap.alert) == ("Dibatalkan", True)


def test_a_file_is_downloaded(client, alice):
    sent = alice.send_document("stok.txt", b"KUNCI-1\nKUNCI-2\n")

    assert client.download(sent.file_id, max_bytes=1024) == b"KUNCI-1\nKUNCI-2\n"


def test_a_file_that_is_too_large_is_not_downloaded(client, alice, messenger):
    sent = alice.send_document("stok.txt", b"x" * 2000)

    with pytest.raises(Refused) as refusal:
        client.download(sent.file_id, max_bytes=1000)

    assert refusal.value.status == 413


def test_the_webhook_is_set_shown_and_removed(client):
    client.set_webhook("http://127.0.0.1:9/webhooks/telegram", "secret")
    assert client.webhook_info()["url"] == "http://127.0.0.1:9/webhooks/telegram"

    client.delete_webhook()
    assert client.webhook_info()["url"] == ""


def test_many_threads_share_one_client(client, messenger):
    people = [messenger.person(number, "Alice") for number in range(10, 26)]
    for person in people:
        person.start()

    greeted = together(*[client.get_me] * len(people), connected=False)

    assert [type(answer) for answer in greeted] == [dict] * len(people)


def test_long_polling_brings_what_happens_meanwhile(client, messenger):
    alice = messenger.person(1, "Alice")
    with ThreadPoolExecutor(1) as threads:
        poll = threads.submit(client.get_updates, None, 30)
        messenger.wait(lambda: messenger.updates.poll)
        alice.send_text("Halo")

        updates = poll.result(timeout=60)

    assert [update["message"]["text"] for update in updates] == ["Halo"]


def test_long_polling_can_be_ended(client, messenger):
    with ThreadPoolExecutor(1) as threads:
        poll = threads.submit(client.get_updates, None, 30)
        messenger.wait(lambda: messenger.updates.poll)

        client.end_polling()

        assert poll.result(timeout=60) == []


def test_each_call_is_one_line_in_the_log(client, alice):
    with capture_logs() as lines:
        client.send_text(alice.id, "Halo")

    (line,) = lines
    assert line["event"] == "telegram call"
    assert (line["call"], line["outcome"], line["chat"]) == ("sendMessage", "ok", "private")
    assert line["ms"] > 0
