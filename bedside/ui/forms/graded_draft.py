"""Owns what the rows of a form mean to its grade: which fields count while typing, which score the age asks for."""

from collections.abc import Sequence
from typing import Any

from bedside.chart.base import Entry
from bedside.service.propose import SCALES, Grading, ProposedGrade
from bedside.ui.forms.boxes import BoxState
from bedside.ui.forms.content import fields_of
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.moment_row import MomentRow
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.row import FieldRow

SCORES = ("ice", "capd")
_NOT_GRADED = ("note", "reason", "censored")


class GradedDraft:
    """The rows of a form of vital signs or neurology, graded as they are typed."""

    def __init__(self, kind: str, rows: Sequence[FieldRow], grading: Grading, corrected: Entry | None) -> None:
        self._kind, self._rows, self._corrected = kind, rows, corrected
        self._grading = grading if corrected is None else grading.correcting(corrected.id)

    def proposed(self) -> ProposedGrade:
        """The grade of what is typed so far; the score of the age is asked for before."""
        self._choose_score()
        return self._grading.proposed(self._fields())

    def _fields(self) -> dict[str, Any]:
        """The fields without a number that is refused: 3 on the way to 38 is no temperature."""
        taken = [row for row in self._rows if not (isinstance(row, NumberRow) and row.box.state is BoxState.REFUSED)]
        fields = fields_of(self._kind, taken, self._corrected)
        return {name: value for name, value in fields.items() if name not in _NOT_GRADED}

    def _choose_score(self) -> None:
        """Show ICE or CAPD, whichever grades the patient at that moment; a score that holds something stays."""
        rows = {row.spec.name: row for row in self._rows}
        if not rows.keys() >= set(SCORES):
            return
        fields: dict[str, Any] = {}
        rows["developmental_delay"].contribute(fields)
        at = rows["at"]
        on = at.at.day if isinstance(at, MomentRow) and at.at is not None else self._grading.moment.date()
        with_ice = self._grading.takes_ice(on, developmental_delay=bool(fields.get("developmental_delay")))
        for name in SCORES:
            rows[name].setHidden((name == "ice") != with_ice and rows[name].state() is None)


def draft_to_grade(
    kind: str, context: FormContext, corrected: Entry | None, rows: Sequence[FieldRow]
) -> GradedDraft | None:
    """What grades a form, or None for a kind without a grade."""
    if context.grading is None or kind not in SCALES:
        return None
    return GradedDraft(kind, rows, context.grading(), corrected)
