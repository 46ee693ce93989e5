"""What a rule measured, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """`fires`: as bad as an alert begins with. `clears`: as good as it ends with. Between both, all stays."""

    fires: bool
    clears: bool
    facts: Facts = field(default_factory=dict)


def never_news(_rung: Facts, _now: Facts) -> bool:
    return False


@dataclass(frozen=True)
class Rule:
    """One thing that is watched. `measure` answers None when it cannot know, and then nothing changes.

    `rings`: with a sound at night, too. It must read bad for `fire_after`, and good for `clear_after`.
    `is_news`: whether figures that have changed since the last sound are worth another one.
    `by_clock`: the clock brings its messages, as no worker may be there to do it.
    `cost`: what it has cost since a moment, as a number whose words are in the texts of the bot.
    """

    name: str
    measure: Callable[[], Reading | None]
    rings: bool = False
    by_clock: bool = False
    fire_after: timedelta = timedelta(0)
    clear_after: timedelta = timedelta(0)
    is_news: Callable[[Facts, Facts], bool] = never_news
    cost: Callable[[datetime], int] | None = None
