"""The Procfile's type `all`: web, worker, clock, and poller where there is no webhook, in one group.

For plans that run one process. Servers, release and webhook are the platform's, as for each of them alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from app.local import procfile
from app.local.supervisor import Supervisor

#: Platforms kill 10 seconds after they have asked.
GRACE_S = 9.0


def main() -> int:
    """Until SIGTERM or SIGINT; what each process prints goes to standard output as it is."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    values = procfile.given()
    # Nobody works in this folder: its name marks our children, so that no two groups end each other's.
    mark = procfile.ROOT / ".quickcart" / f"all-{os.getpid()}"
    supervisor = Supervisor(mark, _pass_on, _say, GRACE_S)
    try:
        supervisor.fork_from(procfile.forking())
        supervisor.run(procfile.settings_check(values))  # not here: a process keeps all that it imports
        for name in types(values):
            supervisor.start(procfile.program(name, values, procfile.EVERYWHERE))
        supervisor.wait()
    except subprocess.CalledProcessError as error:  # what is wrong was passed on
        return int(error.returncode)
    finally:
        supervisor.end()
    return 0


def types(values: Mapping[str, str]) -> tuple[str, ...]:
    """Process types of the Procfile."""
    return ("web", "worker", "clock") if "PUBLIC_URL" in values else ("web", "worker", "clock", "poller")


def _say(text: str) -> None:
    """A line as app/infra/logs writes them, which would bring the settings here."""
    line: dict[str, object] = {"event": text, "level": "warning", "timestamp": datetime.now(UTC).isoformat()}
    line |= {"process": "all", "pid": os.getpid()}
    _pass_on("all", text if procfile.given().get("LOG_FORMAT") == "console" else json.dumps(line))


def _pass_on(_name: str, line: str) -> None:
    """In one piece: the processes are heard by threads of their own, and `print` writes the end of a line
    apart from it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
