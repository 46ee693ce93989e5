"""A Redis behind TLS: whose certificate is taken."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress

import pytest
import redis

import settings
from app.infra import redis_client
from tests.support.certificates import self_signed


@pytest.fixture
def unvouched(tmp_path):
    """The address of a Redis whose certificate nobody vouches for; it says +OK to whatever it hears."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with suppress(OSError), context.wrap_socket(connection, server_side=True) as line:
                    while line.recv(1000):
                        line.sendall(b"+OK\r\n")

    threading.Thread(target=serve, daemon=True).start()
    yield f"rediss://127.0.0.1:{listener.getsockname()[1]}/0?protocol=2"
    listener.close()


def ping():
    with redis_client.connect(timeout_s=2.0) as client:
        return client.execute_command("NOTHING")


def test_a_certificate_that_nobody_vouches_for_is_refused(unvouched):
    with settings.override(redis_url=unvouched), pytest.raises(redis.ConnectionError, match="CERTIFICATE"):
        ping()


def test_it_is_taken_where_that_is_said(unvouched):
    with settings.override(redis_url=unvouched, redis_tls_verify="0"):
        assert ping() in (True, b"OK")
