"""Coming in and going out: which admin it is and the password, by POST only."""

from __future__ import annotations

from dataclasses import replace

from app import money
from app.errors import Unknown
from app.ops.page import cookies, views
from app.ops.page.cookies import Session
from app.ops.page.http import Answer, Ask, see
from app.people import sessions, users
from app.texts import languages
from app.texts.ops import login as texts

MOST_ID = 2**63 - 1


def form(ask: Ask) -> Answer:
    """Where somebody wanted to go is kept for after."""
    return _drawn(ask, 200, ask.path if ask.method == "GET" and ask.path != "/ops/login" else "/ops")


def enter(ask: Ask) -> Answer:
    admin = _admin(ask.form.get("admin", ""))
    is_right = cookies.is_password(ask.form.get("password", "")) and admin is not None
    outcome = sessions.attempt(ask.address, right=is_right)
    after = _inside(ask.form.get("after", ""))
    if outcome == sessions.LOCKED:
        return _drawn(ask, 429, after, locked=True)
    if outcome == sessions.WRONG or admin is None:
        return _drawn(ask, 401, after, wrong=True)
    number = sessions.start(admin, ask.address)
    return see(after, cookies.written(cookies.fresh(number, admin)))


def speak(ask: Ask) -> Answer:
    """In another language from now on, on the page where that was pressed."""
    wanted, back = ask.form.get("to", ""), _inside(ask.came_from)
    return replace(see(back), language=wanted) if wanted in languages.NAMES else see(back)


def leave(session: Session) -> Answer:
    sessions.end(session.number)
    return see("/ops/login", cookie="")


def _admin(typed: str) -> int | None:
    """An id, an @name, or nothing where there is one admin only; None for whoever is no admin."""
    typed = typed.strip()
    if not typed:
        known = users.admin_ids()
        return known[0] if len(known) == 1 else None
    number = money.whole(typed, MOST_ID)
    if number is None:
        try:
            number = users.by_username(typed.removeprefix("@")).id
        except Unknown:
            return None
    return number if users.is_admin_id(number) else None


def _inside(path: str) -> str:
    """Only a page of ours: what a form says may come from anywhere."""
    is_ours = path.startswith("/ops/") and path.isascii() and path.isprintable()
    is_ours = is_ours and "\\" not in path and ".." not in path
    return path if is_ours else "/ops"


def _drawn(ask: Ask, status: int, after: str, *, wrong: bool = False, locked: bool = False) -> Answer:
    typed = ask.form.get("admin", "")[:64]
    return views.page("login.html", status, t=texts, admin=typed, after=after, wrong=wrong, locked=locked)
