"""The label of every button, and rows of buttons that several screens share."""

from __future__ import annotations

from collections.abc import Sequence

from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.screen import Button, Rows
from app.texts.html import Label, Text

LIST, STOCK, ACCOUNT, WRITE = Label("LIST PRODUK"), Label("STOK"), Label("AKUN"), Label("KIRIM PESAN")
CATEGORIES, BEST, EVERYTHING = Label("Kategori"), Label("Terlaris"), Label("Semua Produk")
BACK, NEXT_PAGE = Label("Kembali"), Text("Selanjutnya {page}/{pages}")
TO_PAYMENT, CANCEL = Label("Lanjut ke pembayaran"), Label("Batalkan")
WAIT, TOP_BUYERS = Label("Beri tahu saya"), Label("Top Buyers")
QRIS, BALANCE, SUMMARY_BACK, SUMMARY_CANCEL = (
    Label("QRIS"),
    Label("SALDO"),
    Label("KEMBALI"),
    Label("BATALKAN"),
)
PAY = Label("Ya, Bayar")
PAYMENT_PAGE, STATUS = Label("Checkout Page"), Label("Status Pembayaran")
OPEN_ORDER, SHOP_ON = Label("Lihat Pesanan"), Label("Belanja Lagi")
HISTORY, GOODS = Label("Riwayat Transaksi"), Label("Lihat Produk")
SKIP, LANGUAGE = Label("Lewati"), Label("Bahasa")
EDIT_NAME, EDIT_EMAIL, EDIT_WHATSAPP = Label("Ubah Nama"), Label("Ubah Email"), Label("Ubah Whatsapp")
WRITE_BACK, FORGET = Label("Balas"), Label("Ya, Hapus Dataku")
SEND, PAUSE, RESUME, STOP = Label("Kirim"), Label("Jeda"), Label("Lanjutkan"), Label("Hentikan")
VOUCHER, DEPOSIT, OTHER_AMOUNT = Label("Gunakan Voucher"), Label("Deposit"), Label("Jumlah Lain")
RESEND, RECHECK, GIVE_BACK = Label("Kirim Ulang"), Label("Cek Pembayaran"), Label("Kembalikan ke Saldo")
PENDING, FAILED = Label("Menunggu Pembayaran"), Label("Gagal Diproses")
WRITE_TO, SEE_PERSON, ORDERS_OF = Label("Tulis Pesan"), Label("Lihat Pengguna"), Label("Pesanannya")
ADD_BALANCE, BAN, UNBAN, CONFIRM_BAN = (
    Label("Tambah Saldo"),
    Label("Blokir"),
    Label("Buka Blokir"),
    Label("Ya, Blokir"),
)
FILL, SEND_FILE, SEND_PHOTO, EXPORT = (
    Label("Isi Stok"),
    Label("Kirim Berkas"),
    Label("Kirim Foto"),
    Label("Unduh Stok"),
)
RESEND_ONLY = Label("Hanya Kirim Lagi")
CLAIM, REPLACE, GIVE_MONEY = Label("Klaim Garansi"), Label("Ganti"), Label("Kembalikan Dana")
RETRY_GROUP, DISCARD_GROUP = Label("Ulangi Semua"), Label("Buang Semua")
CONFIRM_RETRY, CONFIRM_DISCARD = Label("Ya, Ulangi"), Label("Ya, Buang")
TRY_AGAIN, MUTE, OPEN_PAGE = Label("Coba Lagi"), Label("Bisukan 1 jam"), Label("Buka Halaman")
CHANGE, RESTORE = Label("Ubah"), Label("Kembalikan Aslinya")
END_SESSION, LOOK_AGAIN = Label("Akhiri Sesi"), Label("Periksa Lagi")
SEE_GROUP, SEE_DETAILS = Text("{number}. Lihat {count}"), Text("{number}. Rincian")
ACCEPT, REFUSE, SEE_ORDER = Label("Terima"), Label("Tolak"), Label("Lihat Pesanan")
TO_BALANCE, ASK_GATEWAY, DEALT_WITH = (
    Label("Masukkan ke Saldo"),
    Label("Tanya Pakasir"),
    Label("Tandai Selesai"),
)
SEE, SEE_ALL, REFRESH = Label("Lihat"), Label("Lihat Semua"), Label("Muat Ulang")
ADD_THEM, DROP_THEM, UNDO = Label("Tambahkan"), Label("Batal"), Label("Urungkan")
PURGE_YES, PURGE_NO = Label("Ya, Hapus"), Label("Jangan")
CONFIRM_GIVE_BACK, CONFIRM_CREDIT = Label("Ya, Kembalikan"), Label("Ya, Masukkan")
CONFIRM_ACCEPT, CONFIRM_REFUSE = Label("Ya, Terima"), Label("Ya, Tolak")
CONFIRM_BALANCE, CONFIRM_TRANSFER, CONFIRM_VOUCHERS, LEAVE_IT = (
    Label("Ya, Ubah"),
    Label("Ya, Transfer"),
    Label("Ya, Buat"),
    Label("Tidak"),
)
STEPS = (("-", -1), ("+", 1), ("+2", 2), ("+5", 5), ("+10", 10))

#: With something of what they lead to.
BRING_BACK, USE_FREE = Text("Jual lagi {name}"), Text("Pakai nomor {free}")
STARS = Text("{stars} ⭐")
#: Where several orders are listed.
CANCEL_ONE = Text("Batalkan {invoice}")
HIDE_TESTIMONIAL, SHOW_TESTIMONIAL = Text("Sembunyikan {invoice}"), Text("Tampilkan {invoice}")
WAITING_CLAIM = Text("#{number} · {name} · {product}")
LISTED, DEPOSIT_OF = Text("{name} · {price}"), Text("Deposit {amount}")
PENDING_ORDER = Text("{invoice} · {total} · {name}")
#: What a phone has no room for comes last.
PAST_ORDER = Text("{mark} {name} · {day} · {invoice}")

#: The reply keyboard offers so many products, so many in a row.
NUMBERS, NUMBERS_A_ROW = 24, 8

LABEL_UNITS = 60


def menu(numbers: Sequence[int]) -> list[list[str]]:
    """The reply keyboard: the shop's doors, then products in stock by number."""
    labels = [str(number) for number in numbers[:NUMBERS]]
    rows = [labels[at : at + NUMBERS_A_ROW] for at in range(0, len(labels), NUMBERS_A_ROW)]
    return [[LIST.said(), STOCK.said()], [ACCOUNT.said(), WRITE.said()], *rows]


def shop() -> Rows:
    """The ways into the shop."""
    return [
        [Button(CATEGORIES, pack("categories", 1)), Button(BEST, pack("best", 1))],
        [Button(EVERYTHING, pack("everything", 1))],
    ]


def order_and_buyer(order_id: int, user_id: int) -> Rows:
    """What a notice about an order leads to."""
    see = Button(SEE_ORDER, pack("admin_order", order_id))
    return [[see, Button(WRITE_TO, pack("write_to", user_id))]]


def person(user_id: int) -> Rows:
    """What a notice about somebody leads to."""
    see = Button(SEE_PERSON, pack("person", user_id))
    return [[see, Button(WRITE_TO, pack("write_to", user_id))]]


def onward(order_id: int | None = None) -> Rows:
    """The ways on from what is to stay in the chat as it is: they open below it."""
    order = [Button(OPEN_ORDER, pack("open_order", order_id))] if order_id else []
    return [[*order, Button(SHOP_ON, pack("shop_on"))]]


def back(name: str, *numbers: int) -> Rows:
    return [[Button(BACK, pack(name, *numbers))]]


def stars(order_id: int) -> Rows:
    """What an order's goods are rated with."""
    return [[Button(STARS.plain(stars=number), pack("rate", order_id, number)) for number in range(1, 6)]]


def pager(name: str, *numbers: int, page: int, pages: int, up: str | None = None) -> Rows:
    """Back one page, or up from the first; on from any page, from the last to the first again. Nothing is
    above a list that a command opens: its first page is read again."""
    if page > 1:
        row = [Button(BACK, pack(name, *numbers, page - 1))]
    else:
        row = [Button(BACK, up) if up else Button(REFRESH, pack(name, *numbers, 1))]
    if pages > 1:
        row.append(Button(NEXT_PAGE.plain(page=page, pages=pages), pack(name, *numbers, page % pages + 1)))
    return [row]
