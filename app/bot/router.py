"""Finds the handler of an event in the tables of routes.py, and draws screens by their names."""

from __future__ import annotations

from app import money
from app.bot import questions, refusals, routes, words
from app.bot.admin import people, stock
from app.bot.parsing import fields, pieces
from app.bot.screens import write
from app.bot.toolkit import albums
from app.bot.toolkit.events import Event
from app.bot.toolkit.handlers import Input
from app.bot.toolkit.reply import SILENT, Reply, say, show, toast
from app.bot.toolkit.screen import Screen, fitting
from app.bot.toolkit.turn import Handler, Turn
from app.catalogue import products
from app.errors import ShopError, Unknown, VoucherRefused, WrongFormat
from app.money import typed
from app.people import notices, users
from app.texts import explained, html
from app.texts import refusals as refusal_texts
from models import User


def is_for_groups(event: Event) -> bool:
    """An admin's command, or a button of what it showed. Everything else in a group is nobody's business."""
    if event.is_press:
        return event.press is not None and event.press[0] in routes.GROUP_PRESSES
    command = event.words_of_command
    return command is not None and command.name in routes.ADMIN_COMMANDS


def is_forbidden(turn: Turn) -> bool:
    """An admin command from anyone else: as if it did not exist."""
    command = turn.event.command
    return (
        command is not None
        and command.name in routes.ADMIN_COMMANDS.keys() - routes.COMMANDS.keys()
        and not users.is_admin(turn.person)
    )


def route(turn: Turn) -> Reply:
    """Run whatever the event means. Raises ShopError."""
    if turn.event.is_press:
        return _press(turn)
    turn = albums.under_command(turn)
    if turn.event.command:
        return _command(turn, turn.event.command.name)
    relayed = turn.event.words_of_command
    if relayed and relayed.name in routes.ADMIN_COMMANDS and users.is_admin(turn.person):
        return show("plain", refusal_texts.RELAYED(command=relayed.name))
    answered = people.answer(turn)
    if answered:
        return answered
    if turn.event.in_group:
        return SILENT
    if turn.session.album_goes_on:
        return write.more_pictures(turn)
    return _typed(turn)


def render(person: User, reply: Reply) -> Screen | None:
    """Raises ShopError when what was to be shown is gone."""
    if not reply.screen:
        return None
    draw = routes.SCREENS[reply.screen]
    return fitting(lambda: draw(person, *reply.args))


def _press(turn: Turn) -> Reply:
    name, numbers = turn.event.press or ("", ())
    press = routes.PRESSES.get(name)
    if press is None and users.is_admin(turn.person):
        press = routes.ADMIN_PRESSES.get(name)
    if press is None or not press.takes(numbers):
        return toast(refusal_texts.UNKNOWN_BUTTON.plain())
    if press.asks and turn.event.in_group:
        return toast(refusal_texts.ONLY_IN_PRIVATE.plain(), alert=True)
    return press.run(turn, *numbers)


def _command(turn: Turn, name: str) -> Reply:
    handler = routes.COMMANDS.get(name)
    if users.is_admin(turn.person):
        handler = routes.ADMIN_COMMANDS.get(name, handler)
    if handler is None:
        return _help(turn)
    if turn.event.is_media and name not in albums.COMMANDS and handler == routes.ADMIN_COMMANDS.get(name):
        return show("plain", refusal_texts.COMMAND_WITH_FILE(command=name))
    parts = albums.earlier(turn)
    reply = _all_of(handler, [turn, *parts]) if parts else handler(turn)
    _warn_group(turn.event)
    return reply


def _all_of(handler: Handler, album: list[Turn]) -> Reply:
    """That one is refused is no reason to leave the others, but what is said. Handlers refuse, then write."""
    replies, refused = [], []
    for turn in album:
        try:
            replies.append(handler(turn))
        except ShopError as refusal:
            refused.append(refusals.reply(turn, refusal))
    return (refused or replies)[0]


def _typed(turn: Turn) -> Reply:
    """A label of the reply keyboard, the answer to a question, a product's number, a word; else a search."""
    text = typed.seen(turn.typed)
    label = routes.LABELS.get(typed.label(text))
    if label and not turn.event.is_media:
        return label(turn)
    number = money.whole(text, fields.BIGGEST_ID) if not turn.event.is_media else None
    awaited = _awaited(turn)
    if awaited and awaited.yields_to_orders and words.names_order(turn):
        return words.understood(turn)
    if awaited and not (number is not None and awaited.yields_to(text) and products.exists(number)):
        is_way_out = typed.label(text) in questions.WAYS_OUT and not turn.event.is_media
        return awaited.leave(turn) if awaited.leave and is_way_out else _answer(turn, awaited)
    if number is not None:
        return show("product", number, 1)
    if beginning := stock.take_beginning(turn):
        return beginning
    pieces.remember(turn)
    return words.understood(turn)


def _awaited(turn: Turn) -> Input | None:
    """The question that this may answer."""
    awaited = questions.INPUTS.get(turn.session.waiting or "")
    if awaited is None or (awaited.own_words and turn.event.is_relayed):
        return None
    return awaited if users.is_admin(turn.person) or not awaited.for_admins else None


def _answer(turn: Turn, awaited: Input) -> Reply:
    """The one way a question stays until it is answered well. An invoice is no answer: it names an order."""
    facts = {name: turn.session.facts[name] for name in awaited.facts}
    try:
        if turn.event.is_media and not awaited.media:
            raise WrongFormat("not_text")
        return awaited.run(turn, *facts.values())
    except (WrongFormat, VoucherRefused, Unknown) as wrong:
        if awaited.screen is None:
            raise
        if words.is_invoice(turn):
            return words.understood(turn)
        turn.session.wait(str(turn.session.waiting), **facts)
        return show("again", explained.problem(wrong), awaited.screen, *facts.values())


def _warn_group(event: Event) -> None:
    """In groups a bot hears only what of an album has a command, unless it is an admin there."""
    if event.album and event.in_group and event.command and not event.follows_caption:
        notices.refuse(event.chat_id, refusal_texts.ALBUM_IN_GROUP(), event.thread_id)


def _help(turn: Turn) -> Reply:
    command = turn.event.command
    if command and users.is_admin(turn.person):
        return show("plain", refusal_texts.NO_COMMAND(command=html.cut(command.name, 40)))
    return say(refusal_texts.NOT_UNDERSTOOD())
