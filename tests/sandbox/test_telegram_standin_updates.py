"""How updates reach the bot: polled or pushed, confirmed, kept, and lost only when planned."""

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import orjson
import pytest

from app.sandbox.telegram import StandIn


class Receiver:
    """A webhook that records updates and answers with the statuses it is given, then 200."""

    def __init__(self):
        self.bodies, self.secrets, self.statuses = [], [], []
        self.changed = threading.Condition()
        self.gate = threading.Event()
        self.gate.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _handler(self):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with receiver.changed:
                    receiver.bodies.append(body)
                    receiver.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
                    receiver.changed.notify_all()
                    status = receiver.statuses.pop(0) if receiver.statuses else 200
                receiver.gate.wait(5)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                return

        return Handler

    def waits_for(self, count):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.bodies) >= count, 5)
        return self.bodies

    def texts(self, count):
        return [each["message"]["text"] for each in self.waits_for(count)]


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.gate.set()
    receiver.server.shutdown()
    receiver.server.server_close()


def test_an_offset_confirms_what_came_before(bot, alice):
    alice.send_text("one")
    alice.send_text("two")

    first, second = bot.getUpdates()["result"]
    rest = bot.getUpdates(offset=second["update_id"])["result"]

    assert first["update_id"] < second["update_id"]
    assert [each["message"]["text"] for each in rest] == ["two"]
    assert bot.getUpdates()["result"] == rest


def test_a_negative_offset_counts_from_the_end(bot, alice):
    for text in ("one", "two", "three"):
        alice.send_text(text)

    assert [each["message"]["text"] for each in bot.getUpdates(offset=-1)["result"]] == ["three"]
    assert len(bot.getUpdates()["result"]) == 1


def test_a_long_poll_returns_as_soon_as_there_is_something(bot, telegram, alice):
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(bot.getUpdates, timeout=30)
        telegram.wait(lambda: telegram.updates.poll == 1)
        alice.send_text("Hi")

        assert poll.result(60)["result"][0]["message"]["text"] == "Hi"


def test_a_second_poller_terminates_the_first(bot, telegram):
    with ThreadPoolExecutor() as pool:
        first = pool.submit(bot.getUpdates, timeout=30)
        telegram.wait(lambda: telegram.updates.poll == 1)
        bot.getUpdates()

        assert first.result(60)["description"] == (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )


def test_polling_beside_a_webhook_is_a_conflict(bot, receiver):
    bot.setWebhook(url=receiver.url)

    answer = bot.getUpdates()

    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook is active")


def test_a_webhook_gets_updates_with_its_secret(bot, alice, receiver):
    bot.setWebhook(url=receiver.url, secret_token="hush")

    alice.send_text("Hi")

    assert receiver.texts(1) == ["Hi"]
    assert receiver.secrets == ["hush"]


def test_what_waited_is_pushed_when_a_webhook_is_set(bot, alice, receiver):
    alice.send_text("Early")

    bot.setWebhook(url=receiver.url)

    assert receiver.texts(1) == ["Early"]


def test_a_push_is_repeated_until_it_is_taken(bot, telegram, alice, receiver):
    receiver.statuses = [503, 500]
    bot.setWebhook(url=receiver.url)

    alice.send_text("one")
    alice.send_text("two")

    assert receiver.texts(4) == ["one", "one", "one", "two"]
    assert telegram.delivered()
    assert "500" in bot.getWebhookInfo()["result"]["last_error_message"]


def test_a_webhook_that_is_shut_for_a_while_gets_what_waited(bot, telegram, alice, receiver):
    bot.setWebhook(url=receiver.url)
    telegram.fault("deliver", "refused")

    alice.send_text("hello")

    assert telegram.wait(lambda: telegram.updates.webhook.last_error == "Connection refused")
    assert bot.getWebhookInfo()["result"]["pending_update_count"] == 1
    assert telegram.delivered()


def test_each_chat_is_pushed_in_order_and_chats_side_by_side(bot, telegram, alice, receiver):
    receiver.gate.clear()
    rina = telegram.person(3, "Rina")
    bot.setWebhook(url=receiver.url)

    alice.send_text("one")
    alice.send_text("two")
    rina.send_text("aside")

    assert sorted(receiver.texts(2)) == ["aside", "one"]
    receiver.gate.set()
    assert receiver.texts(3)[2] == "two"


def test_only_wanted_kinds_are_queued(bot, telegram, alice):
    bot.getUpdates(allowed_updates=["callback_query"])

    alice.send_text("Hi")

    assert telegram.take_updates() == []


def test_pending_updates_can_be_dropped(bot, alice):
    alice.send_text("Hi")

    bot.deleteWebhook(drop_pending_updates=True)

    assert bot.getWebhookInfo()["result"]["pending_update_count"] == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://shop.id/hook", "An HTTPS URL must be provided for webhook"),
        ("https://shop.id:9000/hook", "Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("nonsense", "invalid webhook URL specified"),
    ],
)
def test_an_impossible_webhook_is_refused(bot, url, words):
    assert bot.setWebhook(url=url)["description"] == f"Bad Request: bad webhook: {words}"


def test_an_impossible_secret_is_refused(bot):
    answer = bot.setWebhook(url="https://shop.id/hook", secret_token="with space")

    assert answer["description"] == "Bad Request: secret token contains unallowed characters"


def test_a_lost_update_never_comes(bot, telegram, alice, receiver):
    bot.setWebhook(url=receiver.url)
    telegram.fault("push", "lost")

    alice.send_text("one")
    alice.send_text("two")

    assert receiver.texts(1) == ["two"]


def test_a_doubled_update_comes_twice(bot, telegram, alice, receiver):
    bot.setWebhook(url=receiver.url)
    telegram.fault("push", "doubled")

    alice.send_text("Hi")

    assert len({each["update_id"] for each in receiver.waits_for(2)}) == 1


def test_a_late_update_is_overtaken(bot, telegram, alice, receiver):
    bot.setWebhook(url=receiver.url)
    telegram.fault("push", "late", delay_s=0.2)

    alice.send_text("one")
    alice.send_text("two")

    assert receiver.texts(2) == ["two", "one"]


def test_blocking_is_told(telegram, alice):
    alice.block()

    change = telegram.take_updates()[-1]["my_chat_member"]

    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")


def test_everything_survives_a_restart(tmp_path):
    first = StandIn("1:x", path=tmp_path / "telegram.sqlite")
    alice = first.person(1, "Alice")
    message = alice.send_document("a.txt", b"content", caption="/add")
    alice.block()

    second = StandIn("1:x", path=tmp_path / "telegram.sqlite")  # the first was never closed, as if killed

    again = second.person(1, "Alice")
    assert again.downloads(again.messages()[-1]) == b"content"
    assert again.user.blocked
    assert second.take_updates()[0]["message"]["message_id"] == message.id
    assert again.send_text("Hi").id > message.id


def test_a_webhook_survives_a_restart(tmp_path, receiver):
    receiver.statuses = [503] * 3
    with StandIn("1:x", path=tmp_path / "t.sqlite", retry_s=60).serve() as first:
        first.updates.set_webhook(type(first.updates.webhook)(url=receiver.url, secret="hush"))
        first.person(1, "Alice").send_text("Hi")
        receiver.waits_for(1)
    receiver.statuses = []

    second = StandIn("1:x", path=tmp_path / "t.sqlite")

    assert second.delivered()
    assert receiver.texts(2) == ["Hi", "Hi"]
    second.close()
