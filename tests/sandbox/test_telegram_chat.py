"""What the chat page asks of its routes: all there is, its changes, the trail, and acting as people."""

from __future__ import annotations

import contextlib
import io

import httpx
import orjson
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.routing import Mount

from app.infra import web_calls
from app.sandbox import chat, pakasir
from app.sandbox.chat import people
from app.sandbox.server import Server
from app.sandbox.telegram import StandIn
from tests.support.bot_api import TOKEN

BUTTONS = {"inline_keyboard": [[{"text": "Beli", "callback_data": "buy"}]]}


class Browser:
    """Does what the page's scripts do."""

    def __init__(self, url: str, standin: StandIn, trail: chat.Trail) -> None:
        self.http = httpx.Client(base_url=url, timeout=60, verify=web_calls.certificates())
        self.standin, self.trail = standin, trail

    def state(self):
        return self.http.get("/chat/state").json()

    def post(self, name, **body):
        return self.http.post(f"/chat/{name}", json=body)

    def say(self, text, files=None, **fields):
        form = {"person": str(people.BUYER_ID), "chat": str(people.BUYER_ID), "text": text, **fields}
        return self.http.post("/chat/send", data=form, files=files)

    def bot(self, method, **params):
        return self.http.post(f"/telegram/bot{TOKEN}/{method}", json=params).json()["result"]

    @contextlib.contextmanager
    def follows(self, chat_number=0, trail_number=0):
        """Yield an iterator over (feed, event)."""
        query = {"chat": chat_number, "trail": trail_number}
        with self.http.stream("GET", "/chat/events", params=query) as stream:
            yield self._events(stream.iter_lines())

    @staticmethod
    def _events(lines):
        name = ""
        for line in lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            if line.startswith("data: "):
                yield name, orjson.loads(line.removeprefix("data: "))


@pytest.fixture
def browser():
    standin, trail, gateway = StandIn(TOKEN), chat.Trail(), pakasir.StandIn("toko", "key")
    links = [("Operasi", "/ops")]
    server = Server(
        Starlette(
            routes=[
                Mount("/telegram", standin.asgi()),
                *chat.routes(standin, trail, links=links, gateway=gateway),
            ]
        )
    )
    browser = Browser(server.url, standin, trail)
    yield browser
    browser.http.close()
    standin.close()
    gateway.close()
    server.stop()


def kinds(events, wanted):
    """The first event of a kind."""
    return next(event for _, event in events if event.get("kind") == wanted)


def test_the_page_and_its_parts_are_served(browser):
    page = browser.http.get("/")

    assert "Tidak ada uang sungguhan" in page.text
    parts = [
        line.split('"')[1]
        for line in page.text.replace("src=", "href=").split("href=")[1:]
        for line in [line]
    ]
    assert {browser.http.get(part).status_code for part in parts if part.startswith("/")} == {200}


def test_there_are_a_buyer_a_reseller_an_admin_and_a_group(browser):
    state = browser.state()

    assert {each["role"] for each in state["people"]} == {"buyer", "reseller", "admin"}
    assert people.GROUP_ID in {each["id"] for each in state["chats"]}
    assert state["links"] == [{"label": "Operasi", "url": "/ops"}]


def test_one_more_buyer_can_be_added(browser):
    added = browser.post("people").json()["id"]

    person = next(each for each in browser.state()["people"] if each["id"] == added)
    assert (person["name"], person["role"]) == ("Pembeli 2", "buyer")


def test_what_the_page_writes_reaches_the_bot(browser):
    browser.say("/start")

    assert browser.bot("getUpdates")[-1]["message"]["text"] == "/start"


def test_pictures_and_documents_are_sent_with_a_caption_and_can_be_fetched(browser):
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    browser.say("Bukti", files={"file": ("a.png", out.getvalue())}, **{"as": "photo"})
    browser.say("Stok", files={"file": ("stok baru.txt", b"a|b")}, **{"as": "document"})

    photo, document = browser.standin.messages(people.BUYER_ID)
    assert browser.http.get(f"/chat/files/{photo.file_id}").content == out.getvalue()
    download = browser.http.get(f"/chat/files/{document.file_id}")
    assert (download.content, document.text) == (b"a|b", "Stok")
    assert "stok%20baru.txt" in download.headers["content-disposition"]


def test_a_broken_picture_is_refused_with_words(browser):
    answer = browser.say("", files={"file": ("a.png", b"no picture")}, **{"as": "photo"})

    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request: IMAGE_PROCESS_FAILED"})


def test_a_tap_is_followed_by_its_answer(browser):
    browser.say("/start")
    sent = browser.bot("sendMessage", chat_id=people.BUYER_ID, text="Menu", reply_markup=BUTTONS)
    place = {
        "person": people.BUYER_ID,
        "chat": people.BUYER_ID,
        "message": sent["message_id"],
        "row": 0,
        "column": 0,
    }

    with browser.follows(browser.state()["last"]) as events:
        tap = browser.post("tap", **place).json()["tap"]
        browser.bot("answerCallbackQuery", callback_query_id=tap, text="Siap", show_alert=True)
        answer = kinds(events, "answer")

    assert (answer["tap"], answer["toast"], answer["alert"]) == (tap, "Siap", True)


def test_a_tap_on_what_is_gone_is_refused(browser):
    answer = browser.post("tap", person=people.BUYER_ID, chat=people.BUYER_ID, message=99, row=0, column=0)

    assert answer.json() == {"error": "That message is gone"}


def test_messages_edits_deletions_and_keyboards_are_followed_live(browser):
    browser.say("/start")
    with browser.follows(browser.state()["last"]) as events:
        keyboard = {"keyboard": [[{"text": "STOK"}]]}
        browser.bot("sendMessage", chat_id=people.BUYER_ID, text="Halo", reply_markup=keyboard)
        sent = browser.bot("sendMessage", chat_id=people.BUYER_ID, text="Lama")
        browser.bot("editMessageText", chat_id=people.BUYER_ID, message_id=sent["message_id"], text="Baru")
        browser.bot("deleteMessage", chat_id=people.BUYER_ID, message_id=sent["message_id"])

        assert kinds(events, "keyboard")["keyboard"]["keyboard"] == [[{"text": "STOK"}]]
        assert kinds(events, "message")["message"]["text"] == "Halo"
        assert kinds(events, "edit")["message"]["text"] == "Baru"
        assert kinds(events, "delete")["id"] == sent["message_id"]


def test_a_key_is_pressed_by_its_label(browser):
    browser.say("/start")
    browser.bot(
        "sendMessage", chat_id=people.BUYER_ID, text="x", reply_markup={"keyboard": [[{"text": "STOK"}]]}
    )

    browser.post("press", person=people.BUYER_ID, chat=people.BUYER_ID, label="STOK")

    assert browser.standin.messages(people.BUYER_ID)[-1].text == "STOK"


def test_blocking_and_unblocking(browser):
    browser.post("block", person=people.BUYER_ID, blocked=True)
    assert browser.standin.state.users[people.BUYER_ID].blocked

    browser.post("block", person=people.BUYER_ID, blocked=False)
    assert not browser.standin.state.users[people.BUYER_ID].blocked


def test_the_trail_begins_with_what_a_person_did_and_goes_on_with_log_lines(browser):
    browser.say("/start")
    browser.trail.push({"event": "job done", "correlation_id": "tg-100002", "ms": 14})

    with browser.follows() as events:
        begun = next(event for _, event in events if event.get("did") == "/start")
        ended = next(event for _, event in events if event.get("event") == "job done")

    assert (begun["event"], begun["person"]) == ("update sent", "Pembeli")
    assert begun["correlation_id"] == "tg-100002"
    assert ended["ms"] == 14


def test_a_page_older_than_the_sandbox_is_told_to_reload(browser):
    with browser.follows(chat_number=10_000) as events:
        assert next(events)[1]["kind"] == "reload"


def test_faults_are_planned_for_a_while_and_ended(browser):
    assert browser.post("faults", kind="down").json() == {"for_s": 10.0}
    assert browser.http.post(f"/telegram/bot{TOKEN}/getMe").status_code == 502

    browser.post("faults", kind="none")
    assert browser.http.post(f"/telegram/bot{TOKEN}/getMe").status_code == 200


def test_the_gateways_faults_are_switched_beside_those_of_telegram(browser):
    assert not any(each["on"] for each in browser.state()["gateway"])

    browser.http.post("/chat/gateway", json={"name": "lost", "on": True})

    assert [each["name"] for each in browser.state()["gateway"] if each["on"]] == ["lost"]
    unknown = {"name": "tornado", "on": True}
    assert browser.http.post("/chat/gateway", json=unknown).status_code == 400
