"""The product's source as trees: who calls what, with which names and how many arguments. Nothing is run."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
MANY = 99


@dataclass(frozen=True)
class Call:
    """`function` is where the call stands, if it stands in one."""

    module: Module
    node: ast.Call
    function: ast.AST | None

    @property
    def place(self) -> str:
        return f"{self.module.name}:{self.node.lineno}"

    def argument(self, at: int, name: str = "") -> ast.expr | None:
        """By its place, or by its name."""
        named = next((each.value for each in self.node.keywords if each.arg == name), None)
        return named or (self.node.args[at] if len(self.node.args) > at else None)

    def values(self, node: ast.AST | None) -> list[Any]:
        """What an argument can be; nothing where only running tells."""
        return list(self.module.values(node, self.function)) if node is not None else []

    def names(self, at: int, name: str = "") -> list[str]:
        return [value for value in self.values(self.argument(at, name)) if isinstance(value, str)]

    def count(self, first: int = 0) -> tuple[int, int]:
        """How many arguments follow from the place `first` on: at least, at most."""
        widths = [self._width(node) for node in self.node.args[first:]]
        return sum(low for low, _ in widths), sum(high for _, high in widths)

    def _width(self, node: ast.expr) -> tuple[int, int]:
        if not isinstance(node, ast.Starred):
            return 1, 1
        shapes = list(self.module.shapes(node.value, self.function))
        sizes = [self._size(shape) for shape in shapes]
        return (min(low for low, _ in sizes), max(high for _, high in sizes)) if sizes else (0, MANY)

    def _size(self, node: ast.expr) -> tuple[int, int]:
        if not isinstance(node, ast.Tuple | ast.List):
            return 0, MANY
        widths = [self._width(each) for each in node.elts]
        return sum(low for low, _ in widths), sum(high for _, high in widths)

    def keywords(self) -> tuple[set[str], bool]:
        """Names of what is given by name, and whether these are all."""
        found, is_all = set(), True
        for keyword in self.node.keywords:
            if keyword.arg:
                found.add(keyword.arg)
                continue
            dicts = list(self.module.shapes(keyword.value, self.function))
            is_all &= bool(dicts) and all(isinstance(each, ast.Dict) for each in dicts)
            found |= {key for each in dicts if isinstance(each, ast.Dict) for key in keys(each)}
        return found, is_all


def keys(node: ast.Dict) -> set[str]:
    return {key.value for key in node.keys if isinstance(key, ast.Constant)}


@dataclass(frozen=True)
class Module:
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imported(self) -> dict[str, str]:
        """Local names of what it imports, with full ones."""
        return {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}

    @cached_property
    def calls(self) -> list[Call]:
        return list(self._calls(self.tree, None))

    def _calls(self, node: ast.AST, function: ast.AST | None) -> Iterator[Call]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield Call(self, child, function)
            within = child if isinstance(child, ast.FunctionDef) else function
            yield from self._calls(child, within)

    def full_name(self, node: ast.AST) -> str:
        """`app.infra.queue.outbox.add` for `outbox.add`; "" for what is no such name."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id, f"{self.name}.{node.id}")
        if isinstance(node, ast.Attribute):
            before = self.full_name(node.value)
            return f"{before}.{node.attr}" if before else ""
        return ""

    def shapes(self, node: ast.expr, function: ast.AST | None) -> Iterator[ast.expr]:
        """The expressions that a local name, a condition or a call within the module stands for."""
        if isinstance(node, ast.IfExp):
            yield from self.shapes(node.body, function)
            yield from self.shapes(node.orelse, function)
        elif isinstance(node, ast.Name) and function is not None:
            for given in assigned(function, node.id):
                yield from self.shapes(given, None)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions
        ):
            within = self.functions[node.func.id]
            for each in ast.walk(within):
                if isinstance(each, ast.Return) and each.value:
                    yield from self.shapes(each.value, within)
        else:
            yield node

    def values(self, node: ast.AST, function: ast.AST | None) -> Iterator[Any]:
        """Constants, and what modules define; of a condition both sides, of a table everything in it."""
        if isinstance(node, ast.Constant):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from self.values(node.body, function)
            yield from self.values(node.orelse, function)
        elif isinstance(node, ast.Subscript):
            for table in self.values(node.value, function):
                if isinstance(table, dict):
                    yield from table.values()
        elif isinstance(node, ast.Name) and function is not None and is_local(function, node.id):
            for given in assigned(function, node.id):
                yield from self.values(given, function)
        else:
            yield from self._defined(self.full_name(node))

    def _defined(self, name: str) -> Iterator[Any]:
        module, _, attribute = name.rpartition(".")
        if module in MODULES:
            found = getattr(importlib.import_module(module), attribute, None)
            if found is not None:
                yield found


def assigned(function: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a function gives a local name; what it makes of the name itself is left out."""
    for node in _nodes(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from _pair(target, node.value, name)


def _pair(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """`a, b = 1, 2` gives each its own."""
    if isinstance(target, ast.Name) and target.id == name:
        if not any(isinstance(each, ast.Name) and each.id == name for each in ast.walk(value)):
            yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, of_it in zip(target.elts, value.elts, strict=False):
            yield from _pair(one, of_it, name)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        yield from _pair(target, value.body, name)
        yield from _pair(target, value.orelse, name)


def is_local(function: ast.AST, name: str) -> bool:
    return name in _locals(function)


@cache
def _locals(function: ast.AST) -> set[str]:
    """Its parameters, and what it gives a value."""
    nodes = _nodes(function)
    stored = {each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return stored | {each.arg for each in nodes if isinstance(each, ast.arg)}


@cache
def _nodes(function: ast.AST) -> list[ast.AST]:
    return list(ast.walk(function))


def _modules() -> dict[str, Module]:
    files = [file for folder in ("app", "workers") for file in sorted((ROOT / folder).rglob("*.py"))]
    named = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }
    return {name: Module(name, file.read_text()) for name, file in named.items()}


MODULES = _modules()
#: Without the stand-ins of the demo.
SHOP = [module for name, module in MODULES.items() if not name.startswith("app.sandbox")]


def calls(modules: Iterable[Module], *functions: str) -> list[Call]:
    """Every call of the functions of these full names."""
    return [
        call for module in modules for call in module.calls if module.full_name(call.node.func) in functions
    ]
