"""What the caller learns when a call fails."""

from __future__ import annotations

import socket
import traceback
from contextlib import closing

import pytest
from structlog.testing import capture_logs

from app.clients.telegram import Telegram
from app.errors import (
    Blocked,
    ChatMoved,
    ClientError,
    DeadFile,
    Flood,
    MaybeSent,
    Refused,
    TurnedAway,
    Unreachable,
)
from tests.support import awkward

TOKEN = "100000001:test-token-0123456789abcdefghijk"
GROUP, SUPERGROUP = -100, -1001


def test_a_person_who_blocked_the_bot(client, alice):
    alice.block()

    with pytest.raises(Blocked):
        client.send_text(alice.id, "Halo")


def test_a_person_who_deleted_the_account(client, alice):
    alice.deactivate()

    with pytest.raises(Blocked):
        client.send_text(alice.id, "Halo")


def test_a_person_who_never_wrote(client, messenger):
    charlie = messenger.person(3, "Charlie")

    with pytest.raises(Blocked):
        client.send_text(charlie.id, "Halo")


def test_a_chat_that_does_not_exist(client):
    with pytest.raises(Blocked):
        client.send_text(404, "Halo")


def test_a_group_that_threw_the_bot_out(client, alice, messenger):
    messenger.group(GROUP, "Staf", [alice])
    messenger.remove_bot(GROUP, alice)

    with pytest.raises(Blocked):
        client.send_text(GROUP, "Halo")


def test_a_group_that_became_a_supergroup(client, alice, messenger):
    messenger.group(GROUP, "Staf", [alice])
    messenger.migrate(GROUP, SUPERGROUP, alice)

    with pytest.raises(ChatMoved) as moved:
        client.send_text(GROUP, "Halo")

    assert moved.value.new_id == SUPERGROUP


def test_broken_html_is_refused_for_good(client, alice):
    with pytest.raises(Refused) as refusal:
        client.send_text(alice.id, "<b>Halo")

    assert refusal.value.permanent
    assert refusal.value.status == 400


@pytest.mark.parametrize(("token", "status"), [("999:not-the-token-of-this-bot", 401), ("nonsense", 404)])
def test_a_wrong_token_says_nothing_about_the_call(messenger, token, status):
    stranger = Telegram(token, messenger.url)

    with capture_logs() as lines, pytest.raises(TurnedAway) as failure:
        stranger.get_me()

    assert (failure.value.status, failure.value.delivered, failure.value.permanent) == (status, "no", False)
    assert "check TELEGRAM_BOT_TOKEN" in str([line for line in lines if line["log_level"] == "error"])
    stranger.close()


def test_a_bot_that_was_logged_out_is_turned_away(client, alice, messenger):
    messenger.fault("sendMessage", "says", status=400, description="Logged out")

    with pytest.raises(TurnedAway):
        client.send_text(alice.id, "Halo")


@pytest.mark.parametrize("status", [402, 405, 406, 410, 418, 421, 451])
def test_any_other_refusal_is_about_the_bot_or_its_server(client, alice, messenger, status):
    messenger.fault("sendMessage", "says", status=status, description="Misdirected Request: unallowed token")

    with pytest.raises(TurnedAway) as failure:
        client.send_text(alice.id, "Halo")

    assert failure.value.delivered == "no"


@pytest.mark.parametrize("wording", ["FROZEN_METHOD_INVALID", "FROZEN_PARTICIPANT_MISSING"])
def test_a_bot_that_telegram_has_frozen_is_turned_away(client, alice, messenger, wording):
    messenger.mute_bot(alice.id, wording)

    with pytest.raises(TurnedAway):
        client.send_text(alice.id, "Halo")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        '{"ok":true}',
        '{"ok":true,"result":true}',
        '{"ok":true,"result":{}}',
        '{"ok":true,"result":{"message_id":null}}',
        '{"ok":true,"result":{"message_id":"many"}}',
        '{"ok":false,"error_code":500,"description":"Internal Server Error"}',
        '{"ok":true,"result":{"message_id":5}',
    ],
)
def test_an_answer_that_names_no_message_says_nothing_of_it(client, alice, messenger, answer):
    messenger.fault("sendMessage", "odd", description=answer)

    with pytest.raises(Unreachable) as failure:
        client.send_text(alice.id, "Halo")

    assert failure.value.delivered == "maybe"


@pytest.mark.parametrize(("code", "error"), [(401, TurnedAway), (403, Blocked), (400, Refused), (429, Flood)])
def test_a_proxy_that_says_200_to_everything_is_read_by_its_words(client, alice, messenger, code, error):
    answer = f'{{"ok":false,"error_code":{code},"description":"Unauthorized"}}'
    messenger.fault("sendMessage", "odd", description=answer)

    with pytest.raises(error):
        client.send_text(alice.id, "Halo")


@pytest.mark.parametrize(
    "answer",
    [
        '{ "ok": false, "error_code": 429, "description": "Too Many Requests" }',
        '{"error_code":429,"ok":false,"description":"Too Many Requests"}',
    ],
)
def test_a_no_behind_200_is_read_however_it_is_written(client, alice, messenger, answer):
    messenger.fault("sendMessage", "odd", description=answer)

    with pytest.raises(Flood):
        client.send_text(alice.id, "Halo")


def test_a_no_behind_200_without_a_reason_may_have_been_a_yes(client, alice, messenger):
    messenger.fault("deleteMessage", "odd", description='{"ok":false}')

    with pytest.raises(Unreachable):
        client.delete(alice.id, 1)


def test_a_frozen_bot_is_nobody_who_blocked_it(client, alice, messenger):
    messenger.fault("sendMessage", "says", status=403, description="Forbidden: FROZEN_METHOD_INVALID")

    with pytest.raises(TurnedAway):
        client.send_text(alice.id, "Halo")


def test_a_method_that_the_server_lacks_is_refused_for_good(client, alice, messenger):
    messenger.fault("sendMessage", "says", status=404, description="Not Found: method not found")

    with pytest.raises(Refused):
        client.send_text(alice.id, "Halo")


def test_an_edit_that_changes_nothing_is_fine(client, alice):
    message_id = client.send_text(alice.id, "sama")

    with capture_logs() as lines:
        client.edit_text(alice.id, message_id, "sama")

    assert lines[0]["outcome"] == "harmless"


def test_deleting_what_is_gone_is_fine(client, alice):
    message_id = client.send_text(alice.id, "sebentar")
    client.delete(alice.id, message_id)

    client.delete(alice.id, message_id)


def test_answering_too_late_is_fine(client, alice):
    client.answer("123456", "terlambat")


def test_editing_what_is_gone_is_refused(client, alice):
    with pytest.raises(Refused):
        client.edit_text(alice.id, 999, "baru")


@pytest.mark.parametrize("kind", ["5xx", "html", "dropped", "refused"])
def test_a_call_that_broke_off_may_have_been_done(client, alice, messenger, kind):
    messenger.fault("sendMessage", kind)

    with pytest.raises(MaybeSent) as failure:
        client.send_text(alice.id, "Halo")

    assert failure.value.delivered == "maybe"


def test_a_change_that_broke_off_adds_nothing_to_the_chat(client, alice, messenger):
    message_id = client.send_text(alice.id, "Halo")
    messenger.fault("editMessageText", "dropped")

    with pytest.raises(Unreachable) as failure:
        client.edit_text(alice.id, message_id, "Hai")

    assert not isinstance(failure.value, MaybeSent)


@pytest.mark.parametrize("status", [401, 403, 404, 407])
def test_a_page_of_a_proxy_says_nothing_about_the_person(client, alice, messenger, status):
    messenger.fault("sendMessage", "html", status=status)

    with pytest.raises(TurnedAway) as failure:
        client.send_text(alice.id, "Halo")

    assert failure.value.delivered == "no"


@pytest.mark.parametrize("asked", [1e30, "soon", -5, None])
def test_an_absurd_wait_is_bounded(client, alice, messenger, asked):
    messenger.fault("sendMessage", "flood", retry_after_s=asked)

    with pytest.raises(Flood) as flood:
        client.send_text(alice.id, "Halo")

    assert 0 < flood.value.retry_after_s <= 3600


def test_a_proxy_says_in_a_header_how_long_to_wait(valkey):
    with (
        awkward.answering(awkward.turn_away) as url,
        closing(Telegram(TOKEN, url)) as client,
        pytest.raises(Flood) as flood,
    ):
        client.send_text(1, "Halo")

    assert flood.value.retry_after_s == 20


def test_a_server_that_cannot_prove_who_it_is_learns_nothing(unvouched, valkey):
    client = Telegram(TOKEN, unvouched.url)

    with pytest.raises(Unreachable) as failure:
        client.get_me()

    assert failure.value.delivered == "no"
    assert unvouched.heard == b""
    client.close()


def test_a_call_that_found_nobody_was_surely_not_done(valkey):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    client = Telegram(TOKEN, f"http://127.0.0.1:{port}")

    with pytest.raises(Unreachable) as failure:
        client.send_text(1, "Halo")

    assert failure.value.delivered == "no"
    client.close()


def test_after_a_broken_call_the_next_one_works(client, alice, messenger):
    messenger.fault("sendMessage", "dropped")
    with pytest.raises(Unreachable):
        client.send_text(alice.id, "pertama")

    client.send_text(alice.id, "kedua")

    assert alice.messages()[-1].text == "kedua"


def test_too_many_calls_tell_how_long_to_wait(client, alice, messenger):
    messenger.fault("sendMessage", "flood", retry_after_s=7)

    with pytest.raises(Flood) as flood:
        client.send_text(alice.id, "Halo")

    assert flood.value.retry_after_s == 7


@pytest.mark.parametrize("kind", ["5xx", "html", "dropped", "refused", "flood"])
def test_no_failure_tells_the_token_or_an_address(client, alice, messenger, kind):
    messenger.fault("*", kind)

    with capture_logs() as lines, pytest.raises(ClientError) as failure:
        client.send_text(alice.id, "Halo")

    said = "".join(traceback.format_exception(failure.value)) + str(lines)
    assert TOKEN not in said
    assert messenger.url not in said


def test_a_server_that_repeats_the_token_is_not_quoted(client, alice):
    with pytest.raises(Refused) as refusal:
        client.send_text(alice.id, f"<{TOKEN}>Halo")

    assert TOKEN not in str(refusal.value)


@pytest.mark.parametrize(
    "wording",
    [
        "chat not found",
        "not enough rights to send text messages to the chat",
        "have no write access to the chat",
        "have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
        "CHAT_RESTRICTED",
        "CHAT_SEND_PLAIN_FORBIDDEN",
        "USER_DELETED",
        "USER_DEACTIVATED",
        "USER_IS_BLOCKED",
        "USER_BANNED_IN_CHANNEL",
        "CHANNEL_PRIVATE",
        "group chat was deactivated",
        "chat is deactivated",
        "CHAT_INVALID",
        "CHANNEL_INVALID",
        "CHANNEL_PUBLIC_GROUP_NA",
        "ALLOW_PAYMENT_REQUIRED_50",
        "USER_IS_BOT",
        "chat is not a forum",
        "need administrator rights in the channel chat",
        "bot was kicked from the supergroup chat",
        "PEER_ID_INVALID",
        "INPUT_USER_INVALID",
        "user not found",
        "supergroup not found",
        "chat is not accessible",
        "chat to forward messages to not found",
        "have no access to the user",
        "bot is inaccessible",
        "unknown forum topic identifier specified",
        "threads can't be used in General topic",
        "chat can't have message threads",
        "there are no message threads in the chat",
        "TOPIC_CLOSED",
        "MESSAGE_THREAD_INVALID",
        "message thread is closed",
    ],
)
def test_today_s_wordings_for_nobody_there(client, messenger, alice, wording):
    messenger.mute_bot(alice.id, wording)

    with pytest.raises(Blocked):
        client.send_text(alice.id, "Halo")


def test_a_group_in_slow_mode_is_waited_for(client, messenger, alice):
    messenger.mute_bot(alice.id, "SLOWMODE_WAIT_17")

    with pytest.raises(Flood) as flood:
        client.send_text(alice.id, "Halo")

    assert flood.value.retry_after_s == 17


@pytest.mark.parametrize(
    "wording",
    [
        "not enough rights to send photos to the chat",
        "CHAT_SEND_PHOTOS_FORBIDDEN",
        "wrong file identifier/HTTP URL specified",
        "message text is empty",
        "reply markup is too long",
        "REPLY_MARKUP_INVALID",
        "MESSAGE_ID_INVALID",
        "ENTITY_BOUNDS_INVALID",
        "SEND_AS_PEER_INVALID",
        "BUTTON_USER_INVALID",
        "BUTTON_USER_PRIVACY_RESTRICTED",
        "user restricted receiving of voice note messages",
        "not enough rights to send the rich message to the chat",
        "message to copy not found",
    ],
)
def test_what_is_about_the_message_is_not_about_the_person(client, messenger, alice, wording):
    messenger.mute_bot(alice.id, wording)

    with pytest.raises(Refused) as refusal:
        client.send_text(alice.id, "Halo")

    assert not isinstance(refusal.value, Blocked)


@pytest.mark.parametrize(
    "wording",
    [
        "wrong file_id or the file is temporarily unavailable",
        "unknown file identifier specified",
        "first file_id is invalid",
        "failed to reupload file",
        "can't upload file by URL",
        "FILE_REFERENCE_0_EXPIRED",
        "PHOTO_CONTENT_URL_EMPTY",
    ],
)
def test_today_s_wordings_for_a_file_that_is_gone(client, messenger, alice, wording):
    messenger.fault("sendDocument", "says", status=400, description=f"Bad Request: {wording}")

    with pytest.raises(DeadFile):
        client.send_document(alice.id, "BQAC-gone")


def test_a_file_that_no_bot_may_fetch_is_too_large(client, messenger, alice):
    messenger.mute_bot(alice.id, "file is too big")

    with pytest.raises(Refused) as refusal:
        client.send_text(alice.id, "Halo")

    assert refusal.value.status == 413


def test_an_answer_without_end_is_given_up(valkey):
    with (
        awkward.answering(awkward.flood) as url,
        closing(Telegram(TOKEN, url)) as client,
        pytest.raises(Unreachable, match="too long") as failure,
    ):
        client.send_text(1, "Halo")

    assert failure.value.delivered == "maybe"
