"""The command lines of the Procfile and the environment they run in. Starts nothing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from app.local.supervisor import CHANNEL, Program

ROOT = Path(__file__).parents[2]
#: A deployment listens everywhere; here a reverse proxy, a tunnel or the demo come from the same machine.
EVERYWHERE, HERE = "--host 0.0.0.0", "--host 127.0.0.1"
#: What the processes import, without what looks at the settings at once. By name: this is below them.
IMPORTED = (
    *("webhooks.__main__", "webhooks.app", "uvicorn.loops.uvloop", "uvicorn.lifespan.on"),
    *("workers.clock", "workers.poller", "workers.boot", "workers.call_events", "workers.policies"),
    *("dramatiq.__main__", "app.infra.queue.broker", "app.clients.telegram", "app.clients.pakasir"),
    *("app.bot.conversation", "app.bot.notices", "app.bot.guards", "app.bot.group_news"),
    *("app.bot.menu", "app.bot.pictures.paid_card"),
    *("app.backoffice.audit_checks", "app.backoffice.measures", "app.backoffice.retention"),
    *("app.ops.__main__", "app.ops.backups.drill", "app.catalogue.locked_products", "app.people.recipients"),
)
#: The fields of `settings.Settings`, which takes 20 MiB: a process that only starts others does without.
VARIABLES = frozenset(
    re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
)


def program(name: str, values: Mapping[str, str], listens: str = HERE) -> Program:
    """A process type of the Procfile, on loopback, with nothing of the shop's settings but `values`."""
    command = _commands()[name].replace(EVERYWHERE, listens)
    return Program(name, command, environment(values), ROOT)


def ops(arguments: str, values: Mapping[str, str]) -> Program:
    """A command of the operators' command line."""
    command = f"python -m app.ops {arguments}"
    return Program(f"ops {arguments.split()[0]}", command, environment(values), ROOT)


def settings_check(values: Mapping[str, str]) -> Program:
    """Says what is wrong with them, if anything is."""
    return Program("settings", "python -m app.local.checked --only", environment(values), ROOT)


def forking() -> Program:
    """What the others are forked from."""
    command = f"python -m app.local.forking {CHANNEL} {' '.join(IMPORTED)}"
    return Program("forking", command, environment({}), ROOT)


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """That of this process without settings of the shop, the virtual environment's programs first."""
    inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    path = os.pathsep.join([str(Path(sys.executable).parent), inherited.get("PATH", os.defpath)])
    return inherited | {"PATH": path, "PYTHONUNBUFFERED": "1"} | dict(values)


def given() -> dict[str, str]:
    """Settings of the shop that come with the environment of this process."""
    return {name: os.environ[name] for name in sorted(VARIABLES) if os.environ.get(name, "").strip()}


def _commands() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text().splitlines()
    pairs = (line.split(":", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): command.strip() for name, command in pairs}
