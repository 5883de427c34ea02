"""Owns one criterion as a row that is read, focused and pressed."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bedside.chart.assessment import Criterion, CriterionStatus
from bedside.ui import icons, theme
from bedside.ui.criteria import STATUS_WORDS, CriteriaWords, panel_of, sign_of
from bedside.ui.lettering import CENTRE, Run, draw_text
from bedside.ui.painting import CLASS_TOKENS, draw_sign
from bedside.ui.paragraph import Line, block_height, draw_block
from bedside.ui.risk.words import unbroken

PAD_TOP, PAD_BOTTOM, LEFT, TEXT_LEFT, RIGHT, LOWEST = 6, 4, 20, 52, 34, 47
_FIRST_CLAUSE = re.compile(r"[^,;:.(]{1,44}(?=[,;(])")


class CriterionRow(QAbstractButton):
    """Sign over id, name, status and text; `deciding` tints it, `explained` adds rule and source below."""

    def __init__(self, criterion_id: str, words: CriteriaWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.criterion_id = criterion_id
        self._words = words
        self.criterion: Criterion | None = None
        self.deciding = False
        self._explanation: tuple[str, ...] = ()
        self.explained = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_criterion(self, criterion: Criterion, *, deciding: bool, explanation: Sequence[str]) -> None:
        """Show a criterion; explanation is its rule, its source and the entries in words, shown by `explain`."""
        self.criterion, self.deciding = criterion, deciding
        self._explanation = tuple(explanation)
        self.setAccessibleName(self._words.spoken(criterion))
        self.setAccessibleDescription("Decides the class" if deciding else "")
        self._fit()

    def clear(self) -> None:
        """Show nothing of a patient."""
        self.criterion, self.deciding, self.explained, self._explanation = None, False, False, ()
        self.setAccessibleName(self._words.title(self.criterion_id))
        self._fit()

    def explain(self, explained: bool) -> None:
        """Show or hide rule and source in place."""
        self.explained = explained
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def paragraphs(self) -> tuple[Line, ...]:
        """Name, status with text, and the explanation while it is asked for."""
        token = CLASS_TOKENS[panel_of(self.criterion_id)]
        met = self.criterion is not None and self.criterion.status is CriterionStatus.MET
        name = Run(
            self._words.title(self.criterion_id), 13, 600 if met else 500, token if self.deciding and met else "ink"
        )
        if self.criterion is None:
            return ((name,),)
        lines = [(name,), (self._status(token), Run("  ", 12), *_text_runs(self.criterion))]
        if self.explained:
            lines += [(Run(line, 12, 400, "ink2"),) for line in self._explanation]
        return tuple(lines)

    def _status(self, token: str) -> Run:
        status = STATUS_WORDS[self.criterion.status] if self.criterion else ""
        met = status == STATUS_WORDS[CriterionStatus.MET]
        missing = status == STATUS_WORDS[CriterionStatus.UNKNOWN]
        return Run(status, 12, 600, token if met else ("ink" if missing else "ink2"), missing)

    def hasHeightForWidth(self) -> bool:
        """Text breaks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """At least 47 px, more where the text needs more lines."""
        room = max(width - TEXT_LEFT - RIGHT, 60)
        return max(LOWEST, round(block_height(self.paragraphs(), room)) + PAD_TOP + PAD_BOTTOM + 1)

    def sizeHint(self) -> QSize:
        """As high as needed at 320 px."""
        return QSize(320, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return QSize(200, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, hairline, sign, id, text, chevron, ring."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        painter.fillRect(room, look.colour(self._ground()))
        painter.fillRect(QRectF(0, room.bottom() - 1, room.width(), 1), look.colour("line"))
        if look.contrast and self.deciding:
            painter.fillRect(QRectF(0, 0, 4, room.height()), look.colour(CLASS_TOKENS[panel_of(self.criterion_id)]))
        if self.criterion is not None:
            draw_sign(painter, QRectF(LEFT + 3, PAD_TOP + 1, 16, 16), look, sign_of(self.criterion))
        draw_text(painter, QRectF(LEFT - 5, 24, 32, 15), look, Run(self.criterion_id, 11, 400, "ink2"), align=CENTRE)
        draw_block(painter, (TEXT_LEFT, PAD_TOP), self.width() - TEXT_LEFT - RIGHT, look, self.paragraphs())
        icons.draw_icon(painter, QRectF(self.width() - 29, PAD_TOP + 3, 15, 15), look, "chevron-right", "ink2")
        if self.hasFocus():
            self._draw_ring(painter, room, look)
        painter.end()

    def _ground(self) -> str:
        if self.deciding and panel_of(self.criterion_id) == "high":
            return "hightint"
        return "sheet2" if self.underMouse() else "sheet"

    def _draw_ring(self, painter: QPainter, room: QRectF, look: theme.Theme) -> None:
        pen = QPen(look.colour("action"), 2)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(room.adjusted(1, 1, -1, -2))


def _text_runs(criterion: Criterion) -> tuple[Run, ...]:
    """The text, its first clause heavier where it is the value that decided."""
    policy = criterion.policy and "(policy)" not in criterion.text
    text = unbroken(f"{criterion.text} (policy)" if policy else criterion.text)
    found = _FIRST_CLAUSE.match(text)
    if criterion.status in (CriterionStatus.MET, CriterionStatus.NOT_MET) and found:
        return Run(found[0], 12, 500, "ink"), Run(text[found.end() :], 12, 400, "ink2")
    return (Run(text, 12, 400, "ink2"),)
