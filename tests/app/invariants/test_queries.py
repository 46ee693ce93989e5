"""The files of queries: nothing in them is left out without a word."""

import re
from functools import partial
from pathlib import Path

import pytest

from app.ops import invariants
from app.ops.invariants import queries

FILES = sorted(Path(queries.__file__).parent.glob("*.sql"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_statement_of_a_file_is_a_check(file):
    text = file.read_text()

    checks = queries.of(file.stem)

    assert len(checks) == len(re.findall(r"^-- \d: ", text, re.MULTILINE)) == text.count(";\n")


def test_every_file_is_checked():
    found = [check.args for file in FILES for check in queries.of(file.stem)]

    assert sorted(found) == sorted(each.args for each in invariants.CHECKS if isinstance(each, partial))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_query_asks_for_nothing_that_is_not_there(file):
    text = file.read_text()

    assert set(re.findall(r"%\((\w+)\)s", text)) <= set(queries.VALUES)
    assert set(re.findall(r"(?<!')\{(\w+)\}", text)) <= set(queries.PARTS)
