"""Version 1 as the gateway served it: the same payments with the key in the body or the query.

No limits of it are known. What a cancellation answers is what `pakasir-sdk` of npm looks for.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.sandbox.pakasir import validation
from app.sandbox.pakasir.api import Api
from app.sandbox.pakasir.ledger import Payment
from app.sandbox.pakasir.refusals import Refusal
from app.sandbox.pakasir.times import rfc3339
from app.sandbox.pakasir.transactions import Transactions

FOUR = {"project", "order_id", "amount", "api_key"}
#: Where the customer goes afterwards: clients send it along, empty too, and only the payment page uses it.
MAY_CREATE_WITH = {"redirect_url"}


def routes(api: Api) -> list[Route]:
    calls = [
        ("transactioncreate/{method}", "create", create, "POST"),
        ("transactiondetail", "status", status, "GET"),
        ("transactioncancel", "cancel", cancel, "POST"),
        ("paymentsimulation", "simulate", simulate, "POST"),
    ]
    return [
        Route(f"/api/{path}", api.endpoint(name, 1, work), methods=[method])
        for path, name, work, method in calls
    ]


def create(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:
    asked = _admit(transactions, validation.fields(body, FOUR, MAY_CREATE_WITH))
    if request.path_params["method"] != "qris":
        raise Refusal(400, "Unknown payment method")
    payment = transactions.open(asked["order_id"], asked["amount"], "qris", version=1)
    return {
        "payment": {
            "project": transactions.project,
            "order_id": payment.invoice,
            "amount": payment.amount,
            "fee": payment.fee,
            "total_payment": payment.total,
            "payment_method": "qris",
            "payment_number": payment.qr,
            "expired_at": rfc3339(payment.expires_at),
        }
    }


def status(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:
    validation.no_body(body)
    asked = _admit(transactions, validation.exactly(dict(request.query_params), FOUR))
    payment = find(transactions, asked["order_id"], validation.number(asked["amount"]))
    return {"transaction": notice(payment, transactions.project)}


def cancel(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001  (all in the body)
    asked = _admit(transactions, validation.fields(body, FOUR))
    transactions.cancel(find(transactions, asked["order_id"], asked["amount"]).invoice)
    return {"success": True, "message": "Transaction canceled"}


def simulate(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001
    asked = _admit(transactions, validation.fields(body, FOUR))
    payment = find(transactions, asked["order_id"], asked["amount"])
    if not payment.is_sandbox:
        raise Refusal(403, "Simulation needs a sandbox project")
    transactions.complete(payment.invoice)
    return {"success": True, "message": "Payment simulated"}


def notice(payment: Payment, project: str) -> dict[str, Any]:
    """The webhook's body, and what the detail call shows."""
    return {
        "amount": payment.amount,
        "order_id": payment.invoice,
        "project": project,
        "status": payment.status,
        "payment_method": payment.method,
        "completed_at": payment.completed_at and rfc3339(payment.completed_at),
    }


def find(transactions: Transactions, invoice: object, amount: object) -> Payment:
    payment = transactions.find(invoice=validation.order_id(invoice))
    if payment.amount != validation.amount(amount):
        raise Refusal(400, "The amount is not that of this order_id")
    return payment


def _admit(transactions: Transactions, asked: dict[str, Any]) -> dict[str, Any]:
    transactions.admit(asked["project"], asked["api_key"])
    return asked
