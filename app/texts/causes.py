"""What a job died of, in the words of whoever has to see to it. The error itself is for technicians."""

from __future__ import annotations

from app.infra import logs
from app.texts import html
from app.texts.html import Html, Label, Text

TELEGRAM, PAKASIR = Label("Telegram"), Label("Pakasir")
#: Whose other side is the gateway; all others write to people.
_AT_GATEWAY = {
    "open_payment",
    "settle_payment",
    "check_payment",
    "expire_order",
    "cancel_payment",
    "quote_fee",
    "look_at_stray",
}
_NO_DATABASE = Text("database tidak bisa dihubungi atau menolak")
_NO_REDIS = Text("Redis atau jaringan tidak bisa dihubungi")
_UNSURE = Text("tidak diketahui apakah pesannya sudah sampai: Telegram tidak menjawab")
_LOCKED = Text("kunci stok di server (STOCK_ENCRYPTION_KEY) tidak cocok")
_BUSY = Text("{who} meminta toko menunggu: terlalu banyak panggilan")
_SILENT = Text("{who} tidak bisa dihubungi atau tidak menjawab")
_UNREADABLE = Text("jawaban {who} tidak masuk akal, jadi tidak dipakai")
_REFUSED = Text("{who} menolaknya")

#: By the error's class.
CAUSES = {
    "Unreachable": _SILENT,
    "Silent": _SILENT,
    "MaybeSent": _UNSURE,
    "Doubtful": _UNSURE,
    "MaybeDelivered": _UNSURE,
    "TurnedAway": Text("{who} tidak mengenali toko ini: token atau kuncinya salah"),
    "Flood": _BUSY,
    "SlowMode": _BUSY,
    "NoRoom": _BUSY,
    "NotFound": Text("{who} tidak menemukannya"),
    "Malformed": _UNREADABLE,
    "Refused": _REFUSED,
    "DeadFile": Text("berkasnya tidak ada lagi di Telegram"),
    "TopicGone": Text("topik grupnya ditutup atau dihapus"),
    "Blocked": Text("bot diblokir, atau chatnya tidak ada lagi"),
    "ChatMoved": Text("grupnya pindah menjadi supergrup"),
    "Locked": _LOCKED,
    "GoodsLocked": _LOCKED,
    "OutOfStock": Text("stoknya habis"),
    "KilledTheWorker": Text("worker berhenti setiap kali mengerjakannya"),
    "TimeLimitExceeded": Text("terlalu lama dikerjakan, jadi dihentikan"),
    "DatabaseAway": _NO_DATABASE,
    "OperationalError": _NO_DATABASE,
    "InterfaceError": _NO_DATABASE,
    "PoolTimeout": _NO_DATABASE,
    "ConnectionError": _NO_REDIS,
    "TimeoutError": _NO_REDIS,
    "BusyLoadingError": _NO_REDIS,
    "OutOfMemoryError": Text("Redis penuh"),
    "DiskFull": Text("disk database penuh"),
}
OTHER = Text("kesalahan di program (<code>{error}</code>)")
ERROR_UNITS = 120


def told(error: str, actor: str) -> Html:
    """`error`: class and words, as dead letters keep them, or the class alone."""
    name = error.partition(":")[0].strip()
    who = PAKASIR if actor in _AT_GATEWAY else TELEGRAM
    first = (error.splitlines() or ["?"])[0]
    return CAUSES.get(name, OTHER)(who=who, error=html.cut(logs.redact(first), ERROR_UNITS))
