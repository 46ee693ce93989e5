"""The gateway's calls, version 1 (the seed's): the key in body or query, no transaction id or sandbox flag.

Our txn_id is the invoice here, because v1 knows a payment by its invoice and amount.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from app.clients import pakasir_answers as answers
from app.clients import pakasir_http as http
from app.errors import NotFound
from settings import Settings


class Client:
    """See `app.clients.pakasir.Gateway` for what the methods promise."""

    def __init__(self, settings: Settings, timeout_s: float = http.TIMEOUT_S) -> None:
        self._project = settings.pakasir_project
        self._public_url = settings.pakasir_public_url
        self._sandbox_counts = settings.pakasir_sandbox
        self._api_key = settings.pakasir_api_key.get_secret_value()
        self._http = http.Http(settings.pakasir_base_url, timeout_s, headers={}, hide=self._api_key)

    @answers.reading()
    def open(
        self, invoice: str, amount: int, *, yields: bool = False, timeout_s: float = http.TIMEOUT_S
    ) -> answers.Opened:
        answer = self._http.ask(
            http.Call(
                "create",
                "POST",
                "/api/transactioncreate/qris",
                invoice=invoice,
                rate=http.write_rate(self._project, yields=yields),
                json=self._four(invoice, amount),
                timeout_s=timeout_s,
                is_brief=timeout_s <= http.BRIEF_S,
            )
        )
        payment = answers.unwrapped(answer, "order_id")
        answers.must_echo(payment, project=self._project, order_id=invoice, amount=amount)
        opened = self._opened(payment, invoice, amount)
        answers.must_be_payable(opened, sandbox_counts=self._sandbox_counts)
        return opened

    @answers.reading()
    def status(self, txn_id: str, invoice: str, amount: int) -> answers.Status:
        answer = self._http.ask(
            http.Call(
                "status",
                "GET",
                "/api/transactiondetail",
                invoice=invoice,
                rate=http.status_rate(txn_id),
                query=self._four(invoice, amount),
            )
        )
        return read_status(answer, txn_id, self._project)

    @answers.reading()
    def cancel(self, txn_id: str, invoice: str, amount: int) -> None:  # noqa: ARG002  (v2 cancels by it)
        self._http.ask(
            http.Call(
                "cancel",
                "POST",
                "/api/transactioncancel",
                invoice=invoice,
                rate=http.cancel_rate(self._project),
                json=self._four(invoice, amount),
                is_blind=True,
            )
        )

    def fee(self, amount: int) -> answers.Fee:
        """Version 1 has no call for it."""
        return answers.estimated_fee(amount)

    def probe(self) -> None:
        """Ask for a payment that does not exist: hearing so is a good sign, also of the key."""
        query = self._four("probe", 10_000)
        try:
            self._http.ask(http.Call("probe", "GET", "/api/transactiondetail", query=query))
        except NotFound:
            return

    def _four(self, invoice: str, amount: int) -> dict[str, Any]:
        """The same four fields go with every call."""
        return {"project": self._project, "order_id": invoice, "amount": amount, "api_key": self._api_key}

    def _opened(self, payment: answers.Answer, invoice: str, amount: int) -> answers.Opened:
        answers.must_be_qris(payment)
        page = f"{self._public_url}/pay/{self._project}/{amount}"
        total = answers.whole(payment, "total_payment")
        return answers.Opened(
            txn_id=invoice,
            invoice=invoice,
            amount=amount,
            fee=answers.fee(payment, amount, total),
            total=total,
            qr_string=answers.text(payment, "payment_number"),
            payment_url=f"{page}?order_id={quote(invoice, safe='')}&qris_only=1",
            expires_at=answers.moment(payment, "expired_at", "expires_at"),
            is_sandbox=None,
            status=answers.PENDING,
        )


def read_status(answer: answers.Answer, txn_id: str, project: str) -> answers.Status:
    """Raises Malformed. `txn_id` is what was asked about: version 1 names none."""
    payment = answers.unwrapped(answer, "order_id")
    answers.must_echo(payment, project=project)
    return answers.Status(
        txn_id=txn_id,
        invoice=answers.text(payment, "order_id"),
        amount=answers.whole(payment, "amount"),
        is_sandbox=None,
        status=answers.status(payment),
        completed_at=answers.moment(payment, "completed_at"),
    )
