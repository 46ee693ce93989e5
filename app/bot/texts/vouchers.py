"""Vouchers as buyers meet them."""

from app.bot.toolkit.html import Text

ASK = Text(
    "🎟 <b>Gunakan Voucher</b>\n\nKetik kode vouchernya, misalnya <code>ABCDE-23456</code>.\n"
    "Satu voucher untuk satu pesanan."
)
ASK_AGAIN = Text("⚠️ {problem}\n\n{question}")
APPLIED = Text("🎟 Voucher <code>{code}</code>: -{amount}\nSetelah voucher: {total}\n")
FREE = Text(
    "\n🎁 Vouchernya menutup seluruh harga. Tekan <b>QRIS</b> atau <b>SALDO</b>, produk langsung dikirim.\n"
)
TOO_LITTLE_FOR_QRIS = Text("\n⚠️ QRIS mulai dari {least}. Untuk total ini pakai <b>SALDO</b>, ya.\n")

UNKNOWN = Text("Kode voucher itu tidak dikenal. Periksa lagi tulisannya, ya.")
USED = Text("Voucher itu sudah dipakai.")
EXPIRED = Text("Voucher itu sudah lewat masa berlakunya.")
PAUSED = Text("Kamu baru saja memakai voucher. Voucher berikutnya bisa dipakai mulai {until}.")
