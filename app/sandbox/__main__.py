"""`make demo`: the whole shop in one command, with stand-ins for everything outside. Never touches `.env`."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from app.local import console, daemons, embedded, folder, procfile, readiness
from app.local.supervisor import Supervisor
from app.sandbox import stand_ins
from app.sandbox.chat import people
from app.sandbox.telegram import stickers
from settings import LOOPBACK

CHAT_PORT = 8800
READY_WITHIN_S = 60.0

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
            demo(state, reset=args.reset, port=args.port)
        print("The demo has stopped.", flush=True)
        return 0
    except folder.InUse as error:
        print(f"The demo is running already. {error}", file=sys.stderr)
    except (daemons.StartFailed, readiness.NotReady) as error:
        print(f"The demo could not start: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"The demo could not start: {error.cmd}\n{error.output}", file=sys.stderr)
    except KeyboardInterrupt:
        print("The demo has stopped.", flush=True)
        return 0
    return 1


def demo(state: Path, *, reset: bool, port: int) -> None:
    """Start everything, say where it is, and keep it running until a signal comes."""
    if reset:
        embedded.end_leftovers(state)
        folder.wipe(state)
    web_port = embedded.free_port()
    public_url = f"http://127.0.0.1:{web_port}"
    secrets = folder.kept_secrets(state)
    links = [("Operator", f"{public_url}/ops"), ("Health", f"{public_url}/health")]
    print("Starting the demo …", flush=True)
    web = readiness.Web(public_url)
    terminal = console.Console(state / "demo.log", web.follow)
    supervisor = Supervisor(state, terminal.heard, terminal.say)
    supervisor.fork_from(procfile.forking())  # imports while servers and stand-ins start
    with (
        embedded.servers(state) as addresses,
        stand_ins.running(state, secrets, embedded.free_port(port), public_url, links) as sandbox,
    ):
        terminal.follow(sandbox.trail)
        values = secrets | sandbox.settings | _settings(addresses, public_url, web_port)
        try:
            known = sandbox.prepared
            story = f"{people.ADMIN_ID} {people.GROUP_ID} {known.invoice} {known.txn_id}"
            _open(supervisor, values, story, web)
            sandbox.begin()
            folder.sign(state, f"Open {sandbox.url} (process {os.getpid()})")
            print(_welcome(sandbox.url, public_url, secrets["OPS_PASSWORD"], state), flush=True)
            supervisor.wait()
        finally:
            folder.sign(state, "")
            supervisor.end()


def _open(supervisor: Supervisor, values: dict[str, str], story: str, web: readiness.Web) -> None:
    """Bring up the shop's processes.

    1. The schema. 2. Worker and clock, and meanwhile the sample shop and the webhook. 3. `web`, last: so its
    first look at the others finds them well.
    """
    supervisor.run(procfile.program("release", values))
    bot_id = values["TELEGRAM_BOT_TOKEN"].partition(":")[0]
    heartbeats = readiness.Heartbeats(values["REDIS_URL"], bot_id, {"worker", "clock"})
    for name in ("worker", "clock"):
        supervisor.start(procfile.program(name, values))
    supervisor.run(procfile.ops(f"seed --reseller {people.RESELLER_ID} --demo {story}", values))
    supervisor.run(procfile.ops("webhook set", values))
    heartbeats.wait(READY_WITHIN_S, supervisor.dead)
    supervisor.start(procfile.program("web", values))
    web.wait(READY_WITHIN_S, supervisor.dead)


def _settings(addresses: embedded.Addresses, public_url: str, web_port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": addresses.database,
        "AUDIT_DATABASE_URL": addresses.audit_database,
        "REDIS_URL": addresses.redis,
        "PUBLIC_URL": public_url,
        "PORT": str(web_port),
        "ADMIN_IDS": str(people.ADMIN_ID),
        "STORE_NAME": "QuickCart Demo",
        "WELCOME_STICKER": stickers.WELCOME,
        "LOG_FORMAT": "json",
    }


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
    url = urlsplit(value)
    return url.scheme != "unix" and bool(url.hostname) and url.hostname not in LOOPBACK


def _refusal(found: list[str]) -> str:
    lines = "\n".join(f"  {each}" for each in found)
    return (
        f"The demo does not start next to the settings of a real shop:\n{lines}\n"
        "It makes its own. Unset these, or move .env away for as long as you try it; `make run` is for them."
    )


def _welcome(chat_url: str, public_url: str, password: str, state: Path) -> str:
    return (
        f"\n  The shop is open: {chat_url}\n\n"
        f"  operators {public_url}/ops · password {password}\n"
        "  to mend: a delivery that failed, a payment that contradicts its order\n"
        f"  health {public_url}/health\n"
        f"  log {_near(state / 'demo.log')} · Ctrl-C stops everything, `make demo RESET=1` starts afresh\n"
    )


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


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
