"""What admins read about people: the right form of commands that name one, and what became of them."""

from app.bot.html import Text

#: By the command's name; "user" for commands of other topics that name a person.
FORMATS = {
    "user": Text(
        "Sebut orangnya dengan id atau @username.\nContoh: <code>123456789</code> atau <code>@rina</code>"
    ),
}
PROBLEMS = {
    "person": Text("Orangnya harus disebut dengan id (angka) atau @username."),
}
UNKNOWN = Text("Tidak ada yang dikenal sebagai {named}. Orangnya harus pernah menulis ke bot ini.")
