"""Tests that files and functions stay small enough to be read at once."""

import ast
from collections.abc import Iterator

from tests.architecture.trees import modules, texts

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_ARGUMENTS = 6
FORBIDDEN_NAMES = {"util", "utils", "common", "helper", "helpers", "misc", "manager"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def arguments(function: Function) -> list[str]:
    """The names of a function's arguments, self and those by keyword alone among them."""
    listed = function.args
    every = (*listed.posonlyargs, *listed.args, *listed.kwonlyargs, listed.vararg, listed.kwarg)
    return [argument.arg for argument in every if argument is not None]


def test_that_no_file_is_longer_than_400_lines() -> None:
    lengths = {name: text.count("\n") for name, text in texts() if name.endswith(".py")}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > MAX_FILE_LINES} == {}


def test_that_no_function_is_longer_than_50_lines() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > MAX_FUNCTION_LINES} == {}


def test_that_no_function_of_the_program_takes_more_than_six_arguments() -> None:
    counts = {name: len(arguments(node)) for name, node in functions() if name.startswith("bedside/")}
    assert {name: count for name, count in counts.items() if count > MAX_ARGUMENTS} == {}


def test_that_self_and_arguments_by_keyword_are_counted() -> None:
    (function,) = ast.parse("def save(self, at, /, value, *more, unit, **fields): pass").body
    assert isinstance(function, Function)
    assert sorted(arguments(function)) == ["at", "fields", "more", "self", "unit", "value"]


def test_that_every_module_says_what_it_owns() -> None:
    assert [name for name, tree in modules() if not ast.get_docstring(tree)] == []


def test_that_no_module_has_a_name_that_says_nothing() -> None:
    parts = {name: set(name.removesuffix(".py").split("/")) for name, _ in modules()}
    assert {name for name, words in parts.items() if words & FORBIDDEN_NAMES} == set()
