"""Messages to everybody, as admins prepare and watch them."""

from app.texts.html import Label, Text
from models import Broadcast

TITLE = Text("📣 <b>Siaran #{number}</b> · {state}")
STATES = {
    Broadcast.DRAFT: Label("belum dikirim"),
    Broadcast.QUEUED: Label("menunggu giliran"),
    Broadcast.RUNNING: Label("sedang dikirim"),
    Broadcast.PAUSED: Label("dijeda"),
    Broadcast.STOPPED: Label("dihentikan"),
    Broadcast.DONE: Label("selesai"),
}
CANCELED = Label("dibatalkan")

ASK = Text(
    "{title}\n\nSiaran ini akan dikirim ke <b>{people}</b> pengguna yang bisa dihubungi, "
    "perkiraan waktu {duration}.\n\nKirim sekarang?{preview}"
)
LONG = Text(
    "\n\n✂️ Teksnya penuh sampai batas Telegram, jadi mungkin terpotong. Kalau masih ada lanjutannya, "
    "batalkan, lalu bagi jadi dua siaran."
)
ALBUM = Text("\n\n🖼 Seluruh album ikut disiarkan.")
ALBUM_TOO_LATE = Text(
    "⚠️ Siarannya sudah dimulai sebelum seluruh album sampai, jadi sebagian tidak ikut. Hentikan, lalu kirim "
    "albumnya lagi, ya."
)
PREVIEW = Text("\n\n———\n{text}")
LINE = Text("{title}\n\nSiaran lain masih berjalan. Yang ini menyusul sesudahnya.")
LISTING = Text("{title}\n\nDaftar penerima sedang disusun: {total} pengguna…")
PROGRESS = Text(
    "{title}\n\n{bar} {percent}%\n\n👥 Penerima: {total}\n✅ Terkirim: {sent}\n🚫 Memblokir bot: {blocked}\n"
    "⚠️ Gagal: {failed}{unknown}{rest}"
)
UNKNOWN = Text("\n❔ Tidak pasti: {unknown}")
REST = Text("\n⏳ Sisa: {rest}, kira-kira {duration} lagi")
UNSENT = Text("\n✋ Tidak dikirim: {rest}")
WAITING = Text("\n⏳ Sisa: {rest}")
PROBLEM = Text("\n\nDihentikan karena Telegram menolak pesannya: {problem}")

SECONDS, MINUTES, HOURS = Text("{count} detik"), Text("{count} menit"), Text("{hours} jam {minutes} menit")

#: Toasts.
STARTED = Text("Siaran dimulai.")
QUEUED = Text("Siaran masuk antrean.")
PAUSED = Text("Siaran dijeda.")
STOPPED = Text("Siaran dihentikan.")
DROPPED = Text("Siaran dibatalkan.")
CHANGED = Text("Siaran ini sudah {state}.")
