"""Embedded servers and the supervisor: what they survive, and what they leave behind (nothing)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from app.local import daemons, embedded, supervisor
from app.local.folder import held
from app.local.supervisor import Program, Supervisor

ROOT = Path(__file__).parents[2]

HOLDER = """
import sys
from pathlib import Path
from app.local import embedded
with embedded.servers(Path(sys.argv[1])) as addresses:
    print(addresses.database, addresses.redis, flush=True)
    sys.stdin.read()
"""

PARENT = """
import sys
from pathlib import Path
from app.local.folder import held
from app.local.supervisor import Program, Supervisor
parent = Supervisor(Path(sys.argv[1]), lambda name, line: print(line, flush=True))
parent.start(Program("child", "sh -c 'echo $$; exec cat /dev/zero > /dev/null'", {"PATH": "/bin:/usr/bin"}))
parent.wait()
parent.end()
"""


@contextmanager
def running(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A Python program of its own, killed the hard way in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


def test_data_survives_a_stop(folder):
    with embedded.servers(folder) as first:
        write(first.database, first.redis)

    with embedded.servers(folder) as second:
        assert read(second.database, second.redis) == (1, b"1")


def test_servers_start_again_after_a_kill_of_their_owner(folder):
    with running(HOLDER, folder) as owner:
        assert owner.stdout
        database, address = owner.stdout.readline().split()
        write(database, address)

    with embedded.servers(folder) as second:
        assert read(second.database, second.redis) == (1, b"1")


def test_servers_start_again_after_they_were_killed_themselves(folder):
    with embedded.postgres(folder / "pg") as server:
        write(server.ensure("shop"))
        for process in works_in(folder / "pg"):
            process.kill()

    with embedded.postgres(folder / "pg") as server:
        assert read(server.ensure("shop")) == (1, None)


def test_a_half_created_database_is_made_again(folder):
    (folder / "pg.new").mkdir()
    (folder / "pg.new" / "PG_VERSION").write_text("18")

    with embedded.postgres(folder / "pg") as server:
        write(server.ensure("shop"))
        assert read(server.ensure("shop")) == (1, None)


def test_pid_files_that_name_another_program_are_no_obstacle(folder):
    names = [folder / "pg" / name for name in ("postmaster.pid", ".s.PGSQL.5432.lock")]
    with embedded.postgres(folder / "pg"):
        kept = {path: path.read_text() for path in names}
    for path, text in kept.items():
        path.write_text(text.replace(text.split()[0], str(os.getpid()), 1))

    with embedded.postgres(folder / "pg") as server:
        assert server.ensure("shop")


def test_a_deep_folder_gets_its_socket_elsewhere(folder):
    deep = folder / ("d" * 90) / "pg"
    deep.parent.mkdir()

    with embedded.postgres(deep) as server:
        assert server.folder != deep
        write(server.ensure("shop"))
    assert not server.folder.exists()


def test_nothing_is_left_running(folder):
    with embedded.servers(folder):
        assert works_in(folder / "postgres")

    assert not works_in(folder / "postgres")
    assert not works_in(folder / "valkey")


def test_a_program_that_ends_early_says_why(folder):
    daemon = daemons.Daemon(["sh", "-c", "echo no room >&2; exit 3"], ready=b"ready", log=folder / "log")

    with pytest.raises(daemons.StartFailed, match="no room"):
        daemon.start()


def test_the_supervisor_restarts_what_dies(folder):
    started: list[int] = []
    twice = threading.Event()

    def heard(_name: str, line: str) -> None:
        started.append(int(line))
        if len(started) == 1:
            os.kill(int(line), signal.SIGKILL)
        else:
            twice.set()

    with supervised(folder, heard) as parent:
        parent.start(program("sh -c 'echo $$; exec sleep 60'"))
        assert twice.wait(10)

    assert not any(psutil.pid_exists(pid) for pid in started)


def test_the_supervisor_kills_what_does_not_listen(folder):
    ready = threading.Event()

    with supervised(folder, lambda name, line: ready.set(), grace_s=0.2) as parent:
        parent.start(program("sh -c 'trap \"\" TERM; echo ready; while :; do sleep 60; done'"))
        assert ready.wait(10)
        pid = parent.pids()["program"]

    assert not psutil.pid_exists(pid)


def test_children_end_with_a_supervisor_that_is_killed(folder):
    with running(PARENT, folder) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))

    supervisor.end_leftovers(folder)

    assert has_ended(child)


def test_a_run_that_fails_is_told_with_its_words(folder):
    parent = Supervisor(folder, lambda name, line: None)

    with pytest.raises(subprocess.CalledProcessError) as failure:
        parent.run(program("sh -c 'echo out of paper; exit 4'"))

    assert (failure.value.returncode, failure.value.output) == (4, "out of paper\n")


@contextmanager
def supervised(folder: Path, heard: supervisor.Listener, grace_s: float = 10) -> Iterator[Supervisor]:
    """A supervisor whose `wait` runs elsewhere: in a thread that lasts as long as the test."""
    parent = Supervisor(folder, heard, lambda text: None, grace_s)
    thread = threading.Thread(target=parent.keep, daemon=True)
    thread.start()
    yield parent
    parent.stop()
    thread.join()
    parent.end()


def program(command: str) -> Program:
    return Program("program", command, {"PATH": os.defpath + ":/bin:/usr/bin"})


def works_in(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(home.resolve()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def has_ended(process: psutil.Process) -> bool:
    """Nobody may have collected its exit code yet."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def write(database: str, address: str | None = None) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS value")
    if address:
        with redis.Redis.from_url(address) as client:
            client.set("kept", 1)
            client.execute_command("WAITAOF", 1, 0, 2000)


def read(database: str, address: str | None = None) -> tuple[int, bytes | None]:
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT value FROM kept").fetchone()
    assert row
    if not address:
        return row[0], None
    with redis.Redis.from_url(address) as client:
        return row[0], client.get("kept")


def test_nobody_else_can_reach_the_queue(folder):
    with embedded.valkey(folder / "valkey") as address:
        path = Path(address.removeprefix("unix://").partition("?")[0])

        with redis.Redis.from_url(address) as client:
            assert client.config_get("port") == {"port": "0"}
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_a_deep_folder_gets_the_queue_s_socket_elsewhere(folder):
    with embedded.valkey(folder / ("d" * 100) / "valkey") as address:
        assert "d" * 100 not in address
        with redis.Redis.from_url(address) as client:
            assert client.ping()


def test_what_a_shop_of_this_machine_writes_is_for_its_owner_alone(folder):
    (folder / "demo.log").write_text("from before")
    before = os.umask(0o022)
    try:
        with held(folder) as state:
            (state / "new.log").write_text("orders")

        assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0, 0, 0]
    finally:
        os.umask(before)
