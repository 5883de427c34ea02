"""Owns a panel of the risk class in its compact form: sign, count, the little signs of its criteria, what decides."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.chart.assessment import Criterion, CriterionStatus, Risk
from bedside.ui import theme
from bedside.ui.criteria import STATUS_WORDS, CriteriaWords, Panel, sign_of
from bedside.ui.lettering import RIGHT, Run, draw_text
from bedside.ui.painting import CLASS_TOKENS, draw_sign
from bedside.ui.paragraph import Line, block_height, draw_block, plain
from bedside.ui.risk.words import unbroken
from bedside.ui.signs import CLASS_SIGNS

HEAD, SIGNS_PITCH = 26, 22
SIGN_PITCH, LAST_SIGN = 56, 42
"""How far a sign stands from the next at most, and how wide the last one of a row is with its id."""
LONGEST_LISTED = 4


class CompactPanel(QWidget):
    """As high as its words need."""

    def __init__(self, panel: Panel, words: CriteriaWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = panel
        self._words = words
        self._criteria: tuple[Criterion, ...] = ()
        self._state = ""
        self._decides = False
        self._text: tuple[Line, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_risk(self, risk: Risk, criteria: Sequence[Criterion]) -> None:
        """Show the criteria of this panel in an assessed risk class."""
        self._criteria = tuple(criteria)
        self._decides = risk.class_.value == self.panel.risk and bool(risk.decided_by)
        self._state = self._state_words(risk)
        self._text = tuple(self._text_lines(risk))
        listed = ", ".join(f"{one.id} {STATUS_WORDS[one.status].lower()}" for one in criteria)
        self.setAccessibleName(f"{self.panel.word}, {self._state}: {listed}")
        self.setAccessibleDescription(plain(self._text))
        self._fit()

    def _state_words(self, risk: Risk) -> str:
        if self._decides:
            return "decides, provisional" if risk.provisional else "decides"
        if self._criteria and all(one.status is CriterionStatus.NOT_DUE for one in self._criteria):
            return f"none of {len(self._criteria)} due yet"
        met = sum(one.status is CriterionStatus.MET for one in self._criteria)
        words = f"{met} of {len(self._criteria)} met"
        unknown = sum(one.status is CriterionStatus.UNKNOWN for one in self._criteria)
        if self.panel.risk == "low" and not risk.low_reachable:
            return f"{words}, out of reach"
        return f"{words}, {unknown} not known" if unknown else words

    def _text_lines(self, risk: Risk) -> list[Line]:
        if self._decides:
            return [self._line(one) for one in self._criteria if one.id in risk.decided_by][:LONGEST_LISTED]
        if self.panel.risk == "high":
            return [self._line(one) for one in self._criteria if one.status is CriterionStatus.MET]
        against = [one for one in self._criteria if one.status is CriterionStatus.NOT_MET]
        if self.panel.risk == "low" and against:
            listed = ", ".join(f"{one.id} {one.text.split(',')[0].split(';')[0]}" for one in against[:LONGEST_LISTED])
            more = f" and {len(against) - LONGEST_LISTED} more" if len(against) > LONGEST_LISTED else ""
            return [(Run(f"Against it: {listed}{more}.", 12, 400, "ink2"),)]
        return []

    def _line(self, criterion: Criterion) -> Line:
        title = Run(f"{criterion.id} {self._words.title(criterion.id)}. ", 12, 600, "ink")
        return (title, Run(unbroken(criterion.text), 12, 400, "ink2"))

    def clear(self) -> None:
        """Show nothing of a patient; the room stays until the next one is shown."""
        self._criteria, self._state, self._decides, self._text = (), "", False, ()
        self.setAccessibleName(self.panel.word)
        self.setAccessibleDescription("")
        self.update()

    @property
    def _per_row(self) -> int:
        return 7 if len(self._criteria) == 7 else 6

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(self.width(), 200)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Text breaks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Head, rows of signs, words."""
        rows = -(-len(self._criteria) // self._per_row)
        return HEAD + rows * SIGNS_PITCH + round(block_height(self._text, width)) + 8

    def sizeHint(self) -> QSize:
        """336 px wide."""
        return QSize(336, self.heightForWidth(336))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sign, name and state; the signs with their ids; the words."""
        look, painter, width = theme.current(), QPainter(self), self.width()
        token = CLASS_TOKENS[self.panel.risk]
        draw_sign(painter, QRectF(0, 4, 16, 16), look, CLASS_SIGNS[self.panel.risk])
        name = Run(self.panel.word, 15, 600, token if self._decides else "ink")
        draw_text(painter, QRectF(24, 0, width, 24), look, name)
        state = Run(
            self._state, 13 if self._decides else 12, 600 if self._decides else 400, token if self._decides else "ink2"
        )
        draw_text(painter, QRectF(0, 0, width, 24), look, state, align=RIGHT)
        pitch = min((width - LAST_SIGN) / (self._per_row - 1), SIGN_PITCH)
        for place, criterion in enumerate(self._criteria):
            x, y = (place % self._per_row) * pitch, HEAD + (place // self._per_row) * SIGNS_PITCH
            draw_sign(painter, QRectF(x, y + 2, 14, 14), look, sign_of(criterion))
            met = criterion.status is CriterionStatus.MET
            run = Run(criterion.id, 12, 600 if met else 400, "ink" if met else "ink2")
            draw_text(painter, QRectF(x + 18, y, pitch, 18), look, run)
        rows = -(-len(self._criteria) // self._per_row)
        draw_block(painter, (0, HEAD + rows * SIGNS_PITCH), width, look, self._text)
        painter.end()
