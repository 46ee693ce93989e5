"""The customer's payment page, in Bahasa Indonesia, with buttons that make the gateway misbehave.

The page asks for its state again and again; a tab that is closed changes nothing.
"""

from __future__ import annotations

import html
import string
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from app import money
from app.sandbox.pakasir import v1, validation
from app.sandbox.pakasir.ledger import Payment
from app.sandbox.pakasir.refusals import Refusal
from app.sandbox.pakasir.times import WIB
from app.sandbox.pakasir.transactions import Transactions
from app.sandbox.pakasir.webhooks import Delivery

SWITCHES = {
    "slow": ("Gateway lambat", "setiap jawaban 6 detik"),
    "down": ("Gateway mati", "koneksi putus sebelum dijawab"),
    "nocancel": ("Pembatalan gagal", "toko tidak bisa menutup QR"),
    "lost": ("Webhook hilang", "toko tidak diberi tahu"),
}
WEBHOOKS = {"once", "doubled", "lost"}
LONGEST_DELAY_S = 24 * 3600
TEMPLATE = string.Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
NOT_FOUND = "<!doctype html><meta charset=utf-8><title>Tidak ditemukan</title><p>Pembayaran ini tidak ada."
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}


class StandIn(Protocol):
    """What the page shows and its buttons do."""

    shop_expiry_s: int | None

    @property
    def webhooks(self) -> list[Delivery]: ...
    def pays(self, invoice: str, webhook: str | None = None) -> Payment: ...
    def pays_later(self, invoice: str, after_s: float) -> Payment: ...
    def pays_at(self, invoice: str) -> float | None: ...
    def switch(self, name: str, on: bool) -> None: ...
    def switched(self, name: str) -> bool: ...


def routes(standin: StandIn, transactions: Transactions) -> list[Route]:
    pages = Pages(standin, transactions)
    return [
        Route("/pay-v2/{txn_id}", pages.by_transaction),
        Route("/pay/{project}/{amount}", pages.by_invoice),
        Route("/sandbox/{txn_id}", pages.state),
        Route("/sandbox/{txn_id}", pages.act, methods=["POST"]),
    ]


class Pages:
    def __init__(self, standin: StandIn, transactions: Transactions) -> None:
        self._standin = standin
        self._transactions = transactions

    async def by_transaction(self, request: Request) -> Response:
        try:
            return self._page(self._transactions.find(txn_id=request.path_params["txn_id"]), request)
        except Refusal:
            return HTMLResponse(NOT_FOUND, 404, HEADERS)

    async def by_invoice(self, request: Request) -> Response:
        """Version 1's address: project, amount and invoice, and all three must fit."""
        try:
            amount = validation.number(request.path_params["amount"])
            payment = v1.find(self._transactions, request.query_params.get("order_id"), amount)
        except Refusal:
            return HTMLResponse(NOT_FOUND, 404, HEADERS)
        if request.path_params["project"] != self._transactions.project:
            return HTMLResponse(NOT_FOUND, 404, HEADERS)
        return self._page(payment, request)

    async def state(self, request: Request) -> Response:
        try:
            payment = self._transactions.find(txn_id=request.path_params["txn_id"])
        except Refusal as refusal:
            return JSONResponse({"message": refusal.message}, refusal.status)
        return JSONResponse(self._state(payment), headers={"Cache-Control": "no-store"})

    async def act(self, request: Request) -> Response:
        """One button. Only JSON, which a page elsewhere cannot send here unasked."""
        try:
            if request.headers.get("content-type") != "application/json":
                raise Refusal(415, "JSON only")
            payment = self._transactions.find(txn_id=request.path_params["txn_id"])
            self._press(payment.invoice, validation.fields(await request.body(), {"press", "value"}))
            return JSONResponse(self._state(self._transactions.find(txn_id=payment.txn_id)))
        except Refusal as refusal:
            return JSONResponse({"message": refusal.message}, refusal.status)

    def _press(self, invoice: str, asked: dict[str, Any]) -> None:
        press, value = asked["press"], asked["value"]
        if press == "pay" and value in WEBHOOKS:
            self._standin.pays(invoice, None if value == "once" else value)
        elif press == "late" and isinstance(value, int) and 0 < value <= LONGEST_DELAY_S:
            self._standin.pays_later(invoice, value)
        elif press in SWITCHES and isinstance(value, bool):
            self._standin.switch(press, value)
        else:
            raise Refusal(400, "No such button")

    def _state(self, payment: Payment) -> dict[str, Any]:
        """What changes while the page is open."""
        return {
            "status": payment.status,
            "paid_at": payment.completed_at and clock_time(payment.completed_at),
            "late_in_s": self._late_in_s(payment),
            "webhooks": [
                {"status": each.status} for each in self._standin.webhooks if each.invoice == payment.invoice
            ],
            "switches": {name: self._standin.switched(name) for name in SWITCHES},
        }

    def _late_in_s(self, payment: Payment) -> int | None:
        pays_at = self._standin.pays_at(payment.invoice)
        if pays_at is None or payment.status != "pending":
            return None
        return max(0, round(pays_at - self._transactions.clock()))

    def _page(self, payment: Payment, request: Request) -> Response:
        lasts_s = self._standin.shop_expiry_s or 0
        closes_at = payment.created_at + lasts_s
        redirect = request.query_params.get("redirect", "")
        values = {
            "project": payment_project(self._transactions.project),
            "invoice": payment.invoice,
            "total": money.rupiah(payment.total),
            "amount": money.rupiah(payment.amount),
            "fee": money.rupiah(payment.fee) if payment.total != payment.amount else "ditanggung toko",
            "state_url": f"{request.scope.get('root_path', '')}/sandbox/{payment.txn_id}",
            "closes_in_s": str(round(closes_at - self._transactions.clock())) if lasts_s else "",
            "lasts_s": str(lasts_s),
            "closes_at": clock_time(closes_at),
            "opened_at": clock_time(payment.created_at),
            "redirect": redirect if redirect.startswith(("https://", "http://")) else "",
        }
        safe = {name: html.escape(value) for name, value in values.items()}
        drawn = segno.make(payment.qr, error="m", micro=False)
        qr = drawn.svg_inline(scale=1, border=0, omitsize=True, dark="#0b1f33", svgclass="qr-code")
        return HTMLResponse(TEMPLATE.substitute(safe, qr=qr, switches=switch_rows()), headers=HEADERS)


def switch_rows() -> str:
    return "".join(
        f'<label class="switch"><span><b>{title}</b><small>{hint}</small></span>'
        f'<input type="checkbox" role="switch" data-switch="{name}"><i></i></label>'
        for name, (title, hint) in SWITCHES.items()
    )


def payment_project(slug: str) -> str:
    return slug.replace("-", " ").replace("_", " ").title() if slug.islower() else slug


def clock_time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, WIB).strftime("%H.%M.%S")
