"""What is on sale."""

from app.texts.html import Text

TITLE, LISTS = Text("Produk"), Text("Daftar")
#: By the word in the address.
NAMES = {"all": Text("Semua"), "out": Text("Habis")}
NUMBER, PRODUCT, CATEGORY = Text("Nomor"), Text("Nama produk"), Text("Kategori produk")
PRICE, STOCK, SOLD = Text("Harga"), Text("Stok"), Text("Terjual")
LOCKED, OUT, ENDLESS = Text("terkunci"), Text("habis"), Text("tanpa batas")
LEFT, SOLD_COUNT = Text("stok {count}"), Text("terjual {count}")
NEXT = Text("Berikutnya")
NONE_OUT = Text("✅ Tidak ada produk yang habis.")
NONE = Text("Belum ada produk. Tambahkan lewat bot dengan <code>/add</code>.")
