"""`/broadcast`: a message to everybody, asked about first, then watched and steered on one message."""

from __future__ import annotations

from datetime import timedelta

from app.bot.toolkit import formatting, keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import SILENT, Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.people import broadcasts
from app.texts import languages, numbers
from app.texts.admin import broadcast as texts
from app.texts.html import CAPTION, MESSAGE, NEARLY_FULL, Html, Text, cut, units
from models import Broadcast, User

#: A preview longer than this would not leave room for the question.
PREVIEW_MOST = 3_000
BAR_LENGTH = 12


def draft(turn: Turn) -> Reply:
    """`/broadcast` as an answer to any message, as the caption of one, or with a text. Raises WrongFormat."""
    event = turn.event
    text = formatting.html(event.text, event.entities, turn.rest_at)
    if event.replied_is_of_album:
        raise WrongFormat("broadcast.broadcast_album")
    if event.album and event.media:
        return _album(turn)
    if event.reply_to:
        drafted = broadcasts.draft_copy(event.chat_id, event.reply_to, event.user_id)
    elif event.is_media and event.message_id:
        caption = _within(text, turn.rest, CAPTION)
        drafted = broadcasts.draft_copy(event.chat_id, event.message_id, event.user_id, caption=caption)
    elif turn.rest:
        drafted = broadcasts.draft_text(_within(text, turn.rest, MESSAGE), event.user_id)
    else:
        raise WrongFormat("broadcast.broadcast_nothing")
    return show("broadcast", drafted.id)


def _album(turn: Turn) -> Reply:
    """Several pictures or files: the one with the caption is asked about, the others join it."""
    event = turn.event
    kind, file_id = event.media or ("", "")
    item = {"kind": kind, "file": file_id, "message": event.message_id}
    if event.follows_caption:
        drafted_id = turn.session.album.get("broadcast")
        joined = drafted_id is None or broadcasts.extend(drafted_id, item)
        return SILENT if joined else show("plain", texts.ALBUM_TOO_LATE())
    text = formatting.html(event.text, event.entities, turn.rest_at)
    caption, source = _within(text, turn.rest, CAPTION), (event.chat_id, event.message_id or 0)
    drafted = broadcasts.draft_copy(*source, event.user_id, caption=caption, album=[item])
    turn.session.album["broadcast"] = drafted.id
    return show("broadcast", drafted.id)


def confirm(turn: Turn, broadcast_id: int) -> Reply:
    confirmed = broadcasts.confirm(broadcast_id, turn.event.chat_id, turn.event.message_id)
    waits = confirmed is not None and confirmed.state == Broadcast.QUEUED
    return _steered(confirmed, broadcast_id, texts.QUEUED if waits else texts.STARTED)


def pause(_turn: Turn, broadcast_id: int) -> Reply:
    return _steered(broadcasts.pause(broadcast_id), broadcast_id, texts.PAUSED)


def resume(_turn: Turn, broadcast_id: int) -> Reply:
    resumed = broadcasts.resume(broadcast_id)
    waits = resumed is not None and resumed.state == Broadcast.QUEUED
    return _steered(resumed, broadcast_id, texts.QUEUED if waits else texts.STARTED)


def stop(_turn: Turn, broadcast_id: int) -> Reply:
    stopped = broadcasts.stop(broadcast_id)
    was_asked = stopped is not None and stopped.queued_at is None
    return _steered(stopped, broadcast_id, texts.DROPPED if was_asked else texts.STOPPED)


def _steered(moved: Broadcast | None, broadcast_id: int, done: Text) -> Reply:
    """A second tap, or another admin's, finds it moved already, and is shown how it is now."""
    if moved:
        return show("broadcast", broadcast_id, toast=done.plain())
    state = texts.STATES[broadcasts.get(broadcast_id).state]
    return show("broadcast", broadcast_id, toast=texts.CHANGED.plain(state=state))


def broadcast(_person: User | None, broadcast_id: int) -> Screen:
    """The question, then the progress, then the result."""
    one = broadcasts.get(broadcast_id)
    return Screen(_text(one), _buttons(one))


def _text(one: Broadcast) -> Html:
    if one.state == Broadcast.DRAFT:
        return _question(one)
    if one.queued_at is None:
        return _title(one, texts.CANCELED)
    if one.state == Broadcast.QUEUED and not one.listed_at:
        return texts.LINE(title=_title(one))
    if one.state == Broadcast.RUNNING and not one.listed_at:
        return texts.LISTING(title=_title(one), total=numbers.count(one.total))
    return _progress(one)


def _question(one: Broadcast) -> Html:
    people = broadcasts.reachable()
    return texts.ASK(
        title=_title(one),
        people=numbers.count(people),
        duration=_duration(people),
        preview=_preview(one),
    )


def _preview(one: Broadcast) -> Html:
    if one.album:
        return texts.ALBUM()
    if one.source_message_id is not None or one.text is None:
        return Html()
    text = broadcasts.text_in(one, languages.spoken()) or ""
    if len(text) <= PREVIEW_MOST:
        return texts.PREVIEW(text=Html(text))
    return texts.LONG() if units(text) >= NEARLY_FULL else Html()


def _progress(one: Broadcast) -> Html:
    settled = one.sent + one.blocked + one.failed + one.unknown
    share = settled / one.total if one.total else 1.0
    full = int(share * BAR_LENGTH)
    shown = texts.PROGRESS(
        title=_title(one),
        bar="▓" * full + "░" * (BAR_LENGTH - full),
        percent=int(share * 100),
        total=numbers.count(one.total),
        sent=numbers.count(one.sent),
        blocked=numbers.count(one.blocked),
        failed=numbers.count(one.failed),
        unknown=texts.UNKNOWN(unknown=numbers.count(one.unknown)) if one.unknown else "",
        rest=_rest(one, one.total - settled),
    )
    problem = texts.PROBLEM(problem=cut(one.problem, 200)) if one.problem else ""
    return Html(shown + problem)


def _rest(one: Broadcast, rest: int) -> Html:
    if not rest:
        return Html()
    if one.state == Broadcast.RUNNING:
        return texts.REST(rest=numbers.count(rest), duration=_duration(rest))
    return (texts.UNSENT if one.state in broadcasts.OVER else texts.WAITING)(rest=numbers.count(rest))


def _buttons(one: Broadcast) -> Rows:
    if one.state in broadcasts.OVER:
        return []
    stop = pack("broadcast_stop", one.id)
    if one.state == Broadcast.DRAFT:
        return [[Button(keyboards.SEND, pack("broadcast_send", one.id)), Button(keyboards.CANCEL, stop)]]
    on = Button(keyboards.PAUSE, pack("broadcast_pause", one.id))
    if one.state == Broadcast.PAUSED:
        on = Button(keyboards.RESUME, pack("broadcast_resume", one.id))
    return [[on, Button(keyboards.STOP, stop)]]


def _title(one: Broadcast, state: str | None = None) -> Html:
    return texts.TITLE(number=one.id, state=state or texts.STATES[one.state])


def _within(text: Html, typed: str, most: int) -> Html:
    """Telegram counts what people see, not the tags."""
    if cut(typed, most) != typed:
        raise WrongFormat("broadcast.broadcast_long", most=most)
    return text


def _duration(messages: int) -> Html:
    whole = timedelta(seconds=-(-messages // broadcasts.MESSAGES_A_SECOND))
    minutes = -(-int(whole.total_seconds()) // 60)
    if whole < timedelta(minutes=2):
        return texts.SECONDS(count=max(1, int(whole.total_seconds())))
    if whole < timedelta(hours=2):
        return texts.MINUTES(count=minutes)
    return texts.HOURS(hours=minutes // 60, minutes=minutes % 60)
