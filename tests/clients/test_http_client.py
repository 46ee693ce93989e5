"""HTTP in the thread that asks, and what becomes of its connections, against servers that do odd things."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from app.clients import http_client
from app.clients.http_client import Server
from tests.support.certificates import self_signed

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#: What it does on one connection: for each request a piece is sent, or it is called; then it hangs up.
Script = list[bytes | Callable[[], object]]


class Odd:
    """Answers its first connection by the first script, the next one by the next."""

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        self._socket, self._tls = socket.create_server(("127.0.0.1", 0)), tls
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._socket.getsockname()[1]}"
        self.connections, self.hung_up = 0, threading.Semaphore(0)
        self._thread = threading.Thread(target=self._serve, args=(scripts,), daemon=True)
        self._thread.start()

    def _serve(self, scripts: tuple[Script, ...]) -> None:
        for script in scripts:
            connection, _ = self._socket.accept()
            self.connections += 1
            with suppress(OSError), self._secured(connection) as line:
                self._answer(line, script)
            self.hung_up.release()

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection

    def _answer(self, connection: socket.socket, script: Script) -> None:
        for step in script:
            if not connection.recv(65_536):
                return
            connection.sendall(step) if isinstance(step, bytes) else step()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def odd():
    servers: list[Odd] = []

    def make(*scripts: Script) -> tuple[Odd, Server]:
        servers.append(Odd(*scripts))
        return servers[-1], Server(servers[-1].url, connect_s=2, kept_s=30)

    yield make
    for server in servers:
        server.close()


def begin(server: Server, timeout_s: float = 60.0, longest: int = 100_000) -> http_client.Exchange:
    return server.begin("POST", "/", b"{}", timeout_s=timeout_s, longest=longest)


def ask(server: Server, **how) -> http_client.Answer:
    return begin(server, **how).end()


def test_the_next_call_uses_the_same_connection(odd):
    there, server = odd([OK, OK])

    assert [ask(server).body, ask(server).body] == [b"ok", b"ok"]
    assert there.connections == 1


def test_two_calls_at_once_are_on_two_connections(odd):
    there, server = odd([OK], [OK])
    first = begin(server)
    second = begin(server)

    assert [first.end().body, second.end().body] == [b"ok", b"ok"]
    assert there.connections == 2


@pytest.mark.parametrize(
    "end", [OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), b"HTTP/1.1 200 OK\r\n\r\nok"]
)
def test_a_connection_that_ends_with_its_answer_is_not_used_again(odd, end):
    there, server = odd([end], [OK])

    assert [ask(server).body, ask(server).body] == [b"ok", b"ok"]
    assert there.connections == 2


def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again(odd):
    there, server = odd([OK], [OK])
    ask(server)
    assert there.hung_up.acquire(timeout=60)

    assert ask(server).body == b"ok"
    assert there.connections == 2


def test_an_idle_connection_is_not_used_for_ever(odd):
    there, _ = odd([OK, OK], [OK])
    server = Server(there.url, connect_s=2, kept_s=0)

    assert [ask(server).body, ask(server).body] == [b"ok", b"ok"]
    assert there.connections == 2


def test_more_than_one_answer_is_not_taken_for_the_next_one(odd):
    there, server = odd([OK + OK.replace(b"ok", b"no"), OK], [OK])

    assert [ask(server).body, ask(server).body] == [b"ok", b"ok"]
    assert there.connections == 2


def test_an_answer_that_nobody_waited_for_is_not_taken_for_the_next_one(odd):
    late = threading.Event()
    there, server = odd([late.wait, OK], [OK])
    with pytest.raises(http_client.TimedOut):
        ask(server, timeout_s=0.1)
    late.set()

    assert ask(server).body == b"ok"
    assert there.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\nok",
    ],
)
def test_every_form_of_an_answer_is_read(odd, answer):
    _, server = odd([answer])

    told = ask(server)

    assert (told.status, told.body) == (200, b"ok")


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", OK[:-1], b"SSH-2.0-OpenSSH\r\n", b"\0" * 100]
)
def test_half_an_answer_and_none_are_failures(odd, answer):
    _, server = odd([answer or (lambda: None)])

    with pytest.raises(http_client.Failed) as failure:
        ask(server)

    assert not isinstance(failure.value, http_client.NotConnected)
    assert "127.0.0.1" not in str(failure.value)


@pytest.mark.parametrize("endless", [b"x" * 5000, b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000])
def test_an_answer_without_end_is_given_up(odd, endless):
    head = b"" if endless.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n\r\n"
    _, server = odd([head + endless])

    with pytest.raises(http_client.TooLong):
        ask(server, longest=4000)


def test_an_answer_that_drips_has_all_its_time_together():
    with socket.create_server(("127.0.0.1", 0)) as there:
        server = Server(f"http://127.0.0.1:{there.getsockname()[1]}", connect_s=2, kept_s=30)
        exchange = begin(server, timeout_s=0.3)
        connection, _ = there.accept()
        over = threading.Event()
        dripping = threading.Thread(target=drip, args=(connection, over))
        dripping.start()

        with pytest.raises(http_client.TimedOut):
            exchange.end()

        over.set()
        dripping.join()


def drip(connection: socket.socket, over: threading.Event, head: bytes = b"HTTP/1.1 200 OK\r\nX: ") -> None:
    """A head without end, faster than any patience with one piece of it."""
    with suppress(OSError), connection:
        connection.sendall(head)
        while not over.wait(0.05):
            connection.sendall(b"x")


def test_over_tls_the_next_call_uses_the_same_connection(tmp_path):
    certificate = self_signed(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)
    trusting.check_hostname = False
    there = Odd([OK, OK], tls=serving)
    server = Server(there.url, connect_s=2, kept_s=30, trusted=lambda: trusting)

    assert [ask(server).body, ask(server).body] == [b"ok", b"ok"]
    assert there.connections == 1
    there.close()


def test_a_handshake_that_drags_on_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as there:
        server = Server(f"https://127.0.0.1:{there.getsockname()[1]}", connect_s=0.3, kept_s=30)
        over = threading.Event()
        dripping = threading.Thread(target=lambda: drip(there.accept()[0], over, b"\x16\x03\x03\x40\x00"))
        dripping.start()

        with pytest.raises(http_client.NotConnected):
            ask(server)

        over.set()
        dripping.join()


def test_nobody_there_means_that_nothing_was_asked():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"

    with pytest.raises(http_client.NotConnected):
        ask(Server(url, connect_s=2, kept_s=30))


def test_the_address_that_took_us_last_is_tried_first(odd, monkeypatch):
    there, _ = odd([OK], [OK])
    port = int(there.url.rpartition(":")[2])
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.{n}", port)) for n in (2, 1)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_how: [*both])
    server = Server(there.url, connect_s=2, kept_s=0)
    ask(server)

    with socket.create_server(("127.0.0.2", port)):
        assert ask(server, timeout_s=1).body == b"ok"
    assert there.connections == 2


def test_whoever_waits_can_be_called_off(odd):
    silent = threading.Event()
    _, server = odd([silent.wait])
    exchange = begin(server, timeout_s=30)
    threading.Timer(0.05, exchange.abort).start()

    with pytest.raises(http_client.Failed):
        exchange.end()

    silent.set()
