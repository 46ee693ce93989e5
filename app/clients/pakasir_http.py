"""One HTTP call to the gateway: time-out, size cap, limits, errors as our own, one log line.

Knows no call by name and no field of an answer; that is pakasir_v1 and pakasir_v2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode

import orjson
import structlog

from app.clients import http_client
from app.clients.http_client import Answer
from app.errors import (
    ClientError,
    Flood,
    Malformed,
    NoRoom,
    NotFound,
    Refused,
    Silent,
    TurnedAway,
    Unreachable,
)
from app.infra import breaker, calls, limits

TIMEOUT_S = 10.0
#: A call that waits no longer may only have met a slow moment.
BRIEF_S = 3.0
ANSWER_CAP = 64 * 1024
MESSAGE_CAP = 200
#: Calls that may each be silent while the others answer. The rest heeds the first, and says nothing of it.
PARTS = ("create", "status", "cancel")
BOM = b"\xef\xbb\xbf"
# Many servers close an idle connection after five seconds; a call must not meet that moment.
KEPT_S = 3.0
#: What a connection may take of the time.
CONNECTING = 0.5
JSON = {"Content-Type": "application/json"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Call:
    """What is sent and what the log may say of it: the path and the query hold secrets, `name` does not."""

    name: str
    method: str
    path: str
    invoice: str | None = None
    rate: limits.Rate | None = None
    json: dict[str, Any] | None = None
    query: dict[str, Any] | None = None
    #: Given up so early; whether that tells of a silence is for the caller to say.
    timeout_s: float | None = None
    is_brief: bool = False
    #: Nothing is read in the answer: that there is one says all, also an empty one or a page.
    is_blind: bool = False


def write_rate(project: str, *, yields: bool = False) -> limits.Rate:
    """Create and cancel share two calls a second per project; evenly spread, so no second ever sees three.

    Whoever waits asks again soon: of those before, many give their order up and never come back. Who
    `yields` lets all others go first, but for one in two seconds of those who do.
    """
    first = limits.Rate(f"pakasir:write:{project}", count=2, line=True, longest_line_s=3.0)
    if not yields:
        return first
    return replace(first, lane=":yielding", yields_to=(first.line_name,), yet_every_s=2.0)


def cancel_rate(project: str) -> limits.Rate:
    """The same two calls, but only while nobody waits for a QR: a cancellation is in no hurry."""
    creates, yielding = write_rate(project), write_rate(project, yields=True)
    return replace(creates, lane=":cancel", yields_to=(creates.line_name, yielding.line_name))


def status_rate(txn_id: str) -> limits.Rate:
    """One question in four seconds about each transaction."""
    return limits.Rate(f"pakasir:status:{txn_id}", count=1, period_s=4.0)


class Http:
    """Thread-safe; one per process and gateway. `hide` is the key, should the gateway repeat it to us."""

    def __init__(self, base_url: str, timeout_s: float, *, headers: dict[str, str], hide: str) -> None:
        self._timeout_s = timeout_s
        self._hide = hide
        self._breakers = {
            part: breaker.Breaker(f"gateway:{base_url}:{part}", longest_s=timeout_s + 1) for part in PARTS
        }
        self._headers = headers
        self._server = http_client.Server(base_url, connect_s=timeout_s * CONNECTING, kept_s=KEPT_S)

    def ask(self, call: Call) -> dict[str, Any]:
        """The answer as an object. Raises a ClientError that holds no URL, key or QR, or redis errors.

        1. Not to a gateway that is known to be silent. 2. Take from the shared limit. 3. Send and read at
        most ANSWER_CAP. 4. Sort the answer out.
        """
        with self._let_through(call), calls.recorded("pakasir", call.name, invoice=call.invoice):
            answer = self._send(call)
            if answer.status == 429:
                raise self._flood(call, answer)
            if call.is_blind and 200 <= answer.status < 300:
                return {}
            return self._sort(answer.status, answer.body.removeprefix(BOM))

    def _send(self, call: Call) -> Answer:
        body, headers = b"", self._headers
        if call.json is not None:
            body, headers = orjson.dumps(call.json), headers | JSON
        path = quote(call.path, safe="/%") + (f"?{urlencode(call.query)}" if call.query else "")
        timeout_s = min(call.timeout_s or self._timeout_s, self._timeout_s)
        try:
            exchange = self._server.begin(
                call.method, path, body, headers, timeout_s=timeout_s, longest=ANSWER_CAP
            )
            return exchange.end()
        except http_client.NobodyThere:
            raise Silent("no connection to the gateway", delivered="no") from None
        except http_client.NotConnected:
            raise Unreachable("no connection to the gateway", delivered="no") from None
        except http_client.TimedOut:
            raise Silent("the gateway did not answer in time") from None
        except http_client.TooLong:
            raise Unreachable("the gateway's answer is too long") from None
        except http_client.Failed as error:
            raise Unreachable(f"the connection broke ({error})") from None

    @contextmanager
    def _let_through(self, call: Call) -> Iterator[None]:
        """A brief call, given up early, proves no silence. But after some of them the others go one at a
        time, or thirty in a row would hold every thread that looks after payments."""
        is_part, proves = call.name in PARTS, not call.is_brief
        known = self._breakers[call.name if is_part else PARTS[0]]
        silences = known.admit(probes=proves)
        if silences is None:
            raise Unreachable("the gateway has been silent, calls to it rest", delivered="no")
        if call.rate and (wait_s := limits.take(call.rate)):
            known.not_made()
            raise NoRoom(wait_s)
        try:
            yield
        except Silent:
            if is_part and known.silent(proves=proves):
                log.error(
                    "the gateway is silent: calls to it rest, and one at a time finds out", call=call.name
                )
            raise
        except ClientError:
            _heard(known, silences if is_part else 0)
            raise
        _heard(known, silences if is_part else 0)

    def _flood(self, call: Call, answer: Answer) -> Flood:
        """Tell every worker to wait, not only this one."""
        wait_s = _retry_after(answer) or (call.rate.period_s if call.rate else 1.0)
        if call.rate:
            limits.pause(call.rate.key, wait_s)
        return Flood(wait_s)

    def _sort(self, status: int, body: bytes) -> dict[str, Any]:
        answer = _parse(body)
        if status == 404:
            raise NotFound(f"404: {self._message(answer)}")
        if status in {401, 403, 407}:
            log.error("the gateway turns the shop away: check PAKASIR_API_KEY", status=status)
            raise TurnedAway(status, self._message(answer))
        if status >= 500 or status < 200 or 300 <= status < 400:
            raise Unreachable(f"the gateway answered {status}")
        if answer is None and body.lstrip()[:1] in (b"{", b"["):
            raise Malformed("the answer is broken JSON")
        if answer is None:
            # A page instead of JSON comes from whatever stands before the gateway, not from it.
            raise Unreachable(f"the gateway answered {status} with something that is not JSON")
        if status >= 400:
            raise Refused(status, self._message(answer))
        if not isinstance(answer, dict):
            raise Malformed("the answer is not an object")
        _must_be_unambiguous(body)
        return answer

    def _message(self, answer: Any) -> str:
        """The gateway's own words, cut, and without our key should it repeat it."""
        words = (answer.get("message") or answer.get("error")) if isinstance(answer, dict) else None
        words = words if isinstance(words, str) else "no reason given"
        words = "".join(letter if letter.isprintable() else " " for letter in words)
        return words.replace(self._hide, "…")[:MESSAGE_CAP]


def _heard(known: breaker.Breaker, silences: int) -> None:
    if silences:
        known.answered()
        log.info("the gateway answers again", silences=silences)


def _parse(body: bytes) -> Any:
    """The JSON value, or None when it is not JSON."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _must_be_unambiguous(body: bytes) -> None:
    """Refuse an answer that says two things under one name: another reader would believe the other one."""
    try:
        json.loads(body, object_pairs_hook=_once)
    except RecursionError:
        raise Malformed("the answer is nested too deeply") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            raise Malformed(f"the answer has two values for {name[:40]!r}")
    return found


def _retry_after(answer: Answer) -> float | None:
    """Seconds from `Retry-After`, which is a number or an HTTP date; never more than five minutes."""
    value = answer.headers.get("retry-after", "").strip()
    try:
        seconds = float(value) if value.isdigit() else _seconds_until(value)
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.1), 300.0)


def _seconds_until(http_date: str) -> float:
    return (parsedate_to_datetime(http_date).astimezone(UTC) - datetime.now(UTC)).total_seconds()
