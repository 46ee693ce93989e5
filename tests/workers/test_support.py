"""Messages of customers on their way to staff."""

from app.clients import telegram as wire
from app.clients import telegram_limits
from app.infra.queue import broker
from app.people import support, users
from models import Outbox

GROUP = -500


def test_a_message_deleted_on_the_way_is_asked_for_once(buyer, admin, drain, telegram):
    header = wire.client().send_text(admin.id, "Pesan pengguna")
    for _ in range(3):  # room for one call is left in the chat
        telegram_limits.take(admin.id, message=True)

    broker.setup().get_actor("forward_copy").fn(admin.id, buyer.id, 99_999, header)

    assert len(telegram.called("copyMessage")) == 1
    assert "dihapus oleh pengirimnya" in admin.last_message.text


def test_an_answer_quotes_the_question_under_a_heading(buyer, admin):
    buyer.sends("KIRIM PESAN").sends("Kapan ada lagi?")
    question = buyer.messages[-2]

    admin.replies(admin.sees("Kapan ada lagi?"), "Besok, ya.")

    heading, answer = buyer.received[-2:]
    assert "Jawaban dari Toko Uji" in heading.text
    assert heading.api["reply_to_message"]["message_id"] == question.id
    assert answer.text == "Besok, ya."
    assert [button.label for button in answer.buttons] == ["Balas"]


def test_a_copy_of_the_release_before_is_answered_without_a_quotation(buyer, admin):
    copied = wire.client().send_text(admin.id, "Kapan ada lagi?")
    support.remember_message(admin.id, copied, buyer.id)

    admin.replies(admin.last_message, "Besok, ya.")

    assert "reply_to_message" not in buyer.received[-2].api
    assert buyer.last_message.text == "Besok, ya."


def test_an_answer_to_somebody_gone_is_reported_once(buyer, admin):
    buyer.sends("KIRIM PESAN").sends("Kapan ada lagi?")
    copied = admin.sees("Kapan ada lagi?")
    buyer.blocks()

    admin.replies(copied, "Besok, ya.")

    assert [each.text for each in admin.received if "tidak sampai" in each.text] == [
        "📵 Jawabanmu tidak sampai: Alice (1) memblokir bot atau menghapus akunnya."
    ]


def test_an_answer_from_a_group_that_threw_the_bot_out_says_nothing_of_the_customer(buyer, admin, telegram):
    telegram.group(GROUP, "Staf", [admin.person], supergroup=True)
    answer = admin.person.send_text("Besok, ya.", chat_id=GROUP)
    telegram.remove_bot(GROUP, admin.person)

    broker.setup().get_actor("send_answer").fn(buyer.id, GROUP, answer.id)

    assert users.get(buyer.id).unreachable_at is None
    assert [row.args[2]["outcome"] for row in Outbox.select() if row.actor == "send_notice"] == ["failed"]
