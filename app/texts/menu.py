"""The menu of commands that Telegram shows beside the input field, and what the bot says of itself."""

from app.texts.html import Text

#: In the empty chat above Start; in the profile, and where the bot is shared.
DESCRIPTION = Text(
    "🛍 {store}: produk digital, bayar dengan QRIS atau saldo, dikirim otomatis di chat ini, 24 jam.\n\n"
    "Tekan Mulai untuk melihat produknya."
)
SHORT_DESCRIPTION = Text("{store}: produk digital, bayar QRIS atau saldo, langsung dikirim otomatis.")

BUYERS = {
    "start": "Buka toko",
    "stock": "Lihat stok semua produk",
    "order": "Cara memesan",
    "refund": "Hitung pengembalian dana",
    "mydata": "Unduh dataku",
    "forgetme": "Hapus data pribadiku",
    "help": "Bantuan",
}
STAFF = {
    "add": "Tambah produk",
    "addstock": "Isi stok",
    "addfile": "Isi stok dengan berkas atau stiker",
    "del": "Hentikan penjualan produk",
    "delstock": "Hapus satu item stok",
    "delallstock": "Hapus semua stok produk",
    "exportstock": "Unduh stok yang belum terjual",
    "editid": "Ubah nomor produk",
    "editname": "Ubah nama produk",
    "editdesc": "Ubah deskripsi produk",
    "editprice": "Ubah harga produk",
    "editcategory": "Ubah kategori produk",
    "editsold": "Ubah jumlah terjual",
    "slot": "Bagi satu akun untuk beberapa pembeli",
    "photo": "Pasang foto produk",
    "disc": "Diskon produk",
    "discat": "Diskon kategori",
    "priceress": "Harga reseller",
    "garansi": "Lama garansi produk",
    "klaim": "Klaim garansi yang menunggu",
    "info": "Lihat pengguna",
    "pm": "Kirim pesan ke pengguna",
    "transfer": "Tambah saldo pengguna",
    "editbalance": "Tetapkan saldo pengguna",
    "ban": "Blokir pengguna",
    "unban": "Buka blokir pengguna",
    "addadmin": "Jadikan admin",
    "rmadmin": "Cabut peran admin",
    "addreseller": "Jadikan reseller",
    "rmress": "Cabut peran reseller",
    "whitelist": "Kirim pemberitahuan ke grup ini",
    "channel": "Kanal untuk testimoni",
    "testimoni": "Lihat testimoni pembeli",
    "rm": "Hentikan pemberitahuan ke grup ini",
    "broadcast": "Kirim pesan ke semua pengguna",
    "giveaway": "Bagikan voucher",
    "setformula": "Ubah rumus refund",
    "order": "Riwayat sebuah pesanan",
    "pending": "Pembayaran yang masih terbuka",
    "dead": "Yang gagal diproses",
    "stats": "Statistik penjualan",
    "export": "Unduh penjualan sebulan",
    "teks": "Ubah kalimat toko",
    "lowstock": "Batas stok menipis",
    "maintenance": "Mode perawatan on/off",
    "version": "Versi yang berjalan",
    "help": "Semua perintah dan angka hari ini",
}
