"""`make ops`: commands beside `make run`, and a restore on a machine that has never seen the shop."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pyrage import x25519

from tests.support import programs, surroundings

REAL = ("TELEGRAM_BOT_TOKEN", "PAKASIR_PROJECT", "PAKASIR_API_KEY", "STOCK_ENCRYPTION_KEY")
SILENT = {"TELEGRAM_API_URL": "http://127.0.0.1:9", "PAKASIR_BASE_URL": "http://127.0.0.1:9"}


@pytest.fixture
def ops(folder):
    """Run a command on the machine of this name, typing `typed`."""

    def run(machine, *words, typed="", **changes):
        (folder / machine).mkdir(exist_ok=True)
        values = {name: surroundings.environment()[name] for name in REAL} | SILENT | changes
        return subprocess.run(
            [sys.executable, "-m", "app.local.ops", "--state", str(folder / machine / "state"), *words],
            cwd=folder / machine,
            env=os.environ | {"PYTHONPATH": str(programs.ROOT)} | values,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.mark.slow
def test_a_shop_moves_to_a_machine_that_has_never_seen_it(ops, folder):
    identity = x25519.Identity.generate()
    keeps = {"BACKUP_RECIPIENT": str(identity.to_public()), "BACKUP_DIR": str(folder / "kept")}
    assert ops("old", "migrate").returncode == 0
    assert ops("old", "seed").returncode == 0
    assert ops("old", "backup", "make", **keeps).returncode == 0
    file = next((folder / "kept").glob("*.age"))

    restored = ops("new", "backup", "restore", str(file), "--into", "here", typed=str(identity))
    again = ops("new", "backup", "restore", str(file), "--into", "here", typed=str(identity))

    assert (restored.returncode, restored.stderr) == (0, "")
    assert ops("new", "migrate").returncode == 0
    assert ops("new", "verify").returncode == 0
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)


def test_settings_that_are_missing_are_named(ops):
    answer = ops("old", "stats", PAKASIR_API_KEY="")

    assert (answer.returncode, "PAKASIR_API_KEY: is missing" in answer.stderr) == (2, True)
