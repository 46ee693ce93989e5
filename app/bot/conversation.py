"""One update, one transaction: who wrote, what it does, and the reply to draw, kept with the effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app import audit, transactions, users
from app.bot import guards, refusals, router
from app.bot.events import Event
from app.bot.reply import SILENT, Reply
from app.bot.screen import Screen
from app.bot.session import NEW, Session
from app.bot.turn import Turn
from app.errors import ShopError
from models import HandledUpdate

Decide = Callable[[Turn], Reply]


@dataclass(frozen=True)
class Outcome:
    """What goes to the chat. `screen` may be nothing, `reply` then only answers a press."""

    reply: Reply
    screen: Screen | None


def react(event: Event) -> Outcome:
    """Act on the update at most once, however often it comes, and draw what it led to.

    1. In one transaction: lock the person, act, remember the reply under the update's id.
    2. If the shop refuses, nothing of that remains; a second transaction remembers the refusal.
    3. Draw the reply from what is committed.

    """
    if event.in_group and not _is_for_us(event):
        return Outcome(SILENT, None)
    with audit.acting_as(event.user_id):
        try:
            turn, reply = _decide(event, _act)
        except ShopError as error:
            refusal = error
            turn, reply = _decide(event, lambda turn: refusals.reply(turn, refusal))
        return _draw(turn, reply)


def membership(event: Event) -> None:
    """The person blocked the bot, or lets it write again."""
    if event.blocked:
        users.unreachable(event.user_id)
        return
    with transactions.atomic():
        if users.exists(event.user_id):
            users.meet(event.user_id, event.first_name, event.username)


def _act(turn: Turn) -> Reply:
    if router.is_forbidden(turn):
        return SILENT
    return guards.refusal(turn) or router.route(turn)


def _decide(event: Event, decide: Decide) -> tuple[Turn, Reply]:
    with transactions.atomic():
        person, is_new = users.meet(event.user_id, event.first_name, event.username)
        turn = Turn(person, event, Session({NEW: True} if is_new else person.session))
        known = HandledUpdate.get_or_none(HandledUpdate.id == event.update_id)
        if known:
            return turn, Reply.load(known.reply)
        reply = decide(turn)
        users.await_input(person, turn.session.stored())
        HandledUpdate.insert(id=event.update_id, reply=reply.store()).execute()
        return turn, reply


def _draw(turn: Turn, reply: Reply) -> Outcome:
    """What was decided may be gone by now, or never have been theirs: then that is said instead."""
    try:
        return Outcome(reply, router.render(turn.person, reply))
    except ShopError as error:
        with transactions.atomic():
            refusal = refusals.reply(turn, error)
    try:
        return Outcome(refusal, router.render(turn.person, refusal))
    except ShopError:
        return Outcome(replace(refusal, screen=None), None)


def _is_for_us(event: Event) -> bool:
    """In groups strangers are not even remembered."""
    return router.is_for_groups(event) and users.is_admin_id(event.user_id)
