"""How to order."""

from app.texts.html import Text

GUIDE = Text(
    "📖 <b>Cara pesan di {store}</b>\n\n"
    "1. Tekan <b>LIST PRODUK</b>, atau ketik nomor produk.\n"
    "2. Atur jumlah, lalu <b>Lanjut ke pembayaran</b>.\n"
    "3. Pilih <b>QRIS</b> dan pindai QR-nya, atau pakai <b>SALDO</b>.\n"
    "4. Produk dikirim otomatis di chat ini.\n\n"
    "Pesananmu ada di <b>AKUN</b>, <b>Riwayat Transaksi</b>.{docs}"
)
DOCS = Text("\n\nPanduan lengkap: {url}")
