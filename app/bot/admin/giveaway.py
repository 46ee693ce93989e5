"""`/giveaway`: vouchers for everybody, their codes to the admin first, then the question of a broadcast."""

from __future__ import annotations

from dataclasses import replace

from app import broadcasts, money, vouchers
from app.bot import clock, html
from app.bot.admin import broadcast, fields
from app.bot.html import Html
from app.bot.reply import Reply, show
from app.bot.screen import Screen
from app.bot.texts import backoffice as texts
from app.bot.turn import Turn
from app.errors import WrongFormat
from models import User


def give(turn: Turn) -> Reply:
    """`/giveaway amount|count`. Raises WrongFormat."""
    if turn.event.in_group:
        return show("plain", texts.ONLY_IN_PRIVATE())
    typed, number = fields.split(turn.rest, 2, "giveaway")
    amount, count = fields.amount(typed, "giveaway", vouchers.LEAST, vouchers.MOST), _count(number)
    made = vouchers.create(amount, count, turn.person.id)
    facts = {
        "count": count,
        "amount": money.rupiah(amount),
        "codes": html.lines(texts.CODE(code=each.code) for each in made),
        "until": clock.moment(made[0].expires_at),
    }
    drafted = broadcasts.draft_text(texts.GIVEAWAY_NEWS(**facts), turn.person.id)
    return show("giveaway", texts.GIVEAWAY(**facts), drafted.id)


def made(person: User, codes: str, broadcast_id: int) -> Screen:
    """The codes in a message of their own, then the broadcast's question."""
    return replace(broadcast.broadcast(person, broadcast_id), first=Screen(Html(codes)))


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    if not 1 <= number <= vouchers.MOST_AT_ONCE:
        raise WrongFormat("giveaway.voucher_count", most=vouchers.MOST_AT_ONCE)
    return number
