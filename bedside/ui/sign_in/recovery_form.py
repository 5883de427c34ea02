"""Owns the recovery code: shown once after a store was created, and confirmed by typing its last part."""

import re

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.ui import theme
from bedside.ui.painting import draw_frame
from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.sign_in.form import SignInForm
from bedside.ui.widgets.labels import PlainLabel

PARTS_PER_LINE = 4
ALIKE = str.maketrans("018", "OIB")
"""Digits that no code holds, read as the letters that they are taken for: so does the store."""


def code_parts(code: str) -> list[str]:
    """The groups of a code as they are read and typed: split at spaces and hyphens, or else in fours."""
    parts = [part for part in re.split(r"[\s-]+", code.strip()) if part]
    if len(parts) > 1 or not parts:
        return parts
    return [parts[0][i : i + 4] for i in range(0, len(parts[0]), 4)]


class CodeBox(QWidget):
    """The code in its groups, in a frame; read aloud character by character."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(PARTS_PER_LINE, 1)
        self._groups: list[PlainLabel] = []

    def show_code(self, code: str) -> None:
        """Show this code, or none."""
        for group in self._groups:
            self._grid.removeWidget(group)
            group.deleteLater()
        parts = code_parts(code)
        self._groups = [PlainLabel(part, 18, 600, "ink", self) for part in parts]
        for place, group in enumerate(self._groups):
            self._grid.addWidget(group, *divmod(place, PARTS_PER_LINE))
        self.setAccessibleName("Recovery code: " + ", ".join(" ".join(part) for part in parts))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame around the code."""
        painter = QPainter(self)
        draw_frame(painter, QRectF(self.rect()), theme.current(), fill="sheet2", edge="edge")
        painter.end()


class RecoveryForm(SignInForm):
    """Emits once the last group of the code was typed back."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Write down the recovery code",
            "It is shown this once. It opens the store when the passphrase is forgotten; without both, nobody can. "
            "Keep it on paper, away from this workstation.",
            "Confirm and sign in",
            parent,
        )
        self.code_box = CodeBox(self)
        self.last_part = LabelledBox("Type the last group of the code to confirm", parent=self)
        self._parts: list[str] = []
        for widget in (self.code_box, self.last_part):
            self.fields.addWidget(widget)

    def show_code(self, code: str) -> None:
        """Show this code once."""
        self._parts = code_parts(code)
        self.code_box.show_code(code)

    def take_keyboard(self) -> None:
        """Begin with the only box."""
        self.last_part.box.setFocus()

    def submit(self) -> None:
        """Go on if the last group is right, else say so."""
        typed = self.last_part.box.text().strip().upper().translate(ALIKE)
        if self._parts and typed == self._parts[-1].upper().translate(ALIKE):
            self.confirmed.emit()
            return
        what_to_do = "Read it once more and type it here."
        self.refuse(self.last_part.box, "This is not the last group of the code.", what_to_do)
        self.last_part.box.selectAll()

    def forget(self) -> None:
        """Show the code no more."""
        self._parts = []
        self.code_box.show_code("")
        self.last_part.box.clear()
        self.clear_trouble()
