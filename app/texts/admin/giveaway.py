"""`/giveaway`: the question, the codes, and the news for everybody."""

from app.texts.html import Text

GIVEAWAY_QUESTION = Text(
    "🎟 <b>Buat {count} voucher {amount}</b>?\n\nSemuanya senilai {total}, berlaku {days} hari. "
    "Kodenya kukirim ke kamu dulu; diumumkan atau tidak, kutanyakan sesudahnya."
)
GIVEAWAY_MADE = Text("Voucher ini sudah dibuat.")
GIVEAWAY_DROPPED = Text("Voucher tidak jadi dibuat.")
GIVEAWAY = Text(
    "🎟 <b>{count} voucher {amount}</b>, berlaku sampai {until}\n\n{codes}\n\n"
    "Konfirmasi untuk mengumumkannya ke semua pengguna menyusul di bawah."
)
CODE = Text("<code>{code}</code>")
#: What every user reads.
GIVEAWAY_NEWS = Text(
    "🎉 <b>Giveaway!</b>\n\n{count} voucher senilai <b>{amount}</b>, siapa cepat dia dapat:\n\n{codes}\n\n"
    "Pakai lewat <b>Gunakan Voucher</b> saat checkout, satu voucher satu pesanan. "
    "Berlaku sampai {until}."
)
