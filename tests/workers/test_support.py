"""Messages of customers on their way to staff."""

from app.clients import telegram as wire
from app.clients import telegram_limits
from app.infra.queue import broker


def test_a_message_deleted_on_the_way_is_asked_for_once(buyer, admin, drain, telegram):
    header = wire.client().send_text(admin.id, "Pesan pengguna")
    for _ in range(3):  # room for one call is left in the chat
        telegram_limits.take(admin.id, message=True)

    broker.setup().get_actor("forward_copy").fn(admin.id, buyer.id, 99_999, header)

    assert len(telegram.called("copyMessage")) == 1
    assert "dihapus oleh pengirimnya" in admin.last_message.text
