"""Version 1 as the gateway served it: the same payments with the key in the body or the query.

No limits of it are known. What a cancellation answers is what `pakasir-sdk` of npm looks for.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.sandbox.pakasir import gate, till
from app.sandbox.pakasir.book import Payment
from app.sandbox.pakasir.times import rfc3339

FOUR = {"project", "order_id", "amount", "api_key"}
#: Where the customer goes afterwards: clients send it along, empty too, and only the payment page uses it.
MAY_CREATE_WITH = {"redirect_url"}


def routes(door: gate.Gate) -> list[Route]:
    calls = [
        ("transactioncreate/{method}", "create", create, "POST"),
        ("transactiondetail", "status", status, "GET"),
        ("transactioncancel", "cancel", cancel, "POST"),
        ("paymentsimulation", "simulate", simulate, "POST"),
    ]
    return [
        Route(f"/api/{path}", door.endpoint(name, 1, work), methods=[method])
        for path, name, work, method in calls
    ]


def create(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:
    asked = _admit(desk, gate.fields(body, FOUR, MAY_CREATE_WITH))
    if request.path_params["method"] != "qris":
        raise till.Refusal(400, "Unknown payment method")
    payment = desk.open(asked["order_id"], asked["amount"], "qris", version=1)
    return {
        "payment": {
            "project": desk.project,
            "order_id": payment.invoice,
            "amount": payment.amount,
            "fee": payment.fee,
            "total_payment": payment.total,
            "payment_method": "qris",
            "payment_number": payment.qr,
            "expired_at": rfc3339(payment.expires_at),
        }
    }


def status(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:
    gate.no_body(body)
    asked = _admit(desk, gate.exactly(dict(request.query_params), FOUR))
    payment = find(desk, asked["order_id"], gate.number(asked["amount"]))
    return {"transaction": notice(payment, desk.project)}


def cancel(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001  (all in the body)
    asked = _admit(desk, gate.fields(body, FOUR))
    desk.cancel(find(desk, asked["order_id"], asked["amount"]).invoice)
    return {"success": True, "message": "Transaction canceled"}


def simulate(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001
    asked = _admit(desk, gate.fields(body, FOUR))
    payment = find(desk, asked["order_id"], asked["amount"])
    if not payment.is_sandbox:
        raise till.Refusal(403, "Simulation needs a sandbox project")
    desk.complete(payment.invoice)
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


def find(desk: till.Till, invoice: object, amount: object) -> Payment:
    payment = desk.find(invoice=till.order_id(invoice))
    if payment.amount != till.rupiah(amount):
        raise till.Refusal(400, "The amount is not that of this order_id")
    return payment


def _admit(desk: till.Till, asked: dict[str, Any]) -> dict[str, Any]:
    desk.admit(asked["project"], asked["api_key"])
    return asked
