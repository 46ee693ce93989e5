"""`/start`: the shop at once, and after the first goods two questions, each with a way past it."""

from __future__ import annotations

from app.bot.parsing import profile
from app.bot.screens import product
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, anew, say, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.session import Session
from app.bot.toolkit.turn import Turn
from app.errors import Unknown
from app.infra import transactions
from app.people import menus, users
from app.texts import explained
from app.texts.screens import onboarding as texts
from models import User

CONTACT = "contact"
STEPS = ("whatsapp", "email")


def start(turn: Turn) -> Reply:
    """`/start`: a product if a link named one, else Home; the first time with the welcome and the menu."""
    if not turn.session.is_new:
        return _wanted(turn)
    turn.session.greeted()
    if users.is_admin(turn.person):  # named before the bot knew their chat, which had no menu until now
        menus.offer(turn.person.id)
    try:
        shown = _wanted(turn)
    except Unknown as unknown:  # somebody who came by a dead link is shown the shop all the same
        shown = say(explained.problem(unknown))
    return show("welcome", shown.screen, *shown.args)


def begin(user_id: int) -> Screen | None:
    """After the first goods: the first question. None for whoever is typing an answer to another one."""
    with transactions.atomic():
        person = users.lock(user_id)
        session = Session(person.session)
        if session.waiting not in {None, CONTACT} or person.banned_at:
            return None
        session.wait(CONTACT, step=0)
        users.await_input(person, session.stored())
        return question(person, 0)


def take(turn: Turn, step: int) -> Reply:
    """A typed answer. Raises WrongFormat."""
    field = STEPS[step]
    value = profile.read(turn, field)
    users.set_profile(turn.person.id, **{field: value})
    setattr(turn.person, field, value)
    return _next(turn, step)


def skip(turn: Turn, step: int) -> Reply:
    """`Lewati`. Under a question that was answered long ago it only leads Home."""
    if turn.session.waiting != CONTACT or turn.session.facts.get("step") != step:
        return anew("home")
    return _next(turn, step)


def pass_over(turn: Turn) -> Reply:
    """`Lewati`, typed."""
    return _next(turn, int(turn.session.facts["step"]))


def question(_person: User, step: int) -> Screen:
    return Screen(texts.QUESTIONS[STEPS[step]](), [[Button(keyboards.SKIP, pack("skip", step))]])


def _next(turn: Turn, step: int) -> Reply:
    if step + 1 == len(STEPS):
        return say(texts.DONE())
    turn.session.wait(CONTACT, step=step + 1)
    return show("question", step + 1)


def _wanted(turn: Turn) -> Reply:
    """Raises Unknown for a link that leads nowhere."""
    return product.from_link(turn) if turn.rest else show("home")
