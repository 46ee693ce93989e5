"""What jobs carry is out of sight in Redis and PostgreSQL, and whole again for the actor."""

import pytest

import settings
from app.bot.toolkit.reply import SILENT, Reply, show
from app.errors import Locked
from app.infra.queue import dead, outbox, sealing
from app.infra.transactions import atomic
from app.people import broadcasts
from models import Broadcast, DeadLetter, Outbox
from tests.support import given

OTHER = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="
UPDATE = {"update_id": 7, "message": {"text": "/addstock 1\nuser@x.id:secret"}}


@pytest.mark.parametrize(
    ("actor", "args"),
    [
        ("handle_update", [UPDATE]),
        ("send_pm", [1, "the secret", 2]),
        ("send_notice", [1, "refused", {"order_id": 5, "text": "the secret", "facts": {"line": ["secret"]}}]),
        ("add_stock_file", [1, 2, 101, "secret-file-id", "secret.txt", 7]),
        ("an_actor_of_tomorrow", [1, "secret", None, True, 0.5]),
    ],
)
def test_words_are_sealed_and_come_back(actor, args):
    sealed = sealing.seal(actor, args)

    assert "secret" not in str(sealed)
    assert sealing.unseal(sealed) == args
    assert sealing.seal(actor, sealed) == sealed


def test_numbers_and_names_of_ours_stay_open():
    assert sealing.seal("deliver_order", [7]) == [7]
    assert sealing.seal("settle_payment", ["TRX1", None]) == ["TRX1", None]
    notice = [2, "order_new", {"order_id": 7}]
    assert sealing.seal("send_notice", notice) == notice


def test_another_key_opens_nothing():
    sealed = sealing.seal("send_pm", [1, "secret", 2])

    with settings.override(stock_encryption_key=OTHER), pytest.raises(Locked):
        sealing.unseal(sealed)


def test_a_promise_is_sealed_in_the_database(database, valkey):
    with atomic():
        outbox.add("send_pm", 1, "the secret", 2)

    assert "secret" not in str(Outbox.get().args)
    assert given.promised("send_pm") == [[1, "the secret", 2]]


def test_a_dead_job_that_was_sealed_runs_again_as_it_was(database, valkey):
    dead.record("job-1", "send_pm", "default", sealing.seal("send_pm", [1, "the secret", 2]), "broken")

    assert dead.args(DeadLetter.get()) == [1, "the secret", 2]
    dead.retry("job-1")
    assert given.promised("send_pm") == [[1, "the secret", 2]]


def test_a_broadcast_with_codes_is_sealed_in_the_database(database):
    draft = broadcasts.draft_text("Kode: <code>GIFT-1234</code>", 2)

    assert "GIFT" not in Broadcast.get().text
    assert broadcasts.get(draft.id).text == "Kode: <code>GIFT-1234</code>"


def test_a_reply_that_is_kept_is_sealed():
    reply = show("giveaway", "<code>GIFT-1234</code>", 5, toast="ok")
    stored = reply.store()

    assert "GIFT" not in str(stored)
    assert Reply.load(stored) == reply
    with settings.override(stock_encryption_key=OTHER):
        assert Reply.load(stored) == SILENT
