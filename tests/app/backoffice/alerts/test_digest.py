"""The word of every morning."""

import pytest
from freezegun import freeze_time

from app.backoffice.alerts import digest
from app.bot import notices
from app.infra.queue import dead
from app.sales import settlement, warranty
from tests.support import claimed, given
from tests.support.given import BOB


@pytest.mark.usefixtures("database", "valkey")
@pytest.mark.parametrize(
    ("at", "told"), [("00:59", False), ("01:00", True), ("04:59", True), ("05:00", False)]
)
def test_it_comes_in_the_morning(at, told):
    with freeze_time(f"2026-11-23 {at}"):  # in UTC
        assert digest.promise() is told


@pytest.mark.usefixtures("database", "valkey")
def test_it_comes_once_a_day():
    with freeze_time("2026-11-23 01:00") as clock:
        told = [digest.promise(), digest.promise()]
        clock.tick(24 * 3600)
        told.append(digest.promise())

    assert told == [True, False, True]
    assert given.told("digest") == [BOB, BOB]


@pytest.mark.usefixtures("database", "valkey")
def test_it_tells_of_yesterday_and_of_what_is_open():
    with freeze_time("2026-11-22 10:00"):
        order = given.order()
        settlement.settle(order.id, given.status(order))
        dead.record("a", "prune", "bulk", [], ValueError("no"))
    with freeze_time("2026-11-23 01:00"):
        text = notices.render("digest", {"day": "2026-11-22"}).text

    assert "22 Nov 2026" in text
    assert "1 pesanan, Rp25.000" in text
    assert "Gagal diproses (/dead): 1" in text
    assert "belum terkirim: 1" in text


@pytest.mark.usefixtures("database", "valkey")
def test_a_claim_that_nobody_answered_is_open_until_somebody_does():
    claim = claimed.opened()
    before = digest.still_open()
    warranty.refuse(claim.id, why="sudah lewat")

    assert (before["claims"], digest.still_open().get("claims")) == (1, None)


@pytest.mark.usefixtures("database", "valkey")
def test_a_day_without_a_sale_is_told_too():
    text = notices.render("digest", {"day": "2026-11-22"}).text

    assert "Belum ada yang terjual" in text
    assert "Tidak ada yang perlu ditangani" in text
