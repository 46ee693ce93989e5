"""The audit, looked through: by what it is about, by who did it, a page at a time. Of an event's facts those
that have words are told; never all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from app import audit, money
from app.audit import lookup, proof, shipping
from app.audit.lookup import Found
from app.errors import Unknown
from app.money import typed
from app.ops.page import views
from app.ops.page.http import Answer, Ask
from app.people import users
from app.texts import order_words
from app.texts.admin import orders as order_texts
from app.texts.html import Html
from app.texts.ops import audit as texts

SHOWN, LONGEST = 30, 100
MOST_ID = 2**63 - 1
#: The audit database may be far away, but whoever else looks at the page waits meanwhile.
WITHIN_S = 3.0

_AFTER = re.compile(r"(?:here)?[0-9]{1,18}", re.ASCII)
_ENTITY = re.compile(r"[a-z]{2,20}(?::.{1,90})?", re.ASCII)
_INVOICE = re.compile(r"TRX[A-Z0-9]{1,30}", re.ASCII)


def show(ask: Ask) -> Answer:
    about, by = (typed.seen(ask.query.get(name, ""))[:LONGEST] for name in ("about", "by"))
    entity, actor = _entity(about), _actor(by)
    after = ask.query.get("after", "")
    is_unknown = bool((about and not entity) or (by and not actor))
    if is_unknown:
        found = lookup.Page([], None, away=False)
    else:
        place = after if _AFTER.fullmatch(after) else ""
        found = lookup.page(entity, actor, place, SHOWN, within_s=WITHIN_S)
    return views.page(
        "audit.html",
        t=texts,
        about=about,
        by=by,
        nobody=by if by and not actor else None,
        rows=[_row(event) for event in found.events],
        away=found.away,
        older=_link(about, by, found.after),
        head=shipping.known_head(),
        proved=proof.proved().seq,
    )


def _entity(about: str) -> str | None:
    """`TRX…`, `@alice`, `7`, or what an event calls it: `product:101`."""
    if _INVOICE.fullmatch(about.upper()):
        return f"order:{about.upper()}"
    number = _person(about)
    if number is not None:
        return f"user:{number}"
    return about if _ENTITY.fullmatch(about) else None


def _actor(by: str) -> str | None:
    if by.lower() in {audit.SYSTEM, texts.SYSTEM.plain()}:
        return audit.SYSTEM
    number = _person(by)
    return None if number is None else str(number)


def _person(named: str) -> int | None:
    """Who is asked for by number may be gone by now."""
    number = money.whole(named, MOST_ID)
    if number is not None or not named.startswith("@"):
        return number
    try:
        return users.by_username(named[1:]).id
    except Unknown:
        return None


def _row(event: Found) -> dict[str, Any]:
    kind, _, name = event.entity.partition(":")
    entity = texts.ENTITIES.get(kind)
    return {
        "event": event,
        "what": texts.ACTIONS.get(event.action) or order_texts.MOMENTS.get(event.action, event.action),
        "about": entity(id=name) if entity else event.entity,
        "invoice": name if kind == "order" else None,
        "facts": [*order_words.facts(_amounts(event)), *_facts(event)],
        "is_system": event.actor == audit.SYSTEM,
    }


def _amounts(event: Found) -> dict[str, Any]:
    """Those of orders are whole rupiah; other events may call something else by the same name."""
    kinds = {name: int if name in order_texts.AMOUNTS else int | str for name in event.data}
    return {name: value for name, value in event.data.items() if isinstance(value, kinds[name])}


def _facts(event: Found) -> Iterator[Html]:
    for name, text in texts.FACTS.items():
        value = event.data.get(name)
        if isinstance(value, int | str):
            yield text(value=_worded(name, value))


def _worded(name: str, value: int | str) -> str:
    if name == "price" and isinstance(value, int):
        return money.rupiah(value)
    outcome = texts.OUTCOMES.get(str(value)) if name == "outcome" else None
    return outcome.plain() if outcome else str(value)[:60]


def _link(about: str, by: str, after: str | None) -> str | None:
    return f"/ops/audit?{urlencode({'about': about, 'by': by, 'after': after})}" if after else None
