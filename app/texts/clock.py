"""Times as people in western Indonesia read them."""

from __future__ import annotations

from datetime import date, datetime

from app.infra.times import WIB
from app.texts import languages
from models import utcnow

_EARLY, _LATE = ("Jan", "Feb", "Mar", "Apr"), ("Jun", "Jul")
MONTHS = {
    languages.INDONESIAN: (*_EARLY, "Mei", *_LATE, "Agu", "Sep", "Okt", "Nov", "Des"),
    languages.ENGLISH: (*_EARLY, "May", *_LATE, "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def moment(at: datetime) -> str:
    """`28 Des 2024 14.05 WIB`"""
    here = at.astimezone(WIB)
    return f"{day(here)} {here:%H.%M} WIB"


def hour(at: datetime) -> str:
    """`14.05`, beside a day."""
    return f"{at.astimezone(WIB):%H.%M}"


def minute(at: datetime) -> str:
    """`03.04 WIB`"""
    return f"{at.astimezone(WIB):%H.%M} WIB"


def second(at: datetime) -> str:
    """`03.04.59`, where only a moment ago counts."""
    return f"{at.astimezone(WIB):%H.%M.%S}"


def day(when: date) -> str:
    """`28 Des 2024`"""
    return f"{when.day} {MONTHS[languages.spoken()][when.month - 1]} {when.year}"


def short_day(at: datetime) -> str:
    """`28 Des`, and the year of another than this one."""
    here, now = at.astimezone(WIB), utcnow().astimezone(WIB)
    return day(here) if here.year != now.year else f"{here.day} {MONTHS[languages.spoken()][here.month - 1]}"


def time(at: datetime) -> str:
    """`14.05.30 WIB`"""
    return f"{at.astimezone(WIB):%H.%M.%S} WIB"
