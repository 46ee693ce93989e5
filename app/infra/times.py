"""Western Indonesian Time, the shop's clock on the wall. It has no daylight saving."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


def show(moment: datetime) -> str:
    """`2026-03-01 19:05:07 WIB`."""
    return moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M:%S WIB")


def midnight(moment: datetime) -> datetime:
    """When the day of `moment` began."""
    return moment.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
