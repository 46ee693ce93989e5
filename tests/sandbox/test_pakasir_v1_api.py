"""Version 1 of the stand-in: the same payments through the seed's calls."""

from __future__ import annotations

import pytest

from app.sandbox.pakasir import StandIn
from tests.support.gateway_calls import AMOUNT, INVOICE, KEY, PROJECT, Wire
from tests.support.house import House


@pytest.fixture(scope="module")
def house():
    with House.built() as house:
        yield house


@pytest.fixture
def pakasir(house):
    with house.hosting(StandIn(PROJECT, KEY)) as standin:
        yield standin


@pytest.fixture
def wire(pakasir):
    return Wire(pakasir.url)


@pytest.fixture
def created(wire):
    return wire.v1("transactioncreate/qris").json()["payment"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 5_000, b"9" * 5_000])
def test_a_body_that_cannot_be_read_is_refused(wire, body):
    answer = wire.http.post("/api/transactioncreate/qris", content=body)

    assert (answer.status_code, list(answer.json())) == (400, ["message"])


def test_create_answers_one_level_down(created):
    assert set(created) == {
        *("project", "order_id", "amount", "fee", "total_payment"),
        *("payment_method", "payment_number", "expired_at"),
    }
    assert (created["amount"], created["total_payment"]) == (AMOUNT, 100_003)


def test_detail_answers_one_level_down(wire, created):
    assert wire.detail().json()["transaction"] == {
        "amount": AMOUNT,
        "order_id": INVOICE,
        "project": PROJECT,
        "status": "pending",
        "payment_method": "qris",
        "completed_at": None,
    }


def test_a_simulated_payment_is_made(wire, created):
    assert wire.v1("paymentsimulation").status_code == 200
    assert wire.detail().json()["transaction"]["status"] == "completed"


def test_simulation_is_for_sandboxes(wire, pakasir):
    pakasir.sandbox = False
    wire.v1("transactioncreate/qris")

    assert wire.v1("paymentsimulation").status_code == 403
    assert pakasir.find(INVOICE).status == "pending"


def test_cancel_makes_a_payment_unpayable(wire, created):
    assert wire.v1("transactioncancel").status_code == 200
    assert wire.v1("paymentsimulation").status_code == 400


def test_cancel_refuses_what_was_paid(wire, pakasir, created):
    pakasir.pays(INVOICE)

    assert wire.v1("transactioncancel").status_code == 400


REFUSED = [
    pytest.param({"api_key": "wrong"}, 401, id="wrong key"),
    pytest.param({"api_key": None}, 400, id="no key"),
    pytest.param({"project": "other"}, 404, id="unknown project"),
    pytest.param({"amount": AMOUNT + 1}, 400, id="another amount"),
    pytest.param({"amount": 1}, 400, id="too little"),
    pytest.param({"order_id": "x"}, 400, id="short order_id"),
    pytest.param({"note": "x"}, 400, id="unknown field"),
]


@pytest.mark.parametrize("call", ["transactioncreate/qris", "transactioncancel", "paymentsimulation"])
@pytest.mark.parametrize(("asked", "status"), REFUSED)
def test_every_call_refuses(wire, created, call, asked, status):
    assert wire.v1(call, **asked).status_code == status


@pytest.mark.parametrize(("asked", "status"), REFUSED)
def test_detail_refuses(wire, created, asked, status):
    assert wire.detail(**asked).status_code == status


@pytest.mark.parametrize("call", ["transactioncancel", "paymentsimulation"])
def test_an_unknown_payment_is_not_found(wire, call):
    assert wire.v1(call).status_code == 404


def test_another_method_is_refused(wire):
    assert wire.v1("transactioncreate/bri_va").status_code == 400


@pytest.mark.parametrize("redirect", [None, "https://shop.example/thanks"])
def test_a_client_may_say_where_the_customer_goes_afterwards(wire, pakasir, redirect):
    body = {
        "project": PROJECT,
        "order_id": INVOICE,
        "amount": AMOUNT,
        "api_key": KEY,
        "redirect_url": redirect,
    }

    assert wire.http.post("/api/transactioncreate/qris", json=body).json()["payment"]["payment_number"]


@pytest.mark.parametrize("call", ["transactioncancel", "paymentsimulation"])
def test_success_is_named_as_clients_look_for_it(wire, created, call):
    assert wire.v1(call).json()["success"] is True
