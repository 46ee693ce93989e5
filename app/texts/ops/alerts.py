"""Every rule that watches over the shop: what it measures now, and from when on it warns."""

from app.texts.html import Text
from models import Alert

TITLE = Text("Peringatan")
ABOUT = Text("Semua yang diawasi toko ini. Kalau lewat batasnya, admin dikabari sekali lewat bot.")
RULE, NOW, SAMPLE = Text("Yang diawasi"), Text("Sekarang"), Text("Dari")
LIMIT, SINCE = Text("Memperingatkan kalau"), Text("Sejak")
FLIPPED = Text("berubah {count}× dalam 2 jam")
STATES = {
    Alert.CLEAR: Text("🟢 aman"),
    Alert.FIRING: Text("🔴 bermasalah"),
    Alert.UNSTEADY: Text("🟠 naik turun"),
}
#: Of a rule that has nothing to look at, as nobody makes backups or has named a plan.
IDLE = Text("⚪ tidak ada yang diukur")
#: Of what is told by itself, order by order.
WAITING = Text("🟠 menunggu ditangani")
SINCE_WHEN = Text("sejak {at}")
UNKNOWN = Text("⚪ belum diketahui")
LAST_KNOWN = Text("terakhir dicek {at}")
UNMEASURED = Text("⚪ tidak bisa diukur")
UNMEASURED_SINCE = Text("tidak bisa diukur sejak {at}")
MUTE = Text("🔕 Bisukan 1 jam")
MUTED_UNTIL = Text("🔕 Dibisukan sampai {until}.")
MUTED = Text("Peringatan itu dibisukan satu jam. Tetap terlihat di sini.")
NOT_OPEN = Text("Peringatan itu sudah tidak terbuka, jadi tidak ada yang perlu dibisukan.")

#: By the rule's name: what it watches.
NAMES = {
    "workers": Text("Worker"),
    "redis_away": Text("Redis"),
    "unmeasured": Text("Pengukuran"),
    "pakasir": Text("Panggilan ke Pakasir"),
    "telegram": Text("Panggilan ke Telegram"),
    "messages": Text("Pesan sampai ke pembeli"),
    "payments": Text("Pembayaran berhasil"),
    "unpaid": Text("QRIS yang tidak dibayar"),
    "dead_letters": Text("Yang gagal diproses"),
    "jobs_late": Text("Antrean"),
    "audit_late": Text("Catatan audit"),
    "webhook": Text("Pesan masuk dari Telegram"),
    "backup_old": Text("Umur cadangan"),
    "drill_failed": Text("Uji pemulihan cadangan"),
    "verify": Text("Pemeriksaan toko"),
    "redis_full": Text("Isi Redis"),
    "database_full": Text("Isi database toko"),
    "audit_full": Text("Isi database audit"),
}
#: What was measured, of its figures.
VALUES = {
    "pakasir": Text("{percent}% gagal"),
    "telegram": Text("{percent}% gagal"),
    "messages": Text("{bad} belum sampai"),
    "payments": Text("{percent}% berhasil"),
    "unpaid": Text("{streak} berturut-turut"),
    "dead_letters": Text("{waiting} menunggu"),
    "jobs_late": Text("{minutes} menit"),
    "audit_late": Text("{minutes} menit"),
    "webhook": Text("{pending} tertahan"),
    "backup_old": Text("{hours} jam"),
    "drill_failed": Text("{problems} masalah"),
    "verify": Text("{count} tidak cocok"),
    "redis_full": Text("{percent}%"),
    "database_full": Text("{percent}%"),
    "audit_full": Text("{percent}%"),
}
#: Out of how many.
SAMPLES = {
    "pakasir": Text("{of} panggilan"),
    "telegram": Text("{of} panggilan"),
    "messages": Text("{of} pesan"),
    "payments": Text("{of} pembayaran"),
    "dead_letters": Text("{orders} soal pesanan, dikabari tersendiri"),
    "jobs_late": Text("{count} tertahan"),
    "audit_late": Text("{count} catatan"),
    "database_full": Text("{limit_mb} MB"),
    "audit_full": Text("{limit_mb} MB"),
}
#: From when on it warns.
LIMITS = {
    "workers": Text("tidak ada yang berjalan selama {seconds} detik"),
    "redis_away": Text("tidak menjawab selama {seconds} detik"),
    "unmeasured": Text("ada yang tidak bisa diukur selama {minutes} menit"),
    "pakasir": Text("lebih dari {percent}% gagal dalam {minutes} menit, paling sedikit {least}"),
    "telegram": Text("lebih dari {percent}% gagal dalam {minutes} menit, paling sedikit {least}"),
    "messages": Text("kurang dari {percent}% sampai dalam {minutes} menit, paling sedikit {least} gagal"),
    "payments": Text(
        "kurang dari {percent}% berhasil, paling sedikit {least} gagal, atau {in_a_row} gagal berturut-turut"
    ),
    "unpaid": Text("{limit} berturut-turut, jauh di atas kebiasaan toko ini"),
    "dead_letters": Text("ada jenis kegagalan baru"),
    "jobs_late": Text("tertahan lebih dari {minutes} menit"),
    "audit_late": Text("tertahan lebih dari {minutes} menit"),
    "webhook": Text("lebih dari {pending} tertahan, atau Telegram melaporkan masalah"),
    "backup_old": Text("lebih dari {hours} jam"),
    "drill_failed": Text("uji terakhir gagal"),
    "verify": Text("ada yang tidak cocok"),
    "redis_full": Text("lebih dari {percent}%"),
    "database_full": Text("lebih dari {percent}%"),
    "audit_full": Text("lebih dari {percent}%"),
}
