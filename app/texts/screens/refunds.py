"""The refund calculator."""

from app.texts.html import Text

WORTH = Text(
    "🧮 <b>Perkiraan refund</b>\n\n🧾 <code>{invoice}</code>\n🏷 {name}\n💰 Dibayar: {paid}\n"
    "📅 Dipakai: {days} dari {most_days} hari\n🛡 Klaim garansi: {claims}\n"
    "✖️ Bagian yang kembali: {factor}%\n\nRefund: <b>{amount}</b>"
)
REFUNDED = Text(
    "↩️ <b>Dana sudah dikembalikan</b>\n\n🧾 <code>{invoice}</code>\n🏷 {name}\n"
    "💰 {amount} masuk ke saldo pada {at}."
)
NOT_DELIVERED = Text(
    "🧮 Refund dihitung sejak produk dikirim. Pesanan <code>{invoice}</code>: <b>{state}</b>."
)
