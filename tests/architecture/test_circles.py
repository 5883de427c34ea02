"""Tests that no modules import each other in a circle: not at the top, not inside a function, not for types alone."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.trees import modules


def dotted(name: str) -> str:
    """The module of a file: bedside/ui/frame.py is bedside.ui.frame."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(tree: ast.Module, known: frozenset[str]) -> Iterator[str]:
    """Every module of the program that a module imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else str(node.module) for name in inner)


def imports_of(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """For each module those of the program that it imports; its own package is none."""
    known = frozenset(trees)
    return {name: (set(imported(tree, known)) & known) - {name} for name, tree in trees.items()}


def circle_in(imports: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other, each followed by the one that imports it; empty without a circle."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_that_no_modules_import_each_other() -> None:
    imports = imports_of({dotted(name): tree for name, tree in modules("bedside/")})
    assert len(imports["bedside.ui.ward"]) > 1
    assert circle_in(imports) == []


@pytest.mark.parametrize(
    "back", ["import a", "def f():\n    from a import g", "if TYPE_CHECKING:\n    from a import A"]
)
def test_that_a_circle_is_found_wherever_it_is_closed(back: str) -> None:
    trees = {"a": ast.parse("from b import c"), "b": ast.parse(back)}
    assert set(circle_in(imports_of(trees))) == {"a", "b"}
