"""What admins read in answer to their commands."""

from app.bot.toolkit.html import Text

#: The right form of a command with an example, by the command's name.
FORMATS = {
    "add": Text(
        "Format: <code>/add id|nama|kategori|harga|deskripsi</code>\n"
        "Contoh: <code>/add 101|Netflix 1 Bulan|Streaming|25000|Akun pribadi, garansi 30 hari</code>\n"
        "Isi <code>-</code> untuk id (nomor terkecil yang kosong), kategori, atau deskripsi."
    ),
    "addstock": Text(
        "Format: <code>/addstock id|isi</code>, satu baris satu item; nomornya boleh di baris pertama saja\n"
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
    "long_line": Text("Baris {lines} terlalu panjang, paling banyak {most} huruf."),
    "odd": Text(
        "Baris {lines} berisi karakter yang tidak terbaca ({seen}). Perbaiki dulu, lalu kirim lagi. "
        "Belum ada yang ditambahkan."
    ),
    "quote": Text(
        'Tanda kutip (") di baris {lines} tidak ditutup di akhir selnya. Satu baris harus satu item. '
        "Perbaiki dulu, lalu kirim lagi, atau kirim sebagai .txt. Belum ada yang ditambahkan."
    ),
    "file_kind": Text("Berkasnya harus .txt atau .csv."),
    "file_sheet": Text(
        "Itu berkas lembar kerja (Excel). Simpan dulu sebagai CSV (<i>File → Save As → CSV</i>), lalu kirim "
        "berkas .csv-nya."
    ),
    "file_size": Text("Berkasnya terlalu besar, paling besar {most} MB. Bagi jadi beberapa berkas, ya."),
    "file_lines": Text(
        "Isinya terlalu banyak, paling banyak {most} item sekali kirim. Bagi jadi beberapa berkas, ya. "
        "Belum ada yang ditambahkan."
    ),
    "file_text": Text("Berkasnya bukan teks yang bisa dibaca (UTF-8, UTF-16, atau Windows-1252)."),
    "file_damaged": Text(
        "Baris {lines} berisi huruf yang rusak. Simpan lagi sebagai UTF-8, lalu kirim ulang. "
        "Belum ada yang ditambahkan."
    ),
    "file_lost": Text("Berkasnya tidak bisa diunduh dari Telegram. Coba kirim lagi."),
}

ADDED = Text(
    "✅ Produk <b>{number}</b> ditambahkan.\n\n🏷 {name}\n🗂 {category}\n💵 {price}\n\n"
    "Isi stoknya: <code>/addstock {number}|…</code>"
)
NUMBER_RETIRED = Text(
    "Nomor <b>{number}</b> milik produk yang sudah tidak dijual: {name}.\n\n"
    "Jual lagi produk itu, atau simpan yang baru dengan nomor <b>{free}</b>?"
)
BRING_BACK, USE_FREE = Text("Jual lagi {name}"), Text("Pakai nomor {free}")
RETIRED = Text("🗑 Produk <b>{number}</b> ({name}) tidak dijual lagi. Riwayat dan stok sisanya tetap ada.")
STOCKED = Text(
    "✅ <b>{number}</b> · {name}\nDitambahkan: <b>{added}</b>\nDuplikat: <b>{duplicates}</b>\n"
    "Stok sekarang: <b>{available}</b>{heading}"
)
READING = Text("📄 Berkas diterima, stok produk <b>{number}</b> sedang diisi…")
HEADING = Text("\n\nBaris pertama hanya judul kolom, jadi tidak ikut ditambahkan.")
ASK_STOCK = Text(
    "📦 Tambahkan <b>{total}</b> item ke <b>{number}</b> · {name}?\n\nYang pertama:\n{first}\n"
    "Kembar di dalamnya: <b>{twins}</b>{heading}"
)
#: Said below the question.
NOTES = {
    "formatted": Text(
        "\n⚠️ Sebagian isinya berformat (tebal, monospace, …), jadi tanda seperti <code>**</code> atau "
        "<code>`</code> tidak ikut ditambahkan. Kalau tanda itu memang bagian dari isinya, tekan Batal lalu "
        "kirim sebagai berkas .txt."
    ),
    "cut": Text(
        "\n✂️ Pesanmu penuh sampai batas Telegram, jadi mungkin terpotong. Sisanya kutunggu: kirim saja. "
        "Belum ada yang ditambahkan; kalau sudah semua, tekan Tambahkan."
    ),
    "cut_in_group": Text(
        "\n✂️ Pesanmu penuh sampai batas Telegram, jadi mungkin terpotong, dan di grup sisanya tidak "
        "terbaca olehku. Kalau terpotong, tekan Batal lalu kirim sebagai berkas .txt."
    ),
    "joined": Text(
        "\n✂️ Pesan yang terpotong sudah disambung. Cek dulu baris di sekitar potongannya; kalau keliru, "
        "tekan Batal lalu kirim sebagai berkas .txt."
    ),
}
SEAM = Text("<code>{line}</code>")
MASKED_LINE = Text("<code>{line}</code>")
ADDING = Text("⏳ <b>{number}</b> · {name}\nSedang ditambahkan: <b>{done}</b> dari <b>{total}</b> item…")
NOT_ADDED = Text("Tidak jadi: {left} item untuk <b>{number}</b> · {name} tidak ditambahkan.{already}")
ADDED_BEFORE = Text(" Yang sudah masuk: <b>{added}</b>.")
TAKEN_BACK = Text(
    "↩️ <b>{number}</b> · {name}\nDari <b>{added}</b> item yang ditambahkan, yang belum laku ditarik lagi.\n"
    "Stok sekarang: <b>{available}</b>"
)
#: Toasts.
BATCH_OVER = Text("Yang ini sudah selesai diproses.")
BATCH_BACK = Text("{count} item ditarik lagi.")
ADD_THEM, DROP_THEM, UNDO = "Tambahkan", "Batal", "Urungkan"
