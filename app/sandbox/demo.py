"""The demo, once its fork server is under way: servers, stand-ins, the shop's processes, and the link."""

from __future__ import annotations

import os
from pathlib import Path

from app.local import console, embedded, folder, procfile, readiness
from app.local.supervisor import Supervisor
from app.sandbox import stand_ins
from app.sandbox.chat import people
from app.sandbox.telegram import stickers

READY_WITHIN_S = 60.0


def run(state: Path, supervisor: Supervisor, terminal: console.Console, port: int) -> None:
    """Start everything, say where it is, and keep it running until a signal comes."""
    web_port = embedded.free_port()
    public_url = f"http://127.0.0.1:{web_port}"
    secrets = folder.kept_secrets(state)
    links = [("Operator", f"{public_url}/ops"), ("Health", f"{public_url}/health")]
    web = readiness.Web(public_url)
    terminal.follow(web.follow)
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
    seed = f"seed --reseller {people.RESELLER_ID} --demo {story}"
    supervisor.run(procfile.ops(seed, values), procfile.ops("webhook set", values))
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
