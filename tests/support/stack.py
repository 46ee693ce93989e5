"""The shop as it is deployed, against stand-ins that answer at once: real processes, real servers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, ClassVar
from urllib.parse import urlsplit

import httpx
import psutil
import redis
from cryptography.fernet import Fernet

import models
import settings
from app.infra import redis_client
from app.local import daemons, embedded
from app.ops import migrate
from app.sandbox import pakasir, telegram

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "100000001:bench-token-0123456789abcdefghijk"
READY_S = 30
ADMIN = 1


@dataclass
class Stack:
    """What a measurement may use. `processes` are those of the shop, by their Procfile name."""

    telegram: telegram.StandIn
    pakasir: pakasir.StandIn
    web_url: str
    env: dict[str, str]
    redis: redis.Redis
    log: IO[bytes]
    home: Path
    redis_name: ClassVar[str] = "bench"
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    commands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        self.commands[name] = command
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.env,
            process_group=0,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
            preexec_fn=daemons.die_with_parent(),  # noqa: PLW1509 (two system calls)
        )

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.terminate()
        process.wait(15)

    def kill(self, name: str) -> None:
        """As by `kill -9` of the process and all it has forked."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart(self, name: str) -> None:
        """What the platform does with a process that died."""
        self.start(name, *self.commands[name])

    def revive(self) -> None:
        """Restart whatever has ended by itself meanwhile."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.restart(name)

    def start_worker(self, *modules: str, processes: int = 1, threads: int = 12) -> None:
        """Worker processes; returns when the first takes jobs."""
        self.redis.delete(redis_client.key("heartbeat", "worker"))
        workers = modules or ("workers.actors",)
        shape = ("--processes", str(processes), "--threads", str(threads))
        self.start("worker", "dramatiq", *workers, *shape)
        await_true(lambda: self.redis.exists(redis_client.key("heartbeat", "worker")), "worker")

    def start_web(self) -> None:
        self.start("web", "webhooks")
        await_true(partial(answers, f"{self.web_url}/health"), "web")

    def start_server(self, name: str, application: str, url: str) -> None:
        """One uvicorn worker without anything of `web`; returns when it answers."""
        port = str(urlsplit(url).port)
        self.start(name, "uvicorn", application, "--port", port, "--no-access-log", "--log-level", "warning")
        await_true(partial(answers, url), name)

    def set_webhook(self) -> None:
        """From here on the stand-in pushes updates to web."""
        url = f"{self.telegram.url}/bot{TOKEN}/setWebhook"
        secret = self.env["TELEGRAM_WEBHOOK_SECRET"]
        body = {"url": f"{self.web_url}/webhooks/telegram", "secret_token": secret}
        httpx.post(url, json=body).raise_for_status()
        admin = self.telegram.person(ADMIN, "Admin")
        admin.start()
        admin.waits_for(lambda _message: True, READY_S)

    def family(self, *names: str) -> list[psutil.Process]:
        """Processes of the shop with their children."""
        roots = [psutil.Process(self.processes[name].pid) for name in names]
        return [each for root in roots for each in [root, *root.children(recursive=True)]]

    def processor_s(self, *names: str) -> float:
        """What these have used of the processors so far."""
        times = [each.cpu_times() for each in self.family(*names)]
        return float(sum(spent.user + spent.system for spent in times))


@contextmanager
def stack() -> Iterator[Stack]:
    """Servers, stand-ins, web, one worker and the clock, with a database of their own."""
    with ExitStack() as cleanup:
        home = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="quickcart-bench-")))
        addresses = cleanup.enter_context(embedded.servers(home))
        messenger = cleanup.enter_context(telegram.StandIn(TOKEN, strict_limits=False).serve())
        port = free_port()
        web_url = f"http://127.0.0.1:{port}"
        gateway = pakasir.StandIn(
            "bench", "bench-key", "bench-webhook-secret", f"{web_url}/webhooks/pakasir", strict_limits=False
        )
        cleanup.enter_context(gateway.serve())
        values = _values(addresses, messenger.url, gateway.url, web_url)
        cleanup.enter_context(settings.override(**values))
        models.connect(addresses.database, max_connections=40)
        cleanup.callback(models.db.close_all)
        migrate.apply()
        env = os.environ | {name.upper(): str(value) for name, value in values.items()}
        env["PGAPPNAME"] = "quickcart"  # how its connections are told from those of this process
        client = cleanup.enter_context(
            redis.Redis.from_url(addresses.redis, socket_timeout=30, client_name=Stack.redis_name)
        )
        log = cleanup.enter_context((home / "log").open("wb"))
        running = Stack(messenger, gateway, web_url, env, client, log, home)
        cleanup.callback(_end, running)
        yield running


def _values(
    addresses: embedded.Addresses, telegram_url: str, pakasir_url: str, web_url: str
) -> dict[str, object]:
    return {
        "telegram_bot_token": TOKEN,
        "telegram_api_url": telegram_url,
        "telegram_webhook_secret": "bench-webhook-secret",
        "pakasir_project": "bench",
        "pakasir_api_key": "bench-key",
        "pakasir_webhook_secret": "bench-webhook-secret",
        "pakasir_base_url": pakasir_url,
        "pakasir_public_url": pakasir_url,
        "pakasir_sandbox": "1",
        "database_url": addresses.database,
        "audit_database_url": addresses.audit_database,
        "redis_url": addresses.redis,
        "public_url": web_url,
        "port": urlsplit(web_url).port,
        "admin_ids": str(ADMIN),
        "stock_encryption_key": Fernet.generate_key().decode(),
        "log_level": "error",
    }


def _end(running: Stack) -> None:
    for process in running.processes.values():
        process.terminate()
    for process in running.processes.values():
        process.wait(15)
    for server in running.servers:
        server.send_signal(signal.SIGINT)
        server.wait(15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a server listens there, whatever it says."""
    try:
        httpx.get(url, timeout=2)
    except httpx.TransportError:
        return False
    return True


def await_true(condition: Callable[[], object], what: str) -> None:
    """Ask again until a process that cannot call us is ready. Raises TimeoutError."""
    deadline = time.monotonic() + READY_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} was not ready within {READY_S} s")
        time.sleep(0.05)
