"""`/broadcast` as admins use it: what is asked, what the buttons do, who may press them."""

from __future__ import annotations

import pytest

from app.bot import router
from app.bot.toolkit.reply import show
from app.people import broadcasts, recipients
from models import AuditEvent, Broadcast, User, utcnow
from tests.support import given
from tests.support.chatter import Chatter
from tests.support.queries import MOST, reads

GROUP = -1001


def labels(outcome):
    return [button.label for row in outcome.screen.buttons for button in row]


def state(broadcast_id=1):
    return broadcasts.get(broadcast_id).state


@pytest.fixture
def asked(admin: Chatter):
    """Bob has written a text and is asked whether to send it."""
    return admin.says("/broadcast Promo <hari> ini & besok")


def test_the_question_names_the_people_and_shows_the_text(admin: Chatter):
    given.person(1)
    given.person(3, "Charlie")
    User.update(unreachable_at=utcnow()).where(User.id == 3).execute()

    asked = admin.says("/broadcast Promo <hari> ini & besok")

    assert "<b>2</b> pengguna" in asked.screen.text
    assert "Promo &lt;hari&gt; ini &amp; besok" in asked.screen.text
    assert labels(asked) == ["Kirim", "Batalkan"]
    assert state() == Broadcast.DRAFT


def test_without_anything_to_send_the_right_form_is_shown(admin: Chatter):
    assert "Contoh: <code>/broadcast" in admin.says("/broadcast").screen.text
    assert not Broadcast.select().exists()


def test_a_reply_broadcasts_the_message_that_it_answers(admin: Chatter):
    admin.says("/broadcast", reply_to_message={"message_id": 77})

    draft = broadcasts.get(1)
    assert (draft.source_chat_id, draft.source_message_id, draft.text) == (2, 77, None)


def test_a_caption_broadcasts_its_picture_without_the_command(admin: Chatter):
    update = admin.message(photo=[{"file_id": "F"}], caption="/broadcast Promo <b>")
    admin.does(update)

    draft = broadcasts.get(1)
    assert (draft.source_message_id, draft.text) == (1, "Promo &lt;b&gt;")


def test_a_bare_command_as_caption_leaves_no_caption(admin: Chatter):
    admin.does(admin.message(video={"file_id": "F"}, caption="/broadcast"))

    assert broadcasts.get(1).text == ""


def test_a_text_keeps_its_format(admin: Chatter):
    bold = {"type": "bold", "offset": 14, "length": 5}

    admin.says("/broadcast 🎉 Promo besar", entities=[bold])

    assert broadcasts.get(1).text == "🎉 <b>Promo</b> besar"


def test_a_caption_that_telegram_would_refuse_is_refused(admin: Chatter):
    outcome = admin.does(admin.message(photo=[{"file_id": "F"}], caption="/broadcast " + "😀" * 520))

    assert "terlalu panjang" in outcome.screen.text


def test_sending_queues_the_jobs_once(admin: Chatter, asked):
    admin.taps(asked, "Kirim")
    again = admin.taps(asked, "Kirim")

    assert given.promised("list_recipients") == [[1, 1]]
    assert "sedang dikirim" in again.reply.toast
    assert len(given.audited("broadcast.running")) == 1


def test_a_canceled_one_cannot_be_sent(admin: Chatter, asked):
    gone = admin.taps(asked, "Batalkan")
    admin.taps(asked, "Kirim")

    assert "dibatalkan" in gone.screen.text
    assert labels(gone) == []
    assert state() == Broadcast.STOPPED
    assert given.promised("list_recipients") == []


def test_the_buttons_follow_its_state(admin: Chatter, asked):
    sending = admin.taps(asked, "Kirim")
    assert labels(sending) == ["Jeda", "Hentikan"]

    paused = admin.taps(sending, "Jeda")
    assert labels(paused) == ["Lanjutkan", "Hentikan"]

    assert labels(admin.taps(paused, "Lanjutkan")) == ["Jeda", "Hentikan"]
    assert labels(admin.taps(sending, "Hentikan")) == []
    assert [event.actor for event in AuditEvent.select().where(AuditEvent.action == "broadcast.stopped")] == [
        "2"
    ]


def test_the_second_waits_for_the_first(admin: Chatter):
    admin.taps(admin.says("/broadcast Satu"), "Kirim")
    second = admin.taps(admin.says("/broadcast Dua"), "Kirim")

    assert (state(1), state(2)) == (Broadcast.RUNNING, Broadcast.QUEUED)
    assert "masih berjalan" in second.screen.text


def test_the_next_goes_when_the_first_is_paused_stopped_or_done(admin: Chatter):
    for text in ("Satu", "Dua", "Tiga"):
        admin.taps(admin.says(f"/broadcast {text}"), "Kirim")

    broadcasts.pause(1)
    assert (state(1), state(2), state(3)) == ("paused", "running", "queued")
    broadcasts.resume(1)
    broadcasts.stop(2)
    assert (state(1), state(2), state(3)) == ("running", "stopped", "queued")
    run = broadcasts.get(1).run
    broadcasts.list_recipients(1, run)
    while person := recipients.claim(1, run, 0):
        recipients.settle(1, person.user_id, "sent")
    broadcasts.finish(1, run)
    assert (state(1), state(3)) == ("done", "running")


def test_another_admin_may_press_in_a_group(admin: Chatter):
    User.update(is_admin=True).where(User.id == given.person(5, "Eve").id).execute()
    bob, eve = Chatter(2, "Bob", chat_id=GROUP), Chatter(5, "Eve", chat_id=GROUP)

    eve.taps(bob.says("/broadcast Halo"), "Kirim")

    started = broadcasts.get(1)
    assert (started.state, started.progress_chat_id) == (Broadcast.RUNNING, GROUP)


def test_the_button_is_nothing_to_anybody_else(buyer: Chatter, asked):
    outcome = buyer.presses("broadcast_send:1")

    assert "tidak berlaku" in outcome.reply.toast
    assert state() == Broadcast.DRAFT


def test_the_command_is_nothing_to_anybody_else(buyer: Chatter):
    assert buyer.says("/broadcast Halo").screen is None
    assert not Broadcast.select().exists()


def test_a_broadcast_that_does_not_exist_is_no_traceback(admin: Chatter):
    assert admin.presses("broadcast_pause:99").reply.toast


def test_the_progress_adds_up(admin: Chatter, asked):
    admin.taps(asked, "Kirim")
    Broadcast.update(
        total=1200, sent=600, blocked=30, failed=5, unknown=1, listed_at=utcnow(), problem="a <b> c"
    ).execute()

    text = admin.presses("broadcast_stop:1").screen.text

    assert "53%" in text
    assert "Penerima: 1.200" in text
    assert "Tidak dikirim: 564" in text
    assert "Tidak pasti: 1" in text


def test_the_question_and_the_progress_ask_little(admin: Chatter, asked, queries):
    for _ in range(2):
        queries.statements.clear()
        router.render(User.get_by_id(2), show("broadcast", 1))
        assert len(reads(queries)) <= MOST, reads(queries)
        broadcasts.confirm(1, 2, None)


def test_a_text_that_may_have_been_cut_is_said_to_be(admin: Chatter, buyer: Chatter):
    assert "terpotong" in admin.says("/broadcast " + "a" * 4000).screen.text
    assert "terpotong" not in admin.says("/broadcast " + "a" * 3300).screen.text
