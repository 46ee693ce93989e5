"""Version 2 as the gateway serves it: paths, answers, and the body of its webhook."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.sandbox.pakasir import validation
from app.sandbox.pakasir.api import Api
from app.sandbox.pakasir.ledger import Payment
from app.sandbox.pakasir.refusals import Refusal
from app.sandbox.pakasir.times import rfc3339
from app.sandbox.pakasir.transactions import Transactions, fee_of


def routes(api: Api) -> list[Route]:
    calls = [
        ("/create-transaction/{project}/{order_id}", "create", create, "POST"),
        ("/transaction-status/{project}/{txn_id}", "status", status, "GET"),
        ("/cancel-transaction/{project}/{txn_id}", "cancel", cancel, "POST"),
        ("/payment-fee/{amount}", "fee", fee, "GET"),
    ]
    served = [
        Route(f"/api/v2{path}", api.endpoint(name, 2, work), methods=[method])
        for path, name, work, method in calls
    ]
    simulated = api.endpoint("simulate", 2, simulate)
    return [*served, Route("/api/transactions/{txn_id}/simulate", simulated, methods=["POST"])]


def create(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:
    _admit(transactions, request)
    transactions.may_write()
    asked = validation.fields(body, {"method", "amount"})
    payment = transactions.open(request.path_params["order_id"], asked["amount"], asked["method"], version=2)
    if asked["method"] == "payment_link":
        page = f"{request.scope.get('root_path', '')}/pay-v2/{payment.txn_id}"
        return {"txn_id": payment.txn_id, "payment_link": str(request.url.replace(path=page, query=""))}
    return {
        "txn_id": payment.txn_id,
        "project": transactions.project,
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


def status(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:
    _admit(transactions, request)
    validation.no_body(body)
    payment = transactions.find(txn_id=request.path_params["txn_id"])
    transactions.may_ask(payment)
    return _shown(payment)


def cancel(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:
    _admit(transactions, request)
    transactions.may_write()
    validation.no_body(body)
    transactions.cancel(transactions.find(txn_id=request.path_params["txn_id"]).invoice)
    return {"message": "Transaction canceled"}


def simulate(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001  (none, or {})
    """Names no project: the key tells."""
    transactions.admit(transactions.project, request.headers.get("x-api-key"))
    payment = transactions.find(txn_id=request.path_params["txn_id"])
    if not payment.is_sandbox:
        raise Refusal(403, "Simulation needs a sandbox project")
    return {"success": True, "message": "Payment simulated"} | _shown(transactions.complete(payment.invoice))


def fee(transactions: Transactions, request: Request, body: bytes) -> dict[str, Any]:  # noqa: ARG001  (asked by anybody)
    validation.no_body(body)
    amount = validation.amount(validation.number(request.path_params["amount"]))
    return {"qris": fee_of(amount), "bri_va": 3500, "bni_va": 3500, "permata_va": 3500}


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


def _admit(transactions: Transactions, request: Request) -> None:
    transactions.admit(request.path_params["project"], request.headers.get("x-api-key"))
