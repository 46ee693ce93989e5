"""From the product to the money."""

from app.texts.html import Text

APPLIED = Text("🎟 Voucher <code>{code}</code>: -{amount}\nSetelah voucher: {total}\n")
FREE = Text(
    "\n🎁 Vouchernya menutup seluruh harga. Tekan <b>QRIS</b> atau <b>SALDO</b>, produk langsung dikirim.\n"
)
TOO_LITTLE_FOR_QRIS = Text("\n⚠️ QRIS mulai dari {least}. Untuk total ini pakai <b>SALDO</b>, ya.\n")

SUMMARY = Text(
    "🧾 <b>Ringkasan pesanan</b>\n\n🏷 {name}\n🔢 {quantity} × {price}\n\n"
    "Subtotal: {subtotal}\n{discount}Biaya QRIS: {fee}\n💰 <b>Total QRIS: {payable}</b>\n\n"
    "<i>Bayar dengan saldo tanpa biaya.</i>\n{hint}\nBayar pakai apa?"
)
SUMMARY_ESTIMATED = Text(
    "🧾 <b>Ringkasan pesanan</b>\n\n🏷 {name}\n🔢 {quantity} × {price}\n\n"
    "Subtotal: {subtotal}\n{discount}Perkiraan biaya QRIS: ± {fee}\n💰 <b>Total QRIS: ± {payable}</b>\n\n"
    "<i>Biaya QRIS yang pasti tertera di QR. Bayar dengan saldo tanpa biaya.</i>\n{hint}\nBayar pakai apa?"
)
BALANCE = Text(
    "💳 <b>Bayar dengan saldo</b>\n\n🏷 {name}\n🔢 {quantity} × {price}\n"
    "{voucher}💰 Total: <b>{total}</b>\n\nSaldo kamu: {balance}\n{outcome}"
)
TOO_MUCH_FOR_QRIS = Text(
    "\n⚠️ QRIS paling banyak {most} sekali bayar. Untuk total ini pakai <b>SALDO</b>, "
    "yang bisa diisi dengan beberapa deposit.\n"
)
REST = Text("Sisa saldo nanti: {rest}\n\nLanjut bayar?")
MISSING = Text("\n😔 Saldo belum cukup, kurang <b>{missing}</b>.")

PREPARING = Text(
    "⏳ <b>QR sedang disiapkan…</b>\n\nPesanan <code>{invoice}</code>\n"
    "Tunggu sebentar, ya. QR muncul di sini."
)

STILL_OPEN = Text("Kamu masih punya pesanan {invoice} yang belum dibayar. QR-nya dikirim lagi di bawah.")
OPEN_BELOW = Text("Pesanan {invoice} sudah dibuat. Lihat QR-nya di bawah, ya.")
ON_ITS_WAY = Text("QR pesanan {invoice} sedang disiapkan.")
ENDED = Text("Pesanan {invoice} sudah {state}. Ini ringkasan yang baru.")
ALREADY_BOUGHT = Text("Pesanan {invoice} sudah diproses. Cek di AKUN, Riwayat Transaksi.")
CHECKING = Text("Pembayaran sedang dicek…")
ALREADY_PAID = Text("Pembayaran sudah diterima.")
CANCELED = Text("Pesanan dibatalkan.")
