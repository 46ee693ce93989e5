"""The frame around every screen of the ops page."""

from app.texts.html import Text

#: What the head of every page leads to.
NOW, ORDERS, PRODUCTS = Text("Sekarang"), Text("Pesanan"), Text("Produk")
FAILED = Text("Gagal")
ALERTS = Text("Peringatan")
LOG_OUT = Text("Keluar")
