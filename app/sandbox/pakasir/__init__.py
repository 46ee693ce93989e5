"""A gateway that behaves as Pakasir's was seen to, and misbehaves on command: for tests and the demo.

Owns the controls. The rules are in `transactions`, what is kept in `ledger`, the wire in `api`, `v1` and
`v2`, what is pushed in `webhooks`, the customer's page in `page`.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from app.sandbox.pakasir import page, v1, v2
from app.sandbox.pakasir.api import Api, Call
from app.sandbox.pakasir.faults import Faults
from app.sandbox.pakasir.ledger import Ledger, Payment
from app.sandbox.pakasir.transactions import Transactions
from app.sandbox.pakasir.webhooks import Delivery, WebhookSender
from app.sandbox.server import Server

WAIT_S = 5.0


class StandIn:
    """One project at the gateway. Thread-safe; with a `path` it remembers everything over a kill -9.

    `webhook_retries_s`: pauses before pushing a webhook again. `shop_expiry_s` is only told to the customer.
    `clock` gives seconds since 1970 for times and limits alike.
    """

    def __init__(
        self,
        project: str,
        api_key: str,
        webhook_secret: str | None = None,
        webhook_url: str | None = None,
        *,
        api_versions: tuple[int, ...] = (1, 2),
        sandbox: bool = True,
        path: Path | None = None,
        strict_limits: bool = True,
        fee_on_shop: bool = False,
        webhook_retries_s: tuple[float, ...] = (1, 5, 15, 60, 300),
        shop_expiry_s: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.url = ""
        self._seen = threading.Condition()
        self._calls: list[Call] = []
        self._webhooks: list[Delivery] = []
        self._faults = Faults()
        self._api_versions = api_versions
        self.shop_expiry_s = shop_expiry_s
        self._ledger = Ledger(path)
        self._transactions = Transactions(
            self._ledger,
            clock,
            project=project,
            api_key=api_key,
            sandbox=sandbox,
            fee_on_shop=fee_on_shop,
            strict_limits=strict_limits,
            on_paid=self._announce,
        )
        self._sender = WebhookSender(
            self._transactions,
            url=webhook_url,
            secret=webhook_secret,
            retries_s=webhook_retries_s,
            record=self._record_webhook,
        )

    # Serving

    def asgi(self) -> Starlette:
        """The API of every version and the customer's page. From here on promised webhooks are pushed."""
        self._sender.start()
        api = Api(self._transactions, self._faults, self._record_call)
        versions = [v1 if version == 1 else v2 for version in self._api_versions]
        calls = [route for version in versions for route in version.routes(api)]
        return Starlette(routes=[*calls, *page.routes(self, self._transactions)])

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[StandIn]:
        """Serve from a background thread; `url` says where."""
        server = Server(self.asgi(), port)
        self.url = server.url
        try:
            yield self
        finally:
            self.close()
            server.stop()

    def close(self) -> None:
        self._sender.close()

    # What customers and the owner do

    def pays(self, invoice: str, webhook: str | None = None) -> Payment:
        """Pay now. `webhook`: once, lost, doubled, late or forged; without it what was scripted, else once.

        Raises Refusal if there is nothing to pay: unknown, paid, canceled or too old.
        """
        return self._transactions.complete(invoice, webhook)

    def was_paid(self, invoice: str, amount: int) -> Payment:
        """A payment that is completed already, and that no webhook told of. A second time finds it."""
        found = self._transactions.open(invoice, amount, "qris", 2)
        return found if found.completed_at else self._transactions.complete(invoice, "lost")

    def pays_later(self, invoice: str, after_s: float, webhook: str | None = None) -> Payment:
        """Pay in so many seconds, whoever looks on. Until then canceling answers 503."""
        payment = self._transactions.keep_open(invoice)
        options = json.dumps({"webhook": webhook})
        self._ledger.promise("pay", invoice, self._transactions.clock() + after_s, options)
        self._sender.wake()
        return payment

    def find(self, invoice: str) -> Payment:
        """Raises Refusal if the gateway never heard of it."""
        return self._transactions.find(invoice=invoice)

    def pays_at(self, invoice: str) -> float | None:
        """When the late customer of a payment pays, if there is one."""
        return self._ledger.due_at("pay", invoice)

    @property
    def sandbox(self) -> bool:
        """The project's sandbox switch; payments keep what it was when they were opened."""
        return self._transactions.sandbox

    @sandbox.setter
    def sandbox(self, on: bool) -> None:
        self._transactions.sandbox = on

    @property
    def webhook_url(self) -> str | None:
        return self._sender.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._sender.url = url

    # Misbehaviour

    def fault(
        self, call: str, kind: str, times: int | None = 1, *, invoice: str | None = None, **options: Any
    ) -> None:
        """Script the next `times` calls (None: until cleared), see `faults` for calls, kinds and options."""
        self._faults.add(call, kind, times, invoice, options)

    def clear_faults(self) -> None:
        self._faults.clear()

    def forget_rates(self) -> None:
        """Count calls from nothing again, for tests that cannot wait for four seconds to pass."""
        self._transactions.forget_rates()

    def switch(self, name: str, on: bool) -> None:
        """The demo's lasting switches: slow, down, nocancel (canceling answers 503), lost (no webhooks)."""
        if name not in page.SWITCHES:
            raise ValueError(f"no such switch: {name}")
        self._ledger.switch(name, on)

    def switched(self, name: str) -> bool:
        return self._ledger.switched(name)

    def release_webhooks(self) -> None:
        """Push what `late` kept back."""
        self._ledger.hasten("webhook", self._transactions.clock())
        self._sender.wake()

    def push_webhook(self, invoice: str, how: str = "once", **fields: Any) -> None:
        """Push the webhook of a payment as it is now, paid or not, with some fields replaced."""
        self._sender.announce(self.find(invoice), how, fields)

    # What happened

    @property
    def calls(self) -> list[Call]:
        with self._seen:
            return list(self._calls)

    def calls_of(self, name: str, invoice: str | None = None) -> list[Call]:
        return [call for call in self.calls if call.name == name and invoice in {None, call.invoice}]

    @property
    def webhooks(self) -> list[Delivery]:
        with self._seen:
            return list(self._webhooks)

    def wait_for_calls(self, name: str, count: int = 1, timeout_s: float = WAIT_S) -> list[Call]:
        """Wait until so many calls of a name were answered. Raises TimeoutError."""
        self._wait(lambda: len(self.calls_of(name)) >= count, f"{count} {name} calls", timeout_s)
        return self.calls_of(name)

    def wait_for_webhooks(self, count: int = 1, timeout_s: float = WAIT_S) -> list[Delivery]:
        """Wait until so many webhooks were pushed, whatever they were answered. Raises TimeoutError."""
        self._wait(lambda: len(self.webhooks) >= count, f"{count} webhooks", timeout_s)
        return self.webhooks

    def delivered(self, timeout_s: float = WAIT_S) -> bool:
        """Wait until every webhook that is due has been pushed."""
        return self._sender.wait_until_idle(timeout_s)

    def _wait(self, done: Callable[[], bool], what: str, timeout_s: float) -> None:
        with self._seen:
            if not self._seen.wait_for(done, timeout_s):
                raise TimeoutError(f"waited {timeout_s} s for {what}")

    def _record_call(self, call: Call) -> None:
        with self._seen:
            self._calls.append(call)
            self._seen.notify_all()

    def _record_webhook(self, delivery: Delivery) -> None:
        with self._seen:
            self._webhooks.append(delivery)
            self._seen.notify_all()

    def _announce(self, payment: Payment, how: str | None) -> None:
        """Push the webhook of a payment just made, as the caller, a switch or a scripted fault says."""
        fault = None if how else self._faults.take("webhook", payment.invoice)
        if fault:
            how = "once" if fault.kind == "change" else fault.kind
        elif not how:
            how = "lost" if self.switched("lost") else "once"
        self._sender.announce(payment, how, fault.options.get("fields", {}) if fault else {})
