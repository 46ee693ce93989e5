"""What goes wrong: each fault begins, lasts while people pay, and ends."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
import psycopg
import redis

import models
import settings
from app.local import daemons
from app.sales import settlement
from models import Order
from tests.bench import chat
from tests.chaos import connections
from tests.support.stack import Stack, await_true

Scene = Callable[[Stack], Iterator[None]]


@dataclass(frozen=True)
class Fault:
    """`scene` is a generator: what stands before its `yield` begins the fault, what follows ends it."""

    name: str
    scene: Scene
    #: How the gateway announces each payment: once, lost, doubled, late, forged.
    webhook: str | None = None
    #: How soon after it all must be well.
    within_s: float = 30.0
    #: What people buy meanwhile.
    product: int = chat.PRODUCT


#: Accounts that several buyers share.
SLOTTED = chat.PRODUCT + 1


def _none(stack: Stack) -> Iterator[None]:
    yield


def _killed(name: str) -> Scene:
    def scene(stack: Stack) -> Iterator[None]:
        yield
        stack.kill(name)
        stack.restart(name)

    return scene


def _killed_before(name: str) -> Scene:
    def scene(stack: Stack) -> Iterator[None]:
        stack.kill(name)
        yield
        stack.restart(name)

    return scene


def _clock_shifted(seconds: int) -> Scene:
    """The machine of `clock` shows another time than those of the workers, until nothing is open any more."""

    def scene(stack: Stack) -> Iterator[None]:
        stack.stop("clock")
        stack.start("clock", "tests.chaos.shifted", str(seconds), "workers.clock")
        yield
        await_true(_nothing_is_open, "what only sweeps find")
        stack.stop("clock")
        stack.start("clock", "workers.clock")

    return scene


def _nothing_is_open() -> bool:
    with models.db.connection_context():
        return not Order.select().where(Order.state.in_([Order.PENDING, Order.PAID])).exists()


def _redis_flushed(stack: Stack) -> Iterator[None]:
    yield
    stack.redis.flushall()


def _redis_killed(stack: Stack) -> Iterator[None]:
    with _server_killed("valkey-server", stack):
        yield
    await_true(lambda: _pings(stack), "valkey")


def _redis_stalled(stack: Stack) -> Iterator[None]:
    server = _server("valkey-server", stack)
    server.suspend()
    yield
    server.resume()


def _redis_full(stack: Stack) -> Iterator[None]:
    """What is written to it is refused, but for what workers do."""
    stack.redis.config_set("maxmemory", stack.redis.info("memory")["used_memory"] // 2)
    yield
    stack.redis.config_set("maxmemory", 0)


def _postgres_killed(stack: Stack) -> Iterator[None]:
    with _server_killed("postgres", stack):
        yield
    models.db.close_all()
    await_true(_takes_connections, "postgres")


def _telegram(kind: str, **options: object) -> Scene:
    def scene(stack: Stack) -> Iterator[None]:
        stack.telegram.fault("*", kind, None, for_s=60, **options)  # type: ignore[arg-type]
        yield
        stack.telegram.faults.clear()

    return scene


def _one_chat_throttled(stack: Stack) -> Iterator[None]:
    """Not a buyer of this run: what waits is that chat's alone."""
    person = stack.telegram.person(6_900, "Throttled")
    stack.telegram.fault("*", "flood", None, chat_id=person.id, retry_after_s=90, for_s=60)
    person.start()
    stack.telegram.wait(lambda: stack.telegram.called("sendMessage", person.id), 10)
    yield
    stack.telegram.faults.clear()


def _gateway(call: str, kind: str, **options: Any) -> Scene:
    def scene(stack: Stack) -> Iterator[None]:
        stack.pakasir.fault(call, kind, None, **options)
        yield
        stack.pakasir.clear_faults()

    return scene


def _canceled_in_vain(**answer: Any) -> Scene:
    """Every open order ends here; what the gateway answers to that means nothing, its QR stays payable."""

    def scene(stack: Stack) -> Iterator[None]:
        stack.pakasir.fault("cancel", "refuse", None, **answer)
        with models.db.connection_context():
            for order in Order.select().where(Order.state == Order.PENDING):
                settlement.cancel_by_operator(order.id)
        yield
        stack.pakasir.clear_faults()

    return scene


_CANCELED = {"status": "canceled"}
_ANOTHER = _CANCELED | {"txn_id": "PKSANOTHER", "order_id": "TRXANOTHER", "amount": 1}

ALL = [
    Fault("nothing goes wrong", _none),
    Fault("worker killed while goods go out", _killed("worker")),
    Fault("worker killed before the payments", _killed_before("worker")),
    Fault("worker killed while slots go out", _killed("worker"), product=SLOTTED),
    Fault("web killed before the payments", _killed_before("web")),
    Fault("clock killed before the payments", _killed_before("clock")),
    Fault("clock two minutes behind", _clock_shifted(-120), webhook="lost"),
    Fault("clock an hour ahead", _clock_shifted(3600), webhook="lost"),
    Fault("Redis flushed", _redis_flushed),
    Fault("Redis killed and restarted", _redis_killed),
    Fault("Redis stalled", _redis_stalled),
    Fault("Redis full", _redis_full),
    Fault("Redis falls silent behind a proxy", connections.redis_silent),
    Fault("PostgreSQL killed and restarted", _postgres_killed),
    Fault("PostgreSQL ends every connection", connections.connections_terminated),
    Fault(
        "PostgreSQL falls silent behind a proxy",
        connections.database_silent,
        within_s=connections.SILENCE_IS_OVER_S,
    ),
    Fault("audit database away", connections.audit_database_away),
    Fault("Telegram throttles", _telegram("flood", retry_after_s=2)),
    Fault("one chat is throttled for 90 s while others buy", _one_chat_throttled),
    Fault("Telegram answers 502", _telegram("5xx")),
    Fault("Telegram takes messages and does not answer", _telegram("dropped")),
    Fault("gateway down", _gateway("status", "down")),
    Fault("gateway takes calls and does not answer", _gateway("*", "slow", seconds=60)),
    Fault("gateway answers HTML", _gateway("status", "html")),
    Fault("gateway lies about the amount", _gateway("status", "change", fields={"amount": 1})),
    Fault("gateway calls another payment canceled", _gateway("status", "change", fields=_ANOTHER), "lost"),
    Fault("gateway calls what was paid canceled", _gateway("status", "change", fields=_CANCELED)),
    Fault("gateway cancels in words only", _canceled_in_vain(status=200, message="Internal error"), "lost"),
    Fault("gateway refuses to cancel, oddly", _canceled_in_vain(message="Sudah tidak dapat"), "lost"),
    Fault("gateway answers what cannot be read", _gateway("status", "change", fields={"status": ["paid"]})),
    Fault("gateway limits status calls", _gateway("status", "rate")),
    Fault("webhooks lost", _none, webhook="lost"),
    Fault("webhooks doubled", _none, webhook="doubled"),
    Fault("webhooks forged", _none, webhook="forged"),
    Fault("Redis fails over", connections.redis_fails_over),
]


@contextmanager
def during(fault: Fault, stack: Stack) -> Iterator[None]:
    """The fault is there inside, and over after."""
    scene = fault.scene(stack)
    next(scene)
    yield
    next(scene, None)


@contextmanager
def _server_killed(name: str, stack: Stack) -> Iterator[None]:
    """A server dies as by kill -9, and comes back on the same data and the same address."""
    server = _server(name, stack)
    command, folder, ids = _command(server), server.cwd(), (server.uids().real, server.gids().real)
    children = server.children(recursive=True)
    server.kill()
    psutil.wait_procs([server, *children], timeout=20)
    yield
    stack.servers.append(
        subprocess.Popen(
            command,
            cwd=folder,
            user=ids[0],
            group=ids[1],
            extra_groups=[],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=daemons.die_with_parent(signal.SIGINT),  # noqa: PLW1509 (two system calls)
        )
    )


def _command(server: psutil.Process) -> list[str]:
    """What starts it again. Valkey writes its address over its own command line."""
    words: list[str] = server.cmdline()
    if "-D" in words:
        return words
    sockets = [line.laddr for line in server.net_connections("unix") if line.laddr]
    return [
        *(server.exe(), "--port", "0", "--unixsocket", sockets[0], "--dir", server.cwd()),
        *("--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"),
    ]


def _server(name: str, stack: Stack) -> psutil.Process:
    """The server of this run, among those of others on the machine."""
    for process in psutil.process_iter():
        try:
            ours = any(str(stack.home) in word for word in [process.cwd(), *process.cmdline()])
            if ours and process.name().startswith(name.split("-")[0]) and process.ppid() != 1:
                parent = process.parent()
                if parent is None or not parent.name().startswith(name.split("-")[0]):
                    return process
        except psutil.Error:
            continue
    raise LookupError(name)


def _takes_connections() -> bool:
    try:
        psycopg.connect(settings.current().database_url).close()
    except psycopg.OperationalError:
        return False
    return True


def _pings(stack: Stack) -> bool:
    try:
        return bool(stack.redis.ping())
    except redis.RedisError:
        return False
