"""Messages between customers and the shop: to whom they go, and whose message an admin answers.

The words are never kept: messages are copied from chat to chat, and only where the copies lie is remembered.
"""

from __future__ import annotations

from app.errors import NobodyThere
from app.infra import transactions
from app.infra.queue import outbox
from app.people import notices
from models import SupportMessage, utcnow


def send(user_id: int, message_id: int) -> None:
    """Promise a customer's message to every admin and notification group. Raises NobodyThere."""
    with transactions.atomic():
        chats = notices.recipients()
        if not chats:
            raise NobodyThere
        for chat_id in chats:
            outbox.add("forward_message", chat_id, user_id, message_id)


def answer(user_id: int, chat_id: int, message_id: int, thread_id: int | None = None) -> None:
    """Promise the customer what an admin wrote in some chat, or a topic of it."""
    with transactions.atomic():
        outbox.add("send_answer", user_id, chat_id, message_id, thread_id)


def write(user_id: int, text: str, chat_id: int, thread_id: int | None = None) -> None:
    """Promise somebody HTML that an admin wrote; what became of it is told in this chat, or topic."""
    with transactions.atomic():
        outbox.add("send_pm", user_id, text, chat_id, thread_id)


def remember_message(chat_id: int, message_id: int, user_id: int) -> None:
    """Remember a message that stands for this customer: a reply to it is for them."""
    (
        SupportMessage.insert(chat_id=chat_id, message_id=message_id, user=user_id, at=utcnow())
        .on_conflict(
            conflict_target=[SupportMessage.chat_id, SupportMessage.message_id],
            preserve=[SupportMessage.user, SupportMessage.at],
        )
        .execute()
    )


def customer(chat_id: int, message_id: int | None) -> int | None:
    """Whose message lies there, if it is one."""
    if message_id is None:
        return None
    user_id: int | None = (
        SupportMessage.select(SupportMessage.user)
        .where(SupportMessage.chat_id == chat_id, SupportMessage.message_id == message_id)
        .scalar()
    )
    return user_id
