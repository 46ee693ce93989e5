"""`/transfer` and `/editbalance`."""

from app.texts.html import Text

TRANSFER = Text(
    "💸 <b>Transfer {amount}</b> ke saldo {name} (<code>{id}</code>)?\n\nSekarang: {before}\n"
    "Menjadi: <b>{after}</b>"
)
ADD_BALANCE = Text(
    "💸 <b>Tambah saldo {name}</b>\n\nSekarang: {balance}. Ketik jumlahnya, misalnya <code>25000</code> atau "
    "<code>25rb</code>."
)
TRANSFERRED = Text(
    "✅ <b>{amount}</b> masuk ke saldo {name} (<code>{id}</code>).\nSaldo: {before} → <b>{after}</b>"
)
EDIT_BALANCE = Text(
    "✏️ <b>Ubah saldo {name}</b> (<code>{id}</code>)?\n\nSekarang: {before}\nMenjadi: <b>{after}</b>"
)
EDITED = Text("✅ Saldo {name} (<code>{id}</code>) diubah: {before} → <b>{after}</b>")
EDITED_BEFORE = Text("Perubahan ini sudah dilakukan.")
SAME_BALANCE = Text("Saldo {name} memang {balance}.")
BALANCE_MOVED = Text("Saldonya baru saja berubah. Periksa lagi, ya.")
NOT_EDITED = Text("Saldo tidak diubah.")
