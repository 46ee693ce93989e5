"""What the doctor says: one finding a line, what it means, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

#: Clocks further apart than this make deadlines and limits wrong.
SKEW_S = 5.0

OK, WARNING, WRONG = "✓", "!", "✗"


@dataclass(frozen=True)
class Line:
    """`remedy` is empty where there is nothing to do."""

    mark: str
    about: str
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.mark} {self.about}: {self.says}" + (f"\n    → {self.remedy}" if self.remedy else "")


Probe = Callable[[], Iterable[Line]]


def ok(about: str, says: str) -> Line:
    return Line(OK, about, says)


def warning(about: str, says: str, remedy: str) -> Line:
    return Line(WARNING, about, says, remedy)


def wrong(about: str, says: str, remedy: str) -> Line:
    return Line(WRONG, about, says, remedy)


def clock(whose: str, at: datetime | None) -> Line:
    """This machine's clock against another's, whose answer is a second coarse."""
    about = f"clock against {whose}"
    if at is None:
        return warning(about, "it does not say what time it has", "nothing, unless deadlines seem wrong")
    ahead_s = (datetime.now(UTC) - at).total_seconds()
    if abs(ahead_s) > SKEW_S:
        way = "ahead of" if ahead_s > 0 else "behind"
        return wrong(
            about,
            f"this machine is {abs(ahead_s):.0f} s {way} it, so QRs expire at the wrong time",
            "let the machine set its clock by NTP (timedatectl set-ntp true)",
        )
    return ok(about, "less than 5 s apart")
