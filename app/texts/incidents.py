"""An alert in words, as messages and the operators' page tell it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.texts import causes, clock, html, job_words
from app.texts.html import Html, Label
from app.texts.operators import alerts as texts
from app.texts.ops import alerts as rule_words
from app.texts.ops import jobs as job_texts
from models import Alert, utcnow

MOST_KINDS, FOUND_UNITS = 8, 160
#: Seconds from which on a length is told in this unit.
UNITS = ((172_800, 86_400, texts.DAYS), (7_200, 3_600, texts.HOURS), (120, 60, texts.MINUTES))


def text(row: Alert) -> Html:
    """One that still stands."""
    said = texts.UNSTEADY if row.state == Alert.UNSTEADY else texts.FIRING
    until = row.muted_until
    muted = texts.MUTED(until=clock.moment(until)) if until and until > utcnow() else ""
    values = {"title": texts.TITLES[row.name], "since": clock.moment(row.since), "body": _body(row)}
    return said(**values, muted=muted)


def all_clear(row: Alert) -> Html:
    cost = row.facts.get("cost", 0)
    text = texts.SILENT if row.facts.get("silent") else texts.CLEAR
    return text(
        title=texts.TITLES[row.name],
        lasted=lasted(row.facts.get("lasted_s", 0)),
        cost=texts.COSTS[row.name](cost=cost) if cost and row.name in texts.COSTS else "",
    )


def lasted(seconds: int) -> str:
    """`12 menit`: in the largest unit of which there are at least two. Of two clocks one may be behind."""
    seconds = max(0, seconds)
    for least, unit, words in UNITS:
        if seconds >= least:
            return words.plain(n=seconds // unit)
    return texts.SECONDS.plain(n=seconds)


def _body(row: Alert) -> Html:
    facts: dict[str, Any] = dict(row.facts)
    if "rules" in facts:
        named = [rule_words.NAMES[name]() for name in facts["rules"] if name in rule_words.NAMES]
        facts["rules"] = ", ".join(named) or "-"
    if "actor" in facts:
        facts["doing"] = job_texts.NAMES.get(facts["actor"], job_texts.OTHER)
    if "kinds" in facts:
        facts["kinds"] = _kinds(facts["kinds"])
    if "found" in facts:
        facts["found"] = html.lines(dict.fromkeys(breach(line) for line in facts["found"]))
        facts["at"] = clock.moment(datetime.fromisoformat(facts["at"]))
    return texts.BODIES[row.name](**facts)


def breach(line: str) -> Html:
    """`invariant 5: TRX…: …` as admins are told of it: what is wrong, and with what."""
    what, subject = breach_parts(line)
    return texts.FOUND(what=what, subject=subject)


def breach_parts(line: str) -> tuple[Label, str]:
    """What is wrong, and with what."""
    number, _, rest = line.removeprefix("invariant ").partition(": ")
    what = texts.BREACHES.get(int(number) if number.isdecimal() else 0, texts.OTHER_BREACH)
    return what, html.cut(rest.partition(": ")[0] or line, FOUND_UNITS)


def _kinds(kinds: dict[str, int]) -> Html:
    most = sorted(kinds.items(), key=lambda each: -each[1])[:MOST_KINDS]
    return html.lines(_kind(kind, count) for kind, count in most)


def _kind(kind: str, count: int) -> Html:
    """`send_notice/order_sold Refused`: what failed, and the class of what it died of."""
    name, _, error = kind.partition(" ")
    actor = name.partition("/")[0]
    return texts.KIND(what=job_words.what(actor), count=count, cause=causes.told(error, actor))
