"""Embedded servers: what they survive, and what they leave behind (nothing)."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from app.local import embedded
from tests.support import programs

HOLDER = """
import sys
from pathlib import Path
from app.local import embedded
with embedded.servers(Path(sys.argv[1])) as addresses:
    print(addresses.database, addresses.redis, flush=True)
    sys.stdin.read()
"""


def test_data_survives_a_stop(folder):
    with embedded.servers(folder) as first:
        write(first.database, first.redis)

    with embedded.servers(folder) as second:
        assert read(second.database, second.redis) == (1, b"1")


@pytest.mark.slow
def test_servers_start_again_after_a_kill_of_their_owner(folder):
    with programs.running(HOLDER, folder) as owner:
        assert owner.stdout
        database, address = owner.stdout.readline().split()
        write(database, address)

    with embedded.servers(folder) as second:
        assert read(second.database, second.redis) == (1, b"1")


@pytest.mark.slow
def test_servers_start_again_after_they_were_killed_themselves(folder):
    with embedded.postgres(folder / "pg") as server:
        write(server.ensure("shop"))
        for process in works_in(folder / "pg"):
            process.kill()

    with embedded.postgres(folder / "pg") as server:
        assert read(server.ensure("shop")) == (1, None)


@pytest.mark.slow
def test_a_half_created_database_is_made_again(folder):
    (folder / "pg.new").mkdir()
    (folder / "pg.new" / "PG_VERSION").write_text("18")

    with embedded.postgres(folder / "pg") as server:
        write(server.ensure("shop"))
        assert read(server.ensure("shop")) == (1, None)


@pytest.mark.slow
def test_pid_files_that_name_another_program_are_no_obstacle(folder):
    names = [folder / "pg" / name for name in ("postmaster.pid", ".s.PGSQL.5432.lock")]
    with embedded.postgres(folder / "pg"):
        kept = {path: path.read_text() for path in names}
    for path, text in kept.items():
        path.write_text(text.replace(text.split()[0], str(os.getpid()), 1))

    with embedded.postgres(folder / "pg") as server:
        assert server.ensure("shop")


@pytest.mark.slow
def test_a_deep_folder_gets_its_socket_elsewhere(folder):
    deep = folder / ("d" * 90) / "pg"
    deep.parent.mkdir()

    with embedded.postgres(deep) as server:
        assert server.folder != deep
        write(server.ensure("shop"))
    assert not server.folder.exists()


@pytest.mark.slow
def test_nothing_is_left_running(folder):
    with embedded.servers(folder):
        assert works_in(folder / "postgres")

    assert not works_in(folder / "postgres")
    assert not works_in(folder / "valkey")


def works_in(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(home.resolve()):
                found.append(process)
        except psutil.Error:
            continue
    return found


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
