"""`make ops ARGS="…"`: a command of the operators' command line, on one machine.

With the settings of `.env`, and where they name no servers, on those of `make run`: started for the command
when it is not running.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import settings
from app.local import checked, daemons, folder, procfile, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m app.local.ops", description="Operate the shop here.")
    parser.add_argument("--state", type=Path, default=run.STATE)
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="command …")
    args = parser.parse_args()
    try:
        values = checked.checked(Path(".env"))
        with _addresses(args.state.resolve(), values) as addresses:
            environment = procfile.environment(values | addresses)
            command = [sys.executable, "-m", "app.ops", *args.words]
            return subprocess.run(command, env=environment, check=False).returncode
    except (settings.SettingsError, daemons.StartFailed) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        pass
    return 2


@contextmanager
def _addresses(state: Path, values: dict[str, str]) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        try:
            held = stack.enter_context(folder.held(state))
            found = stack.enter_context(run.storage(held, values))
        except folder.InUse:
            found = json.loads((state / run.ADDRESSES).read_text())
        yield found


if __name__ == "__main__":
    sys.exit(main())
