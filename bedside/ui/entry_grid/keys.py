"""Owns the keys of a grid that is typed into, as actions: the open answers, the way on, saving, not done."""

from collections.abc import Callable

from bedside.ui.actions import Action
from bedside.ui.entry_grid.table import BoxTable


def _always() -> str:
    return ""


def typing_actions(
    table: BoxTable, save: Callable[[], object], what: str, *, hint: str = "save", refusal: Callable[[], str] = _always
) -> tuple[Action, ...]:
    """What can be done while one types; what names that which is saved, hint is the word of the key bar for it."""
    take = table.take_keyboard
    answers = table.strip.answers_offered() if table.is_asking else []
    return (
        *answers,
        Action("grid.next", "Go to the next box", take, hint="next box", caps=("Enter",)),
        Action("grid.save", f"Save {what}", save, "Ctrl+Return", hint=hint, refusal=refusal),
        Action("grid.not_done", "Not done", take, hint="not done", caps=("X",)),
    )
