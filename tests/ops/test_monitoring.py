"""The dashboard and the rules for who has a Prometheus: they load, and all that they name exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.infra.metrics import counters, exposition, gauges

FOLDER = Path(__file__).parents[2] / "app" / "ops" / "monitoring"
RULES = json.loads((FOLDER / "rules.json").read_text())["groups"][0]["rules"]
BOARD = json.loads((FOLDER / "grafana.json").read_text())
EXPRESSIONS = [rule["expr"] for rule in RULES] + [
    target["expr"] for panel in BOARD["panels"] for target in panel["targets"]
]
FAMILIES = counters.FAMILIES | gauges.FAMILIES | gauges.LOOKS


def samples() -> set[str]:
    """Every name that a query can ask for."""
    names = exposition.NAMES - set(counters.FAMILIES)
    for name, family in counters.FAMILIES.items():
        endings = ("_total",) if family.kind == "counter" else ("_bucket", "_sum", "_count")
        names |= {name + ending for ending in endings}
    return names


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_name_that_is_asked_for_exists(expression):
    asked = set(re.findall(r"quickcart_\w+", expression))

    assert asked
    assert asked <= samples()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_label_that_is_asked_for_exists(expression):
    named = set(re.findall(r"(\w+)=~?\"", expression))
    for group in re.findall(r"by \(([^)]*)\)", expression):
        named |= {label.strip() for label in group.split(",")}

    known = {label for family in FAMILIES.values() for label in family.labels}
    assert named <= known | {"le", "process", "state"}


def test_every_number_is_on_the_board():
    shown = " ".join(target["expr"] for panel in BOARD["panels"] for target in panel["targets"])

    assert [name for name in exposition.NAMES if name not in shown] == []


def test_bad_outcomes_are_those_of_the_shop():
    for expression in EXPRESSIONS:
        for outcomes in re.findall(r'outcome=~"([^"]*)"', expression):
            assert set(outcomes.split("|")) == counters.BAD_OUTCOMES


def test_an_alert_says_what_is_wrong_and_what_to_do():
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"]


def test_panels_lie_beside_each_other():
    places = set()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        mine = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not mine & places
        assert at["x"] + at["w"] <= 24
        places |= mine
