"""What is wrong with what was typed, and how it is right: `WrongFormat("command.problem")` names both."""

from app.texts.html import Text

#: Above the right form, or above the question that is asked again.
WRONG = Text("⚠️ {problem}\n\n{format}")

#: By the command, or what else was to be typed.
FORMATS = {
    "channel": Text(
        "Format: <code>/channel @nama</code>, <code>-</code> untuk berhenti\n"
        "Contoh: <code>/channel @kanaltoko</code>\n"
        "Jadikan bot ini admin kanalnya dulu, dengan izin mengirim pesan."
    ),
    "teks": Text(
        "Kirim <code>/teks</code> untuk memilih kalimat, atau cari.\nContoh: <code>/teks terima kasih</code>"
    ),
    "export": Text("Format: <code>/export tahun-bulan</code>\nContoh: <code>/export 2026-11</code>"),
    "stray_credit": Text(
        "Ketik <code>user|jumlah|alasan</code>.\nContoh: <code>@rina|25000|pesanannya hilang</code>"
    ),
    "stray_close": Text("Ketik apa yang sudah dilakukan.\nContoh: <code>Dananya dikembalikan manual</code>"),
    "accept": Text(
        "Ketik <code>jumlah|alasan</code>, atau alasannya saja kalau jumlah dari Pakasir benar.\n"
        "Contoh: <code>25000|Sudah dicek di dasbor</code>"
    ),
    "refuse": Text("Ketik alasannya.\nContoh: <code>Tidak ada dana yang masuk</code>"),
    "broadcast": Text(
        "Format: <code>/broadcast teks</code>, atau balas sebuah pesan dengan <code>/broadcast</code>, atau "
        "pakai <code>/broadcast keterangan</code> sebagai keterangan foto, video, atau berkas.\n"
        "Contoh: <code>/broadcast Promo akhir pekan: semua Netflix diskon 10%!</code>"
    ),
    "disc": Text(
        "Format: <code>/disc id|diskon</code>, dalam persen atau rupiah, 0 untuk menghapus\n"
        "Contoh: <code>/disc 101|10%</code> atau <code>/disc 101|5000</code>"
    ),
    "discat": Text(
        "Format: <code>/discat kategori|diskon</code>, dalam persen atau rupiah, 0 untuk menghapus\n"
        "Contoh: <code>/discat Streaming|15%</code>"
    ),
    "priceress": Text(
        "Format: <code>/priceress id|harga</code>, 0 untuk menghapus\n"
        "Contoh: <code>/priceress 101|45000</code>"
    ),
    "slot": Text(
        "Format: <code>/slot id|jumlah</code>: satu akun untuk sekian pembeli, 1 untuk dijual utuh\n"
        "Contoh: <code>/slot 101|5</code>"
    ),
    "editid": Text("Format: <code>/editid id|id baru</code>\nContoh: <code>/editid 101|201</code>"),
    "editname": Text(
        "Format: <code>/editname id|nama</code>\nContoh: <code>/editname 101|Netflix 1 Bulan</code>"
    ),
    "editdesc": Text(
        "Format: <code>/editdesc id|deskripsi</code>, <code>-</code> untuk mengosongkan\n"
        "Contoh: <code>/editdesc 101|Akun pribadi, garansi 30 hari</code>"
    ),
    "editprice": Text("Format: <code>/editprice id|harga</code>\nContoh: <code>/editprice 101|25000</code>"),
    "editcategory": Text(
        "Format: <code>/editcategory id|kategori</code>, <code>-</code> untuk tanpa kategori\n"
        "Contoh: <code>/editcategory 101|Streaming</code>"
    ),
    "editsold": Text("Format: <code>/editsold id|terjual</code>\nContoh: <code>/editsold 101|150</code>"),
    "photo": Text(
        "Kirim foto dengan keterangan <code>/photo id</code>, atau ketik <code>/photo id|-</code> "
        "untuk menghapusnya\nContoh: <code>/photo 101</code>"
    ),
    "garansi": Text(
        "Format: <code>/garansi id|hari</code>, 0 untuk menghapus\nContoh: <code>/garansi 101|30</code>"
    ),
    "klaim": Text("Format: <code>/klaim TRX…</code>\nContoh: <code>/klaim TRX20260301ABC234</code>"),
    "claim_refuse": Text("Ketik alasannya.\nContoh: <code>Kata sandinya diganti sendiri</code>"),
    "addfile": Text(
        "Kirim dokumen dengan keterangan <code>/addfile id</code>, atau balas dokumen atau stiker "
        "dengan itu. Satu berkas untuk semua pembeli: <code>/addfile id|tanpa batas</code>\n"
        "Contoh: <code>/addfile 101</code>"
    ),
    "delstock": Text("Format: <code>/delstock id|id stok</code>\nContoh: <code>/delstock 101|57</code>"),
    "delallstock": Text("Format: <code>/delallstock id</code>\nContoh: <code>/delallstock 101</code>"),
    "exportstock": Text("Format: <code>/exportstock id</code>\nContoh: <code>/exportstock 101</code>"),
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
    "order": Text(
        "Format: <code>/order TRX…</code>, nomor transaksi Pakasir, atau pembelinya\n"
        "Contoh: <code>/order TRX20260301ABC234</code>\nContoh: <code>/order @rina</code>\n"
        "Yang belum dibayar ada di /pending."
    ),
    "refund": Text("Format: <code>/refund TRX…</code>\nContoh: <code>/refund TRX20260301ABC234</code>"),
    "transfer": Text(
        "Format: <code>/transfer user|jumlah</code>\nContoh: <code>/transfer @rina|50000</code> "
        "atau <code>/transfer 123456789|50rb</code>"
    ),
    "editbalance": Text(
        "Format: <code>/editbalance user|saldo baru</code>\nContoh: <code>/editbalance @rina|75000</code>"
    ),
    "giveaway": Text(
        "Format: <code>/giveaway nilai|banyaknya</code>\nContoh: <code>/giveaway 10000|5</code> "
        "untuk 5 voucher senilai Rp10.000"
    ),
    "setformula": Text(
        "Format: <code>/setformula baru|lama|klaim 1-2|klaim 3|klaim lebih</code>, masing-masing 0 sampai 1\n"
        "Contoh: <code>/setformula 0.8|0.7|0.6|0.5|0.4</code>"
    ),
    "ban": Text(
        "Format: <code>/ban id</code>\nContoh: <code>/ban 123456789</code> atau <code>/ban @rina</code>"
    ),
    "unban": Text(
        "Format: <code>/unban id</code>\nContoh: <code>/unban 123456789</code> atau <code>/unban @rina</code>"
    ),
    "addadmin": Text(
        "Format: <code>/addadmin id</code>\n"
        "Contoh: <code>/addadmin 123456789</code> atau <code>/addadmin @rina</code>"
    ),
    "rmadmin": Text(
        "Format: <code>/rmadmin id</code>\n"
        "Contoh: <code>/rmadmin 123456789</code> atau <code>/rmadmin @rina</code>"
    ),
    "addreseller": Text(
        "Format: <code>/addreseller id</code>\n"
        "Contoh: <code>/addreseller 123456789</code> atau <code>/addreseller @rina</code>"
    ),
    "rmress": Text(
        "Format: <code>/rmress id</code>\n"
        "Contoh: <code>/rmress 123456789</code> atau <code>/rmress @rina</code>"
    ),
    "info": Text(
        "Format: <code>/info id</code>\nContoh: <code>/info 123456789</code> atau <code>/info @rina</code>"
    ),
    "pm": Text(
        "Format: <code>/pm id|pesan</code>\nContoh: <code>/pm @rina|Halo, akunmu sudah kami ganti.</code>"
    ),
    "lowstock": Text(
        "Format: <code>/lowstock jumlah</code>, 0 agar hanya dikabari saat habis\n"
        "Contoh: <code>/lowstock 5</code>"
    ),
    "whitelist": Text(
        "Kirim <code>/whitelist</code> di dalam grupnya, atau dengan id grup.\n"
        "Contoh: <code>/whitelist -1001234567890</code>"
    ),
    "rm": Text(
        "Kirim <code>/rm</code> di dalam grupnya, atau dengan id grup.\n"
        "Contoh: <code>/rm -1001234567890</code>"
    ),
    "maintenance": Text(
        "Format: <code>/maintenance on</code> atau <code>/maintenance off</code>\n"
        "Contoh: <code>/maintenance on</code>"
    ),
}

PROBLEMS = {
    "words_missing": Text(
        "Bagian dalam kurung kurawal harus sama dengan aslinya. Kurang: <code>{missing}</code>."
    ),
    "words_unknown": Text(
        "Bagian dalam kurung kurawal harus sama dengan aslinya. Tidak dikenal: <code>{unknown}</code>."
    ),
    "words_gaps": Text(
        "Bagian dalam kurung kurawal harus sama dengan aslinya. Kurang: <code>{missing}</code>. "
        "Tidak dikenal: <code>{unknown}</code>."
    ),
    "words_repeated": Text(
        "Bagian ini cukup satu kali saja, supaya pesannya tetap muat: <code>{repeated}</code>."
    ),
    "words_within": Text(
        "Bagian <code>{held}</code> tidak bisa ditaruh di dalam tanda <code>&lt;{tag}&gt;</code>. Taruh di "
        "antara pembuka dan penutupnya."
    ),
    "words_braces": Text(
        "Tanda {open} dan {close} hanya untuk bagian yang diisi otomatis, misalnya <code>{example}</code>."
    ),
    "words_length": Text("Kalimatnya harus 1 sampai {most} huruf."),
    "words_tag": Text(
        "Tanda <code>&lt;{tag}&gt;</code> tidak bisa dipakai atau belum ditutup. Yang bisa: b, i, u, s, "
        "code, pre, blockquote, a, tg-spoiler."
    ),
    "words_signs": Text(
        "Tulis &lt; sebagai <code>&amp;lt;</code> dan &amp; sebagai <code>&amp;amp;</code>, supaya tidak "
        "dikira tanda HTML."
    ),
    "review_length": Text("Testimoninya harus 1 sampai {most} huruf. Persingkat sedikit, ya."),
    "review_link": Text(
        "Testimoni tidak bisa memuat tautan, @nama, atau nomor kontak. Tulis lagi tanpa itu, ya."
    ),
    "review_unchecked": Text("Kalimatmu belum bisa dicek sekarang. Coba kirim lagi nanti, ya."),
    "review_goods": Text("Kalimat itu memuat isi produkmu, yang hanya untukmu. Tulis lagi tanpa itu, ya."),
    "channel": Text("Kanal disebut dengan @nama, tautan t.me, atau id yang diawali -100."),
    "month": Text("Bulan <code>{given}</code> tidak kukenal. Tulis tahun, tanda -, lalu bulan dua angka."),
    "no_month": Text("Bulan yang mana?"),
    "verdict_amount": Text("Sebutkan jumlah yang benar-benar dibayar, {least} sampai {most}."),
    "days": Text("Lamanya harus angka 0 sampai {most} hari."),
    "complaint": Text("Ceritakan masalahnya dengan {least} sampai {most} huruf, ya."),
    "reason": Text("Alasannya harus 1 sampai {most} huruf."),
    "not_text": Text("Kirim jawabannya sebagai teks, ya."),
    "only_text_or_picture": Text("Yang bisa dikirim hanya teks atau satu gambar."),
    "name_empty": Text("Nama harus berisi huruf."),
    "name_long": Text("Nama terlalu panjang, paling banyak {most} huruf."),
    "whatsapp_letters": Text("Nomor WhatsApp hanya berisi angka, boleh diawali +."),
    "whatsapp_prefix": Text("Awali nomornya dengan 08, 62, atau + dan kode negara."),
    "whatsapp_short": Text("Nomor itu terlalu pendek, paling sedikit {least} angka."),
    "whatsapp_long": Text("Nomor itu terlalu panjang, paling banyak {most} angka."),
    "email_sign": Text("Alamat email harus memuat satu tanda @."),
    "email_shape": Text("Alamat email itu tidak lengkap. Periksa lagi bagian sebelum dan sesudah @."),
    "email_letters": Text("Alamat email hanya memuat huruf latin, angka dan tanda seperti titik dan strip."),
    "email_long": Text("Alamat email itu terlalu panjang, paling banyak {most} huruf."),
    "broadcast_album": Text(
        "Itu bagian dari album, dan lewat balasan hanya satu yang terlihat olehku. Kirim albumnya lagi "
        "dengan keterangan <code>/broadcast teks</code>, supaya semuanya ikut."
    ),
    "broadcast_nothing": Text("Belum ada pesan yang akan disiarkan."),
    "broadcast_long": Text("Pesannya terlalu panjang, paling banyak {most} huruf."),
    "discount": Text("“{given}” bukan diskon. Diskon harus 1% sampai 99%, atau Rp1 sampai {most}."),
    "above_price": Text(
        "Harga reseller {given} lebih mahal dari harga biasa, {price}. Pakai {price} atau kurang, atau "
        "naikkan dulu harganya dengan <code>/editprice</code>."
    ),
    "too_much": Text("Diskonnya harus kurang dari harganya, {price}."),
    "slots": Text("Jumlah slot harus angka 1 sampai {most}."),
    "sold": Text("“{given}” tidak bisa dipakai. Jumlah terjual harus angka 0 sampai {most}."),
    "item": Text("“{given}” bukan id stok. Id stok harus angka; lihat di <code>/exportstock</code>."),
    "picture": Text("Fotonya belum ada. Kirim sebagai foto, bukan sebagai berkas."),
    "file": Text("Berkasnya belum ada."),
    "one_file": Text("Untuk semua pembeli hanya bisa satu berkas. Kirim satu saja, bukan album."),
    "unlimited": Text("Setelah id hanya boleh <code>tanpa batas</code>."),
    "fields": Text("Bagiannya kurang, pisahkan dengan <code>|</code>."),
    "number": Text("“{given}” bukan nomor produk. Id harus angka 1 sampai 2147483647; lihat di /stock."),
    "name": Text("Nama harus 1 sampai {most} huruf."),
    "category": Text("Kategori paling banyak {most} huruf."),
    "price": Text("“{given}” bukan harga. Harga harus Rp1 sampai {most}."),
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
    "lost": Text(
        "Di baris {lines} isinya sudah hilang di lembar kerjanya: tinggal <code>{seen}</code>. Ubah kolomnya "
        "ke format Teks dan isi lagi, lalu kirim ulang. Belum ada yang ditambahkan."
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
    "file_text": Text(
        "Berkasnya bukan teks yang bisa dibaca (UTF-8, UTF-16, atau Windows-1252). Simpan lagi sebagai "
        "UTF-8, lalu kirim ulang. Belum ada yang ditambahkan."
    ),
    "file_damaged": Text(
        "Baris {lines} berisi huruf yang rusak. Simpan lagi sebagai UTF-8, lalu kirim ulang. "
        "Belum ada yang ditambahkan."
    ),
    "file_lost": Text("Berkasnya tidak bisa diunduh dari Telegram. Coba kirim lagi."),
    "invoice": Text("“{given}” bukan nomor pesanan. Sebutkan nomor yang diawali TRX."),
    "money_amount": Text("“{given}” tidak bisa dipakai. Jumlahnya harus {least} sampai {most}."),
    "voucher_count": Text("“{given}” tidak bisa dipakai. Banyaknya harus 1 sampai {most}."),
    "refund_factor": Text("Setiap bagian harus angka 0 sampai 1, paling banyak dua angka di belakang koma."),
    "person": Text("“{given}” tidak kukenali. Sebut penggunanya dengan id (angka) atau @username."),
    "message": Text("Pesannya harus 1 sampai {most} huruf."),
    "low_stock": Text(
        "“{given}” tidak bisa dipakai. Batasnya harus angka 0 sampai {most}. Sekarang: <b>{now}</b>."
    ),
    "group": Text("“{given}” bukan id grup. Id grup harus angka negatif."),
    "no_category": Text("Kategori “{given}” tidak ada. Yang ada: {listed}."),
    "no_group": Text("Grup yang mana?"),
    "switch": Text(
        "“{given}” tidak kukenali. Tulis <code>on</code> atau <code>off</code>. Sekarang: <b>{now}</b>."
    ),
}

#: Where nothing was typed.
NOTHING_TYPED = Text("Isinya belum ada.")
#: The same by the problem, where there is more to say.
NOTHING = {
    "number": Text("Produk yang mana? Nomornya ada di /stock."),
    "person": Text("Pengguna yang mana? Sebut dengan id (angka) atau @username."),
    "invoice": Text("Pesanan yang mana? Nomornya diawali TRX."),
    "switch": Text("Nyalakan atau matikan? Sekarang: <b>{now}</b>."),
}
