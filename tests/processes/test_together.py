"""The Procfile's `all`: one process group for plans that run one process."""

from __future__ import annotations

from functools import partial

import psutil
import pytest

import settings
from app.local import embedded, readiness, together
from tests.support import programs, racing

WITHIN_S = 60


def awaits(*processes: str) -> None:
    """Signs of life from now on."""
    current = settings.current()
    bot_id = current.telegram_bot_token.get_secret_value().partition(":")[0]
    readiness.Heartbeats(current.redis_url, bot_id, set(processes)).wait(WITHIN_S, lambda: "")


@pytest.mark.slow
def test_a_worker_that_dies_starts_again_and_sigterm_ends_everything(messenger, database, valkey):
    port = str(embedded.free_port())
    with programs.together(log_level="info", port=port) as shop:
        programs.reads_until(shop, f"{readiness.SERVING} http://0.0.0.0:{port}")
        children = psutil.Process(shop.pid).children()
        next(child for child in children if "workers.actors" in child.cmdline()).kill()
        programs.reads_until(shop, "starts again")
        awaits("worker", "clock")
        children += psutil.Process(shop.pid).children(recursive=True)

        shop.terminate()

        assert shop.wait(60) == 0
    assert not any(child.is_running() for child in children)


@pytest.mark.parametrize(("values", "polls"), [({}, True), ({"PUBLIC_URL": "https://shop.example"}, False)])
def test_updates_are_fetched_where_nobody_brings_them(values, polls):
    assert ("poller" in together.types(values)) == polls


@pytest.mark.slow
@pytest.mark.usefixtures("_settings")
def test_wrong_settings_end_it_in_one_sentence():
    with programs.together(pakasir_api_key=None, port="0") as shop:
        said, _ = shop.communicate(timeout=60)

    assert shop.returncode == 2
    assert "PAKASIR_API_KEY: is missing" in said


def test_lines_of_several_processes_are_never_glued_together(capfd):
    lines = [each * 40 for each in "abcd"]

    racing.together(*(partial(says, line) for line in lines), connected=False)

    assert set(capfd.readouterr().out.splitlines()) == set(lines)


def says(line: str) -> None:
    for _ in range(2_000):
        together._pass_on("worker", line)
