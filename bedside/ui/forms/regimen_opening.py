"""Owns the way to a regimen: its choice, then its form, and back to the choice for another one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from bedside.service.regimens import Dosing, Template
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.regimen_chooser import RegimenChooser
from bedside.ui.forms.regimen_sheet import RegimenSheet
from bedside.ui.frame import Frame


class RegimenForms(QObject):
    """Lays choice and form over the frame's view; `entries_saved` carries every Saved of a regimen."""

    entries_saved = Signal(object)

    def __init__(self, frame: Frame, templates: Sequence[Template], parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._templates = frame, templates
        self._of: tuple[FormContext, Dosing] | None = None

    def choose(self, context: FormContext, dosing: Dosing) -> None:
        """Ask which regimen was given to this patient."""
        self._of = (context, dosing)
        self._ask()

    def _ask(self) -> None:
        if self._of is None:
            return
        patient = self._of[0].patient
        chooser = RegimenChooser(f"{patient.family.upper()}, {patient.given}", self._templates)
        chooser.template_chosen.connect(self._open)
        chooser.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(chooser)

    def _open(self, template: Template) -> None:
        if self._of is None:
            return
        context, dosing = self._of
        sheet = RegimenSheet(template, dosing, context)
        sheet.entries_saved.connect(self.entries_saved)
        sheet.another_asked.connect(self._ask)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)

    def forget(self) -> None:
        """Forget the patient."""
        self._of = None
