"""What the peer shows: the same pages and buttons as the shop."""

from __future__ import annotations

import io
from html import escape

import segno
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.bench.peer.store import Row

STEPS = (("-", -1), ("+", 1), ("+2", 2), ("+5", 5), ("+10", 10))

Screen = tuple[str, InlineKeyboardMarkup]


def product(found: Row, wanted: int) -> Screen:
    quantity = min(max(wanted, 1), found["available"])
    steps = [_button(label, f"product:{found['id']}:{max(1, quantity + by)}") for label, by in STEPS]
    on = _button("Lanjut ke pembayaran", f"summary:{found['id']}:{quantity}")
    return (
        f"🏷 <b>{escape(found['name'])}</b>\nNomor {found['id']}\n\n"
        f"💵 Harga: <b>{rupiah(found['price'])}</b>\n"
        f"📦 Stok: {found['available']}\n🔥 Terjual: {found['sold']}\n\n🔢 Jumlah: <b>{quantity}</b>\n"
        f"💰 Total: <b>{rupiah(found['price'] * quantity)}</b>",
        InlineKeyboardMarkup([steps, [on], [_button("Batalkan", "home")]]),
    )


def summary(found: Row, quantity: int) -> Screen:
    return (
        f"🧾 <b>{escape(found['name'])}</b> × {quantity}\n"
        f"💰 Total: <b>{rupiah(found['price'] * quantity)}</b>",
        InlineKeyboardMarkup([[_button("QRIS", f"pay:{found['id']}:{quantity}")]]),
    )


def qr(invoice: str, total: int, qr_string: str) -> tuple[bytes, str, InlineKeyboardMarkup]:
    picture = io.BytesIO()
    segno.make(qr_string).save(picture, kind="png", scale=8)
    buttons = InlineKeyboardMarkup([[_button("Status Pembayaran", f"status:{invoice}")]])
    return picture.getvalue(), f"📲 {invoice}\nBayar <b>{rupiah(total)}</b> dengan QRIS.", buttons


def goods(invoice: str, items: list[str]) -> str:
    lines = "\n\n".join(f"<code>{escape(item)}</code>" for item in items)
    return f"🎉 Terima kasih! Ini pesanan {invoice}:\n\n{lines}"


def paid(invoice: str) -> str:
    return f"✅ {invoice} sudah dibayar."


def rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
