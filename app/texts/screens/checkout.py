"""From the product to the money."""

from app.texts.html import Text

SUMMARY = Text(
    "🧾 Ringkasan: <b>{name}</b>\n🔢 {quantity} × {price} · Subtotal: {subtotal}{discount}{voucher}\n{ways}"
)
DISCOUNT = Text(" · Diskon: -{discount}")
VOUCHER = Text(" · Voucher <code>{code}</code>: -{amount}")
BY_QRIS = Text("💳 QRIS <b>{payable}</b> (biaya {fee})")
BY_QRIS_ESTIMATED = Text("💳 QRIS <b>± {payable}</b> (perkiraan biaya ± {fee})")
BY_QRIS_ALONE = Text("💳 QRIS <b>{payable}</b>")
TOO_LITTLE_FOR_QRIS = Text("💳 QRIS mulai dari {least}. Untuk total ini pakai <b>SALDO</b>, ya.")
TOO_MUCH_FOR_QRIS = Text(
    "💳 QRIS paling banyak {most} sekali bayar. Pakai <b>SALDO</b>, yang bisa diisi dengan beberapa deposit."
)
BY_BALANCE = Text("💰 Saldo <b>{total}</b>, saldomu {balance}")
FREE = Text("🎁 <b>Gratis</b>: vouchernya menutup seluruh harga.")
AT_ONCE = Text("Tekan <b>QRIS</b> atau <b>SALDO</b>, produk langsung dikirim.")
LOST = Text("⚠️ Sisa nilai voucher {lost} hangus kalau dipakai di sini.")

BALANCE = Text(
    "💳 <b>Bayar dengan saldo</b>\n\n🏷 {name}\n🔢 {quantity} × {price}{voucher}\n💰 Total: <b>{total}</b>\n\n"
    "Saldo kamu: {balance}\n{outcome}"
)
REST = Text("Sisa saldo nanti: {rest}\n\nLanjut bayar?")
MISSING = Text(
    "😔 Saldo belum cukup, kurang <b>{missing}</b>.\n\nIsi lewat QRIS; begitu dibayar, kamu langsung "
    "kembali ke pembelian ini."
)

PREPARING = Text(
    "⏳ <b>QR sedang disiapkan…</b>\n\nPesanan <code>{invoice}</code>\n"
    "Tunggu sebentar, ya. QR muncul di sini."
)

SLOW = Text(
    "⏳ <b>QR masih dibuat…</b>\n\nPesanan <code>{invoice}</code>\n"
    "Pakasir, yang membuat QR-nya, sedang lambat atau ramai. Tunggu beberapa detik lagi, ya. Kalau tetap "
    "tidak bisa, pesanan ini dibatalkan sendiri dan tidak ada yang ditagih."
)

STILL_OPEN = Text("Kamu masih punya pesanan {invoice} yang belum dibayar. QR-nya dikirim lagi di bawah.")
OPEN_BELOW = Text("Pesanan {invoice} sudah dibuat. Lihat QR-nya di bawah, ya.")
ON_ITS_WAY = Text("QR pesanan {invoice} sedang disiapkan.")
ENDED = Text("Pesanan {invoice} sudah {state}. Ini ringkasan yang baru.")
ALREADY_BOUGHT = Text("Pesanan {invoice} sudah diproses. Cek di AKUN, Riwayat Transaksi.")
CHECKING = Text("Pembayaran sedang dicek…")
ALREADY_PAID = Text("Pembayaran sudah diterima.")
CANCELED = Text("Pesanan dibatalkan.")
