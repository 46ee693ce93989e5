"""The Procfile's type `all`: web, worker, clock, and poller where there is no webhook, in one group.

For plans that run one process. Servers, release and webhook are the platform's, as for each of them alone.
"""

from __future__ import annotations

import os
import signal
import sys

import structlog

import settings
from app.infra import logs
from app.local import procfile
from app.local.supervisor import Supervisor

log = structlog.get_logger()

#: Platforms kill 10 seconds after they have asked.
GRACE_S = 9.0


def main() -> int:
    """Until SIGTERM or SIGINT; what each process prints goes to standard output as it is."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        current = settings.current()
        logs.setup("all")
    except settings.SettingsError as error:
        sys.exit(str(error))
    # Nobody works in this folder: its name marks our children, so that no two groups end each other's.
    mark = procfile.ROOT / ".quickcart" / f"all-{os.getpid()}"
    supervisor = Supervisor(mark, _pass_on, log.warning, GRACE_S)
    try:
        supervisor.fork_from(procfile.forking())
        for name in types(current):
            supervisor.start(procfile.program(name, procfile.given(), procfile.EVERYWHERE))
        supervisor.wait()
    finally:
        supervisor.end()
    return 0


def types(current: settings.Settings) -> tuple[str, ...]:
    """Process types of the Procfile."""
    return ("web", "worker", "clock") if current.public_url else ("web", "worker", "clock", "poller")


def _pass_on(_name: str, line: str) -> None:
    """In one piece: the processes are heard by threads of their own, and `print` writes the end of a line
    apart from it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
