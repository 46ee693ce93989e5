"""The demo: stand-ins for Telegram and Pakasir with a browser chat, so that the shop needs no accounts."""
