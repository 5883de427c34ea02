"""Owns the keys of the flowsheet while nothing is typed."""

from typing import TYPE_CHECKING

from bedside.ui.actions import Action

if TYPE_CHECKING:
    from bedside.ui.counts.view import CountsView


def reading_actions(view: "CountsView") -> tuple[Action, ...]:
    """Another value, a new column, the correction of a value, another part of the course."""
    moves = ("↑", "↓", "←", "→")
    correct = Action(
        "counts.correct",
        "Correct this value",
        view.correct,
        hint="correct",
        caps=("Enter",),
        refusal=view.why_not_correct,
    )
    add = Action(
        "counts.add", "Add a column and type", view.start_typing, "A", hint="add a column", refusal=view.why_not_type
    )
    return (
        Action("counts.move", "Go to another value", view.take_keyboard, hint="value", caps=moves),
        add,
        correct,
        Action("counts.part", "Show another part of the course", view.show_next_part, "P", hint="part"),
    )
