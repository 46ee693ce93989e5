"""python-telegram-bot works against the stand-in, and people see what it does."""

import asyncio
import io

import pytest
import telegram as library
from PIL import Image

from app.sandbox.telegram import StandIn
from tests.support.bot_api import TOKEN
from tests.support.people import Someone


@pytest.fixture
def call(telegram: StandIn):
    """Run one coroutine with a started `telegram.Bot`."""

    def run(steps):
        async def work():
            base = {"base_url": f"{telegram.url}/bot", "base_file_url": f"{telegram.url}/file/bot"}
            async with library.Bot(TOKEN, **base) as bot:
                return await steps(bot)

        return asyncio.run(work())

    return run


def test_it_sends_edits_and_deletes(call, alice):
    async def steps(bot):
        keyboard = library.InlineKeyboardMarkup([[library.InlineKeyboardButton("A", callback_data="a")]])
        sent = await bot.send_message(1, "<b>Hi</b>", parse_mode="HTML", reply_markup=keyboard)
        edited = await bot.edit_message_text("Ho", 1, sent.message_id)
        gone = await bot.send_message(1, "Bye")
        await gone.delete()
        return sent, edited

    sent, edited = call(steps)

    assert (sent.text, sent.entities[0].type, edited.text) == ("Hi", "bold", "Ho")
    assert [each.text for each in alice.messages()] == ["/start", "Ho"]


def test_it_sends_photos_documents_stickers_and_albums(call, telegram, alice):
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "teal").save(out, "PNG")
    sticker = telegram.sticker("STICKER", out.getvalue(), "👋")

    async def steps(bot):
        photo = await bot.send_photo(1, out.getvalue(), caption="QR", filename="qris.png")
        await bot.send_document(1, b"KEY-1", filename="goods.txt")
        await bot.send_sticker(1, sticker)
        await bot.send_media_group(1, [library.InputMediaPhoto(out.getvalue())] * 2)
        return photo

    assert call(steps).photo[-1].width == 50
    kinds = [each.kind for each in alice.messages()]
    assert kinds == ["text", "photo", "document", "sticker", "photo", "photo"]


def test_it_reads_updates_of_every_kind(call, telegram, alice):
    alice.send_document("a.txt", b"a", "cap")
    alice.block()

    async def steps(bot):
        await bot.send_message(1, "unseen")

    with pytest.raises(library.error.Forbidden):
        call(steps)
    updates = call(lambda bot: bot.get_updates(timeout=1))

    assert updates[0].message.document.file_name == "a.txt"
    assert updates[1].my_chat_member.new_chat_member.status == "kicked"


def test_it_understands_the_refusals(call, telegram, alice):
    telegram.group(-5, "Staff", [alice])
    telegram.migrate(-5, -1005, alice)
    telegram.fault("sendMessage", "flood", retry_after_s=7, chat_id=1)

    with pytest.raises(library.error.ChatMigrated) as moved:
        call(lambda bot: bot.send_message(-5, "Hi"))
    with pytest.raises(library.error.RetryAfter) as flood:
        call(lambda bot: bot.send_message(1, "Hi"))

    assert moved.value.new_chat_id == -1005
    assert int(getattr(flood.value, "_retry_after", flood.value).total_seconds()) == 7


def test_it_manages_webhook_commands_chats_and_files(call, telegram, alice):
    document = alice.send_document("a.txt", b"content")

    async def steps(bot):
        await bot.set_webhook("https://shop.id/hook", secret_token="hush", max_connections=7)
        info = await bot.get_webhook_info()
        await bot.delete_webhook(drop_pending_updates=True)
        await bot.set_my_commands([("start", "Mulai")])
        chat = await bot.get_chat(1)
        file = await bot.get_file(document.file_id)
        return info, await bot.get_my_commands(), chat, await file.download_as_bytearray()

    info, commands, chat, content = call(steps)

    assert (info.url, info.max_connections, info.pending_update_count) == ("https://shop.id/hook", 7, 1)
    assert (commands[0].command, chat.username, bytes(content)) == ("start", "alice", b"content")


def test_a_person_of_a_test_taps_and_sees_the_answer(call, telegram):
    keyboard = library.InlineKeyboardMarkup([[library.InlineKeyboardButton("🛒 Beli", callback_data="b")]])

    async def answer(bot):
        for update in map(lambda each: library.Update.de_json(each, bot), telegram.take_updates()):  # noqa: C417
            if update.callback_query:
                await update.callback_query.answer("Siap")
                await update.callback_query.edit_message_text("Terjual")
            else:
                await bot.send_message(update.effective_chat.id, "Menu", reply_markup=keyboard)

    alice = Someone(telegram, 1, "Alice", drain=lambda: call(answer))
    alice.sends("/start").taps("Beli")

    assert (alice.last_message.text, alice.toast) == ("Terjual", "Siap")
