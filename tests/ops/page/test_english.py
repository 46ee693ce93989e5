"""Who reads the page in English reads nothing else but what people named themselves; nor does Indonesian mix
with it. A page of each kind that a link leads to is read, and every answer to a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.backoffice import backups, books, diagnoses, verifications
from app.backoffice.alerts import incidents
from app.backoffice.alerts.reading import Reading, Rule
from app.infra.queue import dead
from app.ops.page import cookies, router
from app.ops.page.http import Answer, Ask
from app.people import sessions
from app.sales import settlement, strays
from app.texts import languages
from models import utcnow
from tests.support import archives, given, lively, vocabulary
from tests.support.given import BOB

#: What people wrote themselves, names of tables' columns, and words of Pakasir's and of the system's.
NAMED = [
    "Toko Uji", "Lama", "Kosong", "Seseorang", "Staf", "Gudang", "Kanal", "Film", "Privat", "Music", "E-book",
    "tidak bisa masuk", "Bukan uang kita", "Sudah dikembalikan", "PKS-LAMA", "status completed",
    "its ledger says 0", "its balance is 5", "Telegram is on fire",
    "the archive cannot be read", "nobody", "maintenance", "channel", "amount",
]  # fmt: skip
#: Shown as they are, in both: names of settings and errors, reasons of ledger entries.
_KEY = re.compile(r"\b[a-z]+:\w[\w:]*")
_CODE = re.compile(r"<(code|script|title)\b[^>]*>.*?</\1>", re.DOTALL)
_SHOWN = re.compile(r'(?:placeholder|aria-label|data-label)="([^"]+)"')
_FORM = re.compile(r'<form[^>]*method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
#: What lists of one kind differ in. Orders are read all, each in its state, as are all events.
_WHICH = re.compile(r"(?<=[?]q=)\d+|(?<=[?]about=)(\w+)(?::|%3A)-?\w+|(?<=by=)(\w+)&after=\w+")
_FIELD = re.compile(r'<(?:input|button)[^>]*\bname="(\w+)"[^>]*?(?:value="([^"]*)")?[^>]*>')


class Reader:
    """Bob, logged in, whose browser asks for one language."""

    def __init__(self, language: str) -> None:
        session = cookies.fresh(sessions.start(BOB, "203.0.113.9"), BOB)
        self.language, self.cookies = language, {cookies.NAME: cookies.written(session)}
        self.forms: dict[str, dict[str, str]] = {}

    def asks(self, method: str, target: str, form: dict[str, str] | None = None) -> Answer:
        url = urlsplit(target)
        return router.answer(
            Ask(
                method,
                url.path,
                "203.0.113.9",
                headers={"accept-language": self.language},
                query=dict(parse_qsl(url.query)),
                form=form or {},
                cookies=self.cookies,
            )
        )

    def reads(self, target: str) -> str:
        answer = self.asks("GET", target)
        return self.reads(answer.location) if answer.location else answer.body.decode()

    def walks(self, *start: str) -> dict[str, str]:
        """A page of each kind that links lead to from there."""
        found: dict[str, str] = {}
        edge = list(start)
        while edge:
            target = edge.pop()
            if (kind := _WHICH.sub(r"\1\2", target)) in found:
                continue
            found[kind] = page = self.reads(target)
            self.forms |= {action: dict(_FIELD.findall(inside)) for action, inside in _FORM.findall(page)}
            links = {unescape(each).partition("#")[0] for each in re.findall(r'href="(/ops[^"]*)"', page)}
            edge += sorted(each for each in links if ".cs" not in each)
        return found

    def presses(self, typed: dict[str, str], actions: Iterable[str]) -> Iterator[str]:
        """What these forms answer, with this typed into them."""
        for action in actions:
            kept = {name: unescape(value) for name, value in self.forms[action].items() if value}
            answer = self.asks("POST", action, typed | kept)
            yield self.reads(answer.location) if answer.location else answer.body.decode()


def said(page: str) -> Iterator[str]:
    """All that is read on it, a piece at a time."""
    body = _KEY.sub(" ", _CODE.sub(" ", page))
    yield from (unescape(each) for each in _SHOWN.findall(body))
    yield from (unescape(each).strip() for each in re.split(r"<[^>]+>", body) if each.strip())


def filled() -> None:
    """A shop in which everything that the page tells of has happened."""
    life = lively.shop()
    strays.note("TRX20260301LOST22", "PKS1")
    settlement.settle(life.pending.id, given.status(life.pending, amount=24_000))
    for number, actor in enumerate(["deliver_order", "show_paid", "unheard_of"]):
        dead.record(f"job-{number}", actor, "money", [life.paid.id], ValueError("Telegram is on fire"))
    facts = {"bad": 12, "of": 40, "percent": 30}
    incidents.judge(Rule("pakasir", lambda: None), Reading(True, False, facts))
    incidents.judge(Rule("redis_full", lambda: None), Reading(False, True, {"percent": 12}))
    diagnoses.note(utcnow(), [{"mark": "!", "about": "menu", "says": "nothing there", "remedy": "release"}])
    verifications.note(utcnow(), ["invariant 3: user:7: its balance is 5, its ledger says 0"] * 150)
    drilled = {"outcome": "failed", "problems": ["the archive cannot be read"], "seconds": 2.5}
    backups.note_drilled({"at": utcnow().isoformat(), **drilled})
    made = {"name": "quickcart-1.age", "bytes": 12_340_000, "parts": 2, "folder": "/kept", "chat_id": -100}
    backups.note_made({"at": utcnow().isoformat(), "manifest": {"counts": {"orders": 1_234}}, **made})
    books.close()


@pytest.fixture
def reader(made_once, valkey, request) -> Reader:
    archives.forget()
    made_once(filled)
    return Reader(request.param)


@pytest.mark.slow
@pytest.mark.parametrize("reader", list(languages.NAMES), indirect=True)
def test_the_page_speaks_one_language_wherever_links_and_forms_lead(reader: Reader):
    pages = reader.walks(*router.SCREENS, "/ops/nowhere", "/ops/orders?q=nobody", "/ops/audit?about=nobody")
    assert len(pages) > 60
    assert len(reader.forms) > 20

    forms = sorted(reader.forms.keys() - {"/ops/logout", "/ops/language"})
    one_of_each = {re.sub(r"TRX\w+|\d+", "…", action): action for action in forms}.values()
    wrong = {"amount": "kucing", "reason": "x" * 300, "person": "?"}
    answers = [
        *pages.values(),
        *reader.presses({}, one_of_each),
        *reader.presses(wrong, one_of_each),
        *reader.presses({"amount": "5", "reason": "ok"}, forms),
    ]
    texts = {text for page in answers for text in said(page)}

    assert len(texts) > 400
    assert vocabulary.leaks(texts, reader.language, NAMED) == {}


@pytest.mark.parametrize("language", list(languages.NAMES))
def test_the_login_speaks_one_language(stranger, language: str):
    stranger.web.headers["Accept-Language"] = language
    pages = [stranger.opens("/ops").answer.text]
    pages += [stranger.logs_in("wrong").answer.text for _ in range(7)]

    assert vocabulary.leaks({text for page in pages for text in said(page)}, language, NAMED) == {}
