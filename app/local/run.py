"""`make run`: the processes of the Procfile against real Telegram and Pakasir, set up in `.env`.

Brings its own PostgreSQL and Valkey where no addresses are given.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.local import console, daemons, embedded, folder, procfile
from app.local.supervisor import Supervisor

STATE = procfile.ROOT / ".quickcart" / "run"
ADDRESSES = "addresses.json"
STORAGE = ("DATABASE_URL", "AUDIT_DATABASE_URL", "REDIS_URL")
#: How a process ends whose settings are wrong.
REFUSED = 2


class _Refused(Exception):
    """The settings are wrong; why, has been told."""


def main() -> int:
    args = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with folder.held(args.state.resolve()) as state:
            return run(state)
    except _Refused:
        return REFUSED
    except folder.InUse as error:
        print(f"The shop is running already. {error}", file=sys.stderr)
    except daemons.StartFailed as error:
        print(error, file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd}\n{error.output}", file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    return 1


def _given() -> dict[str, str]:
    """What app/local/checked.py prints: a process of its own, as this one keeps all that it imports. Raises
    _Refused."""
    command = [sys.executable, "-m", "app.local.checked"]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if printed.returncode == REFUSED:
        raise _Refused
    printed.check_returncode()
    return dict(json.loads(printed.stdout))


@contextmanager
def storage(state: Path, values: dict[str, str]) -> Iterator[dict[str, str]]:
    """Addresses that are not given, of servers of our own; kept in the folder for `make ops`."""
    missing = {name for name in STORAGE if name not in values}
    with ExitStack() as stack:
        found = {}
        if missing & {"DATABASE_URL", "AUDIT_DATABASE_URL"}:
            server = stack.enter_context(embedded.postgres(state / "postgres", **embedded.SMALL))
            found["DATABASE_URL"] = server.ensure("quickcart")
            found["AUDIT_DATABASE_URL"] = server.ensure("quickcart_audit")
        if "REDIS_URL" in missing:
            found["REDIS_URL"] = stack.enter_context(embedded.valkey(state / "valkey"))
        addresses = {name: found[name] for name in missing}
        (state / ADDRESSES).write_text(json.dumps(addresses))
        yield addresses


def run(state: Path) -> int:
    """Start everything and keep it running until a signal comes. Raises _Refused."""
    terminal = console.Console(state / "run.log")
    supervisor = Supervisor(state, terminal.heard, terminal.say)
    supervisor.fork_from(procfile.forking())  # imports while the settings are read and the servers start
    values = _given()
    with storage(state, values) as addresses:
        try:
            way = _open(supervisor, values | addresses)
            folder.sign(state, f"It is process {os.getpid()}.")
            print(f"The shop is running; {way}. Log: {state / 'run.log'}. Ctrl-C stops it.", flush=True)
            _tell_systemd()
            supervisor.wait()
        finally:
            folder.sign(state, "")
            supervisor.end()
    return 0


def _open(supervisor: Supervisor, values: dict[str, str]) -> str:
    """Release and start; how updates come."""
    supervisor.run(procfile.program("release", values))
    for name in ("web", "worker", "clock"):
        supervisor.start(procfile.program(name, values))
    if "PUBLIC_URL" in values:
        supervisor.run(procfile.ops("webhook set", values))
        return f"updates come to {values['PUBLIC_URL']}"
    supervisor.start(procfile.program("poller", values))
    return "updates are fetched by long polling"


def _tell_systemd() -> None:
    """That the shop is open, if this is its service: sd_notify(3)."""
    if address := os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.sendto(b"READY=1", address.replace("@", "\0", 1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app.local.run", description="The shop, for real.")
    parser.add_argument("--state", type=Path, default=STATE)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
