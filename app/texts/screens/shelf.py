"""Prices, discounts and stock, wherever they are shown."""

from app.texts.html import Text

WAS = Text("<s>{full}</s> ")
PRICE = Text("{was}{price}")
DISCOUNT = Text("Diskon: -{discount}\nSetelah diskon: {total}\n")

IN_STOCK = Text("stok {available}")
OUT_OF_STOCK = Text("habis")
ENDLESS = "tanpa batas"
