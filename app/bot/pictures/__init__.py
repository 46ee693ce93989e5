"""Pictures that the bot sends: the shop's figures and the QR to pay. Nothing here knows the database."""
