"""Tests of what keeps widgets alive or the window deaf: captured references in signals, nested event loops."""

import ast
from collections.abc import Iterator

from tests.architecture.trees import modules


def calls(folder: str) -> Iterator[tuple[str, ast.Call]]:
    for name, tree in modules(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{name}:{node.lineno}", node


def connected_slots() -> Iterator[tuple[str, ast.expr]]:
    """The place and the slot of every `signal.connect(slot)`."""
    for place, call in calls("bedside/ui/"):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "connect":
            yield from ((place, slot) for slot in call.args[:1])


def is_partial(slot: ast.expr) -> bool:
    return isinstance(slot, ast.Call) and ast.unparse(slot.func) in {"partial", "functools.partial", "partialmethod"}


def test_that_signals_lead_to_bound_methods_never_to_lambdas_or_partials() -> None:
    places = [place for place, slot in connected_slots() if isinstance(slot, ast.Lambda) or is_partial(slot)]
    assert places == []


def test_that_no_dialog_or_menu_runs_an_event_loop_of_its_own() -> None:
    loops = {"exec", "exec_", "processEvents"}
    places = [
        place
        for place, call in calls("bedside/ui/")
        if isinstance(call.func, ast.Attribute) and call.func.attr in loops
    ]
    assert places == []
