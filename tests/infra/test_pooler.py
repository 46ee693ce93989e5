"""Through PgBouncer in transaction mode, where it is installed: each transaction may meet another server."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from pyrage import x25519

import models
import settings
from app.infra import leader
from app.local import daemons, embedded
from app.ops.backups import databases as backed_up
from app.ops.console import Failure
from app.ops.doctor import databases as doctored
from models import Database

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")

pytestmark = pytest.mark.skipif(not PROGRAM, reason="PgBouncer is not installed")

SETTINGS = """
[databases]
{name} = host={folder} dbname={name} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
"""


@pytest.fixture
def pooled(database, folder):
    """The address of the test's database through the pooler, which runs as the owner of the sockets."""
    parts, port = urlsplit(settings.current().database_url), embedded.free_port()
    sockets, name = parse_qs(parts.query)["host"][0], parts.path.removeprefix("/")
    (folder / "ini").write_text(SETTINGS.format(name=name, folder=sockets, user=parts.username, port=port))
    folder.chmod(0o755)
    owner = os.stat(sockets)
    lent = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    daemon = daemons.Daemon([PROGRAM, folder / "ini"], ready=b"process up", log=folder / "log")
    daemon.start(**lent)
    yield f"postgresql://{parts.username}@127.0.0.1:{port}/{name}"
    daemon.stop()


@contextmanager
def pool(url):
    through = Database(None)
    through.init(url, max_connections=6, timeout=10, statement_s=30.0, **models.DIAL)
    yield through
    through.close_all()


def test_more_threads_than_servers_work_side_by_side(pooled):
    failures = []

    def work(through):
        try:
            with through.connection_context():
                for number in range(30):
                    with through.atomic():
                        through.execute_sql("SELECT %s::int", [number])
        except Exception as error:
            failures.append(error)

    with pool(pooled) as through:
        threads = [threading.Thread(target=work, args=(through,)) for _ in range(6)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

    assert failures == []


def test_there_is_one_leader(pooled):
    with settings.override(database_url=pooled):
        first, second = leader._connect("clock"), leader._connect("clock")
        assert leader._locks(first, "clock")
        assert not any(leader._locks(second, "clock") for _ in range(5))

        first.close()
        waiting = threading.Event()
        assert any(leader._locks(second, "clock") or waiting.wait(0.05) for _ in range(200))
        second.close()


def test_no_backup_is_made_through_a_pooler_whose_servers_it_would_change(pooled):
    with pytest.raises(Failure, match="through a pooler"), backed_up.moment(pooled, "the shop's database"):
        pass


def test_doctor_says_that_no_backup_can_be_made_through_it(pooled, tmp_path):
    recipient = str(x25519.Identity.generate().to_public())
    with settings.override(database_url=pooled, backup_recipient=recipient, backup_dir=str(tmp_path)):
        lines = {each.about: each for each in doctored.shop()}

    assert (lines["pg_dump"].mark, "pooler" in lines["pg_dump"].says) == ("✗", True)
