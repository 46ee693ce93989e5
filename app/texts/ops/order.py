"""One order: whether it has arrived, and if not, why; and what can be done for it."""

from app.texts.html import Text

#: The answer to the question that a buyer asks, above everything else.
ARRIVED = Text("✅ Sudah sampai ke pembeli, {at}.")
ARRIVED_PERHAPS = Text(
    "🤔 Sudah dikirim {at}, tapi {unsure} dari {messages} pesan belum pasti sampai. Kirim ulang kalau "
    "pembeli belum menerimanya."
)
SENDING = Text("⏳ Belum sampai: sudah dibayar, produknya sedang dikirim.")
TRIED = Text("⏳ Belum sampai: pengirimannya gagal {count}×, dicoba lagi {at}.")
FAILED = Text(
    "❌ Belum sampai: pengirimannya gagal {at} setelah {count} percobaan: {cause}. Tekan <b>Kirim "
    "Ulang</b> setelah sebabnya beres."
)
UNREACHABLE = Text(
    "📵 Belum sampai: pembeli memblokir bot atau menghapus akunnya. Produknya dikirim begitu dia menulis "
    "lagi."
)
STUCK = Text("❌ Belum sampai, dan tidak ada yang mengirimkannya. Tekan <b>Kirim Ulang</b>.")
DOUBTED = Text("⚠️ Belum dikirim: pembayarannya tidak cocok dengan pesanan. Putuskan di bawah.")
UNPAID = Text("⏳ Belum dibayar, jadi belum dikirim. Batasnya {at}.")
ENDED = Text("✖️ Tidak dikirim: pesanan ditutup {at} tanpa pembayaran.")
CREDITED = Text("💰 Tidak dikirim: uangnya masuk ke saldo pembeli, {at}.")
DEPOSITED = Text("✅ Deposit sudah masuk ke saldo, {at}.")
DEPOSIT_UNPAID = Text("⏳ Deposit belum dibayar. Batasnya {at}.")
DEPOSIT_ENDED = Text("✖️ Deposit tidak dibayar dan ditutup {at}.")

LATE, UNREACHABLE_TAG = Text("terlambat"), Text("tidak bisa dihubungi")
BUYER, PRODUCT, TOTAL = Text("Pembeli"), Text("Nama produk"), Text("Total")
DISCOUNT, PAKASIR, CLAIMS = Text("diskon {amount}"), Text("Pakasir"), Text("Klaim garansi")

DECIDE = Text("Pembayaran tidak cocok: putuskan")
DECIDE_MEANS = Text(
    "Periksa dulu di dasbor Pakasir. Yang diterima langsung diproses, yang ditolak tidak dibukukan."
)
PAID_AMOUNT = Text("Jumlah yang benar-benar dibayar (tanpa biaya)")
AMOUNT, REASON = Text("Jumlah"), Text("Alasan")
ACCEPT, OR_REFUSE, REFUSE = Text("Terima pembayaran"), Text("Atau tolak"), Text("Tolak pembayaran")
RESEND, RECHECK, CANCEL = Text("📦 Kirim Ulang"), Text("🔎 Cek Pembayaran"), Text("✖️ Batalkan")
CANCEL_MEANS = Text("Pesanan ditutup, stoknya kembali, dan pembelinya diberi tahu.")
YES_CANCEL = Text("Ya, batalkan")
CREDIT, YES_CREDIT = Text("💰 Kembalikan ke Saldo"), Text("Kembalikan ke saldo")
CREDIT_ALL = Text(
    "Seluruh <b>{amount}</b> masuk ke saldo {name}, dan produknya tidak dikirim lagi. Ketik jumlahnya untuk "
    "memastikan."
)
CREDIT_SOME = Text("Produknya sudah sampai. Saran rumus refund: <b>{amount}</b>, paling banyak yang dibayar.")
RISK = Text(
    "Produknya mungkin sudah ada di pembeli: dari {messages} pesan, {sent} pasti terkirim dan {unsure} belum "
    "pasti."
)
ANYWAY = Text("Tetap kembalikan")
UNDER_WAY, STORY = Text("Yang sedang dikerjakan"), Text("Riwayat")
ATTEMPT = Text("percobaan ke-{number}")

#: What was done, by the word in the address of the page that says so.
DONE = {
    "asked": Text("Pakasir sedang ditanya. Muat ulang sebentar lagi."),
    "known": Text("Pakasir sudah memastikan pembayaran ini."),
    "sending": Text("Produk yang sama sedang dikirim ulang ke pembeli yang sama."),
    "under_way": Text("Pengiriman ulang sudah berjalan."),
    "moved_on": Text("Pesanan ini sudah berubah. Periksa lagi, ya."),
    "given": Text("Dananya sudah masuk ke saldo pembeli."),
    "accepted": Text("Pembayaran diterima dan pesanan diproses."),
    "refused": Text("Pembayaran ditolak, tidak ada yang dibukukan."),
    "canceled": Text("Pesanan dibatalkan dan pembelinya diberi tahu."),
}
