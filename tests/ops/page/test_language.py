"""In which language the page speaks, and that it speaks no other."""

from __future__ import annotations

import httpx
import pytest

from app.ops.page import cookies, router
from app.ops.page.http import Ask
from app.texts import languages
from models import User
from tests.support.given import BOB
from tests.support.operator import HERE, Operator

ENGLISH, INDONESIAN = "Password", "Kata sandi"


def browser(bob: Operator, tongues: str) -> Operator:
    bob.web.headers["Accept-Language"] = tongues
    return bob


def chooses(bob: Operator, language: str, page: str) -> Operator:
    return bob.posts("/ops/language", {"to": language}, Referer=f"{bob.web.base_url}{page}")


@pytest.mark.parametrize(
    ("tongues", "shown"),
    [
        ("", INDONESIAN),
        ("*", INDONESIAN),
        ("id-ID,id;q=0.9,en;q=0.8", INDONESIAN),
        ("en-GB", ENGLISH),
        ("en;q=0.5, ID;q=0.6", INDONESIAN),
        ("de-DE,de;q=0.9,ms;q=0.7,en;q=0.6", INDONESIAN),
        ("de,en;q=0.1,id;q=0", ENGLISH),
        ("nl", ENGLISH),
        ("en;q=oops,<script>,;;,id-", INDONESIAN),
        ("q=1," * 2000, INDONESIAN),
    ],
)
def test_who_has_chosen_nothing_reads_what_the_browser_asks_for(stranger, tongues, shown):
    assert shown in browser(stranger, tongues).opens("/ops").text


def test_an_admin_reads_the_page_as_the_bot(bob):
    User.update(language="en").where(User.id == BOB).execute()

    assert "Sign out" in browser(bob, "id").opens("/ops").text


def test_the_choice_is_kept_and_beats_all_else(bob):
    User.update(language="id").where(User.id == BOB).execute()

    chooses(browser(bob, "id"), "en", "/ops")

    assert "Sign out" in bob.text
    assert '<html lang="en">' in bob.opens("/ops/orders").answer.text


def test_the_choice_leads_back_to_the_page_it_was_made_on(bob):
    chooses(bob, "en", "/ops/orders?list=unpaid")

    assert str(bob.answer.url).endswith("/ops/orders?list=unpaid")


@pytest.mark.parametrize(
    ("page", "shown"),
    [("/ops/money/export", "/ops/money"), ("/ops/failed/retry", "/ops/failed"), ("/ops/language", "/ops")],
)
def test_a_page_that_answered_a_form_leads_back_to_its_screen(bob, page, shown):
    assert chooses(bob, "en", page).answer.url.path == shown
    assert bob.status == 200


@pytest.mark.parametrize(
    "referer", ["", "https://evil.example/ops/..//", "https://evil.example//x", "mailto:a", "http://[::1"]
)
def test_the_choice_leads_nowhere_else(bob, referer):
    bob.posts("/ops/language", {"to": "en"}, Referer=referer)

    assert (bob.answer.url.host, bob.status) == (bob.web.base_url.host, 200)


def test_it_can_be_chosen_before_the_login(stranger):
    chooses(stranger, "en", "/ops")

    assert ENGLISH in stranger.text
    assert "Sign out" in stranger.logs_in().text


@pytest.mark.parametrize("wanted", ["", "xx", "en'><script>", "EN"])
def test_a_language_that_does_not_exist_changes_nothing(bob, wanted):
    chooses(bob, wanted, "/ops")

    assert cookies.LANGUAGE not in bob.web.cookies
    bob.web.cookies.set(cookies.LANGUAGE, wanted or "zz", path="/ops")
    assert "Keluar" in bob.opens("/ops").text


def test_a_choice_from_elsewhere_is_refused(bob):
    bob.posts("/ops/language", {"to": "en"}, Sec_Fetch_Site="cross-site")

    assert bob.status == 403
    assert cookies.LANGUAGE not in bob.web.cookies


def test_the_cookie_of_a_language_is_for_this_page_and_no_script(web: httpx.Client, stranger):
    answer = web.post("/ops/language", data={"to": "en"}, headers=HERE | {"X-Forwarded-Proto": "https"})

    for word in ("HttpOnly", "SameSite=strict", "Path=/ops", "Secure", "quickcart_language=en"):
        assert word in answer.headers["set-cookie"]


def test_what_cannot_be_shown_is_said_in_the_language_too(database, valkey):
    ask = Ask("GET", "/ops/nowhere", "203.0.113.9", headers={"accept-language": "en"})

    with languages.speaking("id"):
        assert ENGLISH in router.answer(ask).body.decode()
        assert languages.spoken() == "id"
