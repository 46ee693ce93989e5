"""What is asked leads to a screen, an act, or the login. Without a session nobody gets further."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import peewee
import structlog

import models
import settings
from app import audit
from app.errors import Unknown
from app.ops.page import (
    acts,
    alerts,
    cookies,
    failed,
    jobs,
    login,
    money,
    now,
    order,
    orders,
    products,
    stray,
    upkeep,
    views,
)
from app.ops.page import audit as audit_screen
from app.ops.page.cookies import Session
from app.ops.page.http import Answer, Ask, see
from app.people import sessions
from app.sales import orders as sold
from app.texts import languages
from app.texts.ops import problem

log = structlog.get_logger()

#: The page takes one connection while somebody looks at it, and gives up long before the browser does.
CONNECTIONS, STATEMENT_S = 1, 3.0
#: A page that fetches itself again is no sign that somebody is there.
REFRESH = "x-refresh"

SCREENS: dict[str, Callable[[Ask], Answer]] = {
    "/ops": now.show,
    "/ops/login": lambda _: see("/ops"),
    "/ops/orders": orders.show,
    "/ops/products": products.show,
    "/ops/alerts": alerts.show,
    "/ops/audit": audit_screen.show,
    "/ops/upkeep": upkeep.show,
    "/ops/money": money.show,
    "/ops/jobs": jobs.show,
    "/ops/failed": failed.show,
    "/ops/failed/ask": failed.confirm,
}
#: What forms of these screens do; those of an order are in `acts`.
ACTS: dict[str, Callable[[Ask, Session], Answer | None]] = {
    "/ops/logout": lambda _, session: login.leave(session),
    "/ops/alerts/mute": lambda ask, _: alerts.mute(ask.form),
    "/ops/upkeep/ask": lambda ask, _: upkeep.press(ask.form),
    "/ops/jobs/run": lambda ask, _: jobs.run(ask.form),
    "/ops/money/export": lambda ask, session: money.export(ask, session.admin),
}
_FAILED = "/ops/failed/"
_FAILED_ACTS = (f"{_FAILED}{failed.RETRY}", f"{_FAILED}{failed.DISCARD}")
_FILE = re.compile(r"/ops/money/([a-z]{1,20})\.csv", re.ASCII)
_STRAY = re.compile(r"/ops/strays/([0-9]{1,15})(?:/([a-z]{1,20}))?", re.ASCII)
_ORDER = re.compile(r"/ops/orders/(TRX[A-Z0-9]{1,30})(?:/([a-z]{1,20}))?", re.ASCII)


def connect() -> None:
    """Unless this process has a database already."""
    if models.db.deferred:
        models.connect(settings.current().database_url, CONNECTIONS, STATEMENT_S, process="web")


def answer(ask: Ask) -> Answer:
    """Whatever happens. Leaves no connection open: nobody may look for hours."""
    with languages.speaking(cookies.language(ask, None)):
        return _guarded(ask)


def _guarded(ask: Ask) -> Answer:
    try:
        return _answer(ask)
    except peewee.PeeweeException as error:
        log.error("the ops page cannot read the database", error=type(error).__name__)
        return views.page("problem.html", 503, t=problem, what="database")
    except Exception:  # a bug: whoever came with a phone is told so in words, and finds it in the log
        log.exception("the ops page is broken", path=ask.path)
        trace = structlog.contextvars.get_contextvars().get("correlation_id", "-")
        return views.page("problem.html", 500, t=problem, what="broken", trace=trace)
    finally:
        models.db.close()
        models.db.close_idle()


def _answer(ask: Ask) -> Answer:
    if ask.method == "POST" and not ask.is_from_here:
        log.warning("a form from elsewhere was refused", path=ask.path)
        return views.page("problem.html", 403, t=problem, what="elsewhere")
    if ask.method == "POST" and ask.path == "/ops/login":
        return login.enter(ask)
    if ask.method == "POST" and ask.path == "/ops/language":
        return login.speak(ask)
    if (name := ask.path.removeprefix("/ops/static/")) in views.STATIC:
        return views.static(name)
    session = _session(ask)
    if session is None:
        return replace(login.form(ask), status=401 if ask.method == "POST" or REFRESH in ask.headers else 200)
    with audit.acting_as(session.admin), languages.speaking(cookies.language(ask, session)):
        given = _inside(ask, session)
    if given.cookie is None and REFRESH not in ask.headers:
        return replace(given, cookie=cookies.written(session))
    return given


def _session(ask: Ask) -> Session | None:
    session = cookies.read(ask.cookies.get(cookies.NAME, ""))
    return session if session and sessions.is_live(session.number, session.admin) else None


def _inside(ask: Ask, session: Session) -> Answer:
    found = _screen(ask) if ask.method == "GET" else _act(ask, session)
    return found or views.page("problem.html", 404, t=problem, what="nothing", named=ask.path[:100])


def _screen(ask: Ask) -> Answer | None:
    if ask.path in SCREENS:
        return SCREENS[ask.path](ask)
    if ask.path in {"/ops/language", *ACTS, *_FAILED_ACTS}:
        return see(ask.path.rpartition("/")[0])
    if named := _FILE.fullmatch(ask.path):
        return money.file(named[1], ask)
    if named := _STRAY.fullmatch(ask.path):
        return see(f"/ops/strays/{named[1]}") if named[2] else _stray(int(named[1]), ask)
    named = _ORDER.fullmatch(ask.path)
    found = sold.by_invoice(named[1]) if named else None
    if named is None or found is None:
        return None
    return see(f"/ops/orders/{named[1]}") if named[2] else order.show(found, said=ask.query.get("said", ""))


def _stray(number: int, ask: Ask) -> Answer | None:
    return stray.show(number, said=ask.query.get("said", ""))


def _act(ask: Ask, session: Session) -> Answer | None:
    if ask.path in ACTS:
        return ACTS[ask.path](ask, session)
    if ask.path.startswith(_FAILED):
        return failed.act(ask.path.removeprefix(_FAILED), dict(ask.form))
    if named := _STRAY.fullmatch(ask.path):
        return stray.run(named[2] or "", int(named[1]), ask.form, session.admin)
    named = _ORDER.fullmatch(ask.path)
    if named is None or not named[2]:
        return None
    try:
        return acts.run(named[2], named[1], ask.form, session.admin)
    except Unknown:
        return None
