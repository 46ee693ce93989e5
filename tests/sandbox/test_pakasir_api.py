"""The stand-in's API is as strict as the gateway's contract: what it answers and what it refuses."""

from __future__ import annotations

import httpx
import pytest

from app.money import qris
from app.sandbox.pakasir import StandIn
from app.sandbox.pakasir.refusals import Refusal
from tests.support.gateway import Clock
from tests.support.gateway_calls import AMOUNT, INVOICE, KEY, PROJECT, Wire
from tests.support.house import House


@pytest.fixture(scope="module")
def house():
    with House.built() as house:
        yield house


@pytest.fixture
def hands():
    return Clock()


@pytest.fixture
def pakasir(house, hands):
    with house.hosting(StandIn(PROJECT, KEY, clock=hands)) as standin:
        yield standin


@pytest.fixture
def wire(pakasir):
    return Wire(pakasir.url)


@pytest.fixture
def txn_id(wire, hands):
    txn_id = wire.create().json()["txn_id"]
    hands.forward(10)
    return txn_id


def test_create_answers_everything_that_the_contract_lists(wire):
    answer = wire.create().json()

    assert set(answer) == {
        *("txn_id", "project", "order_id", "amount", "fee", "total_payment", "payment_method", "qr_string"),
        *("va_number", "expires_at", "is_sandbox", "status", "completed_at"),
    }
    assert (answer["amount"], answer["fee"], answer["total_payment"]) == (99_000, 1_003, 100_003)
    assert (answer["status"], answer["is_sandbox"], answer["completed_at"]) == ("pending", True, None)


def test_create_finds_what_was_created(wire, txn_id):
    assert wire.create().json()["txn_id"] == txn_id


def test_create_may_find_a_payment_that_was_made(wire, pakasir, txn_id):
    pakasir.pays(INVOICE)

    assert wire.create().json()["status"] == "completed"


def test_a_payment_link_is_an_address_of_the_page(wire, pakasir):
    answer = wire.create(method="payment_link").json()

    assert answer == {"txn_id": answer["txn_id"], "payment_link": f"{pakasir.url}/pay-v2/{answer['txn_id']}"}


@pytest.mark.parametrize("amount", [500, 99_000, 10_000_000])
def test_the_qr_of_a_real_project_asks_for_the_total(wire, pakasir, amount):
    pakasir.sandbox = False
    answer = wire.create(amount=amount).json()

    qris.check(answer["qr_string"], answer["total_payment"])
    assert answer["is_sandbox"] is False


@pytest.mark.parametrize(
    ("amount", "fee"), [(500, 314), (12_000, 394), (105_000, 1045), (105_001, 1051), (10_000_000, 100_000)]
)
def test_the_fee_has_two_tiers(wire, amount, fee):
    assert wire.http.get(f"/api/v2/payment-fee/{amount}").json()["qris"] == fee


def test_the_shop_may_bear_the_fee():
    with StandIn(PROJECT, KEY, fee_on_shop=True).serve() as standin:
        answer = Wire(standin.url).create().json()

    assert (answer["fee"], answer["total_payment"]) == (1_003, AMOUNT)


def test_status_shows_the_base_amount(wire, pakasir, txn_id):
    pakasir.pays(INVOICE)
    answer = wire.status(txn_id).json()

    assert set(answer) == {"txn_id", "order_id", "amount", "is_sandbox", "status", "completed_at"}
    assert (answer["amount"], answer["status"]) == (AMOUNT, "completed")


def test_a_canceled_payment_stays_so_and_cannot_be_made(wire, pakasir, hands, txn_id):
    assert set(wire.cancel(txn_id).json()) == {"message"}
    hands.forward(10)

    assert wire.cancel(txn_id).status_code == 200
    assert wire.status(txn_id).json()["status"] == "canceled"
    with pytest.raises(Refusal, match="canceled"):
        pakasir.pays(INVOICE)


def test_a_payment_is_made_once(pakasir, txn_id):
    pakasir.pays(INVOICE)

    with pytest.raises(Refusal, match="completed"):
        pakasir.pays(INVOICE)


def test_a_qr_is_good_for_a_day(pakasir, hands, txn_id):
    hands.forward(24 * 3600)

    with pytest.raises(Refusal, match="old"):
        pakasir.pays(INVOICE)


def test_times_come_in_several_forms(wire, hands):
    forms = set()
    for number in range(3):
        hands.forward(1)
        forms.add(wire.create(f"TRX-{number}").json()["expires_at"][19:20])

    assert forms == {".", "Z"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        pytest.param({"key": "wrong"}, 401, id="wrong key"),
        pytest.param({"key": ""}, 401, id="no key"),
        pytest.param({"project": "other"}, 404, id="unknown project"),
        pytest.param({"amount": 499}, 400, id="too little"),
        pytest.param({"amount": 10_000_001}, 400, id="too much"),
        pytest.param({"amount": "99000"}, 400, id="amount as text"),
        pytest.param({"amount": 99000.0}, 400, id="amount with a point"),
        pytest.param({"amount": True}, 400, id="amount as truth"),
        pytest.param({"method": "cash"}, 400, id="unknown method"),
        pytest.param({"note": "x"}, 400, id="unknown field"),
        pytest.param({"invoice": "TRX1"}, 400, id="short order_id"),
        pytest.param({"invoice": "x" * 101}, 400, id="long order_id"),
        pytest.param({"invoice": "TRX.20261123"}, 400, id="order_id with a dot"),
    ],
)
def test_create_refuses(wire, pakasir, asked, status):
    answer = wire.create(**asked)

    assert answer.status_code == status
    assert answer.json()["message"]
    assert pakasir.calls_of("create")[0].status == status


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"method":"qris"}', b"x" * 20_000])
def test_create_refuses_a_body_that_is_no_question(wire, body):
    path = f"/api/v2/create-transaction/{PROJECT}/{INVOICE}"
    answer = wire.http.post(path, content=body, headers={"X-Api-Key": KEY})

    assert answer.status_code in {400, 413}


def test_create_refuses_another_amount_for_an_invoice(wire, txn_id):
    assert wire.create(amount=AMOUNT + 1).status_code == 400


@pytest.mark.parametrize("call", ["status", "cancel"])
@pytest.mark.parametrize(
    ("asked", "status"),
    [({"key": "wrong"}, 401), ({"project": "other"}, 404), ({"txn_id": "PKS-UNKNOWN"}, 404)],
    ids=["wrong key", "unknown project", "unknown transaction"],
)
def test_status_and_cancel_refuse(wire, txn_id, call, asked, status):
    assert getattr(wire, call)(**{"txn_id": txn_id} | asked).status_code == status


def test_cancel_refuses_a_body(wire, txn_id):
    assert wire.cancel(txn_id, json={}).status_code == 400


def test_cancel_refuses_what_was_paid(wire, pakasir, txn_id):
    pakasir.pays(INVOICE)
    answer = wire.cancel(txn_id)

    assert (answer.status_code, answer.json()["message"]) == (400, "Transaction is already completed")


@pytest.mark.parametrize("amount", ["0", "499", "10000001", "abc", "-5", "٥٠٠٠"])
def test_the_fee_of_an_odd_amount_is_refused(wire, amount):
    assert wire.http.get(f"/api/v2/payment-fee/{amount}").status_code == 400


def simulate(wire, txn_id, key=KEY):
    return wire.http.post(f"/api/transactions/{txn_id}/simulate", headers={"X-Api-Key": key})


def test_a_payment_is_simulated_by_its_transaction(wire, pakasir, txn_id):
    answer = simulate(wire, txn_id)

    assert (answer.status_code, answer.json()["status"]) == (200, "completed")
    assert pakasir.find(INVOICE).status == "completed"
    assert simulate(wire, txn_id).status_code == 400


def test_simulation_needs_the_key_a_sandbox_and_a_payment(wire, pakasir, txn_id):
    pakasir.sandbox = False
    real = wire.create(invoice="TRX20261123-REAL00").json()["txn_id"]

    assert simulate(wire, txn_id, key="wrong").status_code == 401
    assert simulate(wire, "PKSUNKNOWN").status_code == 404
    assert simulate(wire, real).status_code == 403


def test_a_third_write_in_a_second_is_too_many(wire, hands):
    answers = [wire.create(f"TRX-{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "1"
    hands.forward(1)
    assert wire.create("TRX-3").status_code == 200


def test_a_payment_is_shown_once_in_four_seconds(wire, hands, txn_id):
    answers = [wire.status(txn_id), wire.status(txn_id)]
    hands.forward(4)

    assert [answer.status_code for answer in answers] == [200, 429]
    assert 3 <= int(answers[1].headers["retry-after"]) <= 4
    assert wire.status(txn_id).status_code == 200


def test_a_wrong_key_uses_up_no_limit(wire):
    for _ in range(5):
        wire.create(key="wrong")

    assert wire.create().status_code == 200


def test_limits_can_be_lifted():
    with StandIn(PROJECT, KEY, strict_limits=False).serve() as standin:
        wire = Wire(standin.url)

        assert {wire.create(f"TRX-{number}").status_code for number in range(10)} == {200}


@pytest.mark.parametrize(("versions", "v1", "v2"), [((2,), 404, 200), ((1,), 200, 404)])
def test_a_version_can_be_switched_off(versions, v1, v2):
    with StandIn(PROJECT, KEY, api_versions=versions).serve() as standin:
        wire = Wire(standin.url)

        assert wire.create().status_code == v2
        assert wire.v1("transactioncreate/qris", order_id="TRX-1").status_code == v1


@pytest.mark.parametrize("kind", ["drop", "down"])
def test_a_broken_connection_is_no_answer(wire, pakasir, kind):
    pakasir.fault("create", kind)

    with pytest.raises(httpx.RemoteProtocolError):
        wire.create()
    pakasir.wait_for_calls("create")
    assert pakasir.calls[0].status is None


@pytest.mark.parametrize(("kind", "done"), [("drop", True), ("down", False), ("error", False)])
def test_a_fault_is_played_after_or_instead_of_the_deed(wire, pakasir, kind, done):
    pakasir.fault("create", kind)
    try:
        wire.create()
    except httpx.RemoteProtocolError:
        pakasir.wait_for_calls("create")

    assert known(pakasir) is done


def test_a_slow_answer_comes_after_its_time(wire, pakasir):
    pakasir.fault("create", "slow", seconds=0.05)

    assert wire.create().status_code == 200


def test_a_fault_strikes_so_many_times_and_only_its_invoice(wire, pakasir):
    pakasir.fault("create", "error", times=2, invoice=INVOICE)

    assert wire.create("TRX-OTHER").status_code == 200
    assert [wire.create().status_code for _ in range(2)] == [500, 500]


def test_a_lasting_fault_ends_when_cleared(wire, pakasir):
    pakasir.fault("*", "html", times=None)
    before = [wire.create().status_code, wire.create().headers["content-type"]]
    pakasir.clear_faults()

    assert before == [200, "text/html; charset=utf-8"]
    assert wire.create().json()["txn_id"]


@pytest.mark.parametrize(("call", "kind"), [("create", "lost"), ("webhook", "slow"), ("sell", "slow")])
def test_a_fault_that_does_not_exist_is_refused(pakasir, call, kind):
    with pytest.raises(ValueError, match="no such fault"):
        pakasir.fault(call, kind)


def known(pakasir):
    try:
        return bool(pakasir.find(INVOICE))
    except Refusal:
        return False
