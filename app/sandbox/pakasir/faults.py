"""Scripted misbehaviour: which call goes wrong next, how, and how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

CALLS = {"create", "status", "cancel", "fee", "simulate", "webhook"}
# A call's fault:
#   slow    done, but answered after `seconds`, or not before the caller gives up
#   error   not done, `status` (500)              html    a page instead of JSON, with `status` (200)
#   drop    done, but the connection breaks       down    the connection breaks before anything is done
#   rate    not done, 429, `retry_after` seconds  change  done, and `fields` of the answer replaced
#   refuse  not done, `status` (400) with `message`
CALL_KINDS = {"slow", "error", "html", "drop", "down", "rate", "change", "refuse"}
# A webhook's fault: lost, doubled, late (kept until release_webhooks), forged (a wrong secret),
# change (`fields` replaced).
WEBHOOK_KINDS = {"lost", "doubled", "late", "forged", "change"}


@dataclass
class Fault:
    call: str
    kind: str
    left: int | None
    invoice: str | None
    options: dict[str, Any] = field(default_factory=dict)

    def suits(self, call: str, invoice: str | None) -> bool:
        return self.call in {call, "*"} and self.invoice in {None, invoice}


class Faults:
    """First in, first used; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(
        self, call: str, kind: str, times: int | None, invoice: str | None, options: dict[str, Any]
    ) -> None:
        """`call` "*" means every call, but not the webhook; `times` None means until cleared."""
        kinds = WEBHOOK_KINDS if call == "webhook" else CALL_KINDS
        if call not in CALLS | {"*"} or kind not in kinds:
            raise ValueError(f"no such fault: {call} {kind}")
        with self._lock:
            self._waiting.append(Fault(call, kind, times, invoice, options))

    def take(self, call: str, invoice: str | None) -> Fault | None:
        with self._lock:
            for fault in self._waiting:
                if fault.suits(call, invoice) and not (call == "webhook" and fault.call == "*"):
                    self._use(fault)
                    return fault
        return None

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def _use(self, fault: Fault) -> None:
        if fault.left is not None:
            fault.left -= 1
            if fault.left <= 0:
                self._waiting.remove(fault)
