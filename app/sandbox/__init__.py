"""The shop without accounts: embedded servers, stand-ins for Telegram and Pakasir, one command."""
