"""All that people read is there in English too: the catalogue agrees with the code, gaps and tags included.

What the code says is found by the script that keeps the catalogue (`make texts`); nothing is written here.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from app import money
from app.texts import html, languages, menu, numbers
from tests.support.source import SHOP, Module

ROOT = Path(__file__).parent.parent
PO = languages.LOCALE / languages.ENGLISH / "LC_MESSAGES" / f"{languages.DOMAIN}.po"

#: Modules that handle words, and say none.
MACHINERY = {
    "app.texts.html",
    "app.texts.languages",
    "app.texts.own_words",
    "app.texts.clock",
    "app.texts.numbers",
}
#: Columns of files: whoever reads them with a program needs them to stay as they are.
FILES = {"app.texts.ops.money.COLUMNS"}


def script():
    spec = importlib.util.spec_from_file_location("texts_script", ROOT / ".ci" / "texts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def said() -> set[str]:
    return {message.id for message in script().template() if message.id}


@pytest.fixture(scope="module")
def catalogue():
    with PO.open("rb") as file:
        return {each.id: each for each in read_po(file, locale=languages.ENGLISH) if each.id}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def tags(text: str) -> Counter[str]:
    return Counter(re.findall(r"</?[a-z-]+[^<>]*>", text))


def edges(text: str) -> tuple[str, str]:
    """What separates it from its neighbours."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def words_of_gaps(text: str) -> list[str]:
    """What goes with a number: `day|days`."""
    return [spec for _, _, spec, _ in Formatter().parse(text) if spec]


def filled(text: str, number: str) -> str:
    values = {name: html.Gap(number) for name in gaps(text)}
    return html.unmarked(text.format(**values))


def commands(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w<.:/])/[a-z]{2,}\b", text))


def test_the_catalogue_has_what_the_code_says_and_nothing_else(said, catalogue):
    assert len(said) > 1_000
    assert said - catalogue.keys() == set()
    assert catalogue.keys() - said == set()


def test_nothing_waits_to_be_translated(catalogue):
    assert [id_ for id_, each in catalogue.items() if not each.string or each.fuzzy] == []


def test_what_is_spoken_is_what_the_catalogue_says(catalogue):
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = {each.id: each.string for each in read_mo(file) if each.id}

    assert compiled == {id_: each.string for id_, each in catalogue.items()}
    assert {id_: languages.translated(id_, languages.ENGLISH) for id_ in compiled} == compiled


@pytest.mark.parametrize("told", [gaps, tags, edges, commands], ids=lambda told: told.__name__)
def test_translations_have_what_the_sentence_has(catalogue, told):
    assert [each.string for id_, each in catalogue.items() if told(each.string) != told(id_)] == []


# Numbers


def test_indonesian_has_one_form_for_all_numbers(catalogue):
    assert [id_ for id_ in catalogue if words_of_gaps(id_)] == []


def test_english_has_two_forms_where_a_word_goes_with_a_number(catalogue):
    found = [spec for each in catalogue.values() for spec in words_of_gaps(each.string)]

    assert len(found) > 100
    assert [spec for spec in found if not re.fullmatch(r"[a-zA-Z' ]+\|[a-zA-Z' ]+", spec)] == []


#: Other words of more than one that stand beside a number of ours.
MANY = {"accounts", "buyers", "characters", "letters", "lines", "users", "sales", "stars", "QRs"}
#: These stand where the number is something else: "the files of 1 are".
VERBS = {"are", "do", "them"}
#: What they say is never 1: limits of ours.
LIMITS = {"characters", "stars"}


def of_one(catalogue) -> set[str]:
    """English as it reads with a 1 in every gap, where a word of more than one follows it."""
    words = (spec.split("|")[1] for each in catalogue.values() for spec in words_of_gaps(each.string))
    many = "|".join(sorted((MANY | {word for phrase in words for word in phrase.split()}) - LIMITS - VERBS))
    wrong = re.compile(rf"(?<![\w.%/])1 (?:(?:new|stock|unsold|warranty|wrong|recent) )?({many})\b")
    texts = (filled(each.string, "1") for each in catalogue.values())
    return {text for text in texts if wrong.search(text)}


def test_nothing_reads_wrong_where_there_is_one(catalogue):
    assert of_one(catalogue) == set()


@pytest.mark.parametrize("number", ["0", "2", "1.234", "11"])
def test_any_other_number_goes_with_many(catalogue, number):
    nouns = "item|order|day|minute|message|user|rating"
    few = re.compile(rf"(?<![\w.]){re.escape(number)} ({nouns})\b(?! delivery)")

    assert [each.id for each in catalogue.values() if few.search(filled(each.string, number))] == []


# What could not be translated


def loose(modules):
    """Constants with words that are neither Text nor Label. Gaps, keys and names of commands are no words."""
    for module in modules:
        for node in module.tree.body:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            if f"{module.name}.{name}" in FILES or name.startswith("_"):
                continue
            yield from (f"{module.name}.{name}: {each}" for each in strings(node.value) if is_word(each))


def strings(node: ast.AST):
    """Those in a value that no Text or Label is made of."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from strings(value)
    elif not (isinstance(node, ast.Call) and ast.unparse(node.func) in {"Text", "Label"}):
        for child in ast.iter_child_nodes(node):
            yield from strings(child)


def is_word(text: str) -> bool:
    outside = re.sub(r"\{\w*\}", "", text)
    return any(letter.isalpha() for letter in outside) and text not in menu.STAFF.keys() | menu.BUYERS.keys()


def test_every_word_of_ours_can_be_translated():
    modules = [
        module
        for module in SHOP
        if (module.name.startswith("app.texts.") and module.name not in MACHINERY)
        or module.name == "app.bot.toolkit.keyboards"
    ]

    assert len(modules) > 50
    assert list(loose(modules)) == []


@pytest.mark.parametrize(
    "line", ['A = "Batal"', 'A = {"a": "Batal"}', 'A: str = "{n} item"', 'A, B = Text("x"), "y"']
)
def test_a_word_that_could_not_be_is_found(line):
    assert len(list(loose([Module("app.texts.x", line)]))) == 1


@pytest.mark.parametrize(
    "line", ['A = Text("Batal")', 'A = {"a": Label("b")}', 'A = "{n}|{m}"', 'A = ("add",)']
)
def test_what_is_no_word_is_let_be(line):
    assert list(loose([Module("app.texts.x", line)])) == []


# Numbers


@pytest.mark.parametrize(("language", "many", "tenths"), [("id", "1.643", "0,7"), ("en", "1,643", "0.7")])
def test_numbers_are_written_as_the_language_does_and_money_as_indonesia_does(language, many, tenths):
    with languages.speaking(language):
        assert (numbers.count(1643), numbers.count(7), numbers.tenths(0.71)) == (many, "7", tenths)
        assert money.rupiah(1_643) == "Rp1.643"


def test_nobody_else_puts_marks_between_thousands():
    own = {"app.texts.numbers", "app.money"}
    others = {module.name: module.text for module in SHOP if module.name not in own}

    assert [name for name, text in others.items() if ":,}" in text] == []
