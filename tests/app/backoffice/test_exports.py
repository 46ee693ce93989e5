"""A month as CSV files: what is in them, how their last line agrees with `/stats`."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime

import pytest
from freezegun import freeze_time

from app.backoffice import exports, sheets, stats
from app.sales import settlement, testimonials, wallet
from models import LedgerEntry, Order, Testimonial
from tests.support import broken, claimed, given

NOVEMBER = exports.Month(2026, 11)


@pytest.fixture
def sheet(database, tmp_path):
    """Call it with a kind for the lines of that file, heading first and total last."""

    def read(kind, month=NOVEMBER):
        exports.write(kind, month, tmp_path / "file.csv")
        with (tmp_path / "file.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    return read


def sold(at, **more):
    with freeze_time(at):
        order = given.order(**more)
        settlement.settle(order.id, given.status(order))
        return order


def test_the_last_lines_are_what_stats_tells(sheet):
    sold("2026-10-31 16:59:59")  # 23:59:59 in Jakarta
    sold("2026-10-31 17:00:00")
    sold("2026-11-15 03:00:00", user_id=3, quantity=2)
    with freeze_time("2026-11-20"):
        deposit = given.deposit(70_000, user_id=4)
        settlement.settle(deposit.id, given.status(deposit))

    with freeze_time("2026-11-30 10:00"):
        told = stats.figures()[2]
        sales, days = sheet("sales"), sheet("days")

    assert told.since == NOVEMBER.since
    totals = dict(zip(sales[0], sales[-1], strict=True))
    assert (totals["total"], totals["jumlah"]) == (str(told.revenue), str(told.items))
    assert [int(value) for value in days[-1][2:]] == [told.items, told.revenue, told.deposits]


def test_sales_tell_of_warranty_and_claims(sheet):
    with freeze_time("2026-11-20"):
        invoice = claimed.opened(claimed.order(days=30)).order.invoice
        sold("2026-11-21", user_id=3)

    heading, *lines, totals = sheet("sales")

    told = {line[heading.index("pesanan")]: line[-2:] for line in lines}
    assert (heading[-2:], told.pop(invoice)) == (["garansi_hari", "klaim"], ["30", "1"])
    assert [*told.values(), totals[-2:]] == [["", "0"], ["", "1"]]


def test_a_sale_comes_with_what_its_buyer_thinks(sheet):
    with freeze_time("2026-11-15 03:00:00"):
        for who, words in ((5, "=Bagus"), (6, "Kasar")):
            one = testimonials.give(who, broken.delivered(who).id, 4)
            testimonials.write(who, one.order_id, words)
        testimonials.hide(one.id)

    heading, first, second, _ = sheet("sales")

    assert heading[-4:-2] == ["bintang", "testimoni"]
    assert (first[-4:-2], second[-4:-2]) == (["4", "'=Bagus"], ["", ""])


def test_days_are_those_of_the_shop_s_clock(sheet):
    order = sold("2026-10-31 17:00:00")

    line = next(row for row in sheet("sales") if order.invoice in row)

    assert line[:2] == ["2026-11-01", "2026-11-01T00:00:00+07:00"]


def test_every_day_of_the_month_has_a_line(sheet):
    with freeze_time("2027-01-05"):
        lines = sheet("days")[1:-1]

    assert [row[0] for row in lines] == [f"2026-11-{day:02}" for day in range(1, 31)]


def test_a_running_month_ends_today(sheet):
    with freeze_time("2026-11-05 18:00"):  # the 6th in Jakarta
        assert sheet("days")[-2][0] == "2026-11-06"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_a_name_that_spreadsheets_would_compute_is_disarmed(sheet, first):
    product = given.product(name="Netflix")
    type(product).update(name=f"{first}cmd|' /C calc'!A0").where(type(product).id == product.id).execute()
    sold("2026-11-02", product_id=product.id)

    assert sheet("sales")[1][5].startswith(f"'{first}")


@pytest.mark.parametrize("words", ["Bagus;=1+1", "Bagus; @SUM(A1);＝2"])
def test_nothing_is_computed_where_a_semicolon_begins_a_cell(sheet, words):
    with freeze_time("2026-11-15"):
        rated = testimonials.give(5, broken.delivered(5).id, 4)
        testimonials.write(5, rated.order_id, words)

    told = sheet("sales")[1][-3]

    assert [part.startswith("'") for part in told.split(";")] == [False] + [True] * words.count(";")


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\n ", "\n\n"])
def test_nothing_is_computed_where_a_line_begins_within_a_cell(sheet, gap):
    """One whose spreadsheet splits at semicolons has no quotes around it."""
    with freeze_time("2026-11-15"):
        rated = testimonials.give(5, broken.delivered(5).id, 4)
        Testimonial.update(text=f"Bagus{gap}=1+1;x").where(Testimonial.order == rated.order_id).execute()

    assert re.search(r"[\r\n] *=", sheet("sales")[1][-3]) is None


def test_lines_of_words_stay_as_they_are():
    assert sheets.cells(("testimoni",), ("Bagus\n\nsekali",)) == ["Bagus\n\nsekali"]


def test_negative_amounts_stay_numbers(sheet):
    with freeze_time("2026-11-02"):
        given.person(1, balance=50_000)
        wallet.post(1, -20_000, "test:spent", note="=1+1")

    lines = sheet("ledger")

    assert [row[3] for row in lines[1:]] == ["50000", "-20000", "30000"]
    assert lines[2][6] == "'=1+1"


def test_the_file_begins_with_a_byte_order_mark(sheet, tmp_path):
    sheet("sales")

    assert (tmp_path / "file.csv").read_bytes().startswith(b"\xef\xbb\xbftanggal,")


def test_more_rows_than_are_read_at_once_all_arrive(sheet, database):
    given.person(1)
    at = datetime(2026, 11, 3, tzinfo=UTC)
    facts = {"user": 1, "amount": 1, "balance": 1, "created_at": at}
    LedgerEntry.insert_many([facts | {"reason": f"test:{number}"} for number in range(5_000)]).execute()

    assert sheet("ledger")[-1][3] == "5000"


@pytest.mark.parametrize(
    ("text", "is_month"),
    [("2026-11", True), (" 2026-11 ", True), ("2026-1", False), ("2026-13", False), ("2026-00", False),
     ("11-2026", False), ("2026-11-01", False), ("٢٠٢٦-١١", False), ("", False), ("1999-01", False)],
)  # fmt: skip
def test_a_month_is_read_strictly(text, is_month):
    assert (exports.month(text) is not None) == is_month


def test_december_ends_with_the_year():
    assert exports.Month(2026, 12).until == exports.Month(2027, 1).since


def test_orders_that_were_not_paid_are_no_sales(sheet):
    with freeze_time("2026-11-02"):
        given.order()

    assert len(sheet("sales")) == 2
    assert Order.select().count() == 1
    assert not exports.has_income(NOVEMBER)
    assert exports.latest() is None


def test_a_month_with_deposits_only_has_income():
    with freeze_time("2026-10-31 17:30"):  # 00:30 of November in Jakarta
        deposit = given.deposit(25_000)
        settlement.settle(deposit.id, given.status(deposit))

    assert exports.has_income(NOVEMBER)
    assert not exports.has_income(exports.Month(2026, 10))
    assert exports.latest() == NOVEMBER
