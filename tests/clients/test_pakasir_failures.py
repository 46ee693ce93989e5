"""Every way in which the gateway can fail has its own error, in both versions."""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from socket import create_server

import pytest

from app.errors import Flood, NotFound, Refused, TurnedAway, Unreachable
from tests.support.certificates import self_signed
from tests.support.gateway import AMOUNT, ask, client_of, invoice

FAULTS = [
    pytest.param({"kind": "error"}, Unreachable, id="500"),
    pytest.param({"kind": "error", "status": 503}, Unreachable, id="503"),
    pytest.param({"kind": "html"}, Unreachable, id="a page"),
    pytest.param({"kind": "html", "status": 403}, Unreachable, id="a page that says 403"),
    pytest.param({"kind": "html", "status": 502}, Unreachable, id="a page that says 502"),
    pytest.param({"kind": "html", "status": 401}, TurnedAway, id="a page that says 401"),
    pytest.param({"kind": "html", "status": 404}, NotFound, id="a page that says 404"),
    pytest.param({"kind": "down"}, Unreachable, id="a broken connection"),
    pytest.param({"kind": "drop"}, Unreachable, id="no answer"),
    pytest.param({"kind": "change", "fields": {"x": "x" * 70_000}}, Unreachable, id="an endless answer"),
    pytest.param({"kind": "refuse", "status": 302}, Unreachable, id="a redirect"),
    pytest.param({"kind": "refuse", "status": 400}, Refused, id="400"),
    pytest.param({"kind": "refuse", "status": 403}, TurnedAway, id="403"),
    pytest.param({"kind": "rate"}, Flood, id="429"),
]


@pytest.mark.parametrize("call", ["create", "status", "cancel"])
@pytest.mark.parametrize(("fault", "error"), FAULTS)
def test_a_failure_has_its_own_error(gateway, pakasir, opened, call, fault, error):
    pakasir.fault(call, **fault)

    with pytest.raises(error) as failure:
        ask(gateway, call, opened)
    assert failure.value.permanent is (error is Refused)


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
