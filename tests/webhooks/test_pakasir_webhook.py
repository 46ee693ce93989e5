"""POST /webhooks/pakasir."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

import settings
from app.infra.queue import backpressure, lanes, wire
from tests.support.receivers import V1, V2, served

PATH = "/webhooks/pakasir"
SECRET = "pakasir-webhook-secret"


@pytest.fixture
def notify(post):
    """Call it to post a notification as the gateway does."""
    return lambda content, **headers: post(PATH, content, **{"X_Secret": SECRET} | headers)


def signature(content: dict, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), json.dumps(content).encode(), hashlib.sha256).hexdigest()


def test_a_notification_is_queued_with_its_order_and_transaction(notify, queued):
    assert notify(V2).status_code == 200

    (job,) = queued()
    assert job["actor_name"] == "settle_payment"
    assert job["args"] == [V2["order_id"], "txn_abc"]


def test_a_notification_that_comes_twice_is_queued_once(notify, queued):
    notify(V2)

    assert notify(V2).status_code == 200
    assert len(queued()) == 1


def test_the_content_type_does_not_matter(notify, queued):
    assert notify(V2, Content_Type="text/plain").status_code == 200
    assert len(queued()) == 1


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_a_right_signature_is_as_good_as_the_secret(post, queued, change):
    assert post(PATH, V2, X_Pakasir_Signature=change(signature(V2))).status_code == 200
    assert len(queued()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_Secret": "wrong"},
        {"X_Secret": ""},
        {"X_Pakasir_Signature": signature(V2, "wrong")},
        {"X_Pakasir_Signature": signature(V2 | {"amount": 1})},
        {"X_Pakasir_Signature": "ü".encode()},
        {"X_Secret": "wrong", "X_Pakasir_Signature": "wrong"},
    ],
)
def test_without_secret_and_signature_nobody_is_let_in(post, queued, headers):
    assert post(PATH, V2, **headers).status_code == 401
    assert queued() == []


def test_without_a_configured_secret_the_receiver_is_closed(notify, queued):
    with settings.override(pakasir_webhook_secret=None):
        assert notify(V2).status_code == 503
    assert queued() == []


@pytest.mark.parametrize(
    "change",
    [
        {"order_id": None},
        {"order_id": "TRX/../1"},
        {"order_id": "abc"},
        {"order_id": "A" * 101},
        {"order_id": ["TRX20261123-AAAA"]},
        {"order_id": True},
        {"status": "pending"},
        {"status": "Canceled"},
        {"project": "another"},
        {"project": ["quickcart-test"]},
    ],
)
def test_what_is_no_notification_is_refused(notify, queued, change):
    assert notify(V2 | change).status_code == 400
    assert queued() == []


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "25000"},
        {"amount": 25_000.0},
        {"amount": None},
        {"amount": [25_000]},
        {"status": "COMPLETED"},
        {"status": "paid"},
        {"status": None},
        {"status": ["completed"]},
        {"project": "quickcart-test"},
        {"project": None},
        {"completed_at": "9999-12-31T23:59:59-07:00"},
        {"is_sandbox": "no"},
        {"extra": {"deep": [[[1]]]}},
    ],
    ids=str,
)
def test_a_hint_may_be_written_oddly(notify, queued, change):
    assert notify(V2 | change).status_code == 200
    assert [job["args"] for job in queued()] == [[V2["order_id"], "txn_abc"]]


@pytest.mark.parametrize(("txn_id", "meant"), [(12345, "12345"), (" txn_abc ", "txn_abc")])
def test_a_transaction_may_be_a_number(notify, queued, txn_id, meant):
    assert notify(V2 | {"txn_id": txn_id}).status_code == 200
    assert queued()[0]["args"] == [V2["order_id"], meant]


@pytest.mark.parametrize("txn_id", [None, "", "a b", ["txn_abc"], "x" * 101, "\x00"], ids=str)
def test_a_transaction_that_cannot_be_read_is_left_out(notify, queued, txn_id):
    assert notify(V2 | {"txn_id": txn_id}).status_code == 200
    assert queued()[0]["args"] == [V2["order_id"], None, True]


@pytest.mark.parametrize(
    "wrapped",
    [
        {"data": V2, "event": "payment"},
        {"data": {"transaction": V2}},
        {"event": "payment.completed", "meta": {"at": 1}, "body": V2},
        {"result": [V2]},
        [V2],
    ],
    ids=str,
)
def test_a_hint_may_be_wrapped(notify, queued, wrapped):
    assert notify(wrapped).status_code == 200
    assert [job["args"] for job in queued()] == [[V2["order_id"], "txn_abc"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_encoding_that_json_does_not_have_does_no_harm(notify, queued, encoding):
    assert notify(json.dumps(V2).encode(encoding)).status_code == 200
    assert len(queued()) == 1


@pytest.mark.parametrize("amount", [b"NaN", b"-Infinity", b"9" * 5_000])
def test_numbers_that_strict_readers_do_not_take_keep_no_hint_back(notify, queued, amount):
    content = json.dumps(V2 | {"amount": 0}).encode().replace(b'"amount": 0', b'"amount": ' + amount)

    assert notify(content).status_code == 200
    assert len(queued()) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\x00", b"[" * 20_000, b'{"a":' * 9_000])
def test_what_is_not_json_is_refused(notify, content):
    assert notify(content).status_code == 400


def test_a_body_over_64_kib_is_refused(notify, queued):
    assert notify(V2 | {"note": "x" * 65536}).status_code == 413
    assert queued() == []


def test_v1_comes_without_a_secret(post, queued):
    with settings.override(pakasir_api_version=1):
        assert post(PATH, V1).status_code == 200

    assert queued()[0]["args"] == [V1["order_id"], None]


def test_v1_of_another_project_is_refused(post, queued):
    with settings.override(pakasir_api_version=1):
        assert post(PATH, V1 | {"project": "another"}).status_code == 400
    assert queued() == []


def test_v1_with_a_wrong_secret_is_refused(post):
    with settings.override(pakasir_api_version=1):
        assert post(PATH, V1, X_Secret="wrong").status_code == 401


def test_v1_s_words_with_the_secret_are_a_hint_too(notify, queued):
    assert notify(V1).status_code == 200
    assert queued()[0]["args"] == [V1["order_id"], None, True]


@pytest.mark.parametrize(
    "change", [{"amount": "25000"}, {"amount": 25_000.0}, {"status": "Completed"}, {"extra": 1}], ids=str
)
def test_v1_may_be_written_oddly_too(post, queued, change):
    with settings.override(pakasir_api_version=1):
        assert post(PATH, V1 | change).status_code == 200
    assert len(queued()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": True},
        {"amount": 25_000.5},
        {"amount": None},
        {"amount": "9" * 400},
        {"status": None},
        {"status": "pending"},
        {"project": None},
        {"order_id": None},
    ],
    ids=str,
)
def test_v1_without_a_secret_must_look_like_the_gateway_s_words(post, queued, change):
    with settings.override(pakasir_api_version=1):
        assert post(PATH, V1 | change).status_code == 400
    assert queued() == []


def unsigned(number: int) -> dict:
    return V1 | {"order_id": f"TRX20261123-{number:06}"}


def test_what_anybody_may_have_sent_waits_behind_everything_else(post, queued):
    with settings.override(pakasir_api_version=1):
        post(PATH, V1)
        post(PATH, V1, X_Secret=SECRET)

    assert [job["queue_name"] for job in queued()] == ["gateway", "watch"]


def test_a_flood_of_unsigned_notifications_is_refused(valkey, queued):
    with settings.override(pakasir_api_version=1), served() as web:
        statuses = [web.post(PATH, json=unsigned(number)).status_code for number in range(500)]
        signed = web.post(PATH, json=unsigned(1000), headers={"X-Secret": SECRET})

    assert set(statuses) == {200, 429}
    # The signed one, and one that was put there while Redis was being asked how many there are.
    assert len(queued()) <= backpressure.HINTS_WAITING + 2
    assert signed.status_code == 200


def test_unsigned_notifications_do_not_pile_up_without_workers(valkey, queued):
    jobs = [
        wire.message("settle_payment", [str(number), None], queue=lanes.WATCH)
        for number in range(backpressure.HINTS_WAITING)
    ]
    wire.send(valkey, [(job, 0) for job in jobs])

    with settings.override(pakasir_api_version=1), served() as web:
        answer = web.post(PATH, json=V1)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert len(queued()) == backpressure.HINTS_WAITING
