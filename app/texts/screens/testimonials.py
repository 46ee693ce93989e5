"""What buyers are asked and told about their stars."""

from app.texts.html import Text

RATED = Text(
    "💛 Terima kasih! <b>{stars} dari 5 bintang</b> untuk {name}.\n\nMau menambah satu kalimat? Tulis "
    "sekarang, "
    "atau tekan <b>Lewati</b>.{channel}"
)
IN_CHANNEL = Text("\n\nTestimonimu tampil di kanal <b>{title}</b> dengan nama <b>{who}</b>.")
RATED_BEFORE = Text(
    "Sudah kamu nilai: {stars} dari 5 bintang. Kalau mau menambah satu kalimat, tulis saja sekarang, ya."
)
THANKED = Text("💛 Terima kasih, testimonimu sudah kami terima.")
ON_PAGE = Text("\n\n⭐ Penilaianmu: <b>{stars} dari 5</b>{review}")
QUOTED = Text("\n<i>{text}</i>")

#: In the channel.
POST = Text("{stars}\n<b>{name}</b>{quote}\n\n👤 {who}")
WITHDRAWN = Text("<i>Testimoni ini sudah ditarik.</i>")
STAR = "⭐"
