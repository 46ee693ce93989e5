"""Putting money into the balance."""

from app.texts.html import Text

ASK = Text(
    "💰 <b>Deposit</b>\n\nSaldo kamu: <b>{balance}</b>\n\nPilih jumlahnya, atau ketik sendiri dari {least} "
    "sampai {most}.\nContoh: <code>25000</code>, <code>Rp25.000</code>, <code>25k</code>"
)

#: As the QR of a purchase: four lines.
QR = Text(
    "🧾 <code>{invoice}</code> · Deposit {amount}\n{bill}\n"
    "⏰ Sebelum <b>{deadline}</b> ({left} menit lagi)\n{below}"
)
EXPIRED = Text(
    "⌛ <b>Waktu pembayaran habis</b>\n\nDeposit <code>{invoice}</code> ditutup dan QR-nya tidak berlaku "
    "lagi.\n\n<b>Kembali</b> membuka Deposit lagi."
)
CANCELED = Text(
    "✖️ <b>Deposit dibatalkan</b>\n\nDeposit <code>{invoice}</code> sudah kamu batalkan.\n\n"
    "<b>Kembali</b> membuka Deposit lagi."
)
CANCELED_BY_SHOP = Text(
    "✖️ <b>Deposit dibatalkan admin</b>\n\nDeposit <code>{invoice}</code> ditutup dan QR-nya tidak berlaku "
    "lagi, jadi jangan dibayar, ya. Kamu bisa mengulanginya, atau tanya lewat <b>KIRIM PESAN</b>."
)
GATEWAY = Text(
    "😔 <b>QRIS sedang terganggu</b>\n\nDeposit <code>{invoice}</code> dibatalkan dan tidak ada yang "
    "ditagih. Coba lagi nanti, ya."
)
PAGE = Text("🧾 <b>{invoice}</b>\n{state}\n\n💰 Deposit saldo: <b>{total}</b>\n💳 {method}\n\n{timeline}")
