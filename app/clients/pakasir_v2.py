"""The gateway's calls, version 2: the key in a header, flat answers, transactions with an id of their own."""

from __future__ import annotations

from urllib.parse import quote

from app.clients import pakasir_answers as answers
from app.clients import pakasir_http as http
from app.errors import ClientError
from settings import Settings

#: A fee that comes later than this is not worth waiting for.
FEE_TIMEOUT_S = 2.0


class Client:
    """See `app.clients.pakasir.Gateway` for what the methods promise."""

    def __init__(self, settings: Settings, timeout_s: float = http.TIMEOUT_S) -> None:
        self._project = settings.pakasir_project
        self._public_url = settings.pakasir_public_url
        self._sandbox_counts = settings.pakasir_sandbox
        api_key = settings.pakasir_api_key.get_secret_value()
        self._http = http.Http(
            settings.pakasir_base_url, timeout_s, headers={"X-Api-Key": api_key}, hide=api_key
        )

    @answers.reading()
    def open(
        self, invoice: str, amount: int, *, yields: bool = False, timeout_s: float = http.TIMEOUT_S
    ) -> answers.Opened:
        answer: answers.Answer = self._http.ask(
            http.Call(
                "create",
                "POST",
                self._path("create-transaction", invoice),
                invoice=invoice,
                rate=http.write_rate(self._project, yields=yields),
                json={"method": "qris", "amount": amount},
                timeout_s=timeout_s,
                is_brief=timeout_s <= http.BRIEF_S,
            )
        )
        answer = answers.unwrapped(answer, "order_id")
        answers.must_echo(answer, project=self._project, order_id=invoice, amount=amount)
        opened = self._opened(answer, invoice, amount)
        answers.must_be_payable(opened, sandbox_counts=self._sandbox_counts)
        return opened

    @answers.reading()
    def status(self, txn_id: str, invoice: str, amount: int) -> answers.Status:  # noqa: ARG002  (v1 asks by it)
        answer = self._http.ask(
            http.Call(
                "status",
                "GET",
                self._path("transaction-status", txn_id),
                invoice=invoice,
                rate=http.status_rate(txn_id),
            )
        )
        return read_status(answer)

    @answers.reading()
    def cancel(self, txn_id: str, invoice: str, amount: int) -> None:  # noqa: ARG002  (v1 cancels by it)
        path = self._path("cancel-transaction", txn_id)
        rate = http.cancel_rate(self._project)
        self._http.ask(http.Call("cancel", "POST", path, invoice=invoice, rate=rate, is_blind=True))

    def fee(self, amount: int) -> answers.Fee:
        """Raises no ClientError."""
        try:
            return answers.Fee(self._ask_fee(amount), estimated=False)
        except ClientError:
            return answers.estimated_fee(amount)

    def probe(self) -> None:
        self._ask_fee(10_000)

    @answers.reading()
    def _ask_fee(self, amount: int) -> int:
        path = f"/api/v2/payment-fee/{amount}"
        answer = self._http.ask(http.Call("fee", "GET", path, timeout_s=FEE_TIMEOUT_S, is_brief=True))
        return answers.whole(answers.unwrapped(answer, "qris"), "qris")

    def _path(self, call: str, last: str) -> str:
        return f"/api/v2/{call}/{self._project}/{quote(last, safe='')}"

    def _opened(self, answer: answers.Answer, invoice: str, amount: int) -> answers.Opened:
        answers.must_be_qris(answer)
        status = answers.opened_as(answer)
        txn_id, total = answers.text(answer, "txn_id"), answers.whole(answer, "total_payment")
        return answers.Opened(
            txn_id=txn_id,
            invoice=invoice,
            amount=amount,
            fee=answers.fee(answer, amount, total),
            total=total,
            qr_string=answers.text(answer, "qr_string") if status == answers.PENDING else "",
            payment_url=f"{self._public_url}/pay-v2/{quote(txn_id, safe='')}?qris_only=1",
            expires_at=answers.moment(answer, "expires_at", "expired_at"),
            is_sandbox=answers.flag(answer, "is_sandbox"),
            status=status,
        )


def read_status(answer: answers.Answer) -> answers.Status:
    """Raises Malformed."""
    answer = answers.unwrapped(answer, "order_id")
    return answers.Status(
        txn_id=answers.text(answer, "txn_id"),
        invoice=answers.text(answer, "order_id"),
        amount=answers.whole(answer, "amount"),
        is_sandbox=answers.flag(answer, "is_sandbox"),
        status=answers.status(answer),
        completed_at=answers.moment(answer, "completed_at"),
    )
