"""`make texts`: bring the catalogues of app/texts/locale up to date with the sentences in the code.

What is new is added without a translation, what is gone goes. Where a sentence was only changed, its former
translation stays, marked as fuzzy, and counts for nothing until somebody has looked at it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "app" / "texts" / "locale"
FOLDERS = ("app/texts", "app/bot")
#: Classes of app/texts/html.py.
KEYWORDS = {"Text": None, "Label": None}
WIDTH = 110
#: Without the dates and names that tools put there: they would change with every run.
HEADER = """# What the sentences in the code, which are Bahasa Indonesia, are in this language.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Every sentence of the code, with the files that say it."""
    found = Catalog(charset="utf-8")
    for folder in FOLDERS:
        messages = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        for name, _line, text, _comments, _context in sorted(messages, key=lambda each: each[:2]):
            found.add(text, locations=[(f"{folder}/{name}", None)])
    return found


def update(path: Path, sentences: Catalog) -> None:
    language = path.parent.parent.name
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, charset="utf-8")
    catalog.update(sentences, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = NEVER
    with path.open("wb") as file:
        file.write(HEADER.format(language=language).encode())
        write_po(file, catalog, width=WIDTH, sort_by_file=True, omit_header=True, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    missing = sum(1 for each in catalog if each.id and (not each.string or each.fuzzy))
    print(f"{path.relative_to(ROOT)}: {len(catalog)} sentences, {missing} to translate")


def main() -> None:
    sentences = template()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/quickcart.po")):
        update(path, sentences)


if __name__ == "__main__":
    main()
