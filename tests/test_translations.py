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

from app.texts import languages, menu
from tests.support.source import SHOP, Module

ROOT = Path(__file__).parent.parent
PO = languages.LOCALE / languages.ENGLISH / "LC_MESSAGES" / f"{languages.DOMAIN}.po"

#: Modules that handle words, and say none.
MACHINERY = {"app.texts.html", "app.texts.languages", "app.texts.own_words", "app.texts.clock"}
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
    assert {id_: languages.ours(id_, languages.ENGLISH) for id_ in compiled} == compiled


@pytest.mark.parametrize("told", [gaps, tags, edges, commands], ids=lambda told: told.__name__)
def test_translations_have_what_the_sentence_has(catalogue, told):
    assert [each.string for id_, each in catalogue.items() if told(each.string) != told(id_)] == []


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
