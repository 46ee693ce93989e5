"""The customer's page of the stand-in: what it shows, and what its buttons do and refuse."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from app.sandbox.pakasir import StandIn
from tests.support.gateway_calls import AMOUNT, INVOICE, KEY, PROJECT, Wire
from tests.support.house import House


@pytest.fixture(scope="module")
def house():
    with House.built() as house:
        yield house


@pytest.fixture
def pakasir(house):
    with house.hosting(StandIn(PROJECT, KEY, strict_limits=False, shop_expiry_s=600)) as standin:
        yield standin


@pytest.fixture
def wire(pakasir):
    return Wire(pakasir.url)


@pytest.fixture
def txn_id(wire):
    return wire.create().json()["txn_id"]


def press(wire, txn_id, name, value):
    return wire.http.post(f"/sandbox/{txn_id}", json={"press": name, "value": value})


def test_the_page_shows_the_bill_and_says_that_it_is_a_sandbox(wire, txn_id):
    page = wire.http.get(f"/pay-v2/{txn_id}?qris_only=1")

    assert page.status_code == 200
    for words in ["Rp100.003", "Rp99.000", "Rp1.003", INVOICE, "SANDBOX", "<svg"]:
        assert words in page.text


def test_version_1s_address_shows_the_same_bill(wire, txn_id):
    page = wire.http.get(f"/pay/{PROJECT}/{AMOUNT}?order_id={INVOICE}&qris_only=1")

    assert f"/sandbox/{txn_id}" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/pay-v2/PKS-UNKNOWN",
        f"/pay/{PROJECT}/{AMOUNT}?order_id=TRX-UNKNOWN",
        f"/pay/{PROJECT}/{AMOUNT + 1}?order_id={INVOICE}",
        f"/pay/other/{AMOUNT}?order_id={INVOICE}",
        f"/pay/{PROJECT}/abc?order_id={INVOICE}",
        f"/pay/{PROJECT}/{AMOUNT}",
        "/sandbox/PKS-UNKNOWN",
    ],
)
def test_a_bill_that_does_not_exist_is_not_shown(wire, txn_id, path):
    assert wire.http.get(path).status_code == 404


def test_a_gateway_below_another_path_links_to_itself(house):
    standin = StandIn(PROJECT, KEY)
    with house.hosting(standin):
        house.tenant = Starlette(routes=[Mount("/pakasir", standin.asgi())])
        link = Wire(f"{house.url}/pakasir").create(method="payment_link").json()["payment_link"]
        page = httpx.get(link)

    assert link.startswith(f"{house.url}/pakasir/pay-v2/")
    assert 'data-state="/pakasir/sandbox/' in page.text


@pytest.mark.parametrize("where", ["javascript:alert(1)", '"><script>', "//evil.example"])
def test_a_way_back_that_is_no_web_address_is_left_out(wire, txn_id, where):
    page = wire.http.get(f"/pay-v2/{txn_id}", params={"redirect": where})

    assert 'href="" hidden' in page.text
    assert where not in page.text


@pytest.mark.parametrize("webhook", ["once", "doubled", "lost"])
def test_the_pay_buttons_pay(wire, pakasir, txn_id, webhook):
    assert press(wire, txn_id, "pay", webhook).json()["status"] == "completed"
    assert pakasir.find(INVOICE).status == "completed"


def test_the_late_button_says_when(wire, txn_id):
    assert press(wire, txn_id, "late", 500).json()["late_in_s"] in {499, 500}


def test_a_late_customer_who_paid_early_is_not_waited_for(wire, txn_id):
    press(wire, txn_id, "late", 500)

    assert press(wire, txn_id, "pay", "once").json()["late_in_s"] is None


@pytest.mark.parametrize("name", ["slow", "down", "nocancel", "lost"])
def test_the_switches_go_on_and_off(wire, pakasir, txn_id, name):
    assert press(wire, txn_id, name, True).json()["switches"][name] is True
    assert press(wire, txn_id, name, False).json()["switches"][name] is False
    assert not pakasir.switched(name)


def test_the_cancel_switch_keeps_payments_open(wire, pakasir, txn_id):
    press(wire, txn_id, "nocancel", True)

    assert wire.cancel(txn_id).status_code == 503
    assert pakasir.find(INVOICE).status == "pending"


@pytest.mark.parametrize(
    ("name", "value"),
    [("pay", "twice"), ("late", 0), ("late", "5"), ("late", 10**9), ("slow", "yes"), ("give", True)],
)
def test_a_button_that_does_not_exist_is_refused(wire, pakasir, txn_id, name, value):
    assert press(wire, txn_id, name, value).status_code == 400
    assert pakasir.find(INVOICE).status == "pending"


def test_what_was_paid_cannot_be_paid_again(wire, txn_id):
    press(wire, txn_id, "pay", "once")
    answer = press(wire, txn_id, "pay", "once")

    assert (answer.status_code, answer.json()["message"]) == (400, "Transaction is completed")


def test_a_form_of_another_page_cannot_press_a_button(wire, pakasir, txn_id):
    answer = wire.http.post(f"/sandbox/{txn_id}", content='{"press": "pay", "value": "once"}')

    assert answer.status_code == 415
    assert pakasir.find(INVOICE).status == "pending"


def test_a_switch_that_does_not_exist_is_refused(pakasir):
    with pytest.raises(ValueError, match="no such switch"):
        pakasir.switch("explode", on=True)
