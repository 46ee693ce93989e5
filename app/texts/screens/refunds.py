"""The refund calculator."""

from app.texts.html import Text

WORTH = Text(
    "🧮 <b>Perkiraan refund</b>\n\n🧾 <code>{invoice}</code>\n🏷 {name}\n💰 Dibayar: {paid}\n"
    "📅 Dipakai: {days} dari {most_days} hari\n🛡 Klaim garansi: {claims}\n✖️ Faktor: {factor}\n\n"
    "Refund: <b>{amount}</b>{refunded}"
)
REFUNDED = Text("\n\nℹ️ Pesanan ini sudah pernah dikembalikan dananya.")
NOT_DELIVERED = Text(
    "🧮 Refund dihitung sejak produk dikirim. Pesanan <code>{invoice}</code>: <b>{state}</b>."
)
