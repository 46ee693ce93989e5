"""The audit, looked through: by what it is about, by who did it, a page at a time. Of an event's facts those
that have words are told; never all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from app import money
from app.audit import lookup, proof, shipping
from app.audit.lookup import Found
from app.errors import Unknown
from app.money import typed
from app.ops.page import views
from app.ops.page.http import Answer, Ask
from app.people import users
from app.texts import html, order_words
from app.texts.admin import orders as order_texts
from app.texts.html import Html
from app.texts.ops import audit as texts

SHOWN, LONGEST, NAME_UNITS = 30, 100, 40
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
    names = users.names({int(event.actor) for event in found.events if event.actor.isdecimal()})
    return views.page(
        "audit.html",
        t=texts,
        about=about,
        by=by,
        nobody=by if by and not actor else None,
        rows=[_row(event, names) for event in found.events],
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
    for actor, said in texts.ACTORS.items():
        if by.lower() in {actor, said.plain()}:
            return actor
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


def _row(event: Found, names: Mapping[int, str]) -> dict[str, Any]:
    kind, _, name = event.entity.partition(":")
    entity = texts.ENTITIES.get(kind)
    return {
        "event": event,
        "what": texts.ACTIONS.get(event.action) or order_texts.MOMENTS.get(event.action, event.action),
        "about": entity(id=name) if entity else event.entity,
        "invoice": name if kind == "order" else None,
        "facts": [*order_words.facts(_amounts(event)), *_facts(event)],
        "by": texts.ACTORS.get(event.actor) or _name(event.actor, names),
    }


def _name(actor: str, names: Mapping[int, str]) -> str:
    """Of a person; the id of one whom nobody knows any more."""
    known = names.get(int(actor)) if actor.isdecimal() else None
    return html.cut(known or actor, NAME_UNITS)


def _amounts(event: Found) -> dict[str, Any]:
    """Those of orders are whole rupiah; other events may call something else by the same name. A reason is
    told in a word of ours: of the ledger's that is one of its parts."""
    kinds = {name: int if name in order_texts.AMOUNTS else int | str for name in event.data}
    found = {name: value for name, value in event.data.items() if isinstance(value, kinds[name])}
    parts = str(found.pop("reason", "")).split(":")
    known = next((part for part in reversed(parts) if part in order_texts.REASONS), None)
    return found | ({"reason": known} if known else {})


def _facts(event: Found) -> Iterator[Html]:
    for name, text in texts.FACTS.items():
        value = event.data.get(name)
        if isinstance(value, int | str):
            yield text(value=_worded(name, value))


def _worded(name: str, value: int | str) -> str:
    if name == "price" and isinstance(value, int):
        return money.rupiah(value)
    known = {"outcome": texts.OUTCOMES, "call": texts.CALLS}.get(name, {}).get(str(value))
    return known.plain() if known else str(value)[:60]


def _link(about: str, by: str, after: str | None) -> str | None:
    return f"/ops/audit?{urlencode({'about': about, 'by': by, 'after': after})}" if after else None
