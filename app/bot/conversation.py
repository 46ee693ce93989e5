"""One update, one transaction: who wrote, what it does, and the reply to draw, kept with the effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from peewee import SQL
from psycopg.types.json import Jsonb

from app import audit
from app.backoffice import maintenance
from app.bot import guards, refusals, router
from app.bot.toolkit import albums
from app.bot.toolkit.events import Event
from app.bot.toolkit.reply import SILENT, Reply
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.session import NEW, Session
from app.bot.toolkit.turn import Turn
from app.catalogue import locked_products
from app.errors import GoodsLocked, ShopError
from app.infra import transactions
from app.infra.prepared import GIVEN, Prepared
from app.people import support, users
from app.texts import languages, own_words
from models import HandledUpdate, Setting, User, db, utcnow

Decide = Callable[[Turn], Reply]

#: Nothing happened and nothing is said, so nothing is kept: else one noisy person would fill the database.
IGNORED = Reply()

#: Who wrote, locked, with the reply to this update if it came before, and whether the shop is closed; and
#: what `transactions.lazily` asks for.
_MET = Prepared(
    User.select(
        User,
        HandledUpdate.select(HandledUpdate.reply).where(HandledUpdate.id == GIVEN).alias("known"),
        Setting.select(Setting.value).where(Setting.key == maintenance.KEY).alias("closed"),
        SQL("set_config('synchronous_commit', 'off', true)").alias("lazily"),
    )
    .where(User.id == GIVEN)
    .for_update(transactions.LOCK)
)
_REMEMBER = """
INSERT INTO handled_update (id, reply, handled_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""


class _Handled(Exception):
    """The same update was in other hands while this one waited for the person's row."""


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
    own_words.refresh()
    with audit.acting_as(event.user_id), languages.speaking():
        try:
            turn, reply = _decide(event, _act)
        except ShopError as error:
            refusal = error
            turn, reply = _decide(event, lambda turn: _refuse(turn, refusal))
        return _draw(turn, reply)


def membership(event: Event) -> None:
    """The person blocked the bot, or lets it write again."""
    if event.blocked:
        users.mark_unreachable(event.user_id)
        return
    with transactions.atomic():
        if users.exists(event.user_id):
            users.meet(event.user_id, event.first_name, event.username, returns=True)


def begun(update_id: int, reply: Reply, sent: int) -> None:
    """So many of the screen's messages are in the chat: drawn again, only the others are missing."""
    reply = replace(reply, begun=reply.begun + sent)
    HandledUpdate.update(reply=reply.store()).where(HandledUpdate.id == update_id).execute()


def _act(turn: Turn) -> Reply:
    if router.is_forbidden(turn):
        return IGNORED
    refusal = guards.refusal(turn)
    return IGNORED if refusal == SILENT else refusal or router.route(turn)


def _refuse(turn: Turn, error: ShopError) -> Reply:
    """What nobody can buy, because no key opens it, is for the admins to mend."""
    if isinstance(error, GoodsLocked):
        locked_products.alert(error.product_id)
    return refusals.reply(turn, error)


def _decide(event: Event, decide: Decide) -> tuple[Turn, Reply]:
    """What was read while waiting for the row is from before the wait: then all of it goes, and once more."""
    try:
        return _decided(event, decide)
    except _Handled:
        return _decided(event, decide)


def _decided(event: Event, decide: Decide) -> tuple[Turn, Reply]:
    with transactions.atomic():
        transactions.lazily()
        language = languages.of_code(event.language_code)
        met: Any = _MET.first(event.update_id, event.user_id)
        person, is_new = users.meet(
            event.user_id, event.first_name, event.username, language=language, locked=met
        )
        if not event.in_group:
            languages.speak(person.language)
        met = met or _MET.first(event.update_id, event.user_id)
        turn = Turn(person, event, Session({NEW: True} if is_new else person.session), bool(met.closed))
        if met.known:
            return turn, Reply.load(met.known)
        if users.is_forgotten(person):
            back = users.come_back(person, event.first_name, event.username, language)
            turn = replace(turn, person=back)
            languages.speak(back.language)
        albums.hear(turn)
        reply = decide(turn)
        users.await_input(turn.person, turn.session.stored())
        if reply is not IGNORED:
            kept = db.execute_sql(_REMEMBER, (event.update_id, Jsonb(reply.store()), utcnow()))
            if not kept.rowcount:
                raise _Handled
        return turn, reply


def _draw(turn: Turn, reply: Reply) -> Outcome:
    """What was decided may be gone by now, or never have been theirs: then that is said instead."""
    try:
        screen = router.render(turn.person, reply)
        return Outcome(reply, screen.after(reply.begun) if screen else None)
    except ShopError as error:
        with transactions.atomic():
            refusal = refusals.reply(turn, error)
    try:
        return Outcome(refusal, router.render(turn.person, refusal))
    except ShopError:
        return Outcome(replace(refusal, screen=None), None)


def _is_for_us(event: Event) -> bool:
    """In groups strangers are not even remembered."""
    is_answer = support.customer(event.chat_id, event.reply_to) is not None
    is_ours = is_answer or event.album is not None or router.is_for_groups(event)
    return is_ours and users.is_admin_id(event.user_id)
