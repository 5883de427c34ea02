"""Owns the top of the risk view: the class with its sign, what it means, and how it got there."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.assessment import Assessment
from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.painting import CLASS_TOKENS, draw_sign
from bedside.ui.risk.history import StepChart
from bedside.ui.risk.words import class_title, deciding_words, unbroken
from bedside.ui.signs import CLASS_SIGNS
from bedside.ui.widgets.labels import TextBlock

MARGIN, TEXT_LEFT = 24, 54


class RiskHead(QWidget):
    """Headline of 20 px in the tone of the class, the meaning in two or three lines, the step chart at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._risk = ""
        self.title = TextBlock(self)
        self.meaning = TextBlock(self)
        self.steps = StepChart(self)
        words = QVBoxLayout()
        words.setContentsMargins(0, 12, 0, 10)
        words.setSpacing(4)
        beside_sign = QHBoxLayout()
        beside_sign.addSpacing(TEXT_LEFT - MARGIN)
        beside_sign.addWidget(self.title)
        words.addLayout(beside_sign)
        words.addWidget(self.meaning)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(32)
        row.addLayout(words, 1)
        row.addWidget(self.steps)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show the class of an assessment; the step chart is filled by its owner."""
        risk = assessment.risk
        self._risk = risk.class_.value
        token = CLASS_TOKENS[self._risk]
        self.title.show_paragraphs((Run(class_title(assessment), 20, 600, token),))
        decisive = Run(deciding_words(assessment), 13, 600)
        self.meaning.show_paragraphs((decisive, Run(unbroken(risk.meaning), 13, 400, "ink2")))
        self.update()

    def clear(self) -> None:
        """Show nobody's class."""
        self._risk = ""
        self.title.show_paragraphs()
        self.meaning.show_paragraphs()
        self.steps.clear()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign beside the headline and the hairline below."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        if self._risk:
            draw_sign(painter, QRectF(MARGIN, self.title.y() + 4, 20, 20), look, CLASS_SIGNS[self._risk])
        painter.end()
