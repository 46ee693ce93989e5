"""What admins read about the shop as a whole: what is wrong, since when, and what to do."""

from app.texts.html import Label, Text

#: By the rule's name: what it is called, and what is said of its figures.
TITLES = {
    "workers": Label("Tidak ada worker yang berjalan"),
    "redis_away": Label("Redis tidak bisa dihubungi"),
    "unmeasured": Label("Ada yang tidak bisa diukur"),
    "pakasir": Label("Pakasir bermasalah"),
    "telegram": Label("Telegram bermasalah"),
    "messages": Label("Pesan tidak sampai"),
    "payments": Label("Pembayaran bermasalah"),
    "unpaid": Label("QRIS tidak ada yang dibayar"),
    "dead_letters": Label("Ada yang gagal diproses"),
    "jobs_late": Label("Antrean tertahan"),
    "redis_full": Label("Redis hampir penuh"),
    "audit_late": Label("Catatan audit tertahan"),
    "webhook": Label("Pesan dari Telegram tidak masuk"),
    "backup_old": Label("Cadangan sudah lama tidak dibuat"),
    "drill_failed": Label("Uji pemulihan cadangan gagal"),
    "verify": Label("Pemeriksaan toko menemukan masalah"),
    "database_full": Label("Database toko hampir penuh"),
    "audit_full": Label("Database audit hampir penuh"),
}
BODIES = {
    "workers": Text(
        "Bot tidak membalas dan produk tidak terkirim. Pembayaran yang masuk tercatat dan diproses begitu "
        "worker hidup lagi. Jalankan lagi prosesnya di server."
    ),
    "redis_away": Text(
        "Bot tidak membalas dan produk tidak terkirim. Tidak ada yang hilang: yang dijanjikan tercatat di "
        "database, dan pembayaran dicek lagi begitu Redis kembali. Periksa REDIS_URL dan servernya."
    ),
    "unmeasured": Text(
        "Tidak bisa diukur: {rules}. Kalau di situ ada masalah, tidak ada kabar yang datang. Periksa beban "
        "server dan log worker."
    ),
    "pakasir": Text(
        "{bad} dari {of} panggilan gagal dalam 5 menit ({percent}%, batas 5%). QR baru ditolak, SALDO tetap "
        "bisa, yang sudah dibayar dicek otomatis. Periksa status Pakasir."
    ),
    "telegram": Text(
        "{bad} dari {of} panggilan gagal dalam 5 menit ({percent}%, batas 5%). Pesan dan produk terlambat, "
        "tapi tidak ada yang hilang: semuanya dikirim ulang. Periksa token bot dan jaringan server."
    ),
    "messages": Text(
        "{bad} dari {of} pesan belum sampai lebih dari semenit, atau gagal (batas 5%). Pembeli mungkin "
        "menunggu produk atau QR. Yang belum sampai dicoba terus; yang gagal ada di /dead."
    ),
    "payments": Text(
        "{bad} dari {of} pembayaran terakhir gagal (berhasil {percent}%, batas 90%). Pembeli mungkin tidak "
        "mendapat QR atau produknya. Periksa dasbor Pakasir."
    ),
    "unpaid": Text(
        "{streak} QR berturut-turut tidak dibayar (biasanya paling banyak {limit}). Coba bayar satu QR "
        "sendiri, dan periksa dasbor Pakasir."
    ),
    "dead_letters": Text(
        "Menunggu penanganan: {count}. Bereskan sebabnya dulu, lalu ulangi atau buang lewat /dead.\n{kinds}"
    ),
    "jobs_late": Text(
        "Sudah {minutes} menit belum dikerjakan: {doing}; yang tertahan {count}. Pembeli "
        "menunggu balasan bot. Periksa beban server, atau tambah worker."
    ),
    "webhook": Text(
        "Pesan pembeli tidak sampai ke bot; yang tertahan di Telegram {pending} (batas 100). Pembeli "
        "menunggu balasan. Periksa PUBLIC_URL dan proses <code>web</code>. Pesan teknis: <code>{wrong}</code>"
    ),
    "backup_old": Text(
        "Cadangan terakhir sudah {hours} jam lalu (batas 26). Jalankan "
        "<code>python -m app.ops backup make</code> dan periksa tempat penyimpanannya."
    ),
    "drill_failed": Text(
        "Masalah yang ditemukan: {problems}. Cadangan itu mungkin tidak bisa dipulihkan. Lihat "
        "<code>python -m app.ops backup list</code>, lalu buat yang baru."
    ),
    "audit_late": Text(
        "{count} catatan belum sampai ke database audit, yang tertua sejak {minutes} menit lalu (batas 5). "
        "Toko tetap berjualan dan tidak ada yang hilang. Periksa AUDIT_DATABASE_URL dan servernya."
    ),
    "verify": Text(
        "Yang tidak cocok: {count}, dilihat {at}.\n{found}\nBuka pesanannya lewat /order dan bereskan, lalu "
        "tekan Periksa Lagi. Daftar lengkapnya: <code>python -m app.ops verify</code>."
    ),
    "database_full": Text(
        "Database toko terisi {percent}% dari {limit_mb} MB (batas 80%). Kalau penuh, tidak ada pesanan yang "
        "bisa dicatat dan toko berhenti. Perbesar paket databasenya sekarang."
    ),
    "audit_full": Text(
        "Database audit terisi {percent}% dari {limit_mb} MB (batas 80%). Kalau penuh, catatan menumpuk di "
        "database toko. Perbesar paket databasenya."
    ),
    "redis_full": Text(
        "Redis terisi {percent}% (batas 80%). Kalau penuh, bot berhenti menerima pesan. Perbesar Redis."
    ),
}
#: What it cost, by the rule's name; a cost of nothing is not told.
COSTS = {
    "workers": Text("Yang tertahan: {cost}."),
    "redis_away": Text("Yang tertahan: {cost}."),
    "pakasir": Text("Panggilan yang gagal selama itu: {cost}."),
    "telegram": Text("Panggilan yang gagal selama itu: {cost}."),
    "messages": Text("Pesan yang gagal selama itu: {cost}."),
    "payments": Text("Pembayaran yang gagal selama itu: {cost}."),
    "dead_letters": Text("Yang gagal selama itu: {cost}."),
}

FIRING = Text("🔴 <b>{title}</b> · sejak {since}\n\n{body}{muted}")
UNSTEADY = Text(
    "🟠 <b>{title}</b> · naik turun sejak {since}\n\n{body}\n\nKabar berikutnya kalau sudah 30 menit tenang."
)
CLEAR = Text("🟢 <b>{title}: sudah pulih</b>\n\nBerlangsung {lasted}. {cost}")
SILENT = Text(
    "⚪ <b>{title}: ditutup</b>\n\nSehari penuh tidak ada pembayaran sama sekali, jadi tidak diketahui "
    "apakah sudah pulih. Berlangsung {lasted}. {cost}"
)
KIND = Text("• {what} {count}×, sebabnya {cause}")
FOUND = Text("• {what}: <code>{subject}</code>")
#: By what must hold, as app/ops/invariants counts it.
BREACHES = {
    1: Label("Pembayaran dan pesanan tidak sejalan"),
    2: Label("Stok dan pesanan tidak sejalan"),
    3: Label("Saldo atau voucher tidak cocok"),
    4: Label("Ada yang dijanjikan tapi tidak akan dikerjakan"),
    5: Label("Menunggu ditangani admin"),
    6: Label("Tidak tercatat di audit"),
}
OTHER_BREACH = Label("Tidak cocok")
MUTED = Text("\n\n🔕 Dibisukan sampai {until}.")
VERIFYING = Text("Toko sedang diperiksa. Kalau semua sudah cocok, kabarnya menyusul di sini.")
VERIFYING_ALREADY = Text("Pemeriksaan sudah berjalan. Tunggu sebentar, ya.")
MUTED_TOAST = Text("Dibisukan sampai {until}.")
SECONDS, MINUTES, HOURS, DAYS = Text("{n} detik"), Text("{n} menit"), Text("{n} jam"), Text("{n} hari")

DIGEST = Text("☀️ <b>Kemarin, {day}</b>\n\n{sold}\n\n{open}")
SOLD = Text("Terjual {orders} pesanan, {revenue}.")
NOTHING_SOLD = Text("Belum ada yang terjual.")
NOTHING_OPEN = Text("✅ Tidak ada yang perlu ditangani.")
OPEN = Text("<b>Masih terbuka</b>\n{lines}")
OPEN_LINE = Text("• {what}: {count}")
OPEN_ALERT = Text("• {title}, sejak {since}")
OPEN_KINDS = {
    "dead": Label("Gagal diproses (/dead)"),
    "paid": Label("Sudah dibayar, belum terkirim"),
    "contradictions": Label("Pembayaran tidak cocok"),
    "strays": Label("Pembayaran tanpa pesanan"),
    "claims": Label("Klaim garansi menunggu jawaban"),
}
