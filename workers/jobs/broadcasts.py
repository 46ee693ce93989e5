"""Broadcasts on the wire: list who gets it, write to one after another, show how it goes.

Every run is short and promises the next one by `Later`, so a job keeps no thread, and its row in the outbox
lives as long as the broadcast runs. What becomes of a person:

    Telegram says                       the person
    sent                                sent
    blocked, deleted                    blocked, and unreachable for everything else
    429                                 put aside: once more when all others are settled, then failed
    429 to another chat, too            waits again; broadcasts pause as long as it asks for
    no connection                       waits again; broadcasts rest for a while
    no usable answer                    unknown: may have it, and does not get it twice
    this message cannot be sent at all  waits; the broadcast is stopped and says why
    anything else                       failed
"""

from __future__ import annotations

import time

import structlog

from app.bot.admin import broadcast as screens
from app.clients import telegram, telegram_limits
from app.errors import Blocked, ClientError, DeadFile, Flood, Refused, Unreachable
from app.infra.queue.retries import Later
from app.people import broadcasts, recipients, users
from app.people.recipients import Recipient
from models import Broadcast, BroadcastRecipient
from workers.jobs import show
from workers.policies import unhurried

log = structlog.get_logger()

RUN_S = 2.0
#: How long broadcasts rest when Telegram cannot be reached.
OUTAGE_S = 10.0
#: So long at most does the end of a broadcast wait for somebody who was put aside; and how often it looks.
LONGEST_ASIDE_S = 60.0
LOOK_ASIDE_MS = 2_000
#: In groups edits count like messages, of which they take 20 a minute.
SHOW_IN_GROUPS_EVERY_S = 15

#: The other 400s are about a person; these, and those about its file, would be the same for everybody.
HOPELESS = (
    "message to copy not found",
    "message from not found",
    "can't be copied",
    "message_id_invalid",
    "can't parse",
    "too long",
    "_too_long",
    "text must be non-empty",
    "message text is empty",
    "message_empty",
    "entity_",
    "entities_",
    "button_",
)


@unhurried
def list_recipients(broadcast_id: int, run: int) -> None:
    if broadcasts.list_recipients(broadcast_id, run):
        raise Later(0)


@unhurried
def send_broadcast(broadcast_id: int, run: int, lane: int) -> None:
    """Write to one person after another, as long as there is room. Several lanes do this at once."""
    recipients.give_up_lost(broadcast_id, lane)
    broadcast = broadcasts.get(broadcast_id)
    end_s = time.monotonic() + RUN_S
    while time.monotonic() < end_s:
        telegram_limits.take_bulk()
        person = recipients.claim(broadcast_id, run, lane)
        if person is None:
            broadcasts.finish(broadcast_id, run)
            if broadcasts.is_running(broadcast_id, run) and recipients.any_aside(broadcast_id):
                raise Later(LOOK_ASIDE_MS)
            return
        rest_s = write(broadcast, person)
        if rest_s:
            raise Later(int(rest_s * 1000) + 1)
    raise Later(0)


@unhurried
def show_broadcast(broadcast_id: int, run: int) -> None:
    """Edit the progress every few seconds while it runs, and once after that."""
    broadcast = broadcasts.get(broadcast_id)
    chat_id, message_id = broadcast.progress_chat_id, broadcast.progress_message_id
    if broadcast.run != run or chat_id is None:
        return
    if not broadcasts.may_show(broadcast_id):
        raise Later(1_000)
    with show.for_reader(chat_id):
        screen = screens.broadcast(None, broadcast_id)
        shown = show.edit(chat_id, message_id, screen) if message_id else show.send(chat_id, screen)
    if shown and shown != message_id:
        broadcasts.show_in(broadcast_id, shown)
    if broadcast.state == Broadcast.RUNNING:
        every_s = broadcasts.SHOW_EVERY.total_seconds() if chat_id > 0 else SHOW_IN_GROUPS_EVERY_S
        raise Later(int(every_s * 1000))


def write(broadcast: Broadcast, person: Recipient) -> float:
    """One message, and what became of it. Returns how many seconds to rest."""
    state, rest_s = BroadcastRecipient.BLOCKED, 0.0
    if not person.silent:
        try:
            state, rest_s = attempt(broadcast, person)
        except Flood as flood:
            throttled(broadcast, person, flood)
            return 0.0
    recipients.settle(broadcast.id, person.user_id, state)
    return rest_s


def throttled(broadcast: Broadcast, person: Recipient, flood: Flood) -> None:
    """Nobody waits for a chat that hears a 429 again and again."""
    if telegram_limits.bulk_rests():
        recipients.release(broadcast.id, person.user_id)
    elif person.again:
        log.warning("broadcast not sent to a person", broadcast_id=broadcast.id, error=str(flood))
        recipients.settle(broadcast.id, person.user_id, BroadcastRecipient.FAILED)
    else:
        recipients.put_aside(broadcast.id, person.user_id, min(flood.retry_after_s, LONGEST_ASIDE_S))


def attempt(broadcast: Broadcast, person: Recipient) -> tuple[str, float]:
    """The person's next state by the table above, and the seconds to rest. Raises Flood."""
    try:
        put(broadcast, person)
    except Blocked:
        users.mark_unreachable(person.user_id)
        return BroadcastRecipient.BLOCKED, 0.0
    except Flood:
        raise
    except Unreachable as error:
        lost = error.delivered == "no"
        return hold(BroadcastRecipient.WAITING if lost else BroadcastRecipient.UNKNOWN, error)
    except Refused as refusal:
        return judge(broadcast, refusal)
    except ClientError as error:
        log.warning("broadcast not sent to a person", broadcast_id=broadcast.id, error=str(error))
        return BroadcastRecipient.FAILED, 0.0
    # An album counts as so many messages, and the other lanes send theirs meanwhile.
    more = max(0, len(broadcast.album or []) - 1)
    return BroadcastRecipient.SENT, more * broadcasts.LANES / broadcasts.MESSAGES_A_SECOND


def put(broadcast: Broadcast, person: Recipient) -> None:
    bot, user_id = telegram.client(), person.user_id
    text = broadcasts.text_in(broadcast, person.language)
    chat_id, message_id = broadcast.source_chat_id, broadcast.source_message_id
    album = [(each["kind"], each["file"]) for each in broadcast.album or []]
    if len(album) > 1:
        bot.send_album_in_bulk(user_id, album, text or "")
    elif chat_id is None or message_id is None:
        bot.send_text_in_bulk(user_id, text or "")
    else:
        bot.copy_in_bulk(user_id, chat_id, message_id, text)


def judge(broadcast: Broadcast, refusal: Refused) -> tuple[str, float]:
    """Is it the person, the message, or the bot that Telegram does not like?"""
    if refusal.status != 400:
        return hold(BroadcastRecipient.WAITING, refusal)
    if isinstance(refusal, DeadFile) or any(phrase in refusal.message.lower() for phrase in HOPELESS):
        log.error("broadcast stopped", broadcast_id=broadcast.id, error=str(refusal))
        broadcasts.stop(broadcast.id, problem=refusal.message)
        return BroadcastRecipient.WAITING, 0.0
    return BroadcastRecipient.FAILED, 0.0


def hold(state: str, error: ClientError) -> tuple[str, float]:
    """Nobody is served now: broadcasts rest, so that an outage does not use up the list."""
    log.warning("broadcasts rest", seconds=OUTAGE_S, error=str(error))
    telegram_limits.pause_bulk(OUTAGE_S)
    return state, OUTAGE_S
