"""Checks of the shop, backups and drills: what came of the last ones, and the buttons that start one."""

from app.texts.html import Text

TITLE = Text("Cadangan & pemeriksaan")
EVENTS, UPKEEP = Text("Catatan"), Text("Cadangan & pemeriksaan")

#: By what can be asked for.
NAMES = {
    "verify": Text("Pemeriksaan toko"),
    "backup": Text("Cadangan"),
    "drill": Text("Uji pemulihan"),
    "doctor": Text("Pemeriksaan pengaturan"),
}
ABOUT = {
    "verify": Text(
        "Saldo, stok, pembayaran, pengiriman, dan catatan audit dicocokkan satu sama lain. Berjalan sendiri "
        "setiap malam."
    ),
    "backup": Text(
        "Salinan terenkripsi dari kedua database. Dibuat sendiri setiap malam kalau sudah disetel."
    ),
    "drill": Text(
        "Cadangan baru dipulihkan ke database sementara, lalu diperiksa. Berjalan sendiri setiap minggu."
    ),
    "doctor": Text(
        "Bot, webhook, Pakasir, kedua database, Redis, kunci stok, disk, dan cadangan dilihat dari worker. "
        "Tekan setelah pengaturan diubah."
    ),
}
BUTTONS = {
    "verify": Text("🔎 Periksa sekarang"),
    "backup": Text("💾 Buat cadangan"),
    "drill": Text("🧪 Uji pemulihan"),
    "doctor": Text("🩺 Periksa pengaturan"),
}
SAID = {
    "asked": Text("{what} dimulai. Hasilnya muncul di sini kalau sudah selesai."),
    "under_way": Text("{what} memang sedang berjalan, jadi tidak dimulai dua kali."),
    "not_set_up": Text(
        "Cadangan belum bisa dibuat: isi BACKUP_RECIPIENT, dan BACKUP_DIR atau BACKUP_CHAT_ID, di pengaturan "
        "server."
    ),
}
NOT_SET_UP = Text("Belum disetel: isi BACKUP_RECIPIENT, dan BACKUP_DIR atau BACKUP_CHAT_ID, di server.")
RUNNING = Text("⏳ Sedang dikerjakan, diminta {ago}.")
TRIED = Text("⏳ Diminta {ago}, sudah gagal {failures}× dan dicoba lagi sendiri.")
GIVEN_UP = Text("Gagal dan tidak dicoba lagi: {count}. Lihat yang gagal.")
NEVER = Text("Belum pernah.")
NONE_YET = Text("Belum ada cadangan.")

VERIFIED_WELL = Text("✅ Semuanya cocok")
VERIFIED_BADLY = Text("⚠️ {count} tidak cocok")
DIAGNOSED_WELL = Text("✅ Tidak ada yang salah")
DIAGNOSED_BADLY = Text("❌ {count} harus dibenahi")
DIAGNOSED_SO_SO = Text("⚠️ {count} perlu dilihat")
DETAILS = Text("Lihat rinciannya")
MORE = Text("… dan {count} lagi. Semuanya: python -m app.ops verify")
TOOK = Text("{ago}, selama {seconds} detik")
MADE = Text("💾 {size}, {ago}")
OUTCOMES = {
    "ok": Text("✅ Berhasil dipulihkan"),
    "failed": Text("❌ Gagal dipulihkan"),
    "impossible": Text("🤔 Belum bisa diuji"),
}

BACKUPS, DRILLS = Text("Cadangan terakhir"), Text("Uji pemulihan terakhir")
AT, SIZE, WHERE, ORDERS = Text("Waktu"), Text("Ukuran"), Text("Disimpan di"), Text("Pesanan")
OUTCOME, SECONDS = Text("Hasil"), Text("Lama")
PARTS = Text("{count} bagian")
FOLDER, CHAT = Text("folder {folder}"), Text("chat {chat}")
LASTED = Text("{seconds} detik")
COUNTED = Text("{count} pesanan")
