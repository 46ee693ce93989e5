"""`doctor`: each thing that a go-live can get wrong is said, with what to do; nothing makes it hang."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from pyrage import x25519
from structlog.testing import capture_logs

import models
import settings
from app.catalogue import stock_key
from app.clients import telegram as telegram_client
from app.errors import ClientError
from app.infra import redis_client
from app.infra.health import bots
from app.ops import doctor
from app.ops.doctor import line
from app.people import groups
from models import Payment
from tests.support import given
from tests.support.given import RINA

OTHER_KEY = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


@pytest.fixture
def found(ops, telegram, pakasir, valkey):
    """Call it with settings for what the doctor says about each thing."""

    def look(**changes):
        answer = ops("doctor", "--json", **changes)
        lines = {each["about"]: each for each in answer.json}
        assert answer.code == (1 if any(each["mark"] == line.WRONG for each in lines.values()) else 0)
        return lines

    return look


def marks(lines):
    return {about: each["mark"] for about, each in lines.items()}


@pytest.fixture
def healthy(found, bob, shop):
    """A shop that nothing is wrong with."""
    bob.starts()
    telegram_client.client().set_commands([("start", "Mulai")])
    return found


def test_a_healthy_shop_has_nothing_wrong(healthy):
    lines = healthy()

    assert [each for each in lines.values() if each["mark"] == line.WRONG] == []
    assert {"bot", "updates", "pakasir", "gateway key", "database", "redis", "stock key"} <= lines.keys()


def test_every_line_but_a_good_one_says_what_to_do(found):
    lines = found()

    assert all(bool(each["remedy"]) == (each["mark"] != line.OK) for each in lines.values())


def test_people_read_marks_meanings_and_remedies(ops, telegram, pakasir, valkey, database):
    answer = ops("doctor")

    assert "✓ database: PostgreSQL" in answer.out
    assert "✗ admin 2: the bot cannot write there" in answer.out
    assert "    → that person sends /start to the bot" in answer.out
    assert answer.code == 1


def test_a_wrong_token_is_named(found):
    lines = found(telegram_bot_token="100000001:another-token-0123456789abcdefg")

    assert (lines["bot"]["mark"], "TELEGRAM_BOT_TOKEN" in lines["bot"]["says"]) == (line.WRONG, True)


def test_a_webhook_of_another_address_is_named(found, telegram):
    telegram_client.client().set_webhook("https://elsewhere.example/hook", "a-secret-of-somebody")

    lines = found()

    assert lines["updates"]["mark"] == line.WRONG
    assert lines["updates"]["remedy"] == "run: python -m app.ops webhook set"


def test_no_webhook_and_no_poller_is_named(found, telegram):
    telegram_client.client().delete_webhook()

    assert "nobody fetches updates" in found(public_url=None)["updates"]["says"]


def test_the_own_poller_is_no_stranger(found, telegram, valkey):
    telegram_client.client().delete_webhook()
    valkey.set(redis_client.heartbeat_key("poller"), 1)

    lines = found(public_url=None)

    assert (lines["updates"]["mark"], "poller" in lines) == (line.OK, False)


def test_another_poller_is_found(found, telegram):
    telegram_client.client().delete_webhook()
    stop = threading.Event()

    def other():
        while not stop.is_set():
            with suppress(ClientError):
                telegram_client.client().get_updates(None, 1)

    stranger = threading.Thread(target=other)
    stranger.start()
    lines = found(public_url=None)
    stop.set()
    stranger.join()

    assert lines["poller"]["mark"] == line.WRONG


def test_a_missing_menu_and_description_are_said(found):
    lines = found()

    assert (lines["menu"]["mark"], lines["description"]["mark"]) == (line.WARNING, line.WARNING)


def test_a_group_that_shut_the_bot_out_is_named(found, telegram, database):
    groups.add(-100123, "Gudang", 2)

    assert found()["group Gudang"]["mark"] == line.WRONG


def test_a_shop_without_admins_is_told(found):
    assert found(admin_ids="")["admins"]["mark"] == line.WRONG


def test_a_wrong_gateway_key_is_named(found):
    assert "PAKASIR_API_KEY" in found(pakasir_api_key="wrong")["gateway key"]["says"]


def test_one_payment_that_the_gateway_does_not_know_is_no_wrong_project(found, pakasir):
    known = given.order()
    there = pakasir.was_paid(known.invoice, known.total)
    Payment.update(txn_id=there.txn_id).execute()
    given.order(RINA)

    assert found()["gateway key"]["mark"] == line.OK


def test_a_gateway_that_knows_none_of_the_newest_payments_is_another_project_s(found, pakasir):
    given.order()
    given.order(RINA)

    assert found()["gateway project"]["mark"] == line.WRONG


def test_a_silent_gateway_is_named(found, pakasir):
    pakasir.fault("fee", "error", times=None)

    assert found()["pakasir"]["mark"] == line.WRONG


def test_quickcart_s_own_payment_pages_are_not_for_other_shops(found):
    assert "PAKASIR_PUBLIC_URL" in found(pakasir_public_url="https://pots.my.id")["payment pages"]["remedy"]


def test_a_project_in_sandbox_mode_is_named_where_money_is_wanted(found, alice, shop, valkey, pakasir):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    shop.knows(1, "Alice", "alice")
    alice.starts().taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran").taps("QRIS")
    valkey.flushall()
    pakasir.forget_rates()

    lines = found(pakasir_sandbox=False)

    assert lines["sandbox"]["mark"] == line.WRONG


def test_one_database_for_both_is_named(found):
    lines = found(audit_database_url=settings.current().database_url)

    assert lines["two databases"]["mark"] == line.WRONG


def test_a_database_that_lacks_migrations_is_named(found, servers):
    lines = found(database_url=servers.postgres.ensure("not_migrated"))

    assert (lines["schema"]["mark"], lines["schema"]["remedy"]) == (line.WRONG, "python -m app.ops migrate")


def test_a_database_of_a_later_release_is_named(found, database):
    models.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('0999_from_tomorrow', now())")
    try:
        lines = found()
    finally:
        models.db.execute_sql("DELETE FROM schema_migration WHERE name = '0999_from_tomorrow'")

    assert lines["schema"]["mark"] == line.WARNING
    assert "0999_from_tomorrow" in lines["schema"]["says"]


def test_a_database_that_is_away_is_named(found):
    lines = found(audit_database_url="postgresql://quickcart@127.0.0.1:9/audit")

    assert lines["audit database"]["mark"] == line.WRONG


def test_an_audit_trail_that_can_be_changed_is_named(found, servers):
    url = servers.postgres.ensure("audit_open")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS audit_chain (seq bigint)")

    assert found(audit_database_url=url)["audit trail"]["mark"] == line.WRONG


def test_a_database_that_fills_its_plan_is_named(found, database):
    lines = found(database_max_mb=1)

    assert lines["database size"]["mark"] == line.WARNING
    assert "AUDIT_DATABASE_MAX_MB" in lines["audit database size"]["says"]


def test_a_redis_that_evicts_is_named(found, valkey):
    valkey.config_set("maxmemory-policy", "allkeys-lru")
    try:
        lines = found()
    finally:
        valkey.config_set("maxmemory-policy", "noeviction")

    assert "throws jobs away" in lines["redis eviction"]["says"]


def test_a_redis_that_is_away_is_named(found):
    lines = found(redis_url="redis://127.0.0.1:9")

    assert lines["redis"]["mark"] == line.WRONG
    others = [each["remedy"] for each in lines.values() if "could not be looked at" in each["says"]]
    assert set(others) == {"mend the line of redis first"}


def test_another_stock_key_is_named(found, database):
    stock_key.check()

    lines = found(stock_encryption_key=OTHER_KEY)

    assert lines["stock key"]["mark"] == line.WRONG
    assert "put that key back" in lines["stock key"]["remedy"]


def test_a_database_of_another_bot_is_named_until_it_is_made_this_one_s(ops, found, database):
    with settings.override(telegram_bot_token="999:token-of-another-shop-0123456789abcdef"):
        bots.announce()
    assert "bot 999" in found()["bot of the database"]["says"]
    with capture_logs() as lines:
        bots.announce()
    assert [line["event"] for line in lines] == [bots.complaint("999")]

    ops("migrate", "--new-bot")

    assert "bot of the database" not in found()
    assert given.audited("bot.changed") == [{"before": "999", "bot": settings.current().bot_id}]


def test_a_shop_without_backups_is_warned(found, tmp_path):
    recipient = str(x25519.Identity.generate().to_public())

    assert "BACKUP_RECIPIENT" in found()["backups"]["remedy"]
    assert (
        "none was made yet" in found(backup_recipient=recipient, backup_dir=str(tmp_path))["backups"]["says"]
    )


def test_a_machine_that_makes_backups_is_asked_for_pg_dump(found, tmp_path):
    recipient = str(x25519.Identity.generate().to_public())

    lines = found(backup_recipient=recipient, backup_dir=str(tmp_path / "later" / "made"))

    assert lines["pg_dump"]["mark"] == line.OK
    assert any(about.startswith("disk of") and str(tmp_path) in about for about in lines)


def test_a_clock_that_is_wrong_is_told_with_its_direction():
    ahead = line.clock("Telegram", datetime.now(UTC) - timedelta(minutes=3))

    assert (ahead.mark, "180 s ahead" in ahead.says) == (line.WRONG, True)
    assert line.clock("Telegram", datetime.now(UTC)).mark == line.OK


def test_what_hangs_is_said_and_waited_for_no_longer():
    held = threading.Event()

    def hanging():
        held.wait()
        return []

    lines = doctor.look([hanging, lambda: [line.ok("other", "well")]], 0.2)
    held.set()

    assert [each.mark for each in lines] == [line.WRONG, line.OK]
    assert "no answer within" in lines[0].says


def test_a_probe_that_breaks_stops_no_other():
    lines = doctor.look([lambda: 1 / 0, lambda: [line.ok("other", "well")]], 5)

    assert [each.mark for each in lines] == [line.WRONG, line.OK]


@pytest.mark.slow
def test_a_release_warns_and_goes_through_though_telegram_hangs(shell, valkey):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = shell("migrate", telegram_api_url=f"http://127.0.0.1:{silent.getsockname()[1]}")

    assert (answer.code, answer.out) == (0, "the database is up to date\n")
    assert "✗ bot: Telegram cannot be asked" in answer.err


@pytest.mark.usefixtures("_settings")
def test_a_release_says_nothing_of_a_demo(capsys):
    with settings.override(public_url="http://127.0.0.1:9", telegram_api_url="http://127.0.0.1:9"):
        doctor.warn()

    assert capsys.readouterr().err == ""


def test_no_secret_is_shown(found):
    said = str(found(telegram_api_url="http://127.0.0.1:9", redis_url="redis://:pass-word-1@127.0.0.1:9"))

    assert not any(secret in said for secret in settings.current().secrets)
    assert "pass-word-1" not in said
