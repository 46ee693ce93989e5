"""What the shop takes of a machine after a day's work, and what its packages take of a disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from importlib import metadata
from pathlib import Path

import psutil
from packaging.requirements import Requirement

import models
from app.infra import redis_client
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from tests.bench import chat, report
from tests.support.stack import ADMIN, READY_S, ROOT, Stack, answers, await_true

PURCHASES, BUYERS, LOOKS = 500, 50, 20
OPEN_S, WAIT_S = 120.0, 60.0
#: MiB for web, worker and clock with what they are forked from, and with supervisor and servers; MB for what
#: `requirements.txt` installs.
THREE_MIB, ALL_MIB, PACKAGES_MB = 200, 256, 170
PROCESSES = {
    "web": "webhooks",
    "worker": "workers.actors",
    "clock": "workers.clock",
    "fork server": "app.local.forking",
}


def measure(stack: Stack) -> list[report.Figure]:
    """The whole shop as `make run` starts it; PSS: shared pages are divided among those who share."""
    stack.start("run", "app.local.run", "--state", str(stack.home / "run"))
    assert stack.telegram.wait(lambda: stack.telegram.updates.webhook.url, OPEN_S), "the shop did not open"
    await_true(partial(answers, f"{stack.web_url}/health"), "web")
    await_true(lambda: stack.redis.exists(redis_client.key("heartbeat", "worker")), "worker")
    admin = stack.telegram.person(ADMIN, "Admin")
    admin.start()
    admin.waits_for(lambda _message: True, READY_S)
    figures = _figures(stack, "at rest")
    looking = chat.prepare(stack, BUYERS)
    for number in range(LOOKS):  # first: later the admin's chat is full of sales
        _look(stack, admin, number)
    for _ in range(PURCHASES // BUYERS):
        _buy(stack, looking)
    words = f"after {PURCHASES} purchases and {LOOKS} /stats"
    return figures + _figures(stack, words, THREE_MIB, ALL_MIB) + measure_packages()


def measure_packages() -> list[report.Figure]:
    """The files of every distribution that a deployment installs, as it unpacks them: without bytecode."""
    size = sum(path.stat().st_size for path in set(_installed()) if path.is_file())
    return [report.figure("packages of a deployment", size / 1e6, "MB", below=PACKAGES_MB)]


def _installed() -> Iterator[Path]:
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if not line[:1].isalnum():
            continue
        needed = Requirement(line.removesuffix("\\").strip())
        if needed.marker is None or needed.marker.evaluate():
            for file in metadata.files(needed.name) or []:
                if file.suffix != ".pyc":
                    yield Path(str(file.locate()))


def _buy(stack: Stack, looking: list[tuple[Person, Message]]) -> None:
    """Everybody looks around and buys one."""
    goods = len(_goods(stack))
    for person, message in looking:
        person.tap(message, chat.button(message, "+"))
        person.tap(message, chat.button(message, "-"))
        stack.pakasir.pays(chat.open_order(stack, person))
    assert stack.telegram.wait(lambda: len(_goods(stack)) >= goods + len(looking), WAIT_S)


def _goods(stack: Stack) -> list[object]:
    return [call for call in stack.telegram.called("sendMessage") if "KEY-" in str(call.params)]


def _look(stack: Stack, admin: Person, number: int) -> None:
    before = len(stack.telegram.called("sendPhoto", ADMIN))
    admin.send_text("/stats")
    assert stack.telegram.wait(lambda: len(stack.telegram.called("sendPhoto", ADMIN)) > before, WAIT_S), (
        number
    )


def _figures(
    stack: Stack, when: str, three_below: float | None = None, all_below: float | None = None
) -> list[report.Figure]:
    found = _pss_mib(stack)
    three = sum(found[name] for name in PROCESSES)
    figures = [report.figure(f"memory {when}: {name}", mib, "MiB") for name, mib in found.items()]
    return [
        *figures,
        report.figure(f"memory {when}: web, worker, clock", three, "MiB", below=three_below),
        report.figure(f"memory {when}: the whole shop", sum(found.values()), "MiB", below=all_below),
    ]


def _pss_mib(stack: Stack) -> dict[str, float]:
    """By process type, each with what it has forked; the servers are children of this process, whose own
    connection counts for nothing."""
    supervisor = psutil.Process(stack.processes["run"].pid)
    found = {"supervisor": _pss(supervisor)}
    for child in supervisor.children():
        if name := _name(child):
            found[name] = sum(_pss(each) for each in [child, *child.children(recursive=True)])
    (mine,) = models.db.execute_sql("select pg_backend_pid()").fetchone()
    for server in psutil.Process().children():
        if server.name() in ("postgres", "valkey-server"):
            family = [server, *server.children(recursive=True)]
            found[server.name()] = sum(_pss(each) for each in family if each.pid != mine)
    return {name: size / 2**20 for name, size in found.items()}


def _pss(process: psutil.Process) -> int:
    """0 for what has just ended."""
    with suppress(psutil.NoSuchProcess):
        return int(process.memory_full_info().pss)
    return 0


def _name(child: psutil.Process) -> str | None:
    """None for what ends by itself."""
    with suppress(psutil.NoSuchProcess):
        return next((name for name, module in PROCESSES.items() if module in child.cmdline()), None)
    return None
