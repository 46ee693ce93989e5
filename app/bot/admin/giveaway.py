"""`/giveaway`: vouchers for everybody, their codes to the admin first, then the question of a broadcast."""

from __future__ import annotations

from dataclasses import replace

from app import money
from app.bot.admin import broadcast
from app.bot.parsing import fields
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, anew, show, toast
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.people import broadcasts
from app.sales import vouchers
from app.texts import clock, html, languages
from app.texts import refusals as refusal_texts
from app.texts.admin import giveaway as texts
from app.texts.html import Html, Text
from models import User, Voucher


def give(turn: Turn) -> Reply:
    """`/giveaway amount|count` asks first. Raises WrongFormat."""
    if turn.event.in_group:
        return show("plain", refusal_texts.ONLY_IN_PRIVATE())
    typed, number = fields.split(turn.rest, 2, "giveaway")
    amount = fields.amount(typed, vouchers.LEAST, vouchers.MOST, "giveaway.money_amount")
    count = fields.whole(number, 1, vouchers.MOST_AT_ONCE, "giveaway.voucher_count")
    return show("giveaway_question", amount, count, turn.event.update_id)


def question(_person: User, amount: int, count: int, number: int) -> Screen:
    """`number` makes the vouchers once."""
    text = texts.GIVEAWAY_QUESTION(
        count=count,
        amount=money.rupiah(amount),
        total=money.rupiah(amount * count),
        days=vouchers.LASTS.days,
    )
    yes = Button(keyboards.CONFIRM_VOUCHERS, pack("giveaway_make", amount, count, number))
    return Screen(text, [[yes, Button(keyboards.LEAVE_IT, pack("giveaway_drop"))]])


def make(turn: Turn, amount: int, count: int, number: int) -> Reply:
    """The codes, and the question whether everybody shall hear of them."""
    in_limits = vouchers.LEAST <= amount <= vouchers.MOST and 1 <= count <= vouchers.MOST_AT_ONCE
    if not in_limits or turn.event.in_group or broadcasts.is_made(number):
        return toast(texts.GIVEAWAY_MADE.plain(), alert=True)
    made = vouchers.create(amount, count, turn.person.id)
    text, *others = (_said(texts.GIVEAWAY_NEWS, made, language) for language in languages.NAMES)
    translations = dict(zip([*languages.NAMES][1:], others, strict=True))
    drafted = broadcasts.draft_text(text, turn.person.id, origin=number, translations=translations)
    return anew("giveaway", _said(texts.GIVEAWAY, made, languages.spoken()), drafted.id)


def _said(text: Text, made: list[Voucher], language: str) -> Html:
    with languages.speaking(language):
        return text(
            count=len(made),
            amount=money.rupiah(made[0].amount),
            codes=html.lines(texts.CODE(code=each.code) for each in made),
            until=clock.moment(made[0].expires_at),
        )


def drop(_turn: Turn) -> Reply:
    return show("plain", texts.GIVEAWAY_DROPPED())


def made(person: User, codes: str, broadcast_id: int) -> Screen:
    """The codes in a message of their own, then the broadcast's question."""
    return replace(broadcast.broadcast(person, broadcast_id), first=Screen(Html(codes)))
