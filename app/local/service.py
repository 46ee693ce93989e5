"""`make service`: `make run` as a systemd service of this user, that starts again after a crash and a reboot.

Doing it again renews the service, for instance after an update.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import settings
from app.local import checked, procfile

NAME = "quickcart"

#: `mixed`: only the supervisor is asked to end; it ends the others in their order, within the time.
UNIT = """\
[Unit]
Description=QuickCart in {folder}

[Service]
Type=notify
WorkingDirectory={folder}
ExecStart="{python}" -m app.local.run
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
KillMode=mixed
TimeoutStartSec=180
TimeoutStopSec=60

[Install]
WantedBy=default.target
"""

DONE = """\
The shop runs as a service; it starts again after a crash and a reboot.
  wrote  {path}
  ran    systemctl --user enable {name} · systemctl --user restart {name} · loginctl enable-linger
  look   systemctl --user status {name} · journalctl --user -u {name} -f
  undo   systemctl --user disable --now {name} && rm {path} && loginctl disable-linger
After an update or a change of .env: make service"""


class Refused(Exception):
    """There will be no service; the message says why, and what to do."""


def main() -> int:
    for name in procfile.VARIABLES:  # those of this shell: the service will not have them
        os.environ.pop(name, None)
    try:
        checked.checked(Path(".env"))
        print(install(Path.cwd()), flush=True)
    except settings.SettingsError as error:
        print(f"{error}\nThe service reads them from .env alone.", file=sys.stderr)
        return 2
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def install(root: Path) -> str:
    """Write the unit, start it, and let it run without a login; what was done. Raises Refused."""
    _find_systemd()
    path = _folder() / f"{NAME}.service"
    _write(path, root)
    for words in (["daemon-reload"], ["enable", NAME], ["restart", NAME]):
        if problem := _problem_of("systemctl", "--user", *words):
            raise Refused(f"{problem}\nThe shop's own words: journalctl --user -u {NAME} -n 30")
    if problem := _problem_of("loginctl", "enable-linger"):
        raise Refused(
            f"The shop runs, but after a reboot it waits until you log in ({problem}). "
            "Run: sudo loginctl enable-linger $USER"
        )
    return DONE.format(path=path, name=NAME)


def _find_systemd() -> None:
    if problem := _problem_of("systemctl", "--user", "show-environment"):
        raise Refused(
            f"There is no systemd for services of this user ({problem}): log in as the user itself, "
            "not by su or sudo, or keep `make run` running by other means, such as tmux."
        )


def _write(path: Path, root: Path) -> None:
    """The shop of another folder keeps the name."""
    unit = UNIT.format(folder=_escaped(str(root)), python=_quoted(sys.executable))
    if path.exists() and f"WorkingDirectory={_escaped(str(root))}\n" not in path.read_text():
        raise Refused(
            f"{path} is the service of a shop in another folder. "
            f"To end that one: systemctl --user disable --now {NAME} && rm {path}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(unit)


def _folder() -> Path:
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "systemd" / "user"


def _problem_of(*command: str) -> str:
    """Run it; empty when it went well, else the last it said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return f"{command[0]} is not installed"
    said = done.stderr.strip() or f"exit code {done.returncode}"
    return said if done.returncode else ""


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """For a word of ExecStart= in quotes (systemd.service(5))."""
    return _escaped(text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$"))


if __name__ == "__main__":
    sys.exit(main())
