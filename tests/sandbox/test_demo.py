"""`make demo` as a newcomer meets it: one link, everything well, and a crash that costs nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from app.local import embedded, supervisor
from app.sandbox import telegram
from tests import conftest, people

ROOT = Path(__file__).parents[2]
STATE = "state"
READY_WITHIN_S = 90

#: What `make run` cannot do without.
REAL = ("TELEGRAM_BOT_TOKEN", "PAKASIR_PROJECT", "PAKASIR_API_KEY", "STOCK_ENCRYPTION_KEY")


@contextmanager
def started(module: str, folder: Path, *arguments: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    """A command with its state in `folder`, where no `.env` is; killed if it does not end by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, "--state", STATE, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    limit = threading.Timer(READY_WITHIN_S, process.kill)
    limit.start()
    with process:
        try:
            yield process
        finally:
            limit.cancel()
            process.kill()


def demo(folder: Path, **env: str) -> AbstractContextManager[subprocess.Popen[str]]:
    return started("app.sandbox", folder, "--port", "0", **env)


def opened(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The addresses of the chat and of `web`, once the demo says that it is open."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"open: (\S+)[\s\S]*health (\S+)/health", said):
            return found[1], found[2]
    raise AssertionError(said)


def reads_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError("".join(said))


def states_of(web: str) -> dict[str, str]:
    services: dict[str, str] = httpx.get(f"{web}/health").json()["services"]
    return services


def left_behind(folder: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter()
        if supervisor.is_marked(process, str(folder / STATE)) or _works_below(process, folder)
    ]


def _works_below(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.cwd().startswith(f"{folder}/")
    except psutil.Error:
        return False


def test_the_demo_is_well_and_survives_a_kill(folder):
    with demo(folder) as first:
        chat, web = opened(first)
        assert httpx.get(chat).status_code == 200
        assert set(states_of(web).values()) == {"ok"}
    secrets = json.loads((folder / STATE / "secrets.json").read_text())

    with demo(folder) as second:
        chat, web = opened(second)
        assert set(states_of(web).values()) == {"ok"}
        second.send_signal(signal.SIGINT)
        assert second.wait(10) == 0

    assert json.loads((folder / STATE / "secrets.json").read_text()) == secrets
    assert not left_behind(folder)


def test_the_demo_does_not_start_next_to_a_real_shop(folder):
    (folder / ".env").write_text("TELEGRAM_BOT_TOKEN=123456789:real\nREDIS_URL=redis://localhost\n")

    with demo(folder, DATABASE_URL="postgres://shop@db.example.com/shop") as refused:
        said, _ = refused.communicate(timeout=10)

    assert refused.returncode == 2
    assert "TELEGRAM_BOT_TOKEN (in .env)" in said
    assert "DATABASE_URL (in the environment)" in said
    assert "REDIS_URL" not in said
    assert not (folder / STATE).exists()


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_run_hears_people_with_and_without_a_webhook(folder, webhook):
    values = {name: str(conftest.TEST_SETTINGS[name.lower()]) for name in REAL}
    token, port = values["TELEGRAM_BOT_TOKEN"], str(embedded.free_port())
    if webhook:
        values |= {"PUBLIC_URL": f"http://127.0.0.1:{port}", "TELEGRAM_WEBHOOK_SECRET": "a-webhook-secret"}
    with telegram.StandIn(token).serve() as messenger:
        values |= {"TELEGRAM_API_URL": messenger.url, "PAKASIR_BASE_URL": messenger.url, "PORT": port}

        with started("app.local.run", folder, **values) as shop:
            reads_until(shop, "The shop is running")
            alice = people.Someone(messenger, 1, "Alice", timeout_s=30)
            alice.starts()
            shop.send_signal(signal.SIGTERM)
            assert shop.wait(12) == 0

    assert alice.received
    assert bool(messenger.updates.webhook.url) == webhook


def test_run_names_every_setting_that_it_misses(folder):
    done = subprocess.run(
        [sys.executable, "-m", "app.local.run"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": "no token"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN: is not a bot token" in done.stderr
    assert "PAKASIR_API_KEY: is missing" in done.stderr
