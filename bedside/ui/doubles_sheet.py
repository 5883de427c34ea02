"""Owns the sheet of likely doubles: registrations that may be one person, and the way to each of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.chart.formats import date_text
from bedside.chart.patient import Patient
from bedside.service.identity_rules import LikelyDoubles
from bedside.ui.actions import Action
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, Rule, WrappedLabel

WIDTH, HEAD, ROW = 812, 150, 92
HOW = (
    "If two are one person, open the double and enter an identity (E) that names the number of the one to keep. No row "
    "is moved: both are read as one, and taking the entry back parts them again."
)
NOTHING = "No two registrations share a birth date and a name, or both names."


class DoublesSheet(View):
    """`open_asked(mrn)` for the one of a pair that is to be looked at."""

    open_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = WrappedLabel("Comparing every registration …", 13, 400, "ink2")
        self.trouble = Alert("trouble")
        self.buttons: list[QPushButton] = []
        self._numbers: dict[str, str] = {}
        self._pairs = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Registrations that may be one person", 18, 600))
        for widget in (self.sentence, self.trouble):
            column.addWidget(widget)
        column.addLayout(self._pairs)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """Room for every pair."""
        return QSize(WIDTH, HEAD + ROW * max(1, len(self.buttons) // 2))

    def take_keyboard(self) -> None:
        """The first of them."""
        (self.buttons[0] if self.buttons else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pairs(self, pairs: Sequence[LikelyDoubles]) -> None:
        """Show these pairs, or that there is none."""
        self.sentence.setText(HOW if pairs else NOTHING)
        for number, pair in enumerate(pairs, start=1):
            self._pairs.addWidget(WrappedLabel(f"{number}. {pair.why[:1].upper()}{pair.why[1:]}.", 13, 600))
            for patient in (pair.first, pair.second):
                self._pairs.addLayout(self._line(patient, number))
            self._pairs.addWidget(Rule())
        self.changed.emit()
        self.take_keyboard()

    def _line(self, patient: Patient, number: int) -> QHBoxLayout:
        name = f"{patient.family_name.upper()}, {patient.given_name}"
        words = f"{name} · Born {date_text(patient.birth_date)} · No. {patient.mrn}"
        button = PushButton(f"Open {patient.mrn}", self)
        button.setProperty("look", "link")
        button.setAccessibleName(f"Open {patient.mrn} of pair {number}")
        button.clicked.connect(self._pressed)
        self._numbers[button.accessibleName()] = patient.mrn
        self.buttons.append(button)
        row = QHBoxLayout()
        row.addWidget(WrappedLabel(words, 13), 1)
        row.addWidget(button)
        return row

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.open_asked.emit(self._numbers[button.accessibleName()])

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why they could not be compared."""
        self.sentence.setText("")
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "doubles"

    def actions_offered(self) -> tuple[Action, ...]:
        """Close; the links do the rest."""
        return (Action("doubles.close", "Close", self.close_asked.emit, "Escape", hint="close"),)
