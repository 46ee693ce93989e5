"""The first `/start`: three questions, each with a way past it, then Home."""

from __future__ import annotations

import settings
from app.bot.parsing import profile
from app.bot.screens import product
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, anew, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.people import menus, users
from app.texts import html
from app.texts.screens import onboarding as texts
from models import User

STEPS = ("name", "whatsapp", "email")


def start(turn: Turn) -> Reply:
    """`/start`: a product if a link named one, the questions at the first time, else Home."""
    if turn.rest:
        return product.from_link(turn)
    if not turn.session.is_new:
        return show("home")
    turn.session.greeted()
    if users.is_admin(turn.person):  # named before the bot knew their chat, which had no menu until now
        menus.offer(turn.person.id)
    turn.session.wait("onboarding", step=0)
    return show("question", 0)


def take(turn: Turn, step: int) -> Reply:
    """A typed answer. Raises WrongFormat."""
    field = STEPS[step]
    value = profile.READERS[field](turn.typed)
    users.set_profile(turn.person.id, **{field: value})
    setattr(turn.person, field, value)
    return _next(turn, step)


def skip(turn: Turn, step: int) -> Reply:
    """`Lewati`. Under a question that was answered long ago it only leads Home."""
    if turn.session.waiting != "onboarding" or turn.session.facts.get("step") != step:
        return anew("home")
    return _next(turn, step)


def pass_over(turn: Turn) -> Reply:
    """`Lewati`, typed."""
    return _next(turn, int(turn.session.facts["step"]))


def question(person: User, step: int) -> Screen:
    current = settings.current()
    text = texts.QUESTIONS[STEPS[step]](store=current.store_name, name=html.cut(person.name, 100))
    sticker = current.welcome_sticker if step == 0 else None
    welcome = Screen(sticker=sticker) if sticker else None
    return Screen(text, [[Button(keyboards.SKIP, pack("skip", step))]], first=welcome)


def _next(turn: Turn, step: int) -> Reply:
    if step + 1 == len(STEPS):
        return anew("home")
    turn.session.wait("onboarding", step=step + 1)
    return show("question", step + 1)
