"""`Klaim Garansi`: which item, what is wrong with it, and what became of the claim."""

from app.texts.html import Text
from models import Claim

#: On the order's page.
FROM_DELIVERY = Text("🛡 Garansi {days} hari sejak produk dikirim\n")
UNTIL = Text("🛡 Garansi sampai {until}\n")
ENDED = Text("🛡 Garansi habis {until}\n")

CHOOSE = Text(
    "🛡 <b>Klaim Garansi</b>\n🏷 {name}\n🧾 <code>{invoice}</code>\n\n{items}\n\nItem mana yang bermasalah?"
)
ITEM = Text("{number}. {hint}{state}")
#: What is shown of an item whose line is one secret, or that is a file.
NO_HINT = Text("item ke-{number}")
ITEM_STATE = Text(" · {state}")
ASK = Text(
    "🛡 <b>Klaim Garansi</b>\n🏷 {name} · {item}\n🧾 <code>{invoice}</code>\n\n"
    "Ceritakan masalahnya dalam satu pesan teks, misalnya: <i>kata sandinya ditolak sejak tadi malam</i>. "
    "Penjual membacanya, lalu mengganti item atau mengembalikan dananya."
)
CLAIMED = Text(
    "✅ <b>Klaim garansi terkirim</b>\n🏷 {name} · {item}\n🧾 <code>{invoice}</code>\n\n"
    "<i>{complaint}</i>\n\nPenjual sudah dikabari. Jawabannya muncul di chat ini."
)
STATES = {
    Claim.OPEN: Text("klaim sedang diperiksa"),
    Claim.REPLACED: Text("sudah diganti"),
    Claim.REFUNDED: Text("dana dikembalikan"),
    Claim.REFUSED: Text("klaim ditolak"),
    Claim.DROPPED: Text("klaim ditutup"),
}
#: Lines of the order's page.
OPENED = Text("klaim garansi dikirim")
ANSWERED = {
    Claim.REPLACED: Text("klaim: item diganti"),
    Claim.REFUNDED: Text("klaim: dana dikembalikan"),
    Claim.REFUSED: Text("klaim: ditolak"),
    Claim.DROPPED: Text("klaim: ditutup"),
}
