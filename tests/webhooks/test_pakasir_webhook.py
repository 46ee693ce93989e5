"""POST /webhooks/pakasir."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

import settings
from app.infra import lanes, room, wire
from tests.webhooks.conftest import served

PATH = "/webhooks/pakasir"
SECRET = "pakasir-webhook-secret"
V2 = {
    "txn_id": "txn_abc",
    "order_id": "TRX20261123-AAAA",
    "amount": 25_000,
    "is_sandbox": True,
    "status": "completed",
    "completed_at": "2026-11-23T10:00:00.123456789Z",
}
V1 = {
    "amount": 25_000,
    "order_id": "TRX20261123-AAAA",
    "project": "quickcart-test",
    "status": "completed",
    "payment_method": "qris",
    "completed_at": "2026-11-23T10:00:00+07:00",
}


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
        {"txn_id": None},
        {"txn_id": ""},
        {"txn_id": "a b"},
        {"order_id": None},
        {"order_id": "TRX/../1"},
        {"order_id": "abc"},
        {"order_id": "A" * 101},
        {"amount": "25000"},
        {"amount": 25_000.5},
        {"amount": True},
        {"amount": 0},
        {"amount": None},
        {"status": "pending"},
        {"status": None},
        {"project": "another"},
    ],
)
def test_what_is_no_notification_is_refused(notify, queued, change):
    assert notify(V2 | change).status_code == 400
    assert queued() == []


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\x00"])
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


def test_v1_is_not_taken_for_v2(notify):
    assert notify(V1).status_code == 400


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
    assert len(queued()) <= room.HINTS_WAITING + 1
    assert signed.status_code == 200


def test_unsigned_notifications_do_not_pile_up_without_workers(valkey, queued):
    jobs = [
        wire.message("settle_payment", [str(number), None], queue=lanes.WATCH)
        for number in range(room.HINTS_WAITING)
    ]
    wire.send(valkey, [(job, 0) for job in jobs])

    with settings.override(pakasir_api_version=1), served() as web:
        answer = web.post(PATH, json=V1)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert len(queued()) == room.HINTS_WAITING
