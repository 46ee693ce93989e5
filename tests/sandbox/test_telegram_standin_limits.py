"""Flood control, groups, commands and planned faults."""

import httpx
import pytest

from app.infra import web_calls
from app.sandbox.telegram import StandIn, menus
from app.sandbox.telegram.limits import FloodControl
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.refusals import Refusal


@pytest.fixture
def group(telegram: StandIn, alice: Person) -> int:
    return telegram.group(-5, "Staff", [alice]).id


def test_the_twenty_first_message_of_a_burst_has_to_wait(bot, alice):
    answers = [bot.sendMessage(chat_id=1, text="Hi") for _ in range(21)]

    assert all(answer["ok"] for answer in answers[:20])
    assert answers[20]["error_code"] == 429
    assert answers[20]["description"] == "Too Many Requests: retry after 1"
    assert answers[20]["parameters"] == {"retry_after": 1}


def test_another_chat_is_not_held_up(bot, telegram, alice):
    telegram.person(3, "Rina").start()
    for _ in range(21):
        bot.sendMessage(chat_id=1, text="Hi")

    assert bot.sendMessage(chat_id=3, text="Hi")["ok"]


def test_all_chats_together_take_30_a_second():
    flood = FloodControl()

    def flooding():
        for chat_id in range(100_000):
            flood.take(chat_id, is_group=False)

    with pytest.raises(Refusal, match="retry after 1"):
        flooding()
    assert len(flood.chats) > 30


def test_a_group_takes_20_a_minute_edits_included(bot, group):
    sent = [bot.sendMessage(chat_id=group, text="Hi")["result"]["message_id"] for _ in range(20)]

    answer = bot.editMessageText(chat_id=group, message_id=sent[0], text="Ho")

    assert 50 < answer["parameters"]["retry_after"] <= 60


def test_without_strict_limits_nothing_waits(alice):
    with StandIn("1:x", strict_limits=False).serve() as standin:
        standin.person(1, "Alice").start()
        send = f"{standin.url}/bot1:x/sendMessage?chat_id=1&text=Hi"

        with httpx.Client(verify=web_calls.certificates()) as http:
            assert {http.get(send).status_code for _ in range(40)} == {200}


def test_a_migrated_group_names_its_new_id(bot, telegram, alice, group):
    telegram.migrate(group, -1005, alice)

    answer = bot.sendMessage(chat_id=group, text="Hi")

    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": -1005}
    assert bot.sendMessage(chat_id=-1005, text="Hi")["ok"]


def test_a_group_that_threw_the_bot_out_refuses_it(bot, telegram, alice, group):
    telegram.remove_bot(group, alice)

    answer = bot.sendMessage(chat_id=group, text="Hi")

    assert answer["description"] == "Forbidden: bot was kicked from the group chat"


def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(bot, telegram, alice, group):
    telegram.take_updates()
    heard = bot.sendMessage(chat_id=group, text="Hi")["result"]["message_id"]

    alice.send_text("Just between us", chat_id=group)
    alice.send_text("/stock", chat_id=group)
    alice.send_text("Thanks", chat_id=group, reply_to=heard)

    assert [each["message"]["text"] for each in telegram.take_updates()] == ["/stock", "Thanks"]


def test_commands_are_kept_by_scope(bot, alice):
    admin = {"type": "chat", "chat_id": 1}
    bot.setMyCommands(commands=[{"command": "start", "description": "Begin"}])
    bot.setMyCommands(commands=[{"command": "stats", "description": "Figures"}], scope=admin)

    assert [each["command"] for each in bot.getMyCommands()["result"]] == ["start"]
    assert [each["command"] for each in bot.getMyCommands(scope=admin)["result"]] == ["stats"]


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"type": "everybody"}, "can't parse BotCommandScope: unsupported type specified"),
        ({"type": "chat"}, "chat_id is empty"),
        ({"type": "chat", "chat_id": 77}, "chat not found"),
        ({"type": "chat_administrators", "chat_id": 1}, "can't use specified scope in the chat"),
    ],
)
def test_a_scope_that_is_none_is_refused(bot, alice, scope, words):
    answer = bot.setMyCommands(commands=[{"command": "start", "description": "x"}], scope=scope)

    assert answer["description"] == f"Bad Request: {words}"


def test_the_narrowest_list_that_is_set_is_shown(bot, telegram, alice, group):
    for scope in ("default", "all_private_chats"):
        commands = [{"command": scope, "description": "x"}]
        bot.setMyCommands(commands=commands, scope={"type": scope})
    chats = telegram.state.chats

    assert menus.shown(telegram.state, chats[1], 1)[0]["command"] == "all_private_chats"
    assert menus.shown(telegram.state, chats[group], 1)[0]["command"] == "default"
    bot.setMyCommands(commands=[], scope={"type": "all_private_chats"})
    assert menus.shown(telegram.state, chats[1], 1)[0]["command"] == "default"


@pytest.mark.parametrize(
    ("method", "name", "most"),
    [("setMyDescription", "description", 512), ("setMyShortDescription", "short_description", 120)],
)
def test_what_a_bot_says_of_itself_has_a_length(bot, method, name, most):
    assert getattr(bot, method)(**{name: "x" * most})["ok"]
    assert getattr(bot, method)(**{name: "x" * (most + 1)})["error_code"] == 400
    assert getattr(bot, method.replace("set", "get"))()["result"] == {name: "x" * most}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Start!", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "start", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
def test_an_impossible_command_is_refused(bot, command, words):
    assert bot.setMyCommands(commands=[command])["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize(("kind", "status"), [("5xx", 502), ("html", 502), ("flood", 429)])
def test_a_planned_fault_answers_in_place_of_the_call(bot, telegram, alice, kind, status):
    telegram.fault("sendMessage", kind)

    broken = bot.http.post("/sendMessage", json={"chat_id": 1, "text": "Hi"})

    assert broken.status_code == status
    assert [each.text for each in alice.messages()] == ["/start"]
    assert bot.sendMessage(chat_id=1, text="Hi")["ok"]


@pytest.mark.parametrize(("kind", "messages"), [("dropped", 2), ("refused", 1)])
def test_a_call_without_an_answer_was_done_or_not(bot, telegram, alice, kind, messages):
    telegram.fault("sendMessage", kind)

    with pytest.raises(httpx.RemoteProtocolError):
        bot.sendMessage(chat_id=1, text="Hi")

    assert len(alice.messages()) == messages


def test_a_slow_call_is_done_late(bot, telegram, alice):
    telegram.fault("*", "slow", delay_s=0.3)

    with pytest.raises(httpx.ReadTimeout):
        bot.http.post("/sendMessage", json={"chat_id": 1, "text": "Hi"}, timeout=0.05)

    assert alice.waits_for(lambda message: message.text == "Hi")


def test_a_fault_that_cannot_be_is_refused(telegram):
    with pytest.raises(ValueError, match="cannot be lost"):
        telegram.fault("sendMessage", "lost")


def test_every_call_is_recorded(bot, telegram, alice):
    bot.sendMessage(chat_id=1, text="Hi")
    bot.sendMessage(chat_id=404, text="Hi")

    assert [(each.ok, each.code) for each in telegram.called("sendMessage")] == [(True, 200), (False, 400)]
