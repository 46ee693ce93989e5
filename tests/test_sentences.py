"""Sentences and their gaps, formats and problems, reasons: what is named exists, and every gap is filled.

Read from the source (tests/support/source.py); each rule is tried on lines that break it.
"""

import ast
import importlib
import re
from string import Formatter

import pytest

from app.texts import formats, refusals
from app.texts.html import Text
from models import Order
from tests.support import templates
from tests.support.source import SHOP, Module, calls, keys

TEXTS = [module for module in SHOP if module.name.startswith("app.texts.")]

# Sentences


def gaps(text):
    return {name for _, name, _, _ in Formatter().parse(text.template) if name}


def sentences(found):
    """All in a table of them."""
    for each in found:
        if isinstance(each, dict | tuple):
            yield from sentences(each.values() if isinstance(each, dict) else each)
        elif isinstance(each, Text):
            yield each


def spoken(modules):
    """(call, sentence) wherever one is filled in."""
    for module in modules:
        for call in module.calls:
            said = call.node.func
            if isinstance(said, ast.Attribute) and said.attr == "plain":
                said = said.value
            yield from ((call, each) for each in sentences(call.values(said)))


def handed_on(modules):
    """(call, sentence, the call that fills it in) where a function of the same module is given one to say."""
    for module in modules:
        for call in module.calls:
            function = module.functions.get(getattr(call.node.func, "id", None))
            for at, argument in enumerate(call.node.args) if function else ():
                for sentence in sentences(call.values(argument)):
                    parameter = function.args.args[at].arg
                    yield from (
                        (call, sentence, said) for said in module.calls if says(said, function, parameter)
                    )


def says(call, function, parameter):
    within = function.lineno <= call.node.lineno <= function.end_lineno
    return within and ast.unparse(call.node.func) in {parameter, f"{parameter}.plain"}


def explained(modules):
    """(module, sentence, its facts) of pairs such as those in refusals.py."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Dict):
                yield from (
                    (module, each, node.elts[1]) for each in sentences(module.values(node.elts[0], None))
                )


def unfilled(modules):
    said = [(call, sentence, call) for call, sentence in spoken(modules)]
    for call, sentence, filled in [*said, *handed_on(modules)]:
        given, is_all = filled.keywords()
        if is_all and gaps(sentence) - given:
            yield f"{call.place} leaves {sorted(gaps(sentence) - given)}"
    for module, sentence, facts in explained(modules):
        if gaps(sentence) - keys(facts):
            yield f"{module.name}:{facts.lineno} leaves {sorted(gaps(sentence) - keys(facts))}"


def test_every_gap_in_a_sentence_is_filled():
    assert len([1 for call, _ in spoken(SHOP) if call.keywords()[1]]) > 250
    assert list(unfilled(SHOP)) == []


@pytest.mark.parametrize(
    "line",
    [
        "texts.LIST(title=1)",
        "texts.LIST.plain(title=1)",
        'texts.LIST(**{"title": 1})',
        "(texts.LIST if x else 1)()",
    ],
)
def test_a_gap_that_stays_is_found(line):
    imported = "from app.texts.screens import browse as texts"

    assert list(unfilled([Module("app.bot.screens.x", f"{imported}\n{line}")]))


def wrongly_drawn(found):
    for each in found:
        text = getattr(each.module, each.name, None)
        if text is None or (isinstance(text, Text) and gaps(text) - each.filled):
            yield f"{each.place}: {each.name}"


def test_every_sentence_of_a_template_is_there_and_filled():
    assert len(list(templates.sentences())) > 10
    assert list(wrongly_drawn(templates.sentences())) == []


@pytest.mark.parametrize("line", ["{{ t.NAMELESS }}", "{{ t.FLIPPED }}", "{{ t.FLIPPED(at=1) }}"])
def test_a_template_that_says_it_wrongly_is_found(line):
    assert list(wrongly_drawn(templates.within("alerts.html", line)))


def test_every_sentence_is_said_somewhere():
    said = {f"{each.module.__name__}.{each.name}" for each in templates.sentences()} | {
        module.full_name(node)
        for module in SHOP
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load)
    }
    kept = {
        f"{module.name}.{name.id}"
        for module in TEXTS
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        for name in ast.walk(node.targets[0])
        if isinstance(name, ast.Name)
    }

    assert kept - said == set()


# Formats

#: Readers of fields, with the place of the command whose format they show.
COMMAND_AT = {"split": 2, "number": 1, "price": 1, "person": 1, "order": 1}
#: Those that are given the whole hint, with its place and what they tell besides.
HINT_AT = {
    "whole": (3, {"most", "given"}),
    "amount": (3, {"least", "most", "given"}),
    "amount_and_reason": (3, {"least", "most", "given"}),
    "line": (2, {"most"}),
}
READERS = {f"app.bot.parsing.fields.{name}": at for name, at in HINT_AT.items()}


def hints(modules):
    """(call, hint, facts it is told with) of every WrongFormat. What only running tells is a gap."""
    for call in calls(modules, "app.errors.WrongFormat", *READERS):
        at, told = READERS.get(call.module.full_name(call.node.func), (0, set()))
        hint = call.argument(at, "hint")
        found = [ast.unparse(hint)[2:-1]] if isinstance(hint, ast.JoinedStr) else call.names(at, "hint")
        given, is_all = call.keywords()
        yield from ((call, each, given | told if is_all else None) for each in found)


def wrong_formats(modules):
    for call, hint, told in hints(modules):
        command, _, problem = hint.rpartition(".")
        if command and "{" not in command and command not in formats.FORMATS:
            yield f"{call.place}: no format {command}"
        if "{" not in problem:
            text = formats.PROBLEMS.get(problem)
            if text is None or (told is not None and gaps(text) - told):
                yield f"{call.place}: {problem}"
    for reader, at in COMMAND_AT.items():
        for call in calls(modules, f"app.bot.parsing.fields.{reader}"):
            for command in set(call.names(at, "command")) - formats.FORMATS.keys():
                yield f"{call.place}: no format {command}"


def test_every_format_and_problem_that_is_named_has_a_sentence():
    assert len(list(hints(SHOP))) > 50
    assert list(wrong_formats(SHOP)) == []


def test_every_format_and_problem_is_named_somewhere():
    said = {
        word
        for module in SHOP
        if module.name != formats.__name__
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in re.findall(r"\w+", node.value)
    }

    assert formats.PROBLEMS.keys() | formats.FORMATS.keys() <= said


@pytest.mark.parametrize(
    "line",
    [
        'raise WrongFormat("ad.name", most=1)',
        'raise WrongFormat("add.nam", most=1)',
        'raise WrongFormat("add.name")',
        'raise WrongFormat(f"{command}.nam")',
        'fields.number(text, "ad")',
        'fields.amount(text, 1, 2, "add.pric")',
        'fields.line(text, 1, "add.too_much")',
    ],
)
def test_a_format_that_is_not_there_is_found(line):
    imported = "from app.bot.parsing import fields\nfrom app.errors import WrongFormat"

    assert list(wrong_formats([Module("app.bot.screens.x", f"{imported}\n{line}")]))


# What is unknown


def wrong_kinds(modules):
    for call in calls(modules, "app.errors.Unknown"):
        yield from (f"{call.place}: {kind}" for kind in call.names(0) if kind not in refusals.UNKNOWN)


def test_everything_that_can_be_unknown_has_a_sentence_and_no_sentence_is_left_over():
    assert list(wrong_kinds(SHOP)) == []
    assert {
        kind for call in calls(SHOP, "app.errors.Unknown") for kind in call.names(0)
    } == refusals.UNKNOWN.keys()


def test_an_unknown_kind_is_found():
    line = 'from app.errors import Unknown\nraise Unknown("ordr", 1)'

    assert list(wrong_kinds([Module("app.sales.x", line)]))


# Reasons

REASONS = {Order.BY_BUYER, Order.BY_OPERATOR, Order.DEADLINE, Order.NO_QR, Order.LATE}
#: Who deals with orders; elsewhere the same words name queues, columns, other things.
DEALERS = ("app.sales.", "app.bot.", "app.backoffice.privacy", "workers.")


def reasons_spelled_out(modules):
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value in REASONS and module.name.startswith(DEALERS):
                yield f"{module.name}:{node.lineno}"


def test_why_an_order_ended_is_never_spelled_out():
    assert list(reasons_spelled_out(SHOP)) == []


def test_a_reason_that_is_spelled_out_is_found():
    assert list(reasons_spelled_out([Module("app.sales.x", 'if order.reason == "late":\n    pass')]))


def test_every_reason_has_words():
    """In the story its own, or those of what happened, which name who did it."""
    from app.texts.admin import orders as words

    own = {f"order.canceled:{Order.NO_QR}", f"order.paid:{Order.LATE}", f"order.credited:{Order.LATE}"}

    assert own | {"order.canceled", "order.expired", "order.credited"} <= words.STORY.keys()
    assert words.REASONS.keys() >= REASONS


# Wording

#: Words that only engineers know, and forms that are written otherwise.
NEVER = re.compile(
    r"gateway|faktor\b|jejak|migrasi|skema|duplikat|pekerjaan|ADMIN_IDS|webhook secret|rekening"
    r"|\d:\d\d WIB|\d %|\banda\b|\bAnda\b",
    re.IGNORECASE,
)


def said(modules):
    for module in modules:
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.isupper():
                yield from ((f"{module.name}.{name}", each) for each in plain_words(value))


def plain_words(value):
    if isinstance(value, Text):
        yield value.template
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from plain_words(each)


def test_no_sentence_uses_words_that_only_engineers_know():
    found = [(name, NEVER.search(text).group()) for name, text in said(TEXTS) if NEVER.search(text)]

    assert found == []


@pytest.mark.parametrize(
    "wrong", ["Gateway sedang ditanya", "Faktor 0.8", "pukul 03:04 WIB", "67 % berhasil", "Pesanan Anda"]
)
def test_such_words_are_found(wrong):
    assert NEVER.search(wrong)
