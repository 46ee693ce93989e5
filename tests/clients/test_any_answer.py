"""Whatever the gateway answers, over a real connection: something usable, or one of our own errors."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.clients import pakasir_answers as answers
from app.clients import pakasir_v1, pakasir_v2
from app.errors import ClientError, Flood, Malformed
from tests.support.gateway import AMOUNT, client_of
from tests.support.house import House

#: The gateway takes ten million for one order; what is far beyond that is no amount.
MOST_RUPIAH = 10**12

INVOICE, TXN = "TRX20261123-AAAA", "PKS1"
PROJECT = "quickcart-test"
STATUS = {
    "txn_id": TXN,
    "project": PROJECT,
    "order_id": INVOICE,
    "amount": AMOUNT,
    "is_sandbox": True,
    "status": "completed",
    "completed_at": "2026-11-23T10:00:00.123456789+07:00",
}
OPENED = STATUS | {
    "fee": 1003,
    "total_payment": AMOUNT + 1003,
    "payment_method": "qris",
    "qr_string": "sample",
    "payment_number": "sample",
    "status": "pending",
}
MANY = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

times = ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00", "2026-02-30", "", "now"]
numbers = some.integers() | some.floats() | some.sampled_from([AMOUNT, float(AMOUNT), str(AMOUNT), 10**400])
words = some.sampled_from(["COMPLETED", "paid", "pending", "\x00", *times])
leaves = some.none() | some.booleans() | numbers | some.text() | words
values = some.recursive(
    leaves, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3)
)
changes = some.dictionaries(some.sampled_from([*OPENED, "qris", "message"]), values)
wrappers = some.lists(some.sampled_from(["data", "transaction", "payment"]), max_size=4)
statuses = some.sampled_from([200, 200, 200, 201, 302, 400, 401, 404, 429, 500])


def wrapped(answer: object, names: list[str]) -> object:
    for name in names:
        answer = {name: answer}
    return answer


class Parrot:
    """A gateway that answers the same to everything."""

    def __init__(self) -> None:
        self.content, self.status, self.headers = b"", 200, {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Response(self.content, self.status, self.headers)(scope, receive, send)


@pytest.fixture(scope="module")
def parrot():
    with House.built() as house:
        house.tenant = parrot = Parrot()
        parrot.url = house.url
        yield parrot


@pytest.fixture(autouse=True)
def _no_headers(parrot):
    parrot.headers = {}


@pytest.fixture
def odd_gateway(version, parrot, valkey):
    with client_of(version, parrot.url, pakasir_sandbox=True) as client:
        yield client


def all_calls(gateway, valkey):
    """Everything a gateway is asked; what came back."""
    asked = [
        lambda: gateway.open(INVOICE, AMOUNT),
        lambda: gateway.status(TXN, INVOICE, AMOUNT),
        lambda: gateway.cancel(TXN, INVOICE, AMOUNT),
        lambda: gateway.fee(AMOUNT),
    ]
    for ask in asked:
        valkey.flushall()
        try:
            yield ask()
        except ClientError as error:
            yield error


@MANY
@given(changes=changes, names=wrappers, status=statuses)
def test_an_odd_answer_is_usable_or_one_of_our_errors(odd_gateway, parrot, valkey, changes, names, status):
    parrot.content, parrot.status = json.dumps(wrapped(OPENED | changes, names)).encode(), status

    opened, told, _canceled, _fee = all_calls(odd_gateway, valkey)

    if isinstance(opened, answers.Opened):
        assert (opened.invoice, opened.amount) == (INVOICE, AMOUNT)
        assert 0 <= opened.fee <= opened.total <= MOST_RUPIAH
        assert opened.txn_id.isprintable()
    if isinstance(told, answers.Status):
        assert told.status in {"pending", "completed", "canceled"}
        assert 0 <= told.amount <= MOST_RUPIAH
        assert told.completed_at is None or told.completed_at.tzinfo is UTC
        assert (told.txn_id + told.invoice).isprintable()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 20_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'{"amount": ' + b"9" * 5000 + b"}",
        b'{"amount": NaN}',
        b'{"amount": Infinity}',
        b'{"amount": 1e999}',
        b'{"order_id": "\\ud800"}',
        b'{"order_id": "\xff"}',
        b'{"status": "pending", "status": "completed"}',
        b"\xef\xbb\xbf{}",
        b"null",
        b"[]",
        b'"completed"',
        b"",
    ],
    ids=lambda content: str(content[:24]),
)
def test_what_is_hardly_json_is_one_of_our_errors(odd_gateway, parrot, valkey, content):
    parrot.content, parrot.status = content, 200

    opened, told, *_ = all_calls(odd_gateway, valkey)

    assert isinstance(opened, ClientError)
    assert isinstance(told, ClientError)


@pytest.mark.parametrize(("content", "status"), [(b"", 200), (b"", 204), (b"OK", 201), (b"<html>", 200)])
def test_any_answer_to_a_cancellation_will_do(odd_gateway, parrot, valkey, content, status):
    parrot.content, parrot.status = content, status

    _opened, _told, canceled, _fee = all_calls(odd_gateway, valkey)

    assert canceled is None


def test_a_byte_order_mark_does_no_harm(odd_gateway, parrot, valkey):
    parrot.content, parrot.status = b"\xef\xbb\xbf" + json.dumps(OPENED).encode(), 200

    opened, told, *_ = all_calls(odd_gateway, valkey)

    assert opened.amount == told.amount == AMOUNT


@MANY
@given(content=some.binary(max_size=200) | some.text().map(lambda text: json.dumps(text).encode()))
def test_any_bytes_are_one_of_our_errors(odd_gateway, parrot, valkey, content):
    parrot.content, parrot.status = content, 200

    opened, told, *_ = all_calls(odd_gateway, valkey)

    assert isinstance(opened, ClientError)
    assert isinstance(told, ClientError)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(changes=changes, names=wrappers)
def test_both_readers_of_a_status_know_no_other_error_than_malformed(changes, names):
    answer = wrapped(STATUS | changes, names)

    for read in (
        lambda: pakasir_v2.read_status(answer),
        lambda: pakasir_v1.read_status(answer, INVOICE, PROJECT),
    ):
        try:
            read()
        except Malformed:
            continue


@pytest.mark.parametrize("names", [[], ["data"], ["transaction"], ["payment"], ["transaction", "data"]])
@pytest.mark.parametrize(
    "change",
    [
        {"amount": float(AMOUNT)},
        {"amount": str(AMOUNT)},
        {"amount": f"{AMOUNT}.00"},
        {"status": "COMPLETED"},
        {"status": " Completed"},
        {"is_sandbox": "true"},
        {"is_sandbox": 1},
        {"completed_at": times[0]},
        {"completed_at": times[1]},
        {"completed_at": ["now"]},
        {"completed_at": 1764000000},
        {"extra": {"deep": [[]]}},
    ],
    ids=str,
)
def test_harmless_oddities_mean_the_same(change, names):
    answer = wrapped(STATUS | change, names)

    for told in (pakasir_v2.read_status(answer), pakasir_v1.read_status(answer, INVOICE, PROJECT)):
        assert (told.invoice, told.amount, told.status) == (INVOICE, AMOUNT, "completed")
    assert pakasir_v2.read_status(answer).is_sandbox is True


def test_a_numeric_transaction_is_the_same_as_its_digits():
    assert pakasir_v2.read_status(STATUS | {"txn_id": 12345}).txn_id == "12345"


@pytest.mark.parametrize("after", ["Fri, 31 Dec 9999 23:59:59 -1400", "9" * 400, "\u00b2", "-1", "soon"])
def test_an_odd_retry_after_is_bounded(odd_gateway, parrot, after):
    parrot.content, parrot.status, parrot.headers = b"{}", 429, {"retry-after": after}

    with pytest.raises(Flood) as flood:
        odd_gateway.status(TXN, INVOICE, AMOUNT)

    assert 0 < flood.value.retry_after_s <= 300
