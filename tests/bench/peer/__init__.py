"""What a good engineer would write instead of this shop, to measure the shop by: one process,
python-telegram-bot's Application, async psycopg, the same screens and the same gateway. Nothing waits in a
queue, and what is under way when it dies is lost."""
