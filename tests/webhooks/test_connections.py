"""Clients that cost more than they should, on bare sockets, against `web` as the Procfile starts it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from app.local import embedded, procfile
from tests.support.surroundings import environment
from webhooks import connections

SECRET = "telegram-webhook-secret"
UPDATE = {"update_id": 7, "message": {"message_id": 1}}
READY_S = 90


class Web:
    """The process, and what it has said."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port, self.said = process, port, []
        self._serving = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        assert self._serving.wait(READY_S), self.said

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said.append(line)
            if "Uvicorn running on" in line:
                self._serving.set()

    def connects(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def says(self, request: bytes) -> socket.socket:
        client = self.connects()
        client.sendall(request)
        return client

    def takes_an_update(self) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        carrier = httpx.HTTPTransport(verify=False, retries=4)
        with httpx.Client(transport=carrier, timeout=5, headers=headers) as client:
            answer = client.post(f"http://127.0.0.1:{self.port}/webhooks/telegram", json=UPDATE)
        return answer.status_code == 200

    def sockets(self) -> list[Any]:
        return psutil.Process(self.process.pid).net_connections("tcp")

    def memory_mib(self) -> float:
        return psutil.Process(self.process.pid).memory_info().rss / 2**20


@contextmanager
def started(**changes: object) -> Iterator[Web]:
    port = embedded.free_port()
    values = environment(port=port, log_level="info", **changes)
    program = procfile.program("web", values)
    process = subprocess.Popen(
        ["/bin/sh", "-c", f"exec {program.command}"],
        cwd=program.cwd,
        env={"PATH": program.env["PATH"]} | values,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Web(process, port)
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def web(_settings) -> Iterator[Web]:
    with started() as process:
        yield process


def ends(client: socket.socket) -> bytes:
    """What comes until the other side closes; fails if it does not."""
    received = b""
    try:
        while part := client.recv(65536):
            received += part
    except ConnectionError:
        pass  # closed while we were still writing
    return received


def writes_until_cut(client: socket.socket, parts: Iterator[bytes]) -> int:
    """How many bytes go out before the other side closes."""
    sent = 0
    try:
        for part in parts:
            client.sendall(part)
            sent += len(part)
    except ConnectionError:
        pass
    return sent


def head(path: str, *more: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "host: shop", *more, "", ""]).encode()


STALLED = {
    "says nothing": b"",
    "half a head": b"POST /webhooks/telegram HTTP/1.1\r\n",
    "no body": head("/webhooks/telegram", f"x-telegram-bot-api-secret-token: {SECRET}", "content-length: 9"),
    "half a body": head("/webhooks/pakasir", "x-secret: x", "content-length: 9") + b"{",
    "a body nobody reads": head("/health", "content-length: 9"),
    "a body of a refused request": head("/nowhere", "content-length: 9"),
    "no last chunk": head("/webhooks/pakasir", "x-secret: x", "transfer-encoding: chunked") + b"1\r\n{\r\n",
}


@pytest.fixture(scope="module")
def stalled(web) -> dict[str, socket.socket]:
    """All begun at once, so that they wait together."""
    return {name: web.says(words) for name, words in STALLED.items()}


@pytest.fixture(scope="module")
def trickling(web, stalled) -> Future[bool]:
    """One more beside them: whether it was cut in time."""
    return ThreadPoolExecutor(1).submit(is_cut_in_time, web.says(b"POST /webhooks/telegram HTTP/1.1\r\n"))


@pytest.mark.slow
def test_headers_that_trickle_are_cut(trickling):
    assert trickling.result()


@pytest.mark.slow
@pytest.mark.parametrize("name", STALLED)
def test_who_stalls_is_cut(stalled, name):
    ends(stalled[name])  # or it times out


@pytest.mark.slow
def test_a_stalled_body_is_logged_once(web, stalled):
    for client in stalled.values():
        ends(client)
    web.takes_an_update()

    told = [json.loads(line) for line in web.said if "went away" in line or "refused" in line]
    paths = ["/webhooks/pakasir", "/webhooks/pakasir", "/webhooks/telegram"]
    assert sorted(line["path"] for line in told if "path" in line) == paths


def is_cut_in_time(client: socket.socket) -> bool:
    client.settimeout(1)
    end_s = time.monotonic() + connections.HEAD_S + 5
    while time.monotonic() < end_s and trickles(client):
        pass
    return time.monotonic() < end_s


def trickles(client: socket.socket) -> bool:
    """Whether the other side still listens a second after one more header."""
    try:
        client.sendall(b"x-more: 1\r\n")
        return client.recv(10) != b""
    except TimeoutError:
        return True
    except ConnectionError:
        return False


@pytest.mark.parametrize(
    "part",
    [b"x-many: " + b"x" * 1000 + b"\r\n", b"x" * 65536, b"a:\r\n", b"\r\n"],
    ids=["many headers", "one header", "short headers", "empty lines"],
)
def test_headers_without_end_are_cut_early(web, part):
    before = web.memory_mib()
    client = web.says(b"\r\n" if part == b"\r\n" else b"GET /health HTTP/1.1\r\nx: ")

    sent = writes_until_cut(client, (part * (2**20 // len(part)) for _ in range(80)))

    assert sent < 80 * 2**20
    assert web.memory_mib() - before < 60
    assert web.takes_an_update()


def test_too_large_a_head_is_named(web):
    client = web.says(b"GET /health HTTP/1.1\r\nx: " + b"x" * (connections.MOST_HEAD_BYTES + 1))

    assert ends(client).startswith(b"HTTP/1.1 431 ")


def test_a_long_address_counts_as_well(web):
    client = web.says(b"GET /" + b"x" * connections.MOST_HEAD_BYTES + b" HTTP/1.1\r\n\r\n")

    assert ends(client).startswith(b"HTTP/1.1 431 ")


def test_trailers_without_end_are_cut(web):
    client = web.says(head("/webhooks/telegram", "transfer-encoding: chunked") + b"0\r\n")

    sent = writes_until_cut(client, (b"x-more: 1\r\n" * 1000 for _ in range(5000)))

    assert sent < 20 * 2**20


def test_a_refused_body_is_not_taken_to_its_end(web):
    client = web.says(b"POST /webhooks/pakasir HTTP/1.1\r\nhost: shop\r\ncontent-length: 99999999999\r\n\r\n")

    sent = writes_until_cut(client, (b"x" * 2**20 for _ in range(500)))

    assert sent < 100 * 2**20


def test_requests_without_end_in_one_line_are_cut(web):
    requests = b"GET /health HTTP/1.1\r\nhost: shop\r\n\r\n" * 5000
    before = web.memory_mib()
    client = web.connects()

    sent = writes_until_cut(client, (requests for _ in range(200)))

    assert sent < 200 * len(requests)
    assert web.memory_mib() - before < 60
    assert web.takes_an_update()


@pytest.mark.slow
def test_many_idle_connections_do_not_keep_telegram_out(web):
    with ExitStack() as crowd:
        for _ in range(1_500):
            crowd.enter_context(web.connects())

        assert web.takes_an_update()
        assert len(web.sockets()) < connections.MOST_CONNECTIONS + 100


@pytest.mark.slow
def test_many_bodies_that_never_come_do_not_keep_telegram_out(web):
    begun = head("/webhooks/pakasir", "x-secret: x", "content-length: 60000") + b"{"
    with ExitStack() as crowd:
        for _ in range(1_100):
            crowd.enter_context(web.says(begun))

        assert web.takes_an_update()


def test_one_connection_may_be_used_again_and_again(web):
    with httpx.Client(base_url=f"http://127.0.0.1:{web.port}", trust_env=False, verify=False) as client:
        statuses = {client.post("/webhooks/telegram", json=UPDATE).status_code for _ in range(300)}

    assert statuses == {401}


def test_requests_are_not_logged_by_the_server(web):
    httpx.get(f"http://127.0.0.1:{web.port}/health?secret-in-the-address", trust_env=False, verify=False)

    web.takes_an_update()

    assert not [line for line in web.said if "secret-in-the-address" in line]


def test_on_one_machine_only_loopback_is_served(web):
    assert [one.laddr.ip for one in web.sockets() if one.status == "LISTEN"] == ["127.0.0.1"]


def test_a_deployment_listens_everywhere():
    lines = (procfile.ROOT / "Procfile").read_text().splitlines()

    assert "web: python -m webhooks --host 0.0.0.0" in lines


@pytest.mark.parametrize("processes", ["1", "2"])
def test_wrong_settings_end_it_in_one_message(processes):
    done = subprocess.run(
        [sys.executable, "-m", "webhooks"],
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"], "WEB_CONCURRENCY": processes, "TELEGRAM_BOT_TOKEN": "no token"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )

    assert done.returncode != 0
    assert "TELEGRAM_BOT_TOKEN: is not a bot token" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_two_processes_share_the_port():
    with started(web_concurrency=2) as web:
        assert all(web.takes_an_update() for _ in range(20))
        assert [json.loads(line)["event"] for line in web.said if "died" in line] == []
