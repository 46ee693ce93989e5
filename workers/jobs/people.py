"""What people are given about themselves, the menu of commands, and whether a group is still there."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
import structlog

from app.backoffice import privacy
from app.bot import menu
from app.bot.screens import onboarding
from app.clients import telegram
from app.errors import Blocked, Refused
from app.people import menus, users
from app.texts import languages
from app.texts.screens import privacy as texts
from workers.jobs import show
from workers.policies import patient, unhurried

log = structlog.get_logger()


@patient
def send_my_data(user_id: int) -> None:
    """`/mydata` as a file, from what is known at this moment."""
    content = orjson.dumps(privacy.export(user_id), option=orjson.OPT_INDENT_2)
    bot = telegram.client()
    with show.for_reader(user_id):
        show.reach(user_id, lambda chat: bot.send_document(chat, content, texts.FILE_NAME, texts.FILE()))


@unhurried
def publish_commands() -> None:
    """The menu for everybody, and the longer one for each admin; none in groups."""
    bot = telegram.client()
    bot.set_commands(menu.for_buyers())
    with languages.speaking(languages.ENGLISH):
        bot.set_commands(menu.for_buyers(), language_code=languages.ENGLISH)
    bot.drop_default_commands()
    for admin_id in users.admin_ids():
        menus.offer(admin_id)


@unhurried
def offer_commands(user_id: int) -> None:
    """The menu that fits the person's role. A chat that the bot was never in has none."""
    with show.for_reader(user_id):
        commands = menu.for_staff() if users.is_admin_id(user_id) else menu.for_buyers()
    try:
        telegram.client().set_commands(commands, chat_id=user_id)
    except (Blocked, Refused) as refusal:
        log.info("no menu for an admin", user=user_id, reason=str(refusal))


@unhurried
def describe_bot() -> None:
    """What newcomers read in the empty chat and in the profile, unless somebody has written that by hand:
    then all read that, also those who read English."""
    default, ours = _described(menu.about())
    with languages.speaking(languages.ENGLISH):
        english = menu.about()
    wanted = [words if now in ours else "" for words, now in zip(english, default, strict=True)]
    _, ours_too = _described(wanted, languages.ENGLISH, behind=default)
    menus.note_described(ours + ours_too)


def _described(
    wanted: Sequence[str], language: str = "", behind: Sequence[str] = ("", "")
) -> tuple[list[str], list[str]]:
    """What is read in that language by now, and what of it is ours. Where it has no words of its own Telegram
    may answer with those `behind` them."""
    bot = telegram.client()
    now = _own(bot.about(language), behind)
    ours = [menus.is_ours(*each) for each in zip(now, wanted, strict=True)]
    description, short_description = (
        words if is_ours and words != current else None
        for words, is_ours, current in zip(wanted, ours, now, strict=True)
    )
    if description is not None or short_description is not None:
        bot.set_about(description, short_description, language)
        now = _own(bot.about(language), behind)
    return now, [words for words, is_ours in zip(now, ours, strict=True) if words and is_ours]


def _own(said: Sequence[str], behind: Sequence[str]) -> list[str]:
    return ["" if words == other else words for words, other in zip(said, behind, strict=True)]


@patient
def ask_contact(user_id: int) -> None:
    """Once, after the first goods: how else to find them. Nobody is interrupted who is typing an answer."""
    with show.for_reader(user_id):
        question = onboarding.begin(user_id)
        if question:
            show.send(user_id, question)


@patient
def look_at_group(chat_id: int) -> None:
    """Whether the bot can still write there: seen to be typing, which nobody minds."""
    show.reach(chat_id, telegram.client().send_typing)
