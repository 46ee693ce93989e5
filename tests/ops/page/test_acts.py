"""What an operator finds on the ops page, and what its buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest

import settings
from app.backoffice import failed_jobs
from app.backoffice.alerts import incidents
from app.backoffice.alerts.reading import Reading, Rule
from app.infra.queue import dead
from app.ops.page import router
from app.sales import delivery, settlement, strays
from models import AuditEvent, DeadLetter, LedgerEntry, Order, utcnow
from tests.support import broken, claimed, given
from tests.support.given import ALICE, BOB
from tests.support.operator import Operator

WHY = "seen in the dashboard"


def contradicted() -> Order:
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))
    return order


def at(bob: Operator, order: Order) -> Operator:
    return bob.opens(f"/ops/orders/{order.invoice}")


def test_an_order_is_found_by_its_transaction(bob):
    order = broken.paid()

    bob.opens(f"/ops/orders?q=PKS-{order.invoice}")

    assert bob.answer.url.path == f"/ops/orders/{order.invoice}"
    assert "Dibayar Rp25.485" in bob.text


@pytest.mark.parametrize("asked", ["{invoice}", " {lower} ", "{user}", "@alice", "ALICE"])
def test_an_order_is_found_by_invoice_or_buyer(bob, asked):
    order = broken.paid()

    bob.opens(f"/ops/orders?q={asked.format(invoice=order.invoice, lower=order.invoice.lower(), user=ALICE)}")

    assert order.invoice in bob.text


@pytest.mark.parametrize("asked", ["TRX20260101AAAAAA", "%00", "@nobody", "9" * 40, "<b>'\"", "0"])
def test_what_is_not_found_is_repeated_with_what_could_be(bob, asked):
    given.order()

    assert "Tidak ada yang cocok" in bob.opens(f"/ops/orders?q={asked}x").text


def test_lists_show_what_is_wrong_and_nothing_else(bob):
    doubtful, paid = contradicted(), broken.paid(given.RINA)

    for name, shown in {"contradicting": doubtful, "unpaid": doubtful, "stuck": paid}.items():
        bob.opens(f"/ops/orders?list={name}")
        assert {each.invoice for each in (doubtful, paid) if each.invoice in bob.text} == {shown.invoice}


def test_late_orders_have_a_list(bob):
    late = broken.credited()
    on_time = broken.paid(given.RINA)

    bob.opens("/ops/orders?list=paid_late")

    assert late.invoice in bob.text
    assert on_time.invoice not in bob.text


def test_a_long_list_goes_on_below(bob):
    product = given.product(stock_lines=40)
    for number in range(100, 130):
        given.order(number, product.id)

    bob.opens("/ops/orders")
    first = bob.answer.text.count("/ops/orders/TRX")
    bob.opens("/ops/orders?list=all&before=" + bob.answer.text.rpartition("before=")[2].partition('"')[0])

    assert (first, bob.answer.text.count("/ops/orders/TRX")) == (25, 5)


def test_goods_go_out_again_once_however_often_it_is_pressed(bob):
    order = broken.delivered()

    at(bob, order)
    shown = bob.answer
    bob.presses("resend")
    bob.answer = shown
    bob.presses("resend")

    assert len(given.promised("deliver_order")) == 1
    assert "Pengiriman ulang sudah berjalan" in bob.text


def test_the_gateway_is_asked(bob):
    order = given.order()

    at(bob, order).presses("recheck")

    assert given.promised("check_payment") == [[order.id, False]]
    assert "sedang ditanya" in bob.text


def test_money_goes_back_when_its_amount_is_typed(bob):
    order = broken.paid()

    at(bob, order).presses("credit", amount="25.000", reason=WHY)

    assert (given.state(order), given.balance()) == (Order.CREDITED, 25_000)
    assert LedgerEntry.get(LedgerEntry.user == ALICE).actor_id == BOB


@pytest.mark.parametrize(
    ("amount", "reason", "said"),
    [
        ("2500", WHY, "2500"),
        ("banyak", WHY, "banyak"),
        ("", WHY, "Ketik jumlahnya"),
        ("25000", " ", "alasan"),
    ],
)
def test_a_form_that_cannot_be_followed_changes_nothing_and_is_kept(bob, amount, reason, said):
    order = broken.paid()

    at(bob, order).presses("credit", amount=amount, reason=reason)

    assert bob.status == 422
    assert said in bob.text
    assert f'value="{amount}"' in bob.answer.text
    assert given.balance() == 0


def test_money_stays_when_the_goods_may_be_there_unless_that_is_known(bob):
    order = broken.paid()
    delivery.begin(order.id, 0)
    delivery.doubt(order.id, 0)

    at(bob, order).presses("credit", amount="25000", reason=WHY)
    refused = (bob.status, given.balance())
    at(bob, order).presses("credit", amount="25000", reason=WHY, anyway="yes")

    assert refused == (409, 0)
    assert given.balance() == 25_000


def test_a_delivered_order_is_refunded_as_much_as_is_typed(bob):
    order = broken.delivered()

    at(bob, order).presses("credit", amount="5000", reason=WHY)

    assert given.balance() == 5_000
    assert given.state(order) == Order.DELIVERED


def test_a_contradicting_payment_is_accepted_by_whoever_is_logged_in(bob):
    order = contradicted()

    at(bob, order).presses("accept", amount="24000", reason=WHY)

    assert given.state(order) == Order.PAID
    event = AuditEvent.get(AuditEvent.action == "payment.accepted")
    assert (event.actor, event.entity) == (str(BOB), f"order:{order.invoice}")


def test_a_contradicting_payment_is_refused(bob):
    order = contradicted()

    at(bob, order).presses("refuse", reason=WHY)

    assert given.state(order) == Order.CANCELED


def test_deciding_twice_says_how_it_was_decided(bob):
    order = contradicted()
    at(bob, order)
    settlement.accept(order.id, 25_000, why=WHY)

    bob.presses("accept", amount="24000", reason=WHY)

    assert bob.status == 409
    assert "sudah diterima" in bob.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "none", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": "https://{host}"},
        {"Sec-Fetch-Site": "", "Origin": "http://[::1"},
    ],
)
def test_no_button_works_from_elsewhere(bob, headers):
    order = given.order()
    sent = {name: value.format(host=bob.web.base_url.netloc.decode()) for name, value in headers.items()}

    for act in ("recheck", "resend", "credit", "accept", "refuse", "cancel"):
        assert bob.web.post(f"/ops/orders/{order.invoice}/{act}", headers=sent).status_code == 403
    for path in (*router.ACTS, "/ops/failed/retry", "/ops/failed/discard", "/ops/strays/1/credit"):
        assert bob.web.post(path, headers=sent).status_code == 403
    assert given.promised("check_payment") == []


def test_a_browser_that_names_our_origin_may_press(bob):
    order = given.order()
    origin = f"http://{bob.web.base_url.netloc.decode()}"

    bob.web.post(f"/ops/orders/{order.invoice}/recheck", headers={"Origin": origin})

    assert len(given.promised("check_payment")) == 1


@pytest.mark.parametrize("path", [*router.ACTS, "/ops/failed/retry", "/ops/strays/1/credit"])
def test_nobody_without_a_session_presses_anything(stranger, path):
    assert stranger.posts(path, {"what": "verify", "month": "2026-11"}).status == 401
    assert given.promised() == []


def test_no_button_works_without_a_session(stranger):
    order = given.order()

    stranger.posts(f"/ops/orders/{order.invoice}/cancel", {})

    assert (stranger.status, given.state(order)) == (401, Order.PENDING)


@pytest.mark.parametrize(
    "path", ["/ops/x", "/ops/orders/TRX1", "/ops/orders/TRX1/credit", "/ops/orders/../now"]
)
def test_what_is_not_there_says_so(bob, path):
    assert bob.opens(path).status == 404
    assert bob.posts(path, {}).status == 404


def died(*numbers: int) -> None:
    for number in numbers:
        dead.record(f"job-{number}", "show_paid", "default", [number], ValueError("on fire"))


@pytest.mark.parametrize(
    ("count", "shown"), [("1643", "1.643 dibuang"), ("x", "0 dibuang"), ("9" * 40, "0 dibuang")]
)
def test_how_many_were_discarded_is_a_number_whatever_the_address_says(bob: Operator, count: str, shown: str):
    assert shown in bob.opens(f"/ops/failed?said=discard&count={count}").text


def test_a_group_runs_again_as_it_was_seen(bob):
    died(1, 2)
    (group,) = failed_jobs.groups()
    seen = {"kind": group.kind, "until": group.last_at.isoformat()}
    died(3)

    assert "2 bisa diulang" in bob.opens(f"/ops/failed/ask?{urlencode(seen)}&do=retry").text
    bob.posts("/ops/failed/retry", seen)
    first = bob.text
    bob.posts("/ops/failed/retry", seen)

    assert "2 diulang" in first
    assert "0 diulang" in bob.text
    assert [letter.id for letter in dead.waiting()] == ["job-3"]
    assert AuditEvent.get(AuditEvent.action == "jobs.retried").actor == str(BOB)


def test_a_group_has_a_bar_for_each_hour_of_the_last_day(bob):
    for hours, number in ((0, 1), (0, 2), (3, 3), (23, 4), (30, 5)):
        died(number)
        DeadLetter.update(died_at=utcnow() - timedelta(hours=hours, minutes=1)).where(
            DeadLetter.id == f"job-{number}"
        ).execute()

    bars = re.findall(
        r'<rect (class="some")? ?x="(\d+)" y="\d+" width="8" height="(\d+)">',
        bob.opens("/ops/failed").answer.text,
    )

    assert len(bars) == 24
    assert [(int(x) // 10, int(height)) for some, x, height in bars if some] == [(0, 20), (20, 20), (23, 40)]
    assert "style=" not in bob.answer.text


def test_each_group_tells_what_its_last_one_died_of(bob):
    for number, actor in enumerate(("show_paid", "show_paid", "show_closed")):
        dead.record(f"job-{number}", actor, "default", [number], ValueError(f"fire {number}"))

    shown = bob.opens("/ops/failed").text

    assert [f"fire {number}" in shown for number in range(3)] == [False, True, True]


def test_a_group_is_thrown_away(bob):
    died(1, 2)
    (group,) = failed_jobs.groups()

    bob.posts("/ops/failed/discard", {"kind": group.kind, "until": group.last_at.isoformat()})

    assert "2 dibuang" in bob.text
    assert failed_jobs.groups() == []


@pytest.mark.parametrize("until", ["", "kemarin", "2026-13-01", "9" * 30])
def test_a_group_without_a_moment_is_left_alone(bob, until):
    died(1)
    (group,) = failed_jobs.groups()

    bob.posts("/ops/failed/discard", {"kind": group.kind, "until": until})

    assert bob.status == 404
    assert len(failed_jobs.groups()) == 1


def test_goods_and_secrets_are_never_shown(bob):
    order = broken.delivered()

    shown = at(bob, order).answer.text

    assert "KEY-" not in shown
    assert given.payment(order).qr_string not in shown


def test_all_is_well_in_a_quiet_shop(bob):
    assert "belum" in bob.opens("/ops").text


UNDECIDED: dict[str, Callable[[], object]] = {
    "Pembayaran tidak cocok": contradicted,
    "Pembayaran tanpa pesanan": lambda: strays.note("TRX20260301LOST22", "PKS-LOST"),
    "Klaim garansi menunggu jawaban": claimed.opened,
}


@pytest.mark.parametrize("what", UNDECIDED)
def test_nothing_is_called_well_while_something_waits_for_a_decision(bob, what):
    UNDECIDED[what]()

    shown = bob.opens("/ops").text

    assert what in shown
    assert "Ada yang perlu dilihat" in shown


def test_an_incident_is_muted_by_whoever_is_logged_in(bob):
    incidents.judge(Rule("redis_full", lambda: None), Reading(True, False, {"percent": 91}))
    assert "Redis hampir penuh" in bob.opens("/ops").text

    bob.posts("/ops/alerts/mute", {"name": "redis_full"})

    assert "dibisukan" in bob.text
    assert AuditEvent.get(AuditEvent.action == "alert.muted").actor == str(BOB)


def test_what_is_no_incident_cannot_be_muted(bob):
    bob.posts("/ops/alerts/mute", {"name": "kucing"})

    assert incidents.get("kucing") is None


def test_products_are_listed_with_what_is_left(bob):
    given.product("Netflix 1M", stock_lines=3)
    given.product("Spotify 1M", stock_lines=[])

    everything, sold_out = bob.opens("/ops/products").text, bob.opens("/ops/products?list=out").text

    assert "stok 3" in everything
    assert "Spotify 1M" in sold_out
    assert "Netflix 1M" not in sold_out


def test_it_says_how_fast_goods_follow_payments(bob):
    broken.delivered()
    broken.by_hand("UPDATE \"order\" SET delivered_at = paid_at + interval '3 seconds'")

    assert "3,0 dtk" in bob.opens("/ops").text


def test_what_is_stuck_is_the_first_thing_to_see(bob):
    order = broken.paid()
    broken.by_hand("UPDATE \"order\" SET paid_at = paid_at - interval '1 hour'")

    bob.opens("/ops")

    assert order.invoice in bob.text
    assert "Ada yang perlu dilihat" in bob.text


def test_the_queue_is_unknown_while_redis_is_away(bob, closed_port):
    order = broken.paid()

    with settings.override(redis_url=f"redis://127.0.0.1:{closed_port}/0"):
        assert order.invoice in bob.opens("/ops/orders").text
