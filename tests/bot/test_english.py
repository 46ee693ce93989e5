"""Who reads English reads nothing else but what people named themselves; nor does Indonesian mix with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from app.bot import notices, router, routes
from app.bot.admin import stats
from app.bot.conversation import Outcome
from app.bot.toolkit.handlers import Opens
from app.bot.toolkit.reply import show
from app.infra.queue import dead
from app.people import users
from app.sales import settlement, strays, testimonials, warranty
from app.texts import formats, languages, own_words
from app.texts import notices as notice_texts
from app.texts.admin import testimonials as testimonial_texts
from models import Order, Product, Stray, Testimonial, User
from tests.support import given, lively, vocabulary, walks
from tests.support.bought import buys
from tests.support.chatter import Chatter

FUNCTION_WORDS = {
    "yang", "dan", "untuk", "pesanan", "saldo", "kamu", "belum", "sudah", "tidak", "dengan", "ini", "dari",
}  # fmt: skip
#: What people wrote themselves.
NAMED = [
    "Toko Uji", "Lama", "Kosong", "Seseorang", "Staf", "Gudang", "Kanal", "Film", "Privat", "Music", "E-book",
    "tidak bisa masuk", "Bukan uang kita", "Sudah dikembalikan", "Cepat dan aman", "PKS-LAMA",
    "Error 1234567",
]  # fmt: skip
Acts = Callable[[Chatter, str], Outcome]
BOTH = [languages.INDONESIAN, languages.ENGLISH]


@pytest.fixture
def reader(buyer: Chatter, shop, request) -> Chatter:
    """Alice, who has bought something and reads the language that the test names."""
    shop.sells("Netflix 1M", number=101, stock=["K1", "K2", "K3", "K4"], category="Streaming")
    shop.sells("Spotify", number=102)
    Product.update(warranty_days=30).where(Product.id == 101).execute()
    order = buys(1, 101)
    testimonials.give(1, order.id, 5)
    warranty.claim(order.id, warranty.items(order)[0].id, "Error 1234567", user_id=1)
    return speaks(buyer, request.param)


@pytest.fixture
def acts(valkey) -> Acts:
    """Call it to press what a button carries, or to type, however fast after another."""

    def act(person: Chatter, what: str) -> Outcome:
        valkey.flushall()
        is_press = what.partition(":")[0] in routes.PRESSES | routes.ADMIN_PRESSES
        return person.presses(what) if is_press else person.says(what)

    return act


def speaks(person: Chatter, language: str) -> Chatter:
    person.sender["language_code"] = language
    User.update(language=language).where(User.id == person.id).execute()
    return person


def language_of(person: Chatter) -> str:
    return person.sender["language_code"]


def drawn(person: Chatter, name: str, args: tuple) -> list[str]:
    with languages.speaking(language_of(person)):
        return list(walks.said(router.render(users.get(person.id), show(name, *args))))


def spoken(outcomes: Iterable[Outcome]) -> list[str]:
    return [text for each in outcomes for text in (each.reply.toast or "", *walks.said(each.screen)) if text]


def led_to(acts: Acts, person: Chatter, outcomes: Iterable[Outcome], names: set[str]) -> list[Outcome]:
    """Wherever buttons that only look lead from there, each pressed once."""
    seen, edge, found = set(), list(outcomes), []
    while edge:
        data = {data for each in edge for data in walks.looks(each.screen, names)} - seen
        seen |= data
        edge = [acts(person, each) for each in sorted(data)]
        found += edge
    return found


def test_the_vocabulary_knows_the_commonest_words():
    assert vocabulary.alone("id") >= FUNCTION_WORDS
    assert vocabulary.alone("en") >= {"the", "your", "and", "balance", "not"}


def test_a_word_of_the_other_language_is_found():
    mixed = ["Your saldo: <b>Rp0</b>", "Pesanan TRX20260301ABC234 sudah done", "Kosong"]

    assert vocabulary.leaks(mixed, "en", ["Kosong"]) == {
        mixed[0]: {"saldo"},
        mixed[1]: {"pesanan", "sudah"},
    }
    assert vocabulary.leaks(mixed, "id") == {mixed[0]: {"your"}, mixed[1]: {"done"}}


@pytest.mark.parametrize("reader", BOTH, indirect=True)
def test_every_screen_of_buyers_speaks_one_language(reader: Chatter):
    said = [text for name, args in walks.SCREENS for text in drawn(reader, name, args)]

    assert len(said) > 100
    assert vocabulary.leaks(said, language_of(reader), NAMED) == {}


@pytest.mark.parametrize("reader", BOTH, indirect=True)
def test_every_button_that_looks_leads_to_the_same_language(reader: Chatter, acts):
    outcomes = led_to(acts, reader, [reader.says("/start")], walks.LOOKS)

    assert len(outcomes) > 20
    assert vocabulary.leaks(spoken(outcomes), language_of(reader), NAMED) == {}


#: What buyers press and type, for the most part wrongly.
ACTS = [
    "/start", "…", "/entah", "/refund", "/refund ??", "/refund TRX20260101ABCDEF", "999999", "hello",
    "netflix", "/mydata", "/order", "/help", "edit:0", "x" * 300, "edit:1", "nobody", "edit:2", "12",
    "deposit", "0", "deposit", "999999999", "home", "voucher:101:1", "QQQQQ-22222", "product:103:1",
    "product:101:99", "wait:102", "wait:102", "wait:101", "summary:101:1", "balance:101:1", "pay:101:1:1:1",
    "pay:101:1:25000:1", "qris:102:1:1:1", "qris:101:1:25000:2", "check:2", "cancel:2", "cancel:1",
    "check:99", "rate:1:4", "rate:99:4", "goods:1", "goods:99", "claim:1", "claim_item:1:1",
    "claim_item:1:99", "zzz:1", "speak:7", "akun", "ACCOUNT", "write_back", "?", "admin_order:1",
    "TRX20260101ABCDEF", "forget", "/deposit", "/riwayat", "no_review", "skip:0",
]  # fmt: skip


@pytest.mark.parametrize("reader", BOTH, indirect=True)
def test_every_answer_to_a_buyer_speaks_one_language(reader: Chatter, acts):
    outcomes = [acts(reader, each) for each in ACTS]

    assert vocabulary.leaks(spoken(outcomes), language_of(reader), NAMED) == {}


#: What staff type, in a shop where everything has happened once.
COMMANDS = [
    "/help", "/version", "/order {delivered}", "/order {paid}", "/order {credited}",
    "/order {with_voucher}", "/order {pending}", "/order {deposit}", "/pending", "/klaim",
    "/klaim {delivered}", "/testimoni", "/dead", "/teks", "/teks QRIS", "/teks zzz", "/stock", "/info 1",
    "/info 2", "/info 3", "/info @nobody", "/pm 1|Hi", "/lowstock 5", "/maintenance on", "/maintenance off",
    "/whitelist -5", "/rm -5", "/channel @kanal", "/channel -", "/export", "/export 2020-01", "/stats",
    "/ban 13", "/unban 13", "/addreseller 13", "/rmress 13", "/addadmin 13", "/rmadmin 13", "/rmadmin 2",
    "/transfer 13|5000", "/editbalance 13|7000", "/giveaway 5000|2", "/setformula 1|1|1|1|1",
    "/broadcast Hi", "/add -|Tidal|Music|5000|Private", "/add 101|Tidal|Music|5000|-",
    "/addstock 101|K-1\nK-2", "/addstock 101|K-1", "/editprice 101|20000", "/editname 101|Netflix",
    "/editdesc 101|-", "/editcategory 101|-", "/editsold 101|5", "/garansi 101|30", "/garansi 101|0",
    "/slot 101|2", "/disc 101|10%", "/disc 101|0", "/discat Film|5%", "/discat Nothing|5%",
    "/priceress 101|1000", "/priceress 101|99999999", "/editid 101|77", "/photo 77", "/photo 77|-",
    "/addfile 77", "/exportstock 77", "/delstock 77|1", "/delallstock 77", "/del 77",
]  # fmt: skip


@pytest.fixture
def life(made_once, valkey):
    return made_once(lively.shop)


def test_staff_read_one_language_too(life, admin: Chatter, acts):
    staff = speaks(admin, languages.ENGLISH)
    invoices = {name: order.invoice for name, order in vars(life).items() if isinstance(order, Order)}
    # A sentence of the owner's choice may be looked at in either language.
    looks = {name for name, press in routes.ADMIN_PRESSES.items() if isinstance(press.run, Opens)} - {"word"}
    bare = [f"/{command}" for command in routes.ADMIN_COMMANDS]

    outcomes = [acts(staff, each.format(**invoices)) for each in [*bare, *COMMANDS]]
    outcomes += led_to(acts, staff, outcomes, looks)
    with languages.speaking(languages.ENGLISH):
        said = [*spoken(outcomes), stats.picture().text]

    assert len(said) > 600
    assert vocabulary.leaks(said, languages.ENGLISH, NAMED) == {}


def test_what_is_told_unasked_is_in_the_language_of_the_reader(life):
    strays.note("TRX20260301LOST22", "PKS1")
    settlement.settle(life.pending.id, given.status(life.pending, amount=24_000))
    dead.record("job-1", "deliver_order", "money", [life.paid.id], "HTTP 500", attempts=1)
    told = dict(notices_of(life))

    assert {kind for kind, *_ in told} == notices._KINDS.keys() - {"refused"}
    for language in BOTH:
        with languages.speaking(language):
            screens = [notices.render(kind, data) for (kind, *_), data in told.items()]
        said = [text for screen in screens for text in walks.said(screen)]
        assert vocabulary.leaks(said, language, NAMED) == {}


def notices_of(life: lively.Lively) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """(kind and which of it, data) of all there are; `refused` brings its own words."""
    channel = {"title": "Kanal", "name": "@kanal"}
    goods = {"product_id": 101, "name": "Netflix 1M", "left": 2}
    for kind in ("order_new", "order_late", "order_late_credited", "buyer_unreachable", "payment_lapsed",
                 "delivery_stuck", "credited", "late_credited"):  # fmt: skip
        yield (kind,), {"order_id": life.credited.id}
    yield ("deposit_new",), {"order_id": life.deposit.id}
    yield ("payment_mismatch",), {"order_id": life.pending.id, "differs": ["amount", "status"]}
    yield ("payment_stray",), {"stray_id": Stray.get().id}
    yield ("orders_expired",), {"order_ids": [life.expired.id, life.deposit.id], "count": 31}
    yield ("jobs_failed",), {"letters": ["job-1"], "count": 2}
    yield ("digest",), {"day": "2026-05-22"}
    yield ("audit_head",), {"seq": 120, "hash": "0a" * 32}
    yield ("audit_broken",), {"row": 7}
    yield ("ops_login",), {"at": "2026-05-22T10:00:00+00:00", "address": "127.0.0.1", "session": 1}
    yield ("ops_locked",), {"count": 5, "address": "127.0.0.1"}
    for kind in ("goods_locked", "file_lost", "photo_lost", "stock_low", "stock_out", "restocked"):
        yield (kind,), goods
    yield ("sandbox", "on"), {"on": True}
    yield ("sandbox", "off"), {"on": False}
    yield ("refunded",), {"order_id": life.paid.id, "amount": 1_000}
    yield ("claim_opened",), {"claim_id": life.waiting.id}
    yield ("claim_refused",), {"claim_id": life.waiting.id}
    yield ("balance_changed",), {"amount": -1_000, "balance": 2_000}
    for problem in formats.PROBLEMS:
        facts = dict.fromkeys(own_words.gaps(formats.PROBLEMS[problem].template), "12")
        yield ("wrong_format", problem), {"hint": f"addstock.{problem}", "facts": facts}
    yield ("group_added",), {}
    yield ("group_lost",), {"chat_id": -7, "title": "Gudang"}
    yield ("channel_chosen",), channel
    yield ("channel_lost",), channel
    for problem in testimonial_texts.REFUSED:
        yield ("channel_refused", problem), {"problem": problem, "named": "@kanal"}
    yield ("post_left",), {"message_id": 3, "link": "https://t.me/kanal/3"}
    yield ("rated_low",), {"testimonial_id": Testimonial.get().id}
    yield ("unbanned",), {}
    for role in notice_texts.PROMOTED:
        yield ("promoted", role), {"role": role}
    for message, outcome in notice_texts.OUTCOMES:
        yield ("message_outcome", message, outcome), {"message": message, "outcome": outcome, "user_id": 13}


def test_a_buyer_who_reads_english_is_served_in_english(alice, shop, pakasir, drain):
    shop.sells("Netflix 1M", number=101, stock=["K1"])
    alice.person.user.language_code = "en"

    alice.starts().sends("101").taps("Go to payment").taps("QRIS").taps("Payment Status")
    drain()
    pakasir.pays(alice.last_order)
    drain()
    alice.taps("5 ⭐")

    shown = [each.text for each in alice.received]
    labels = [button.label for each in alice.received for button in each.buttons]
    assert "K1" in " ".join(shown)
    assert vocabulary.leaks([*shown, *labels, *alice.keyboard], languages.ENGLISH, NAMED) == {}
