"""What admins read in answer to their commands."""

from app.bot.html import Text

#: The right form of a command with an example, by the command's name.
FORMATS = {
    "add": Text(
        "Format: <code>/add id|nama|kategori|harga|deskripsi</code>\n"
        "Contoh: <code>/add 101|Netflix 1 Bulan|Streaming|25000|Akun pribadi, garansi 30 hari</code>\n"
        "Isi <code>-</code> untuk id (nomor terkecil yang kosong), kategori, atau deskripsi."
    ),
    "addstock": Text(
        "Format: <code>/addstock id|isi</code>, satu baris satu item\n"
        "Contoh:\n<code>/addstock 101|email1@contoh.com|sandi1\nemail2@contoh.com|sandi2</code>\n"
        "Atau kirim berkas .txt atau .csv dengan keterangan <code>/addstock 101</code>."
    ),
    "del": Text("Format: <code>/del id</code>\nContoh: <code>/del 101</code>"),
}
WRONG = Text("⚠️ {problem}\n\n{format}")
PROBLEMS = {
    "fields": Text("Bagiannya kurang, pisahkan dengan <code>|</code>."),
    "number": Text("Id harus angka 1 sampai 2147483647."),
    "name": Text("Nama harus 1 sampai {most} huruf."),
    "category": Text("Kategori paling banyak {most} huruf."),
    "price": Text("Harga harus angka 1 sampai {most}."),
    "description": Text("Deskripsi paling banyak {most} huruf."),
    "lines": Text("Belum ada item yang ditulis."),
    "long_line": Text("Ada item yang terlalu panjang, paling banyak {most} huruf."),
    "file_kind": Text("Berkasnya harus .txt atau .csv."),
    "file_size": Text("Berkasnya terlalu besar, paling besar {most} MB."),
    "file_text": Text("Berkasnya bukan teks UTF-8."),
    "file_lost": Text("Berkasnya tidak bisa diunduh dari Telegram. Coba kirim lagi."),
}

ADDED = Text(
    "✅ Produk <b>{number}</b> ditambahkan.\n\n🏷 {name}\n🗂 {category}\n💵 {price}\n\n"
    "Isi stoknya: <code>/addstock {number}|…</code>"
)
RETIRED = Text("🗑 Produk <b>{number}</b> ({name}) tidak dijual lagi. Riwayat dan stok sisanya tetap ada.")
STOCKED = Text(
    "✅ <b>{number}</b> · {name}\nDitambahkan: <b>{added}</b>\nDuplikat: <b>{duplicates}</b>\n"
    "Stok sekarang: <b>{available}</b>"
)
READING = Text("📄 Berkas diterima, stok produk <b>{number}</b> sedang diisi…")
