"""What the tests of the stand-in gateway stand on: plain HTTP, and a shop that receives webhooks."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PROJECT, KEY, SECRET = "quickcart", "the-key", "the-secret"
INVOICE, AMOUNT = "TRX20261123-ABCDEF", 99_000


class Wire:
    """Calls as a stranger's client would make them. `key` and `project` may be wrong on purpose."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, verify=False, timeout=60)

    def create(self, invoice=INVOICE, key=KEY, project=PROJECT, **body):
        body = {"method": "qris", "amount": AMOUNT} | body
        path = f"/api/v2/create-transaction/{project}/{invoice}"
        return self.http.post(path, json=body, headers={"X-Api-Key": key})

    def status(self, txn_id, key=KEY, project=PROJECT):
        return self.http.get(f"/api/v2/transaction-status/{project}/{txn_id}", headers={"X-Api-Key": key})

    def cancel(self, txn_id, key=KEY, project=PROJECT, **options):
        path = f"/api/v2/cancel-transaction/{project}/{txn_id}"
        return self.http.post(path, headers={"X-Api-Key": key}, **options)

    def v1(self, call, **changes):
        """One of version 1's POST calls with its four fields; a field set to None is left out."""
        return self.http.post(f"/api/{call}", json=four(changes))

    def detail(self, **changes):
        return self.http.get("/api/transactiondetail", params=four(changes))


def four(changes: dict[str, Any]) -> dict[str, Any]:
    fields = {"project": PROJECT, "order_id": INVOICE, "amount": AMOUNT, "api_key": KEY} | changes
    return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Received:
    headers: dict[str, str]
    body: dict[str, Any]


class Shop:
    """Receives webhooks and answers 200, or what `answers` says first."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.received: list[Received] = []
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.json()
        with self._lock:
            self.received.append(Received(dict(request.headers), body))
            status = self.answers.pop(0) if self.answers else 200
        await Response(status_code=status)(scope, receive, send)
