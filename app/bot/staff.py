"""The table of routes.py for what staff do next: the buttons under notices, of people's pages, and what is
typed after them."""

from __future__ import annotations

from app.bot import notices
from app.bot.admin import balances, editing, goods, people, roles, stock, wording
from app.bot.toolkit.callbacks import CHECKSUM, ID, NUMBER, PAGE, PRODUCT
from app.bot.toolkit.handlers import Input, LeavesTo, Opens, Press
from app.bot.toolkit.turn import Render
from app.texts import languages

#: Which of them, by its place.
_LANGUAGE = range(len(languages.NAMES))

SCREENS: dict[str, Render] = {
    "write_to": people.write_to,
    "orders_of": people.orders_of,
    "add_balance": balances.amount_question,
    "ban_ask": roles.ask_ban,
    "fill": stock.fill,
    "send_photo": editing.picture_question,
    "send_file": goods.send_file,
    "lost_file": goods.lost_file,
    "stock_notice": notices.stock_again,
    "photo_notice": notices.again("photo_lost"),
    "file_notice": notices.again("file_lost"),
    "words": wording.topics,
    "words_topic": wording.topic,
    "words_found": wording.found,
    "words_question": wording.question,
    "word": wording.sentence,
}

INPUTS: dict[str, Input] = {
    people.WRITE: Input(
        people.take_message, "write_to", ("user",), leave=people.leave, own_words=True, for_admins=True
    ),
    balances.ADD: Input(
        balances.take_amount, "add_balance", ("user",), leave=people.leave, own_words=True, for_admins=True
    ),
    stock.FILL_IT: Input(
        stock.take_fill, "fill", ("product",), leave=LeavesTo("stock_notice", "product"),
        media=True, for_admins=True,
    ),
    editing.PICTURE: Input(
        editing.take_picture, "send_photo", ("product",), leave=LeavesTo("photo_notice", "product"),
        media=True, for_admins=True,
    ),
    goods.LOST_FILE: Input(
        goods.take_lost_file, "lost_file", ("product",), leave=LeavesTo("file_notice", "product"),
        media=True, for_admins=True,
    ),
    wording.INPUT: Input(
        wording.take, "words_question", ("mark", "language"), leave=wording.leave,
        own_words=True, for_admins=True,
    ),
}  # fmt: skip

PRESSES: dict[str, Press] = {
    "person": Press(Opens("person"), (ID,)),
    "write_to": Press(people.ask_write, (ID,), asks=True),
    "orders_of": Press(Opens("orders_of"), (ID, PAGE)),
    "add_balance": Press(balances.ask_amount, (ID,), asks=True),
    "ban_ask": Press(Opens("ban_ask"), (ID,)),
    "ban": Press(roles.ban_now, (ID,)),
    "unban": Press(roles.unban_now, (ID,)),
    "fill": Press(stock.ask_fill, (PRODUCT,), asks=True),
    "send_photo": Press(editing.ask_picture, (PRODUCT,), asks=True),
    "send_file": Press(goods.ask_shared_file, (PRODUCT,), asks=True),
    "stock_notice": Press(Opens("stock_notice"), (PRODUCT,)),
    "photo_notice": Press(Opens("photo_notice"), (PRODUCT,)),
    "file_notice": Press(Opens("file_notice"), (PRODUCT,)),
    "words": Press(Opens("words")),
    "words_topic": Press(Opens("words_topic"), (NUMBER, PAGE)),
    "word": Press(Opens("word"), (CHECKSUM, _LANGUAGE)),
    "words_change": Press(wording.change, (CHECKSUM, _LANGUAGE), asks=True),
    "words_restore": Press(wording.restore, (CHECKSUM, _LANGUAGE)),
    "export": Press(goods.export_now, (PRODUCT,)),
}
