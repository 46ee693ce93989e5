"""`/addstock`: the question, the progress, what became of it."""

from app.texts.html import Text

STOCKED = Text(
    "✅ <b>{number}</b> · {name}\nDitambahkan: <b>{added}</b>{slots}\nSudah ada: <b>{duplicates}</b>\n"
    "Stok sekarang: <b>{available}</b>{heading}"
)
FILL = Text(
    "📦 <b>Isi stok {number}</b> · {name}\n\nStok sekarang: {available}. Kirim isinya sekarang, satu baris "
    "satu item, atau sebagai berkas .txt atau .csv."
)
READING = Text("📄 Berkas diterima, stok produk <b>{number}</b> sedang diisi…")
HEADING = Text("\n\nBaris paling atas hanya judul kolom, jadi tidak ikut ditambahkan.")
ASK_STOCK = Text(
    "📦 Tambahkan <b>{total}</b> item{slots} ke <b>{number}</b> · {name}?\n\nYang pertama:\n{first}\n"
    "Kembar di dalamnya: <b>{twins}</b>\nSudah pernah ada: <b>{had}</b>\n"
    "Stok sekarang <b>{available}</b>, nanti <b>{then}</b>{heading}"
)
#: Said below the question.
NOTES = {
    "formatted": Text(
        "\n⚠️ Sebagian isinya berformat (tebal, monospace, …), jadi tanda seperti <code>**</code> atau "
        "<code>`</code> tidak ikut ditambahkan. Kalau tanda itu memang bagian dari isinya, tekan Batal lalu "
        "kirim sebagai berkas .txt."
    ),
    "heading": Text(
        "\nKalau baris itu memang isi stok, kirim baris itu saja dengan <code>/addstock</code> setelah ini."
    ),
    "cut": Text(
        "\n✂️ Pesanmu penuh sampai batas Telegram, jadi mungkin terpotong. Sisanya kutunggu: kirim saja. "
        "Belum ada yang ditambahkan; kalau sudah semua, tekan Tambahkan."
    ),
    "cut_in_group": Text(
        "\n✂️ Pesanmu penuh sampai batas Telegram, jadi mungkin terpotong, dan di grup sisanya tidak "
        "terbaca olehku. Kalau terpotong, tekan Batal lalu kirim sebagai berkas .txt."
    ),
    "joined": Text(
        "\n✂️ Pesan yang terpotong sudah disambung. Cek dulu baris di sekitar potongannya; kalau keliru, "
        "tekan Batal lalu kirim sebagai berkas .txt."
    ),
}
IN_SLOTS = Text(" akun × {slots} slot")
SEAM = Text("<code>{line}</code>")
MASKED_LINE = Text("<code>{line}</code>")
ADDING = Text("⏳ <b>{number}</b> · {name}\nSedang ditambahkan: <b>{done}</b> dari <b>{total}</b> item…")
NOT_ADDED = Text("Tidak jadi: {left} item untuk <b>{number}</b> · {name} tidak ditambahkan.{already}")
ADDED_BEFORE = Text(" Yang sudah masuk: <b>{added}</b>.")
TAKEN_BACK = Text(
    "↩️ <b>{number}</b> · {name}\nDari <b>{added}</b> item yang ditambahkan, yang belum laku ditarik lagi.\n"
    "Stok sekarang: <b>{available}</b>"
)
#: Toasts.
BATCH_OVER = Text("Yang ini sudah selesai diproses.")
BATCH_BACK = Text("{count} item ditarik lagi.")
