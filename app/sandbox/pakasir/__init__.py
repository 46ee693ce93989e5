"""A gateway that behaves as shared/pakasir.md says, and misbehaves on command: for tests and the demo.

Owns the controls; the rules are in `till`, the wire in `v1` and `v2`, the customer's page in `page`.
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

from app.sandbox.pakasir import page, server, v1, v2
from app.sandbox.pakasir.book import Book, Payment
from app.sandbox.pakasir.courier import Courier, Delivery
from app.sandbox.pakasir.faults import Faults
from app.sandbox.pakasir.gate import Call, Gate
from app.sandbox.pakasir.till import Till

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
        self._book = Book(path)
        self._till = Till(
            self._book,
            clock,
            project=project,
            api_key=api_key,
            sandbox=sandbox,
            fee_on_shop=fee_on_shop,
            strict_limits=strict_limits,
            on_paid=self._announce,
        )
        self._courier = Courier(
            self._till,
            url=webhook_url,
            secret=webhook_secret,
            retries_s=webhook_retries_s,
            record=self._record_webhook,
        )

    # Serving

    def asgi(self) -> Starlette:
        """The API of every version and the customer's page. From here on promised webhooks are pushed."""
        self._courier.start()
        gate = Gate(self._till, self._faults, self._record_call)
        api = [route for version in self._api_versions for route in (v1 if version == 1 else v2).routes(gate)]
        return Starlette(routes=[*api, *page.routes(self, self._till)])

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[StandIn]:
        """Serve from a background thread; `url` says where."""
        with server.serving(self.asgi(), port) as self.url:
            try:
                yield self
            finally:
                self.close()

    def close(self) -> None:
        self._courier.close()

    # What customers and the owner do

    def pays(self, invoice: str, webhook: str | None = None) -> Payment:
        """Pay now. `webhook`: once, lost, doubled, late or forged; without it what was scripted, else once.

        Raises Refusal if there is nothing to pay: unknown, paid, canceled or too old.
        """
        return self._till.complete(invoice, webhook)

    def pays_later(self, invoice: str, after_s: float, webhook: str | None = None) -> Payment:
        """Pay in so many seconds, whoever looks on. Until then canceling answers 503."""
        payment = self._till.keep_open(invoice)
        options = json.dumps({"webhook": webhook})
        self._book.promise("pay", invoice, self._till.clock() + after_s, options)
        self._courier.wake()
        return payment

    def find(self, invoice: str) -> Payment:
        """Raises Refusal if the gateway never heard of it."""
        return self._till.find(invoice=invoice)

    def pays_at(self, invoice: str) -> float | None:
        """When the late customer of a payment pays, if there is one."""
        return self._book.due_at("pay", invoice)

    @property
    def sandbox(self) -> bool:
        """The project's sandbox switch; payments keep what it was when they were opened."""
        return self._till.sandbox

    @sandbox.setter
    def sandbox(self, on: bool) -> None:
        self._till.sandbox = on

    @property
    def webhook_url(self) -> str | None:
        return self._courier.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._courier.url = url

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
        self._till.forget_rates()

    def switch(self, name: str, on: bool) -> None:
        """The demo's lasting switches: slow, down, nocancel (canceling answers 503), lost (no webhooks)."""
        if name not in page.SWITCHES:
            raise ValueError(f"no such switch: {name}")
        self._book.switch(name, on)

    def switched(self, name: str) -> bool:
        return self._book.switched(name)

    def release_webhooks(self) -> None:
        """Push what `late` kept back."""
        self._book.hasten("webhook", self._till.clock())
        self._courier.wake()

    def push_webhook(self, invoice: str, how: str = "once", **fields: Any) -> None:
        """Push the webhook of a payment as it is now, paid or not, with some fields replaced."""
        self._courier.announce(self.find(invoice), how, fields)

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
        return self._courier.wait_until_idle(timeout_s)

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
        self._courier.announce(payment, how, fault.options.get("fields", {}) if fault else {})
