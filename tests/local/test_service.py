"""`make service`: what it asks of systemd, which a script plays here, and what it says without one."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from app.local import service
from tests.support import programs, surroundings

NEEDED = ("TELEGRAM_BOT_TOKEN", "PAKASIR_PROJECT", "PAKASIR_API_KEY", "STOCK_ENCRYPTION_KEY")

#: Writes down what it was asked, and fails where the test says so.
PLAYED = """#!/bin/sh
echo "$(basename "$0") $*" >> "$ASKED"
case "$*" in *"$FAILS_AT"*) echo "Failed to connect to bus" >&2; exit 1;; esac
"""


class Machine:
    """A home with a shop's folder in it. `has_systemd` puts the script that plays it on the PATH."""

    def __init__(self, home: Path, *, has_systemd: bool) -> None:
        self.shop, self.bin, self._asked = home / "my shop 100%", home / "bin", home / "asked"
        self.unit = home / ".config" / "systemd" / "user" / "quickcart.service"
        self.home = home
        self.shop.mkdir()
        self.bin.mkdir()
        for name in ("systemctl", "loginctl") if has_systemd else ():
            (self.bin / name).write_text(PLAYED)
            (self.bin / name).chmod(0o755)
        (self.bin / "sh").symlink_to("/bin/sh")
        (self.bin / "basename").symlink_to(shutil.which("basename") or "/usr/bin/basename")

    def writes_settings(self, *names: str) -> None:
        lines = [f"{name}={surroundings.environment()[name]}" for name in names]
        (self.shop / ".env").write_text("\n".join(lines))

    def runs(self) -> subprocess.CompletedProcess[str]:
        """As `make service` does."""
        return subprocess.run(
            [sys.executable, "-m", "app.local.service"],
            cwd=self.shop,
            env=self._shell() | {"PYTHONPATH": str(programs.ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    def installs(self, **env: str) -> subprocess.CompletedProcess[str]:
        """The same in this process, which lives in that shell and in the shop's folder meanwhile."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as here, redirect_stdout(out), redirect_stderr(err):
            for name in list(os.environ):
                here.delenv(name)
            for name, value in (self._shell() | env).items():
                here.setenv(name, value)
            here.chdir(self.shop)
            code = service.main()
        return subprocess.CompletedProcess([], code, out.getvalue(), err.getvalue())

    def _shell(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": str(self.bin),
            "ASKED": str(self._asked),
            "FAILS_AT": "nowhere",
        }

    @property
    def asked(self) -> list[str]:
        return self._asked.read_text().splitlines()


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path, has_systemd=True)
    machine.writes_settings(*NEEDED)
    return machine


def test_the_shop_becomes_a_service_that_survives_a_reboot(machine):
    done = machine.runs()

    assert done.returncode == 0, done.stderr
    assert f"undo   systemctl --user disable --now quickcart && rm {machine.unit}" in done.stdout
    assert machine.asked[1:] == [
        "systemctl --user daemon-reload",
        "systemctl --user enable quickcart",
        "systemctl --user restart quickcart",
        "loginctl enable-linger",
    ]


def test_systemd_finds_nothing_wrong_with_the_unit(machine):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("no systemd-analyze on this machine")
    machine.installs()

    seen = subprocess.run(
        [analyze, "verify", "--user", str(machine.unit)],
        env=os.environ | {"XDG_RUNTIME_DIR": str(machine.home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (seen.returncode, seen.stderr) == (0, "")


def test_a_second_time_renews_the_service(machine):
    machine.installs()

    assert machine.installs().returncode == 0


def test_without_systemd_it_says_what_else_to_do(tmp_path):
    machine = Machine(tmp_path, has_systemd=False)
    machine.writes_settings(*NEEDED)

    refused = machine.installs()

    assert refused.returncode == 1
    assert "There is no systemd" in refused.stderr
    assert "tmux" in refused.stderr
    assert not machine.unit.exists()


def test_a_systemd_that_does_not_answer_is_quoted(machine):
    refused = machine.installs(FAILS_AT="show-environment")

    assert refused.returncode == 1
    assert "Failed to connect to bus" in refused.stderr
    assert "log in as the user itself" in refused.stderr


def test_a_shop_that_does_not_start_is_told_with_where_to_look(machine):
    refused = machine.installs(FAILS_AT="restart")

    assert refused.returncode == 1
    assert "journalctl --user -u quickcart" in refused.stderr


def test_who_may_not_stay_after_logout_reads_the_command_for_it(machine):
    refused = machine.installs(FAILS_AT="enable-linger")

    assert refused.returncode == 1
    assert "sudo loginctl enable-linger $USER" in refused.stderr


def test_settings_of_a_shell_do_not_count(machine):
    machine.writes_settings(*NEEDED[1:])

    refused = machine.installs(TELEGRAM_BOT_TOKEN=surroundings.environment()["TELEGRAM_BOT_TOKEN"])

    assert refused.returncode == 2
    assert "TELEGRAM_BOT_TOKEN: is missing" in refused.stderr
    assert ".env alone" in refused.stderr
    assert not machine.unit.exists()


def test_the_service_of_another_folder_is_left_alone(machine):
    machine.unit.parent.mkdir(parents=True)
    machine.unit.write_text("[Service]\nWorkingDirectory=/srv/other\n")

    refused = machine.installs()

    assert refused.returncode == 1
    assert "another folder" in refused.stderr
    assert "/srv/other" in machine.unit.read_text()
