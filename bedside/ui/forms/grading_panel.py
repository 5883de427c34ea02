"""Owns the grade that is proposed while signs are typed: box, statement, rule that fired, what is missing."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.service.propose import ProposedGrade
from bedside.ui import theme
from bedside.ui.forms.graded_draft import GradedDraft
from bedside.ui.forms.lines import Lines, Paragraph
from bedside.ui.lettering import Run
from bedside.ui.widgets.grade_mark import GradeMark

HEIGHT = 84


class GradingPanel(QWidget):
    """Stands above Save and is refreshed with every key; a form without a grade has none of it."""

    def __init__(self, draft: GradedDraft | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.proposed: ProposedGrade | None = None
        self.mark, self.lines = GradeMark(self), Lines(self)
        self.lines.setMinimumHeight(HEIGHT - 22)
        marks = QVBoxLayout()
        marks.addWidget(self.mark)
        marks.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 8)
        row.setSpacing(12)
        row.addLayout(marks)
        row.addWidget(self.lines, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setHidden(draft is None)

    def sizeHint(self) -> QSize:
        """One height for all it usually says, so that Save stays where it is."""
        if self._draft is None:
            return QSize(0, 0)
        return QSize(400, max(HEIGHT, self.lines.sizeHint().height() + 22))

    def refresh(self) -> None:
        """Propose anew."""
        if self._draft is not None:
            self.show_proposed(self._draft.proposed())

    def show_proposed(self, proposed: ProposedGrade) -> None:
        """Show a proposal."""
        if proposed == self.proposed:
            return
        self.proposed = proposed
        self.mark.show_grade(proposed.grade, proposed.moved)
        paragraphs = words_of(proposed)
        self.lines.show_lines(*paragraphs)
        self.setAccessibleName(self.lines.words)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line above, in ink: what stands below follows from what stands above."""
        painter = QPainter(self)
        painter.fillRect(24, 0, self.width() - 48, 2, theme.current().colour("ink"))
        painter.end()


def words_of(proposed: ProposedGrade) -> tuple[Paragraph, ...]:
    """The statement with the grade before; the rule with its source; what is missing, or what is asked."""
    tone = "high" if proposed.moved == 1 else "ink2"
    movement = (Run(f"   {proposed.movement}", 12, 600 if tone == "high" else 400, tone),) if proposed.movement else ()
    lines: list[Paragraph] = [(Run(f"Proposed: {proposed.statement}", 15, 600), *movement)]
    if proposed.not_graded:
        return (lines[0], (Run(proposed.not_graded, 12, 400, "ink2"),))
    rule = f"{proposed.rule}. " if proposed.rule else ""
    before = f" Before infusion {proposed.baseline}." if proposed.baseline else ""
    lines.append((Run(rule, 12, 600), Run(f"{proposed.source}.{before}", 12, 400, "ink2")))
    if proposed.missing:
        words = (Run("Not recorded: ", 12, 400, "ink2"), Run(", ".join(proposed.missing), 12, 600, missing=True))
        lines.append(words)
    if proposed.question:
        lines.append((Run(f"{proposed.question[:1].upper()}{proposed.question[1:]}", 12, 600, "amb"),))
    return tuple(lines)
