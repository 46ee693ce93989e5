"""Messages between customers and the shop, carried from chat to chat. Each job sends one message."""

from __future__ import annotations

import structlog

from app.bot.admin import people
from app.bot.screens import write
from app.clients import telegram
from app.errors import Refused
from app.infra import transactions
from app.infra.queue import outbox
from app.people import support, users
from app.texts.html import Html
from workers.jobs import show
from workers.policies import patient

log = structlog.get_logger()


@patient
def forward_message(chat_id: int, user_id: int, message_id: int) -> None:
    """Who writes, into an admin's or a group's chat; the message itself follows."""
    with show.for_reader(chat_id):
        header = write.header(users.get(user_id))
    sent = show.reach(chat_id, lambda chat: telegram.client().send_text(chat, header.text, header.markup()))
    if sent is None:
        return
    chat_id, header_id = sent
    with transactions.atomic():
        support.remember_message(chat_id, header_id, user_id, message_id)
        outbox.add("forward_copy", chat_id, user_id, message_id, header_id)


@patient
def forward_copy(chat_id: int, user_id: int, message_id: int, header_id: int) -> None:
    """The message under its header. The customer may have deleted it meanwhile."""
    bot = telegram.client()
    try:
        sent = show.reach(
            chat_id, lambda chat: bot.copy_message(chat, user_id, message_id, reply_to=header_id)
        )
    except Refused as refusal:
        log.info("message cannot be copied", reason=refusal.message)
        sent = show.reach(chat_id, lambda chat: _taken_back(chat, header_id))
    if sent:
        support.remember_message(*sent, user_id, message_id)


def _taken_back(chat_id: int, header_id: int) -> int:
    with show.for_reader(chat_id):
        text = write.taken_back().text
    return telegram.client().send_text(chat_id, text, reply_to=header_id, instead=True)


@patient
def head_answer(
    user_id: int, chat_id: int, message_id: int, thread_id: int | None = None, question_id: int | None = None
) -> None:
    """That an answer comes, quoting the question in the customer's own chat; the answer follows."""
    with show.for_reader(user_id):
        heading = write.answer_heading()
    outcome = _sent(
        user_id, lambda chat: telegram.client().send_text(chat, heading.text, reply_to=question_id)
    )
    if outcome != "sent":
        _report((chat_id, thread_id), user_id, "answer", outcome)
        return
    with transactions.atomic():
        outbox.add("send_answer", user_id, chat_id, message_id, thread_id)


@patient
def send_answer(user_id: int, chat_id: int, message_id: int, thread_id: int | None = None) -> None:
    """An admin's reply, whatever it is, with a button to write back. Only a failure is reported."""
    outcome = _sent(user_id, lambda chat: _copy(chat, chat_id, message_id))
    if outcome != "sent":
        _report((chat_id, thread_id), user_id, "answer", outcome)


@patient
def send_pm(user_id: int, text: str, chat_id: int, thread_id: int | None = None) -> None:
    """What an admin wrote to somebody; `chat_id` is told how it went."""
    with show.for_reader(user_id):
        screen = people.message(Html(text))
    outcome = _sent(user_id, lambda chat: telegram.client().send_text(chat, screen.text, screen.markup()))
    _report((chat_id, thread_id), user_id, "pm", outcome)


def _copy(to: int, chat_id: int, message_id: int) -> int:
    with show.for_reader(to):
        buttons = write.answer_buttons()
    return telegram.client().copy_message(to, chat_id, message_id, buttons)


def _sent(user_id: int, call: show.Call) -> str:
    """`sent`, `blocked` or `failed`."""
    try:
        return "sent" if show.reach(user_id, call) else "blocked"
    except Refused as refusal:
        log.info("message refused", reason=refusal.message)
        return "failed"


def _report(asked_in: tuple[int, int | None], user_id: int, message: str, outcome: str) -> None:
    with transactions.atomic():
        data = {"user_id": user_id, "message": message, "outcome": outcome}
        chat_id, thread_id = asked_in
        outbox.add("send_notice", chat_id, "message_outcome", data, thread_id)
