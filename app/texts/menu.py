"""The menu of commands that Telegram shows beside the input field, and what the bot says of itself."""

from app.texts.html import Label, Text

#: In the empty chat above Start; in the profile, and where the bot is shared.
DESCRIPTION = Text(
    "🛍 {store}: produk digital, bayar dengan QRIS atau saldo, dikirim otomatis di chat ini, 24 jam.\n\n"
    "Tekan Mulai untuk melihat produknya."
)
SHORT_DESCRIPTION = Text("{store}: produk digital, bayar QRIS atau saldo, langsung dikirim otomatis.")

BUYERS = {
    "start": Label("Buka toko"),
    "stock": Label("Lihat stok semua produk"),
    "order": Label("Cara memesan"),
    "refund": Label("Hitung pengembalian dana"),
    "mydata": Label("Unduh dataku"),
    "forgetme": Label("Hapus data pribadiku"),
    "help": Label("Bantuan"),
}
STAFF = {
    "add": Label("Tambah produk"),
    "addstock": Label("Isi stok"),
    "addfile": Label("Isi stok dengan berkas atau stiker"),
    "del": Label("Hentikan penjualan produk"),
    "delstock": Label("Hapus satu item stok"),
    "delallstock": Label("Hapus semua stok produk"),
    "exportstock": Label("Unduh stok yang belum terjual"),
    "editid": Label("Ubah nomor produk"),
    "editname": Label("Ubah nama produk"),
    "editdesc": Label("Ubah deskripsi produk"),
    "editprice": Label("Ubah harga produk"),
    "editcategory": Label("Ubah kategori produk"),
    "editsold": Label("Ubah jumlah terjual"),
    "slot": Label("Bagi satu akun untuk beberapa pembeli"),
    "photo": Label("Pasang foto produk"),
    "disc": Label("Diskon produk"),
    "discat": Label("Diskon kategori"),
    "priceress": Label("Harga reseller"),
    "garansi": Label("Lama garansi produk"),
    "klaim": Label("Klaim garansi yang menunggu"),
    "info": Label("Lihat pengguna"),
    "pm": Label("Kirim pesan ke pengguna"),
    "transfer": Label("Tambah saldo pengguna"),
    "editbalance": Label("Tetapkan saldo pengguna"),
    "ban": Label("Blokir pengguna"),
    "unban": Label("Buka blokir pengguna"),
    "addadmin": Label("Jadikan admin"),
    "rmadmin": Label("Cabut peran admin"),
    "addreseller": Label("Jadikan reseller"),
    "rmress": Label("Cabut peran reseller"),
    "whitelist": Label("Kirim pemberitahuan ke grup ini"),
    "channel": Label("Kanal untuk testimoni"),
    "testimoni": Label("Lihat testimoni pembeli"),
    "rm": Label("Hentikan pemberitahuan ke grup ini"),
    "broadcast": Label("Kirim pesan ke semua pengguna"),
    "giveaway": Label("Bagikan voucher"),
    "setformula": Label("Ubah rumus refund"),
    "order": Label("Riwayat sebuah pesanan"),
    "pending": Label("Pembayaran yang masih terbuka"),
    "dead": Label("Yang gagal diproses"),
    "stats": Label("Statistik penjualan"),
    "export": Label("Unduh penjualan sebulan"),
    "teks": Label("Ubah kalimat toko"),
    "lowstock": Label("Batas stok menipis"),
    "maintenance": Label("Mode perawatan on/off"),
    "version": Label("Versi yang berjalan"),
    "help": Label("Semua perintah dan angka hari ini"),
}
