"""Who may see the ops page, for how long, and what becomes of those who guess."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from freezegun import freeze_time

import settings
from app.ops.page import cookies
from app.ops.page.http import Ask
from app.people import sessions
from models import AuditEvent
from tests.support import given
from tests.support.chatter import Chatter
from tests.support.given import BOB, CHARLIE
from tests.support.operator import HERE, PASSWORD, Operator
from tests.support.racing import together


def session_of(answer):
    return cookies.read(answer.cookies[cookies.NAME])


def test_without_a_password_there_is_no_such_page(web, database):
    with settings.override(ops_password=None):
        answers = [web.get(path) for path in ("/ops", "/ops/", "/ops/login", "/ops/static/page.css")]
        answers.append(web.post("/ops/login", data={"password": ""}, headers=HERE))

    assert {answer.status_code for answer in answers} == {404}


def test_who_is_not_logged_in_sees_the_form_and_nothing_else(stranger):
    order = given.order()

    for path in ("/ops", "/ops/orders", f"/ops/orders/{order.invoice}"):
        assert "Kata sandi" in stranger.opens(path).text
        assert order.invoice not in stranger.text


def test_the_right_password_leads_to_where_one_wanted_to_go(stranger):
    order = given.order()
    page = f"/ops/orders/{order.invoice}"

    stranger.posts("/ops/login", {"admin": "@bob", "password": PASSWORD, "after": page})

    assert stranger.status == 200
    assert order.invoice in stranger.text


@pytest.mark.parametrize("after", ["https://evil.example/ops/", "//evil.example", "/ops/\\evil", "/health"])
def test_nobody_is_led_elsewhere_after_the_login(stranger, after):
    stranger.posts("/ops/login", {"admin": "", "password": PASSWORD, "after": after})

    assert stranger.answer.url.path == "/ops"


def test_the_cookie_is_for_this_page_and_no_script(web, stranger):
    given_cookie = web.post("/ops/login", data={"admin": BOB, "password": PASSWORD}, headers=HERE).headers[
        "set-cookie"
    ]

    for word in ("HttpOnly", "SameSite=strict", "Path=/ops", "Max-Age=43200"):
        assert word in given_cookie
    assert "Secure" not in given_cookie


def test_behind_https_the_cookie_stays_there(web, stranger):
    headers = HERE | {"X-Forwarded-Proto": "https"}
    answer = web.post("/ops/login", data={"admin": BOB, "password": PASSWORD}, headers=headers)

    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("admin", ["3", "@charlie", "@nobody", "0", "9" * 30, "kucing"])
def test_only_an_admin_comes_in(stranger, admin):
    given.person(CHARLIE, "Charlie")

    assert stranger.logs_in(admin=admin).status == 401
    assert "belum tepat" in stranger.text


def test_after_five_wrong_passwords_the_right_one_is_refused_too(stranger):
    statuses = [stranger.logs_in("wrong-password").status for _ in range(6)]

    assert statuses == [401] * 5 + [429]
    assert stranger.logs_in().status == 429


def test_another_address_may_still_log_in(stranger):
    for _ in range(5):
        stranger.logs_in("wrong-password", X_Forwarded_For="203.0.113.9")

    assert stranger.logs_in(X_Forwarded_For="203.0.113.10").status == 200


def test_twenty_failures_lock_every_address(stranger):
    for number in range(20):
        stranger.logs_in("wrong-password", X_Forwarded_For=f"203.0.113.{number}")

    assert stranger.logs_in(X_Forwarded_For="203.0.113.99").status == 429


def test_words_that_anybody_can_say_do_not_change_the_address(stranger):
    for number in range(5):
        stranger.logs_in("wrong-password", X_Forwarded_For=f"198.51.100.{number}, 203.0.113.9")

    assert stranger.logs_in(X_Forwarded_For="203.0.113.9").status == 429


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("", "peer"),
        ("1.2.3.4", "1.2.3.4"),
        ("1.2.3.4, 5.6.7.8", "5.6.7.8"),
        ("::ffff:5.6.7.8", "5.6.7.8"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::ffff", "2001:db8:1:2::"),
        ("1.2.3.4,", "peer"),
        ("1.2.3.4, 5.6.7.8:50123", "5.6.7.8"),
        ("[2001:db8:1:2::7]:443", "2001:db8:1:2::"),
        ("[2001:db8:1:2::7]", "2001:db8:1:2::"),
        ("unknown", "peer"),
        ("_hidden", "peer"),
        ("5.6.7.8;1.2.3.4", "peer"),
        ("5.6.7.8\x00", "peer"),
        ("fe80::1%eth0", "fe80::"),
        ("1.2.3.4 , 5.6.7.8\t", "5.6.7.8"),
        ("١.٢.٣.٤", "peer"),
    ],
)
def test_who_asks_is_the_last_hop(forwarded, address):
    assert Ask("POST", "/ops/login", "peer", headers={"x-forwarded-for": forwarded}).address == address


@pytest.mark.parametrize(
    ("peer", "address"), [("2001:db8:1:2::9", "2001:db8:1:2::"), ("::ffff:5.6.7.8", "5.6.7.8"), ("", "")]
)
def test_who_connects_is_named_like_a_hop(peer, address):
    assert Ask("POST", "/ops/login", peer).address == address


def test_of_two_headers_the_last_one_is_the_router_s(web, stranger):
    for number in range(6):
        hops = [("X-Forwarded-For", f"198.51.100.{number}"), ("X-Forwarded-For", "203.0.113.9")]
        form = {"admin": BOB, "password": "wrong-password"}
        answer = web.post("/ops/login", data=form, headers=[*HERE.items(), *hops])

    assert answer.status_code == 429


def test_the_lock_is_over_after_a_quarter_of_an_hour(database):
    with freeze_time("2026-11-23 03:00") as clock:
        given.person(BOB, "Bob")
        for _ in range(5):
            sessions.attempt("203.0.113.9", right=False)
        locked = sessions.attempt("203.0.113.9", right=True)
        clock.tick(timedelta(minutes=15, seconds=1))

        assert locked == sessions.LOCKED
        assert sessions.attempt("203.0.113.9", right=True) == sessions.RIGHT


def test_guesses_at_once_are_counted_one_by_one(database, valkey):
    given.person(BOB, "Bob")

    outcomes = together(*[lambda: sessions.attempt("203.0.113.9", right=False)] * 12)

    assert sorted(outcomes) == [sessions.LOCKED] * 7 + [sessions.WRONG] * 5
    assert given.told("ops_locked") == [BOB]


def test_admins_are_told_once_that_it_is_locked(stranger):
    for _ in range(8):
        stranger.logs_in("wrong-password")

    assert given.told("ops_locked") == [BOB]


def test_the_admin_is_told_and_can_end_the_session(bob):
    (data,) = [args[2] for args in given.promised("send_notice") if args[1] == "ops_login"]

    Chatter(BOB, "Bob", "bob").presses(f"end_session:{data['session']}")

    assert "Kata sandi" in bob.opens("/ops/orders").text


def test_who_logs_out_is_out_with_every_copy_of_the_cookie(bob):
    copy = bob.web.cookies[cookies.NAME]
    bob.posts("/ops/logout", {})
    bob.web.cookies.set(cookies.NAME, copy, path="/ops")

    assert "Kata sandi" in bob.opens("/ops").text
    assert [event.action for event in AuditEvent.select().order_by(AuditEvent.id)][-1] == "ops.logged_out"


def test_a_session_of_the_former_password_is_dead(bob):
    with settings.override(ops_password="another-password"):
        assert "Kata sandi" in bob.opens("/ops").text


def test_a_session_of_another_shop_with_the_same_password_is_dead(bob):
    with settings.override(stock_encryption_key="YW5vdGhlciBrZXksIGFsc28gbm90IGEgc2VjcmV0ISE="):
        assert "Kata sandi" in bob.opens("/ops").text


def test_without_a_password_a_session_opens_nothing(bob):
    before = given.promised()
    with settings.override(ops_password=None):
        statuses = [bob.opens("/ops").status, bob.posts("/ops/upkeep/ask", {"what": "verify"}).status]

    assert statuses == [404, 404]
    assert given.promised() == before


def test_two_sessions_of_an_admin_end_apart(bob, web):
    phone = Operator(web).logs_in()
    phone.posts("/ops/logout", {})

    assert "Kata sandi" in phone.opens("/ops/orders").text
    assert "Kata sandi" not in bob.opens("/ops/orders").text


def test_who_is_no_admin_any_more_is_out(bob):
    with settings.override(admin_ids="99"):
        assert "Kata sandi" in bob.opens("/ops").text


@pytest.mark.parametrize("value", ["", ".", "1.2.3.4", "1.2.3.4.", "a.b.c.d.e", "ü", "1.2.3.4." + "0" * 64])
def test_a_cookie_that_we_did_not_sign_is_none(stranger, value):
    stranger.web.headers = httpx.Headers({"Cookie": f"{cookies.NAME}={value}"}, encoding="latin-1")

    assert "Kata sandi" in stranger.opens("/ops").text


@pytest.mark.parametrize(
    "changed",
    [
        lambda value: value[:-1],
        lambda value: value + "0",
        lambda value: value.replace(f".{BOB}.", f".{BOB + 1}.", 1),
        lambda value: value.rpartition(".")[0],
        lambda value: value.upper(),
        lambda value: f" {value}",
        lambda value: f"0{value}",
    ],
)
def test_a_cookie_that_was_changed_is_none(bob, changed):
    assert cookies.read(changed(bob.web.cookies[cookies.NAME])) is None


def test_a_session_ends_when_it_is_idle_or_old(database):
    with freeze_time("2026-11-23 03:00") as clock:
        given.person(BOB, "Bob")
        session = cookies.fresh(sessions.start(BOB, "203.0.113.9"), BOB)
        for _ in range(11):
            clock.tick(timedelta(minutes=59))
            session = cookies.read(cookies.written(session))
        assert session

        value = cookies.written(session)
        clock.tick(timedelta(hours=1))
        assert cookies.read(value) is None
        clock.tick(timedelta(minutes=11))
        assert cookies.read(cookies.written(session)) is None


def test_a_page_that_renews_itself_does_not_keep_the_session(bob):
    renewed = bob.web.get("/ops", headers={"X-Refresh": "1"})
    opened = bob.web.get("/ops")

    assert (renewed.headers.get("set-cookie"), opened.headers.get("set-cookie") is None) == (None, False)


@pytest.mark.parametrize("path", ["/ops", "/ops/login", "/ops/static/page.css", "/ops/nothing"])
def test_nothing_is_kept_framed_or_run_from_elsewhere(bob, path):
    answer = bob.opens(path).answer

    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
