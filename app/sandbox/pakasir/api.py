"""The stand-in's API over HTTP, whatever the version: plays scripted faults, answers, records every call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from app.sandbox.pakasir.faults import Fault, Faults
from app.sandbox.pakasir.refusals import Refusal
from app.sandbox.pakasir.transactions import Transactions

BODY_CAP = 16 * 1024
SLOW_S = 6.0
PAGE = "<!doctype html><title>Just a moment…</title><p>Checking your browser before you can go on."

Work = Callable[[Transactions, Request, bytes], dict[str, Any]]


@dataclass(frozen=True)
class Call:
    """One call as it came in; `status` is None when the connection was broken instead of an answer."""

    name: str
    version: int
    invoice: str | None
    status: int | None


class Api:
    """`record` keeps each call for whoever asserts on it."""

    def __init__(self, transactions: Transactions, faults: Faults, record: Callable[[Call], None]) -> None:
        self._transactions = transactions
        self._faults = faults
        self._record = record

    def endpoint(self, name: str, version: int, work: Work) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            body = await request.body()
            invoice = self._invoice(request, body)
            response = await self._play(self._fault(name, invoice), work, request, body)
            broken = isinstance(response, Broken)
            self._record(Call(name, version, invoice, None if broken else response.status_code))
            return response

        return answer

    def _fault(self, name: str, invoice: str | None) -> Fault | None:
        """What was scripted, else what the demo's switches say."""
        if fault := self._faults.take(name, invoice):
            return fault
        ledger = self._transactions.ledger
        if ledger.switched("down"):
            return Fault(name, "down", None, None)
        if ledger.switched("slow"):
            return Fault(name, "slow", None, None, {"seconds": SLOW_S})
        if ledger.switched("nocancel") and name == "cancel":
            return Fault(name, "error", None, None, {"status": 503})
        return None

    async def _play(self, fault: Fault | None, work: Work, request: Request, body: bytes) -> Response:
        kind = fault.kind if fault else ""
        if fault and kind in INSTEAD:
            return INSTEAD[kind](fault)
        response = self._do(work, request, body, fault.options.get("fields") if fault else None)
        if fault and kind == "slow":
            await _until_gone(request, fault.options.get("seconds"))
        return Broken() if kind == "drop" else response

    def _do(self, work: Work, request: Request, body: bytes, changes: dict[str, Any] | None) -> Response:
        try:
            if len(body) > BODY_CAP:
                raise Refusal(413, "Body too large")
            answer = work(self._transactions, request, body)
        except Refusal as refusal:
            wait = {"Retry-After": str(refusal.retry_after_s)} if refusal.retry_after_s else None
            return JSONResponse({"message": refusal.message}, refusal.status, headers=wait)
        return JSONResponse(_changed(answer, changes or {}))

    def _invoice(self, request: Request, body: bytes) -> str | None:
        """The invoice a call is about, if it says: v2 names it or its transaction, v1 sends a field."""
        path = request.path_params
        if "txn_id" in path:
            payment = self._transactions.ledger.find(txn_id=path["txn_id"])
            return payment.invoice if payment else None
        named = path.get("order_id") or request.query_params.get("order_id") or _parse(body).get("order_id")
        return named if isinstance(named, str) else None


class Broken(Response):
    """Headers that promise a body, and then nothing: the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


INSTEAD: dict[str, Callable[[Fault], Response]] = {
    "down": lambda _: Broken(),
    "error": lambda fault: JSONResponse({"message": "Internal error"}, fault.options.get("status", 500)),
    "html": lambda fault: HTMLResponse(PAGE, fault.options.get("status", 200)),
    "rate": lambda fault: JSONResponse({"message": "Too many requests"}, 429, _wait(fault)),
    "refuse": lambda fault: JSONResponse(
        {"message": fault.options.get("message", "Refused")}, fault.options.get("status", 400)
    ),
}


def _changed(answer: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Flat answers change on top, v1's one level down. A field set to `...` goes away."""
    for name in ("payment", "transaction"):
        if name in answer:
            return {name: _changed(answer[name], changes)}
    return {key: value for key, value in (answer | changes).items() if value is not ...}


def _wait(fault: Fault) -> dict[str, str]:
    seconds = fault.options.get("retry_after", 1)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _parse(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


async def _until_gone(request: Request, seconds: float | None) -> None:
    """Until the caller gives up, or so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                continue
    except TimeoutError:
        return
