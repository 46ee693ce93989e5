"""Money on the page: books, days, what fits nothing, and files of all that."""

from __future__ import annotations

import csv
import io
import re

import pytest
from freezegun import freeze_time

from app.backoffice import books, exports
from app.sales import settlement, strays
from models import AuditEvent, LedgerEntry, Order, Stray
from tests.support import broken, given
from tests.support.given import ALICE, BOB
from tests.support.operator import Operator

WHY = "seen in the dashboard"


def sold(day: str, user_id: int = ALICE) -> Order:
    with freeze_time(day):
        order = given.order(user_id)
        settlement.settle(order.id, given.status(order))
        broken.hand_over(order)
    return order


def stray(invoice: str = "TRX20260301LOST22") -> Stray:
    strays.note(invoice, "PKS1")
    found: Stray = Stray.get()
    strays.note_answer(
        found.id, {"amount": 25_000, "status": "completed", "order_id": invoice, "txn_id": "PKS1"}
    )
    return found


def table(bob: Operator, path: str) -> list[list[str]]:
    """What a spreadsheet reads."""
    answer = bob.opens(path).answer
    assert answer is not None
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_balances_and_ledger_are_compared_by_the_last_check(bob: Operator):
    given.person(ALICE, "Alice", balance=5_000)
    assert "Belum pernah dihitung" in bob.opens("/ops/money").text
    books.close()

    assert "Rp5.000 Menurut buku saldo Rp5.000 Selisih ✅ Cocok" in bob.opens("/ops/money").text


def test_a_difference_is_named(bob: Operator):
    given.person(ALICE, "Alice", balance=5_000)
    broken.by_hand('UPDATE "user" SET balance = balance + 700')
    books.close()

    assert "Selisih Rp1.400" in bob.opens("/ops/money").text


def test_days_are_those_of_the_shop_s_clock(bob: Operator):
    sold("2026-11-20 16:59")
    sold("2026-11-20 17:01", given.RINA)

    rows = table(bob, "/ops/money/days.csv?until=2026-11-22")

    assert len(rows) == 8
    assert {row[0]: row[1:] for row in rows}["2026-11-20"] == ["1", "1", "25000", "0"]
    assert {row[0]: row[1:] for row in rows}["2026-11-21"] == ["1", "1", "25000", "0"]


def test_the_weeks_before_can_be_seen(bob: Operator):
    sold("2026-11-03 05:00")

    shown = bob.opens("/ops/money?until=2026-11-08")

    assert "3 Nov 2026 Rp25.000" in shown.text
    assert "until=2026-11-15" in shown.answer.text


def test_no_week_before_the_first_order_is_offered_nor_one_after_today(bob: Operator):
    sold("2026-11-03 05:00")
    with freeze_time("2026-11-12 05:00"):
        last = bob.opens("/ops/money").answer.text
        first = bob.opens("/ops/money?until=2026-11-09").answer.text

    assert re.findall(r"money\?until=([0-9-]+)", last) == ["2026-11-05"]
    assert re.findall(r"money\?until=([0-9-]+)", first) == ["2026-11-12"]


@pytest.mark.parametrize("until", ["", "kemarin", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_shows_the_last_or_the_first(bob: Operator, until: str):
    assert bob.opens(f"/ops/money?until={until}").status == 200


def test_payments_that_contradict_lead_to_their_order(bob: Operator):
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))

    assert f"/ops/orders/{order.invoice}" in bob.opens("/ops/money").answer.text
    assert table(bob, "/ops/money/contradictions.csv")[1][:4] == [order.invoice, "25000", "amount", "24000"]


def test_of_very_many_that_contradict_it_is_said_how_many_are_shown(bob: Operator):
    product = given.product(stock_lines=60)
    for user_id in range(100, 151):
        order = given.order(user_id, product.id)
        settlement.settle(order.id, given.status(order, amount=24_000))

    assert "Yang terlama 50 dari 51 ditampilkan" in bob.opens("/ops/money").text


def test_a_cell_that_computes_is_disarmed(bob: Operator):
    stray("=SUM(A1)")

    assert table(bob, "/ops/money/strays.csv")[1][0] == "'=SUM(A1)"


def test_there_is_no_other_file(bob: Operator):
    assert bob.opens("/ops/money/users.csv").status == 404


def test_a_stray_s_money_is_confirmed_by_name_and_moves_once(bob: Operator):
    given.person(ALICE, "Alice")
    found = stray()
    assert found.invoice in bob.opens("/ops/money").text
    bob.opens(f"/ops/strays/{found.id}").presses("credit", person="@alice", amount="25rb", reason=WHY)
    assert (given.balance(), f"Rp25.000 ke saldo Alice ( {ALICE} )" in bob.text) == (0, True)

    confirmed = bob.answer
    bob.presses("credit")
    bob.answer = confirmed
    bob.presses("credit")

    assert "sudah" in bob.text
    assert given.balance() == 25_000
    assert LedgerEntry.get(LedgerEntry.user == ALICE).actor_id == BOB


@pytest.mark.parametrize(
    ("person", "amount", "reason", "said"),
    [
        ("", "25000", WHY, "Sebutkan orangnya"),
        ("?!", "25000", WHY, "“?!” bukan"),
        ("@nobody", "25000", WHY, "nobody"),
        ("999999", "25000", WHY, "999999"),
        ("@alice", "banyak", WHY, "“banyak” bukan"),
        ("@alice", "25000", " ", "alasan"),
        ("@alice", "25000", "x" * 300, "300 huruf"),
    ],
)
def test_a_form_that_cannot_be_followed_says_why_and_is_kept(bob, person, amount, reason, said):
    given.person(ALICE, "Alice")

    bob.opens(f"/ops/strays/{stray().id}").presses("credit", person=person, amount=amount, reason=reason)

    assert bob.status in {409, 422}
    assert said in bob.text
    assert f'value="{amount}"' in bob.answer.text


@pytest.mark.parametrize("amount", ["0", "20000000"])
def test_an_amount_that_the_gateway_never_takes_is_refused(bob: Operator, amount: str):
    given.person(ALICE, "Alice")
    bob.opens(f"/ops/strays/{stray().id}").presses("credit", person="@alice", amount=amount, reason=WHY)

    bob.presses("credit")

    assert (bob.status, given.balance()) == (409, 0)
    assert "sampai" in bob.text


def test_a_stray_is_marked_as_dealt_with_and_the_gateway_is_asked(bob: Operator):
    found = stray()

    bob.opens(f"/ops/strays/{found.id}").presses("ask")
    assert len(given.promised("look_at_stray")) == 2
    bob.presses("close", reason=WHY)

    assert WHY in bob.text
    assert AuditEvent.get(AuditEvent.action == "stray.dismissed").actor == str(BOB)


@pytest.mark.parametrize("path", ["/ops/strays/7", "/ops/strays/7/credit", "/ops/strays/7/kucing"])
def test_a_stray_that_is_none_says_so(bob: Operator, path: str):
    assert bob.posts(path, {}).status == 404
    assert bob.opens("/ops/strays/7").status == 404


def test_a_month_s_files_go_to_whoever_pressed(bob: Operator):
    sold("2026-11-02 05:00")

    bob.posts("/ops/money/export", {"month": "2026-11"})

    assert "Berkas 2026-11 sedang disiapkan" in bob.text
    assert given.promised("send_export") == [[BOB, kind, "2026-11"] for kind in exports.SHEETS]
    assert given.audited("sales.exported") == [{"month": "2026-11"}]


@pytest.mark.parametrize(
    ("month", "said"),
    [("", "Bulan yang mana?"), ("2026-13", "“2026-13” bukan bulan"), ("2025-01", "Belum ada penjualan")],
)
def test_a_month_without_files_says_why(bob: Operator, month: str, said: str):
    bob.posts("/ops/money/export", {"month": month})

    assert said in bob.text
    assert given.promised("send_export") == []
