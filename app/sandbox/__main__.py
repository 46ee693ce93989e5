"""`make demo`: the whole shop in one command, with stand-ins for everything outside. Never touches `.env`.

Whether it may start, and what it starts with, stands here; `demo.py` goes on.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from app.local import console, daemons, embedded, folder, procfile
from app.local.supervisor import Supervisor

CHAT_PORT = 8800
#: For a demo's processes to end by themselves: nobody's goods are on their way.
GRACE_S = 5.0

#: Where a shop that is somebody's livelihood would be found.
ADDRESSES = ("DATABASE_URL", "AUDIT_DATABASE_URL", "REDIS_URL", "PUBLIC_URL")
KEYS = ("TELEGRAM_BOT_TOKEN", "PAKASIR_API_KEY")


def main() -> int:
    args = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if args.end_with_parent:
        daemons.end_with_parent()
    if found := real_settings():
        print(_refusal(found), file=sys.stderr)
        return 2
    try:
        with folder.held(args.state.resolve()) as state:
            start(state, reset=args.reset, port=args.port)
        print("The demo has stopped.", flush=True)
        return 0
    except folder.InUse as error:
        print(f"The demo is running already. {error}", file=sys.stderr)
    except daemons.StartFailed as error:
        print(f"The demo could not start: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"The demo could not start: {error.cmd}\n{error.output}", file=sys.stderr)
    except KeyboardInterrupt:
        print("The demo has stopped.", flush=True)
        return 0
    return 1


def start(state: Path, *, reset: bool, port: int) -> None:
    """What takes longest first: all that the shop's processes import, in a process that they are forked from;
    meanwhile come what this one imports, the servers and the stand-ins."""
    if reset:
        embedded.end_leftovers(state)
        folder.wipe(state)
    print("Starting the demo …", flush=True)
    terminal = console.Console(state / "demo.log")
    supervisor = Supervisor(state, terminal.heard, terminal.say, GRACE_S)
    supervisor.fork_from(procfile.forking())
    from app.sandbox import demo

    demo.run(state, supervisor, terminal, port)


def real_settings(dotenv: Path = Path(".env")) -> list[str]:
    """Names, with where they stand, of settings that look like those of a real shop."""
    places: dict[str, Mapping[str, str | None]] = {
        "the environment": dict(procfile.given()),
        ".env": dotenv_values(dotenv),
    }
    return [
        f"{name} (in {place})"
        for place, values in places.items()
        for name in (*KEYS, *ADDRESSES)
        if _looks_real(name, values)
    ]


def _looks_real(name: str, values: Mapping[str, str | None]) -> bool:
    value = (values.get(name) or "").strip()
    if not value or name in KEYS:
        return bool(value)
    from app.addresses import LOOPBACK  # with psycopg, which most need not wait for

    url = urlsplit(value)
    return url.scheme != "unix" and bool(url.hostname) and url.hostname not in LOOPBACK


def _refusal(found: list[str]) -> str:
    lines = "\n".join(f"  {each}" for each in found)
    return (
        f"The demo does not start next to the settings of a real shop:\n{lines}\n"
        "It makes its own. Unset these, or move .env away for as long as you try it; `make run` is for them."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m app.sandbox", description="The whole shop, for trying out."
    )
    parser.add_argument("--reset", action="store_true", help="forget everything and start afresh")
    parser.add_argument("--port", type=int, default=CHAT_PORT, help="of the chat, if it is free")
    parser.add_argument("--end-with-parent", action="store_true", help="stop when make is gone")
    parser.add_argument("--state", type=Path, default=procfile.ROOT / ".quickcart" / "demo")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
