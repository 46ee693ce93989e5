"""Does what the stand-in promised for later: pushes webhooks, again if need be, pays for late customers.

The promises are in the ledger, so they outlive the process. One thread; it waits for work and never polls.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from app.infra import web_calls
from app.sandbox.pakasir import v1, v2
from app.sandbox.pakasir.ledger import Job, Payment
from app.sandbox.pakasir.refusals import Refusal
from app.sandbox.pakasir.transactions import Transactions

NEVER = 1e12
LONGEST_WAIT_S = 3600.0
TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Delivery:
    """One push of a webhook; `status` is None when nobody answered."""

    invoice: str
    status: int | None
    body: dict[str, Any]


class WebhookSender:
    """`url` may change at any time; without one there is nobody to tell."""

    def __init__(
        self,
        transactions: Transactions,
        *,
        url: str | None,
        secret: str | None,
        retries_s: tuple[float, ...],
        record: Callable[[Delivery], None],
    ) -> None:
        self.url = url
        self._transactions = transactions
        self._secret = secret
        self._retries_s = retries_s
        self._record = record
        self._awake = threading.Condition()
        self._closing = False
        self._woken = self._resting = False
        self._thread = threading.Thread(target=self._run, name="pakasir-webhooks", daemon=True)

    def start(self) -> None:
        if not self._thread.is_alive():
            self._thread.start()

    def close(self) -> None:
        self._closing = True
        self.wake()
        if self._thread.is_alive():
            self._thread.join()

    def wake(self) -> None:
        with self._awake:
            self._woken = True
            self._awake.notify_all()

    def wait_until_idle(self, timeout_s: float) -> bool:
        """Until everything that was due has been tried."""
        with self._awake:
            return self._awake.wait_for(lambda: self._resting and not self._woken, timeout_s)

    def announce(self, payment: Payment, how: str, changes: dict[str, Any]) -> None:
        """Promise the webhook of a paid payment: once, lost, doubled, late or forged."""
        if how == "lost" or not self.url:
            return
        due_at = NEVER if how == "late" else self._transactions.clock()
        options = json.dumps({"forged": how == "forged", "fields": changes})
        for _ in range(2 if how == "doubled" else 1):
            self._transactions.ledger.promise("webhook", payment.invoice, due_at, options)
        self.wake()

    def _run(self) -> None:
        with httpx.Client(timeout=TIMEOUT_S, trust_env=False, verify=web_calls.certificates()) as http:
            while not self._closing:
                job = self._transactions.ledger.next_job()
                wait_s = job.due_at - self._transactions.clock() if job else LONGEST_WAIT_S
                if job and wait_s <= 0:
                    self._do(job, http)
                else:
                    self._wait(min(wait_s, LONGEST_WAIT_S))

    def _wait(self, seconds: float) -> None:
        with self._awake:
            self._resting = True
            self._awake.notify_all()
            self._awake.wait_for(lambda: self._woken, seconds)
            self._woken = self._resting = False

    def _do(self, job: Job, http: httpx.Client) -> None:
        if job.kind == "pay":
            self._transactions.ledger.forget(job)
            self._pay(job)
        elif self._push(job, http) or job.attempt >= len(self._retries_s):
            self._transactions.ledger.forget(job)
        else:
            self._transactions.ledger.postpone(job, self._transactions.clock() + self._retries_s[job.attempt])

    def _pay(self, job: Job) -> None:
        try:
            self._transactions.complete(job.invoice, json.loads(job.options).get("webhook"))
        except Refusal:
            return  # Paid by a button in the meantime.

    def _push(self, job: Job, http: httpx.Client) -> bool:
        """One try; whether this promise is kept, also when there is nobody to tell any more."""
        payment = self._transactions.ledger.find(invoice=job.invoice)
        if payment is None or not self.url:
            return True
        options = json.loads(job.options)
        body = self._body(payment) | options["fields"]
        try:
            status = http.post(self.url, json=body, headers=self._headers(payment, options)).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            status = None
        self._record(Delivery(payment.invoice, status, body))
        return status is not None and 200 <= status < 300

    def _body(self, payment: Payment) -> dict[str, Any]:
        return v1.notice(payment, self._transactions.project) if payment.version == 1 else v2.notice(payment)

    def _headers(self, payment: Payment, options: dict[str, Any]) -> dict[str, str]:
        """Version 1 signs nothing."""
        if payment.version == 1 or not self._secret:
            return {}
        return {"X-Secret": "somebody-else" if options["forged"] else self._secret}
