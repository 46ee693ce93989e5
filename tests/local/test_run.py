"""`make run` as an owner meets it: people are heard, and every setting that is missing is named."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import pytest

from app.local import embedded
from app.sandbox import telegram
from tests.support import people, programs, surroundings

#: What `make run` cannot do without.
REAL = ("TELEGRAM_BOT_TOKEN", "PAKASIR_PROJECT", "PAKASIR_API_KEY", "STOCK_ENCRYPTION_KEY")


@pytest.mark.slow
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_run_hears_people_with_and_without_a_webhook(folder, webhook):
    values = {name: surroundings.environment()[name] for name in REAL}
    token, port = values["TELEGRAM_BOT_TOKEN"], str(embedded.free_port())
    if webhook:
        values |= {"PUBLIC_URL": f"http://127.0.0.1:{port}", "TELEGRAM_WEBHOOK_SECRET": "a-webhook-secret"}
    with (
        telegram.StandIn(token).serve() as messenger,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd,
    ):
        systemd.bind(str(folder / "notify"))
        values |= {"TELEGRAM_API_URL": messenger.url, "PAKASIR_BASE_URL": messenger.url, "PORT": port}
        values["NOTIFY_SOCKET"] = str(folder / "notify")

        with programs.started("app.local.run", folder, **values) as shop:
            programs.reads_until(shop, "The shop is running")
            assert systemd.recv(100) == b"READY=1"
            alice = people.Someone(messenger, 1, "Alice", timeout_s=30)
            alice.starts()
            shop.send_signal(signal.SIGTERM)
            assert shop.wait(12) == 0

    assert alice.received
    assert bool(messenger.updates.webhook.url) == webhook


def test_run_names_every_setting_that_it_misses(folder):
    done = subprocess.run(
        [sys.executable, "-m", "app.local.run", "--state", "state"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(programs.ROOT), "TELEGRAM_BOT_TOKEN": "no token"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN: is not a bot token" in done.stderr
    assert "PAKASIR_API_KEY: is missing" in done.stderr
