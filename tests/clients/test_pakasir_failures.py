"""Every way in which the gateway can fail has its own error, in both versions."""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from socket import create_server

import pytest

from app.errors import ClientError, Flood, NotFound, Refused, Silent, TurnedAway, Unreachable
from tests.support import awkward
from tests.support.certificates import self_signed
from tests.support.gateway import AMOUNT, ask, client_of, invoice

FAULTS = {
    "500": ({"kind": "error"}, Unreachable),
    "503": ({"kind": "error", "status": 503}, Unreachable),
    "a page": ({"kind": "html"}, Unreachable),
    "a page that says 403": ({"kind": "html", "status": 403}, Unreachable),
    "a page that says 502": ({"kind": "html", "status": 502}, Unreachable),
    "a page that says 401": ({"kind": "html", "status": 401}, TurnedAway),
    "a page that says 404": ({"kind": "html", "status": 404}, NotFound),
    "a broken connection": ({"kind": "down"}, Unreachable),
    "no answer": ({"kind": "drop"}, Unreachable),
    "an endless answer": ({"kind": "change", "fields": {"x": "x" * 70_000}}, Unreachable),
    "a redirect": ({"kind": "refuse", "status": 302}, Unreachable),
    "400": ({"kind": "refuse", "status": 400}, Refused),
    "403": ({"kind": "refuse", "status": 403}, TurnedAway),
    "429": ({"kind": "rate"}, Flood),
}


@pytest.mark.parametrize("call", ["create", "status", "cancel"])
def test_a_failure_has_its_own_error(gateway, pakasir, opened, valkey, call):
    wrong = []
    # Any answer to a cancellation will do: the status decides.
    faults = {name: FAULTS[name] for name in FAULTS if (call, name) != ("cancel", "a page")}
    for name, (fault, error) in faults.items():
        raised = failing(gateway, pakasir, opened, call, fault, valkey)
        if not isinstance(raised, error) or raised.permanent is not (error is Refused):
            wrong.append((name, raised))

    assert wrong == []


def failing(gateway, pakasir, opened, call, fault, valkey):
    """What is raised when the gateway fails so. Each failure is the first that our limits hear of."""
    valkey.flushall()
    pakasir.forget_rates()
    pakasir.fault(call, **fault)
    with pytest.raises(ClientError) as failure:
        ask(gateway, call, opened)
    return failure.value


def test_a_gateway_that_does_not_answer_is_given_up(version, pakasir, valkey):
    pakasir.fault("create", "slow")

    with client_of(version, pakasir.url, timeout_s=0.2) as client, pytest.raises(Unreachable) as failure:
        client.open(invoice(), AMOUNT)
    assert failure.value.delivered == "maybe"


def test_nobody_listening_means_that_nothing_was_done(version, valkey):
    with create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with client_of(version, f"http://127.0.0.1:{port}") as client, pytest.raises(Unreachable) as failure:
        client.open(invoice(), AMOUNT)
    assert failure.value.delivered == "no"


def test_a_wrong_key_is_no_fault_of_the_order(version, pakasir, valkey):
    with (
        client_of(version, pakasir.url, pakasir_api_key="wrong") as client,
        pytest.raises(TurnedAway) as refusal,
    ):
        client.open(invoice(), AMOUNT)

    assert str(refusal.value) == "401: Invalid API key"
    assert (refusal.value.delivered, refusal.value.permanent) == ("no", False)


def test_an_unknown_project_is_not_found(version, pakasir, valkey):
    with client_of(version, pakasir.url, pakasir_project="other") as client, pytest.raises(NotFound):
        client.open(invoice(), AMOUNT)


def test_another_amount_for_an_invoice_is_refused(gateway, paid):
    with pytest.raises(Refused, match="another amount"):
        gateway.open(paid.invoice, AMOUNT + 1)


def test_a_certificate_that_nobody_vouches_for_is_refused(version, valkey, unvouched):
    with client_of(version, unvouched) as client, pytest.raises(Unreachable) as failure:
        client.open(invoice(), AMOUNT)

    assert failure.value.delivered == "no"


@pytest.fixture
def unvouched(tmp_path):
    """The address of a server whose certificate is signed by itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=shake_hands, args=(listener, context))
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def shake_hands(listener, context):
    connection, _ = listener.accept()
    with connection, suppress(ssl.SSLError, ConnectionError):
        context.wrap_socket(connection, server_side=True).close()


@pytest.mark.parametrize("answer", [awkward.drip_headers, awkward.drip_body])
def test_a_gateway_that_answers_drop_by_drop_is_silent(version, valkey, answer):
    with (
        awkward.answering(answer) as url,
        client_of(version, url, timeout_s=0.3) as client,
        pytest.raises(Silent),
    ):
        client.open(invoice(), AMOUNT)


def test_an_answer_without_end_is_given_up(version, valkey):
    with (
        awkward.answering(awkward.flood) as url,
        client_of(version, url) as client,
        pytest.raises(Unreachable, match="too long"),
    ):
        client.open(invoice(), AMOUNT)
