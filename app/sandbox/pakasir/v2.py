"""Version 2 as the gateway serves it: paths, answers, and the body of its webhook."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.sandbox.pakasir import gate, till
from app.sandbox.pakasir.book import Payment
from app.sandbox.pakasir.times import rfc3339


def routes(door: gate.Gate) -> list[Route]:
    calls = [
        ("/create-transaction/{project}/{order_id}", "create", create, "POST"),
        ("/transaction-status/{project}/{txn_id}", "status", status, "GET"),
        ("/cancel-transaction/{project}/{txn_id}", "cancel", cancel, "POST"),
        ("/payment-fee/{amount}", "fee", fee, "GET"),
    ]
    served = [
        Route(f"/api/v2{path}", door.endpoint(name, 2, work), methods=[method])
        for path, name, work, method in calls
    ]
    simulated = door.endpoint("simulate", 2, simulate)
    return [*served, Route("/api/transactions/{txn_id}/simulate", simulated, methods=["POST"])]


def create(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:
    _admit(desk, request)
    desk.may_write()
    asked = gate.fields(body, {"method", "amount"})
    payment = desk.open(request.path_params["order_id"], asked["amount"], asked["method"], version=2)
    if asked["method"] == "payment_link":
        page = f"{request.scope.get('root_path', '')}/pay-v2/{payment.txn_id}"
        return {"txn_id": payment.txn_id, "payment_link": str(request.url.replace(path=page, query=""))}
    return {
        "txn_id": payment.txn_id,
        "project": desk.project,
        "order_id": payment.invoice,
        "amount": payment.amount,
        "fee": payment.fee,
        "total_payment": payment.total,
        "payment_method": "qris",
        "qr_string": payment.qr,
        "va_number": None,
        "expires_at": rfc3339(payment.expires_at),
        "is_sandbox": payment.is_sandbox,
        "status": payment.status,
        "completed_at": payment.completed_at and rfc3339(payment.completed_at),
    }


def status(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:
    _admit(desk, request)
    gate.no_body(body)
    payment = desk.find(txn_id=request.path_params["txn_id"])
    desk.may_ask(payment)
    return _shown(payment)


def cancel(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:
    _admit(desk, request)
    desk.may_write()
    gate.no_body(body)
    desk.cancel(desk.find(txn_id=request.path_params["txn_id"]).invoice)
    return {"message": "Transaction canceled"}


def simulate(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001  (none, or {})
    """Names no project: the key tells."""
    desk.admit(desk.project, request.headers.get("x-api-key"))
    payment = desk.find(txn_id=request.path_params["txn_id"])
    if not payment.is_sandbox:
        raise till.Refusal(403, "Simulation needs a sandbox project")
    return {"success": True, "message": "Payment simulated"} | _shown(desk.complete(payment.invoice))


def fee(desk: till.Till, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001  (asked by anybody)
    gate.no_body(body)
    amount = till.rupiah(gate.number(request.path_params["amount"]))
    return {"qris": till.fee(amount), "bri_va": 3500, "bni_va": 3500, "permata_va": 3500}


def notice(payment: Payment) -> dict[str, Any]:
    """The webhook's body: what the status call says, without project, fee and method."""
    return _shown(payment)


def _shown(payment: Payment) -> dict[str, Any]:
    return {
        "txn_id": payment.txn_id,
        "order_id": payment.invoice,
        "amount": payment.amount,
        "is_sandbox": payment.is_sandbox,
        "status": payment.status,
        "completed_at": payment.completed_at and rfc3339(payment.completed_at),
    }


def _admit(desk: till.Till, request: Request) -> None:
    desk.admit(request.path_params["project"], request.headers.get("x-api-key"))
