"""What the stand-ins know when the demo is opened first: people, pictures, and a payment that is wrong."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from PIL import Image, ImageDraw, ImageFont

from app.local import cast
from app.sandbox import pakasir, telegram
from app.sandbox.chat import people
from app.sandbox.telegram import files, stickers
from app.sandbox.telegram.params import Upload
from app.sandbox.telegram.records import User
from app.sandbox.telegram.state import State

KIND, BEGUN = "prepared", "begun"
REGULARS = (people.ADMIN_ID, people.RESELLER_ID)
WIDTH, HEIGHT, LETTERS = 640, 400, 72
WRITE = "KIRIM PESAN"


@dataclass(frozen=True)
class Prepared:
    """The payment whose amount is not what its order asks for, as the gateway names it."""

    invoice: str
    txn_id: str


def fill(messenger: telegram.StandIn, gateway: pakasir.StandIn) -> Prepared:
    """At the first time; later only say what was prepared then."""
    known = messenger.state.store.one(KIND, "")
    if known is None:
        _add_files(messenger.state)
        _add_people(messenger.state)
        known = {"invoice": f"TRX{datetime.now(UTC):%Y%m%d}BEDA22"}
        known["txn_id"] = gateway.was_paid(known["invoice"], cast.PAID).txn_id
        messenger.state.store.put(KIND, "", known)
    return Prepared(**known)


def begin(messenger: telegram.StandIn) -> None:
    """The shop is open for the first time: who runs it says hello, and customers write."""
    if messenger.state.store.one(BEGUN, ""):
        return
    messenger.state.store.put(BEGUN, "", {"begun": True})
    for user_id in REGULARS:
        user = messenger.state.users[user_id]
        messenger.person(user_id, user.first_name, user.username).start()
    for user_id, text in cast.LETTERS:
        writer = messenger.person(user_id, *cast.CUSTOMERS[user_id])
        for line in (WRITE, text):
            writer.send_text(line)


def _add_people(state: State) -> None:
    """All have written to the bot some time ago: it may write to them."""
    for user_id, (name, username) in cast.CUSTOMERS.items():
        state.add_user(User(user_id, name, username, started=True))
    for user_id in REGULARS:
        state.users[user_id].started = True
        state.keep(state.users[user_id])


def _add_files(state: State) -> None:
    for product, (words, light, dark) in cast.PICTURES.items():
        picture = Upload("product.jpg", _card(words, light, dark), "image/jpeg")
        files.add(state, picture, "photo", cast.picture(product))
    poster = Upload("poster-belajar.pdf", _pdf("Rumus Matematika SMA"), "application/pdf")
    files.add(state, poster, "document", cast.DOCUMENT)
    for file_id, (_, light, dark) in zip(cast.STICKERS, cast.PICTURES.values(), strict=False):
        files.add_sticker(state, file_id, stickers.bag(light, dark), "🛍")


def _card(words: str, light: str, dark: str) -> bytes:
    """A plain picture with the product's name on it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), light)
    pen = ImageDraw.Draw(image)
    pen.polygon([(0, HEIGHT), (WIDTH, HEIGHT), (WIDTH, HEIGHT // 3)], fill=dark)
    font = ImageFont.load_default(LETTERS)
    pen.text((WIDTH // 2, HEIGHT // 2), words, fill="#ffffff", font=font, anchor="mm")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _pdf(words: str) -> bytes:
    """The smallest file that readers open."""
    image = Image.new("RGB", (595, 842), "#ffffff")
    ImageDraw.Draw(image).text((60, 60), words, fill="#111111", font=ImageFont.load_default(28))
    out = io.BytesIO()
    image.save(out, "PDF")
    return out.getvalue()
