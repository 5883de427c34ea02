"""Owns how a conflict is shown: its corrections side by side, and how one is taken back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.live import Conflict
from bedside.ui import theme
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.lines import Lines
from bedside.ui.journal.lines import JournalLine
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_sign
from bedside.ui.signs import Sign


class Candidate(QWidget):
    """One of the corrections: what it says, who wrote it and why, and the button that takes it back."""

    pressed = Signal(str)

    def __init__(self, line: JournalLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = line.id
        words = Lines(self)
        reason = next((note for note in line.notes if note.startswith("Corrects")), "")
        words.show_lines(
            (Run(line.values or "no value", 13, 600),),
            (Run(reason, 12, 400, "ink2"),),
            (Run(f"{line.recorded or 'not recorded'} {line.recorded_at}".strip(), 12, 400, "ink2"),),
        )
        button = KeyButton("Take this one back", parent=self)
        button.setAccessibleName(f"Take this one back: {line.sentence}")
        button.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _clicked(self) -> None:
        self.pressed.emit(self._id)


class ConflictPanel(QWidget):
    """Hidden without a conflict; `take_back_asked` carries the id of the correction that shall no longer count."""

    take_back_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(52, 12, 24, 14)
        self._column.setSpacing(8)
        self._parts: list[QWidget] = []
        self.hide()

    def show_conflicts(self, conflicts: Sequence[Conflict], lines: Mapping[str, JournalLine]) -> None:
        """Show each conflict with its candidates side by side."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [part for conflict in conflicts for part in self._conflict(conflict, lines)]
        for part in self._parts:
            self._column.addWidget(part)
        self.setVisible(bool(self._parts))
        self.setAccessibleName(f"{len(conflicts)} conflicts" if conflicts else "")

    def height_within(self, width: int) -> int:
        """How high it is at that width, 0 while it is hidden."""
        return 0 if self.isHidden() else max(self._column.totalHeightForWidth(width), 0)

    def _conflict(self, conflict: Conflict, lines: Mapping[str, JournalLine]) -> list[QWidget]:
        shown = [lines[entry.id] for entry in conflict.entries if entry.id in lines]
        if not shown:
            return []
        head = Lines(self)
        title = f"Conflict: {shown[0].title}, {shown[0].when}. "
        detail = "Two corrections stand against each other. Neither counts until one is taken back."
        head.show_lines((Run(title, 13, 600, "high"), Run(detail, 13)))
        row = QWidget(self)
        side_by_side = QHBoxLayout(row)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(32)
        for line in shown:
            candidate = Candidate(line, row)
            candidate.pressed.connect(self.take_back_asked)
            side_by_side.addWidget(candidate, 1)
        return [head, row]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, frame lines and the sign."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("hightint"))
        for y in (0, self.height() - 1):
            painter.fillRect(0, y, self.width(), 1, look.colour("highsolid"))
        draw_sign(painter, QRectF(24, 12, 18, 18), look, Sign.CONFLICT)
        painter.end()
