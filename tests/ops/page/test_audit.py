"""The audit on the page: found by what it is about and who did it, here and in the audit database."""

from __future__ import annotations

import importlib

import pytest

import settings
from app import audit
from app.audit import shipping
from app.errors import ClientError, MaybeSent
from app.infra.transactions import atomic
from app.texts.ops import audit as texts
from tests.support import archives, broken, given
from tests.support.given import ALICE, BOB
from tests.support.operator import Operator


@pytest.fixture(autouse=True)
def _empty(database: object):
    archives.forget()


def test_an_order_s_events_are_found_wherever_they_are(bob: Operator):
    order = broken.paid()
    shipping.ship()
    broken.hand_over(order)

    shown = bob.opens(f"/ops/audit?about={order.invoice.lower()}").text

    assert "produk terkirim belum terkirim" in shown
    assert "dibuat total Rp25.000" in shown


@pytest.mark.parametrize("by", [str(BOB), "@bob", "BOB"])
def test_who_did_it_is_asked_for(bob: Operator, by: str):
    given.product()
    bob.posts("/ops/upkeep/ask", {"what": "verify"})
    shipping.ship()

    shown = bob.opens(f"/ops/audit?by={by}").text

    assert ("pemeriksaan toko diminta" in shown) == (by != "BOB")
    assert "produk ditambahkan" not in shown


def test_a_person_is_asked_for_by_name(bob: Operator):
    given.person(ALICE, "Alice", balance=5_000)

    assert f"pengguna {ALICE}" in bob.opens("/ops/audit?about=@alice").text


@pytest.mark.parametrize("shipped", [0, 20, 40, 70])
def test_a_long_audit_goes_on_below_across_both_places(bob: Operator, shipped: int):
    """However many of them have been shipped, each is seen once and in order."""
    archives.happens(*range(1, shipped + 1))
    shipping.ship()
    archives.happens(*range(shipped + 1, 71))

    seen, path = [], "/ops/audit?about=test:1&by="
    path = "/ops/audit"
    while path:
        page = bob.opens(path).answer.text
        seen += [int(part.split('"')[0]) for part in page.split("about=test%3A")[1:]]
        path = page.partition('class="more" href="')[2].partition('"')[0].replace("&amp;", "&")

    assert seen == list(range(70, 0, -1))


@pytest.mark.parametrize("after", ["here", "-1", "9" * 30, "hereabc", "%00"])
def test_a_place_that_is_none_begins_at_the_newest(bob: Operator, after: str):
    archives.happens(1)

    assert "test:1" in bob.opens(f"/ops/audit?after={after}").text


def test_it_says_what_is_not_known_of_a_name(bob: Operator):
    assert "@nobody tidak dikenal" in bob.opens("/ops/audit?by=@nobody").text
    assert "Tidak ada catatan yang cocok" in bob.opens("/ops/audit?about=!!").text


def test_the_head_of_the_chain_is_shown(bob: Operator):
    archives.happens(1, 2)
    shipping.ship()

    shown = bob.opens("/ops/audit").text

    assert shipping.known_head().hash.hex() in shown


def test_only_facts_with_words_are_shown(bob: Operator):
    order = given.order()
    shipping.ship()

    shown = bob.opens(f"/ops/audit?about={order.invoice}").answer.text

    assert given.payment(order).qr_string not in shown
    assert "expires" not in shown


def test_calls_and_who_made_them_are_told_in_words(bob: Operator):
    with pytest.raises(MaybeSent), audit.calling("goods.call", "order:TRX1", "sendMessage", part=0):
        raise MaybeSent("no answer")
    with audit.acting_as("ops"), atomic():
        audit.record("balance.changed", f"user:{ALICE}", amount=1_000, reason="order:TRX1:refund")

    shown = bob.opens("/ops/audit").text

    assert "produk dikirim lewat Telegram belum terkirim pesan teks, belum pasti terkirim, 0 ms" in shown
    assert f"sebesar Rp1.000, karena: refund pengguna {ALICE} baris perintah" in shown
    assert f"masuk ke halaman operator belum terkirim pengguna {BOB} Bob" in shown


@pytest.mark.parametrize("by", ["ops", "baris%20perintah"])
def test_what_the_command_line_did_is_asked_for(bob: Operator, by: str):
    with audit.acting_as("ops"):
        archives.happens(1)
    archives.happens(2)

    shown = bob.opens(f"/ops/audit?by={by}").text

    assert ("test:1" in shown, "test:2" in shown) == (True, False)


def leaves(error: type[Exception]) -> set[str]:
    return {error.__name__.lower()}.union(*map(leaves, error.__subclasses__()))


def test_every_end_of_a_call_and_every_call_has_its_words():
    importlib.import_module("workers.actors")  # sets up the queue: never at the top, never a part of it alone
    deliveries = importlib.import_module("workers.jobs.deliveries")

    assert leaves(ClientError) <= set(texts.OUTCOMES)
    assert {*deliveries.CALLS.values(), "create", "status", "cancel"} == set(texts.CALLS)


def test_while_the_audit_database_is_away_the_rest_is_shown(bob: Operator, closed_port: int):
    shipping.ship()
    archives.happens(1)
    shipping.ship()
    archives.happens(2)

    with settings.override(audit_database_url=f"postgresql://nobody@127.0.0.1:{closed_port}/nothing"):
        shown = bob.opens("/ops/audit").text

    assert "belum bisa dihubungi" in shown
    assert "test:2" in shown
