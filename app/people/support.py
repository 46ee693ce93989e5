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


def answer(
    user_id: int,
    chat_id: int,
    message_id: int,
    thread_id: int | None = None,
    *,
    question_id: int | None = None,
) -> None:
    """Promise the customer what an admin wrote in some chat, or a topic of it, below what they had asked."""
    with transactions.atomic():
        outbox.add("head_answer", user_id, chat_id, message_id, thread_id, question_id)


def go_on(user_id: int, chat_id: int, message_id: int, thread_id: int | None = None) -> None:
    """Promise another part of the same answer."""
    with transactions.atomic():
        outbox.add("send_answer", user_id, chat_id, message_id, thread_id)


def write(user_id: int, text: str, chat_id: int, thread_id: int | None = None) -> None:
    """Promise somebody HTML that an admin wrote; what became of it is told in this chat, or topic."""
    with transactions.atomic():
        outbox.add("send_pm", user_id, text, chat_id, thread_id)


def remember_message(chat_id: int, message_id: int, user_id: int, question_id: int | None = None) -> None:
    """Remember a message that stands for this customer: a reply to it is for them, about that question."""
    lies = {"chat_id": chat_id, "message_id": message_id}
    (
        SupportMessage.insert(**lies, user=user_id, question_id=question_id, at=utcnow())
        .on_conflict(
            conflict_target=[SupportMessage.chat_id, SupportMessage.message_id],
            preserve=[SupportMessage.user, SupportMessage.question_id, SupportMessage.at],
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


def question(chat_id: int, message_id: int | None) -> int | None:
    """The message in the customer's own chat that the one there is a copy of."""
    lies = (SupportMessage.chat_id == chat_id, SupportMessage.message_id == message_id)
    question_id: int | None = SupportMessage.select(SupportMessage.question_id).where(*lies).scalar()
    return question_id
