"""Prices and stock, wherever they are shown."""

from app.texts.html import Label, Text

WAS = Text("<s>{full}</s> ")
PRICE = Text("{was}{price}")

SOLD_OUT = Label("habis")
ENDLESS = Label("tanpa batas")
