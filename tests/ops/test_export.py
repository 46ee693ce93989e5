"""`export MONTH` writes the same files as the chat gets."""

from __future__ import annotations

import os

from freezegun import freeze_time

from app.sales import settlement
from tests.support import given


def sell():
    with freeze_time("2026-11-02 05:00"):
        order = given.order()
        settlement.settle(order.id, given.status(order))
        return order


def test_three_files_are_written_and_it_is_noted(ops, tmp_path):
    order = sell()

    answer = ops("export", "2026-11", "--to", str(tmp_path / "books"), "--json")

    assert answer.json[0]["rows"] == 1
    names = sorted(path.name for path in (tmp_path / "books").iterdir())
    assert names == ["buku-saldo-2026-11.csv", "harian-2026-11.csv", "penjualan-2026-11.csv"]
    assert order.invoice in (tmp_path / "books" / "penjualan-2026-11.csv").read_text("utf-8-sig")
    assert given.audited("sales.exported") == [{"month": "2026-11"}]


def test_nobody_else_on_the_machine_reads_them(ops, tmp_path):
    sell()
    (tmp_path / "harian-2026-11.csv").touch(0o666)
    before = os.umask(0)
    try:
        ops("export", "2026-11", "--to", str(tmp_path))
    finally:
        os.umask(before)

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_month_without_sales_says_so(ops, tmp_path):
    answer = ops("export", "2026-10", "--to", str(tmp_path))

    assert (answer.code, "nothing was sold or deposited in 2026-10" in answer.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_month_is_repeated(ops):
    assert "'2026-13' is no month" in ops("export", "2026-13").err


def test_a_folder_that_cannot_be_written_is_named(ops, tmp_path):
    sell()
    (tmp_path / "file").touch()

    answer = ops("export", "2026-11", "--to", str(tmp_path / "file"))

    assert (answer.code, "cannot be written" in answer.err) == (2, True)
