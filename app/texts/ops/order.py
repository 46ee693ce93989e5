"""Whether an order has arrived, and if not, why."""

from app.texts.html import Text

#: The answer to the question that a buyer asks, above everything else.
ARRIVED = Text("✅ Sudah sampai ke pembeli, {at}.")
ARRIVED_PERHAPS = Text(
    "🤔 Sudah dikirim {at}, tapi {unsure} dari {messages} pesan belum pasti sampai. Kirim ulang kalau "
    "pembeli belum menerimanya."
)
SENDING = Text("⏳ Belum sampai: sudah dibayar, produknya sedang dikirim.")
TRIED = Text("⏳ Belum sampai: pengirimannya gagal {count}×, dicoba lagi {at}.")
FAILED = Text("❌ Belum sampai: pengirimannya gagal. Tekan <b>Kirim Ulang</b> setelah sebabnya beres.")
FAILED_BECAUSE = Text(
    "❌ Belum sampai: pengirimannya gagal (<code>{error}</code>). Tekan <b>Kirim Ulang</b> setelah sebabnya "
    "beres."
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
