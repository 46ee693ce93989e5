"""The ops page's templates as trees: what they say, and what fills the gaps of that. Nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from jinja2 import Environment, nodes

from app.ops.page.views import HERE
from app.texts import ops as texts


@dataclass(frozen=True)
class Said:
    """`filled`: the gaps that are filled in there; none where it is only named."""

    place: str
    module: ModuleType
    name: str
    filled: frozenset[str] = frozenset()


def sentences(folder: Path = HERE / "templates") -> Iterator[Said]:
    """Everything that templates name as `t.NAME`, of the texts of their screen, or as `base.NAME`."""
    for file in sorted(folder.glob("*.html")):
        yield from within(file.name, file.read_text())


def within(name: str, source: str) -> Iterator[Said]:
    """`failed_ask.html` belongs to the screen `failed`."""
    tree = Environment().parse(source)
    filled = {
        id(call.node): frozenset(each.key for each in call.kwargs) for call in tree.find_all(nodes.Call)
    }
    screen = name.removesuffix(".html").partition("_")[0]
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in {"t", "base"} and node.attr.isupper():
            module = import_module(f"{texts.__name__}.{'base' if node.node.name == 'base' else screen}")
            yield Said(f"{name}:{node.lineno}", module, node.attr, filled.get(id(node), frozenset()))
