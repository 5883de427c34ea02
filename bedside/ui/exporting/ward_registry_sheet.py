"""Owns the sheet of what the registries lack of every patient: one row a patient, Enter shows the questions."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.formats import date_text
from bedside.service.registry import RegistryLine
from bedside.service.registry_text import STATUS_WORDS
from bedside.ui.actions import Action
from bedside.ui.importing.table import PreviewTable
from bedside.ui.importing.words import Cells
from bedside.ui.signs import Sign
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

WIDTH, HEIGHT, ROW_HEIGHT = 812, 640, 32
COUNTED = (AnswerStatus.ANSWERED, AnswerStatus.TO_CONFIRM, AnswerStatus.NOT_DUE)
HEADS = (
    ("No.", 0),
    ("Infusion", 120),
    *((STATUS_WORDS[status].capitalize(), 104) for status in COUNTED),
    ("Missing", 136),
)


def cells(line: RegistryLine) -> Cells:
    """A patient: number, day of infusion, how many questions stand how."""
    missing = line.counts.get(AnswerStatus.MISSING, 0)
    infused = "no infusion yet" if line.day0 is None else date_text(line.day0)
    texts = (line.mrn, infused, *(str(line.counts.get(status, 0)) for status in COUNTED))
    sign, tone = (Sign.ALERT_WARNING, "high") if missing else (Sign.CLEAR, "ink")
    return Cells((*texts, f"{missing} missing"), "", sign, tone)


class WardRegistrySheet(View):
    """`patient_asked(MRN)` when the questions of one are to be shown."""

    patient_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = WrappedLabel("Reading …", 13, 400, "ink2", self)
        self.trouble = Alert("trouble", self)
        self.table = PreviewTable("Patients and their questions", HEADS, cells, self, row_height=ROW_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("What the registries lack", 18, 600))
        column.addWidget(self.sentence)
        column.addWidget(self.trouble)
        column.addWidget(self.table, 1)
        self.table.doubleClicked.connect(self.open_patient)

    def sizeHint(self) -> QSize:
        """As much as there is room for."""
        return QSize(WIDTH, HEIGHT)

    def take_keyboard(self) -> None:
        """Go to the patients."""
        self.table.setFocus()

    def show_lines(self, lines: Sequence[RegistryLine]) -> None:
        """Show every patient, those of whom most is missing first."""
        first = sorted(lines, key=lambda line: -line.counts.get(AnswerStatus.MISSING, 0))
        self.table.show_rows(first)
        lacking = sum(bool(line.counts.get(AnswerStatus.MISSING)) for line in lines)
        patients = f"{len(lines)} patient{'s' * (len(lines) != 1)}"
        self.sentence.setText(f"Something is missing for {lacking} of {patients}. What is not due yet is not missing.")
        self.changed.emit()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the patients could not be read."""
        self.sentence.setText("")
        self.trouble.show_trouble(trouble)
        self.changed.emit()

    def clear(self) -> None:
        """Hold nothing of any patient."""
        self.table.show_rows(())

    def open_patient(self) -> None:
        """Ask for the questions of the selected patient."""
        line = self.table.current
        if isinstance(line, RegistryLine):
            self.patient_asked.emit(line.mrn)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "registry"

    def actions_offered(self) -> tuple[Action, ...]:
        """The questions of one patient, and close."""
        return (
            Action(
                "registries.open", "Show the questions of the patient", self.open_patient, "Return", hint="questions"
            ),
            Action("registries.close", "Close", self.close_asked.emit, "Escape", hint="close"),
        )
