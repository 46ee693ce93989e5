"""What every command has in common: how it is refused, and what it says when something is down."""

from __future__ import annotations

import pytest

from app.ops import __main__ as commands
from tests.support import databases
from tests.support.programs import start_ops

NOWHERE = "postgresql://shop:hunter22@127.0.0.1:9/shop"


def one_line(answer):
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    return answer.err


def test_wrong_usage_is_refused(shell):
    answer = shell()

    assert answer.code == 2
    assert answer.err.startswith("usage: python -m app.ops")
    assert "Traceback" not in answer.err


MOST = ("audit", "list", "--most")
NO_TEXT = [("order", "TRX\udcff"), ("audit", "list", "--entity", "a\0")]
NO_NUMBER = [(*MOST, number) for number in ("-1", "0", "9" * 30)]


@pytest.mark.parametrize("words", [("audit", "forge"), ("dead", "retry"), ("order",), *NO_TEXT, *NO_NUMBER])
def test_wrong_words_are_refused_before_anything_else(capsys, words):
    with pytest.raises(SystemExit) as end:
        commands.execute(commands.parse(list(words)))

    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m app.ops")


def test_all_wrong_settings_are_named_at_once(shell):
    answer = shell("migrate", telegram_bot_token=None, redis_url="http://example.com")

    assert answer.code == 2
    assert "TELEGRAM_BOT_TOKEN: is missing" in answer.err
    assert "REDIS_URL: must begin with" in answer.err
    assert "Traceback" not in answer.err


def test_a_database_that_is_down_is_one_line_without_its_password(shell):
    line = one_line(shell("verify", database_url=NOWHERE))

    assert "Connection refused" in line
    assert "hunter22" not in line


def test_a_database_without_tables_says_how_to_get_them(shell, servers):
    line = one_line(shell("seed", database_url=servers.postgres.ensure("empty")))

    assert "run: python -m app.ops migrate" in line


@pytest.mark.parametrize("words", [("stats",), ("dead", "list"), ("verify",)])
def test_so_does_every_command_that_reads(ops, servers, words):
    with databases.connected(servers.postgres.ensure("empty")):
        line = one_line(ops(*words))

    assert "run: python -m app.ops migrate" in line


def test_a_reader_that_leaves_early_gets_no_traceback(database):
    with start_ops("stats") as process:
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=90)

    assert (process.returncode, err) == (2, "")


def test_telegram_being_down_is_one_line(ops):
    assert "Unreachable" in one_line(ops("webhook", "show"))
