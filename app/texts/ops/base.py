"""The frame around every screen of the ops page."""

from app.texts.html import Text

#: What the head of every page leads to.
NOW, ORDERS, PRODUCTS = Text("Sekarang"), Text("Pesanan"), Text("Produk")
FAILED, JOBS, MONEY = Text("Gagal"), Text("Antrean"), Text("Uang")
ALERTS, AUDIT = Text("Peringatan"), Text("Audit")
LOG_OUT, LANGUAGE = Text("Keluar"), Text("Bahasa:")
SEARCH, SEARCH_LABEL = Text("Cari"), Text("Cari pesanan")
SEARCH_HINT = Text("Pesanan, transaksi, @pembeli")
#: How long ago something was, and how large it is.
AGO, MEGABYTES = Text("{lasted} lalu"), Text("{mb} MB")
OLDER = Text("Yang lebih lama")
#: Rows of orders.
ORDER, STATE, BUYER = Text("No. pesanan"), Text("Status"), Text("Pembeli")
PRODUCT, TOTAL, PLACED, LATE = Text("Nama produk"), Text("Total"), Text("Dibuat"), Text("terlambat")
