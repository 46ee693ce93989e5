"""Putting money into the balance."""

from app.texts.html import Text

ASK = Text(
    "💰 <b>Deposit</b>\n\nSaldo kamu: <b>{balance}</b>\n\nPilih jumlahnya, atau ketik sendiri dari {least} "
    "sampai {most}.\nContoh: <code>25000</code>, <code>Rp25.000</code>, <code>25k</code>"
)

QR = Text(
    "🧾 <code>{invoice}</code>\n💰 Deposit saldo\n\nMasuk ke saldo: {subtotal}\nBiaya QRIS: {fee}\n"
    "💰 <b>Total: {total}</b>\n\n⏰ Bayar sebelum <b>{deadline}</b>\n"
    "Pindai QR dengan aplikasi bank atau e-wallet. Saldo bertambah otomatis.{checked}"
)
GATEWAY = Text(
    "😔 <b>QRIS sedang terganggu</b>\n\nDeposit <code>{invoice}</code> dibatalkan dan tidak ada yang "
    "ditagih. Coba lagi nanti, ya."
)
PAGE = Text("🧾 <b>{invoice}</b>\n{state}\n\n💰 Deposit saldo: <b>{total}</b>\n💳 {method}\n\n{timeline}")
