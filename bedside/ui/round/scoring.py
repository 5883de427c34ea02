"""Owns the round of ICE and CAPD at work: whose score is taken, the form of each, and what became of it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from bedside.chart.entries import Neuro
from bedside.ui.forms.context import Saved
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.round.door import RoundDoor
from bedside.ui.round.rounds import RoundPatient
from bedside.ui.round.rows import RoundRow, Standing
from bedside.ui.round.scores import ScoreFacts, ScoreList


class Scoring(QObject):
    """Fills a list of scores; `sheet_asked(FormSheet)` for the form of a patient, `scored(MRN)` once it is stored."""

    sheet_asked = Signal(object)
    scored = Signal(str)

    def __init__(self, door: RoundDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._door = door
        self._patients: dict[str, RoundPatient] = {}
        self._facts: dict[str, ScoreFacts] = {}
        self._forms: dict[FormSheet, ScoreFacts] = {}
        self.list = ScoreList()
        self.list.asked.connect(self._open)

    def show(self, patients: Sequence[RoundPatient], rows: Sequence[RoundRow]) -> None:
        """Show these patients, each with the row that says who they are."""
        self._patients = {one.mrn: one for one in patients}
        self._forms.clear()
        self._facts = {
            one.mrn: ScoreFacts(row, self._door.score(one), one.last_neuro)
            for one, row in zip(patients, rows, strict=True)
        }
        self.list.show_facts(tuple(self._facts.values()))

    def standings(self) -> list[Standing]:
        """What became of each patient on this round."""
        return [Standing.OPEN if one.saved is None else Standing.SAVED for one in self._facts.values()]

    def _open(self, facts: ScoreFacts) -> None:
        """Ask for the form of a patient over the sheet."""
        if self._door.refusal():
            return
        line = facts.row.line
        sheet = FormSheet("neuro", self._door.graded_context(self._patients[line.mrn], line.day0))
        sheet.entry_saved.connect(self._stored)
        self._forms[sheet] = facts
        self.sheet_asked.emit(sheet)

    def _stored(self, saved: Saved) -> None:
        """Say in the row of whom the form was what was stored, even if another form is open by then."""
        sheet = self.sender()
        facts = self._forms.get(sheet) if isinstance(sheet, FormSheet) else None
        if not isinstance(sheet, FormSheet) or facts is None:
            return
        proposed = sheet.graded.proposed
        facts.saved, facts.grade = saved, "" if proposed is None else proposed.statement
        facts.last = saved.entry if isinstance(saved.entry, Neuro) else facts.last
        self.list.tell(facts)
        self.scored.emit(facts.row.line.mrn)
