"""Scripted faults: what is to go wrong, how often, and for how long."""

import threading
from dataclasses import dataclass

from app.sandbox import clock

CALL_KINDS = {"slow", "5xx", "html", "dropped", "refused", "flood", "says", "odd"}
PUSH_KINDS = {"lost", "doubled", "late"}
#: On the way to the bot.
OUTWARD = {"push", "deliver"}


@dataclass
class Fault:
    """One planned fault. `method` is a Bot API method, `*` for any of those, `push` for what people do, or
    `deliver` for bringing that to the webhook."""

    method: str
    kind: str
    times: int | None = 1
    delay_s: float = 1.0
    status: int = 502
    retry_after_s: int = 1
    chat_id: int | None = None
    until: float | None = None
    description: str = ""


class Faults:
    """Hands every planned fault out as often as it was asked for."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.lock = threading.Lock()

    def plan(self, fault: Fault) -> None:
        """Something will go wrong."""
        if fault.kind not in (PUSH_KINDS if fault.method == "push" else CALL_KINDS):
            raise ValueError(f"{fault.method} cannot be {fault.kind}")
        with self.lock:
            self.planned.append(fault)

    def take(self, method: str, chat_id: int | None = None) -> Fault | None:
        """The fault for this call, if one was planned; that spends it."""
        with self.lock:
            self.planned = [each for each in self.planned if not _over(each)]
            fault = next((each for each in self.planned if _fits(each, method, chat_id)), None)
            if fault and fault.times is not None:
                fault.times -= 1
            return fault

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self.lock:
            self.planned.clear()


def _over(fault: Fault) -> bool:
    return fault.times == 0 or (fault.until is not None and fault.until <= clock.monotonic())


def _fits(fault: Fault, method: str, chat_id: int | None) -> bool:
    named = fault.method.lower() == method.lower() or (fault.method == "*" and method not in OUTWARD)
    return named and fault.chat_id in (None, chat_id)
