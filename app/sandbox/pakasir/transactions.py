"""The gateway's rules about payments: who may ask, what may be opened, canceled and paid, and how often."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import replace

from app.sandbox.pakasir import qr, validation
from app.sandbox.pakasir.ledger import Ledger, Payment
from app.sandbox.pakasir.limits import RateLimits
from app.sandbox.pakasir.refusals import Refusal

PAYABLE_S = 24 * 3600
METHODS = {"qris", "payment_link"}


class Transactions:
    """Thread-safe, like the ledger it writes to. `sandbox` is the switch of the project."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], float],
        *,
        project: str,
        api_key: str,
        sandbox: bool,
        fee_on_shop: bool,
        strict_limits: bool,
        on_paid: Callable[[Payment, str | None], None],
    ) -> None:
        self.ledger = ledger
        self.clock = clock
        self.project = project
        self.sandbox = sandbox
        self._api_key = api_key
        self._on_paid = on_paid
        self._fee_on_shop = fee_on_shop
        self._rates = RateLimits(clock) if strict_limits else None

    def admit(self, project: object, api_key: object) -> None:
        if not isinstance(api_key, str) or not hmac.compare_digest(api_key.encode(), self._api_key.encode()):
            raise Refusal(401, "Invalid API key")
        if project != self.project:
            raise Refusal(404, "Project not found")

    def may_write(self) -> None:
        self._meter("write", interval_s=0.5, burst=2)

    def may_ask(self, payment: Payment) -> None:
        self._meter(f"status:{payment.txn_id}", interval_s=4.0, burst=1)

    def forget_rates(self) -> None:
        if self._rates:
            self._rates.forget()

    def open(self, invoice: object, amount: object, method: object, version: int) -> Payment:
        """Find or create: the same invoice and body give the same payment, whatever became of it."""
        invoice, amount = validation.order_id(invoice), validation.amount(amount)
        if method not in METHODS:
            raise Refusal(400, "Unknown payment method")
        found = self.ledger.find_or_add(self._payment(invoice, amount, str(method), version))
        if found.amount != amount:
            raise Refusal(400, "This order_id was created with another amount")
        return found

    def find(self, *, invoice: str | None = None, txn_id: str | None = None) -> Payment:
        found = self.ledger.find(invoice=invoice, txn_id=txn_id)
        if found is None:
            raise Refusal(404, "Transaction not found")
        return found

    def cancel(self, invoice: str) -> Payment:
        def decide(payment: Payment) -> Payment:
            if payment.status == "completed":
                raise Refusal(400, "Transaction is already completed")
            if payment.uncancelable:
                raise Refusal(503, "The bank is working on this transaction")
            return replace(payment, status="canceled")

        return self._change(invoice, decide)

    def complete(self, invoice: str, webhook: str | None = None) -> Payment:
        """The customer pays. `webhook` goes to `on_paid`."""

        def decide(payment: Payment) -> Payment:
            if payment.status != "pending":
                raise Refusal(400, f"Transaction is {payment.status}")
            if self.clock() > payment.expires_at:
                raise Refusal(400, "The QR is too old")
            return replace(payment, status="completed", completed_at=self.clock(), uncancelable=False)

        payment = self._change(invoice, decide)
        self._on_paid(payment, webhook)
        return payment

    def keep_open(self, invoice: str) -> Payment:
        """From now on it cannot be canceled: its customer is about to pay."""

        def decide(payment: Payment) -> Payment:
            if payment.status != "pending":
                raise Refusal(400, f"Transaction is {payment.status}")
            return replace(payment, uncancelable=True)

        return self._change(invoice, decide)

    def _change(self, invoice: str, decide: Callable[[Payment], Payment]) -> Payment:
        changed = self.ledger.change(invoice, decide)
        if changed is None:
            raise Refusal(404, "Transaction not found")
        return changed

    def _payment(self, invoice: str, amount: int, method: str, version: int) -> Payment:
        now = self.clock()
        total = amount if self._fee_on_shop else amount + fee_of(amount)
        return Payment(
            txn_id=f"PKS{secrets.token_hex(10).upper()}",
            invoice=invoice,
            version=version,
            method=method,
            amount=amount,
            fee=fee_of(amount),
            total=total,
            qr=qr.sample() if self.sandbox else qr.build(total, "PAKASIR STAND-IN", invoice),
            is_sandbox=self.sandbox,
            status="pending",
            created_at=now,
            expires_at=now + PAYABLE_S,
        )

    def _meter(self, key: str, interval_s: float, burst: int) -> None:
        if self._rates and (wait_s := self._rates.take(key, interval_s, burst)):
            raise Refusal(429, "Too many requests", retry_after_s=wait_s)


def fee_of(amount: int) -> int:
    """0.7 % + 310 up to 105,000 and 1 % above, rounded up to whole rupiah."""
    if amount <= 105_000:
        return (amount * 7 + 999) // 1000 + 310
    return (amount + 99) // 100
