"""The risk view: low, ambiguous and high side by side, what decides, what would change it, and what it rests on."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bedside.chart.assessment import Assessment, Criterion
from bedside.chart.base import Entry
from bedside.chart.describe import describe
from bedside.chart.formats import at_text
from bedside.chart.moments import AsOf
from bedside.ui.actions import Action
from bedside.ui.criteria import PANEL_WORDS, CriteriaWords, panel_of
from bedside.ui.risk.columns import PanelColumn, PanelHead
from bedside.ui.risk.head import RiskHead
from bedside.ui.risk.row import CriterionRow
from bedside.ui.risk.side import SideColumn
from bedside.ui.risk.words import change_lines, missing_lines, panel_counts
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.labels import TextBlock, WrappedLabel

if TYPE_CHECKING:
    from bedside.service.read import Opened

SIDE, SIDE_SMALL, WIDE = 402, 354, 1360


class RiskView(View):
    """Shows what was opened; `evidence_opened(ids)` when a criterion is pressed that rests on entries."""

    evidence_opened = Signal(tuple)

    def __init__(
        self,
        words: CriteriaWords,
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._more = more_actions
        self.setMinimumSize(*SMALLEST_VIEW)
        self._words = words
        self.head = RiskHead(self)
        self.panel_heads = [PanelHead(panel, self) for panel in PANEL_WORDS]
        self.columns = [PanelColumn(panel, words) for panel in PANEL_WORDS]
        self.side = SideColumn()
        self.changes, self.missing = TextBlock(), TextBlock()
        self._note = ""
        self._decided: tuple[str, ...] | None = None
        self._lay_out()
        for row in self.rows:
            row.clicked.connect(self._row_pressed)
            row.installEventFilter(self)

    def _lay_out(self) -> None:
        caption = WrappedLabel("What is missing", 12, 600, "ink")
        caption.setContentsMargins(0, 8, 0, 0)
        self.columns[2].add_below(
            [WrappedLabel("What would change it", 12, 600, "ink"), self.changes, caption, self.missing]
        )
        heads, panels = QHBoxLayout(), QHBoxLayout()
        self._heads = heads
        holder = QWidget()
        holder.setLayout(panels)
        for row in (heads, panels):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
        for head, column in zip(self.panel_heads, self.columns, strict=True):
            heads.addWidget(head, 1)
            panels.addWidget(column, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(heads)
        self.area = scrolling(holder)
        self.area.verticalScrollBar().rangeChanged.connect(self._scroll_range_changed)
        left.addWidget(self.area, 1)
        self.side_area = scrolling(self.side)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(self.side_area)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addLayout(body, 1)

    def _scroll_range_changed(self, _lowest: int, highest: int) -> None:
        """The heads stand over their columns, also beside a scroll bar."""
        self._heads.setContentsMargins(0, 0, self.area.verticalScrollBar().sizeHint().width() if highest else 0, 0)

    @property
    def rows(self) -> list[CriterionRow]:
        """All 23 rows in the order of reading."""
        return [row for column in self.columns for row in column.rows]

    def show_opened(self, opened: "Opened") -> None:
        """Show what was opened."""
        assessment = opened.assessment
        entries = {entry.id: entry for entry in opened.chart.entries}
        self.head.show_assessment(assessment)
        self.head.steps.show_history(assessment.risk.history, entries, AsOf.parse(assessment.as_of).day)
        for head in self.panel_heads:
            self._show_head(head, assessment)
        criteria = {criterion.id: criterion for criterion in assessment.risk.criteria}
        for row in self.rows:
            if row.criterion_id in criteria:
                self._show_row(row, criteria[row.criterion_id], assessment, entries)
        self.changes.show_paragraphs(*change_lines(assessment.risk, self._words))
        self.missing.show_paragraphs(*missing_lines(assessment.risk))
        self.side.show_assessment(assessment, entries, self._words)
        self._note = f"Knowledge {assessment.knowledge[:15]}, aplasia definition: {assessment.bca.definition}"
        decided, before = tuple(assessment.risk.decided_by), self._decided
        self._decided = decided
        if decided != before and any(row.hasFocus() for row in self.rows):
            next((row for row in self.rows if row.deciding), self.rows[0]).setFocus()
        self.changed.emit()

    def _show_head(self, head: PanelHead, assessment: Assessment) -> None:
        criteria = [one for one in assessment.risk.criteria if panel_of(one.id) == head.panel.risk]
        source = self._words.source(criteria[0].source) if criteria else ""
        rule = head.panel.rule
        if head.panel.risk == "low" and not assessment.risk.low_reachable:
            rule += "; out of reach"
        decides = assessment.risk.class_.value == head.panel.risk and bool(assessment.risk.decided_by)
        head.show_state(panel_counts(criteria, decides=decides), f"{rule}. {source}", deciding=decides)

    def _show_row(
        self, row: CriterionRow, criterion: Criterion, assessment: Assessment, entries: Mapping[str, Entry]
    ) -> None:
        rests = [
            f"{at_text(entries[one].at)}: {describe(entries[one])}" for one in criterion.evidence if one in entries
        ]
        explanation = [self._words.origin(criterion.id), *(rests or ["It rests on no entry."])]
        row.show_criterion(criterion, deciding=criterion.id in assessment.risk.decided_by, explanation=explanation)

    def clear(self) -> None:
        """Forget the patient."""
        self._decided = None
        self.head.clear()
        for head in self.panel_heads:
            head.show_state(("",), head.panel.rule, deciding=False)
        for row in self.rows:
            row.clear()
        self.changes.show_paragraphs()
        self.missing.show_paragraphs()
        self.side.clear()
        self._note = ""

    def _row_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, CriterionRow) and row.criterion is not None:
            if row.criterion.evidence:
                self.evidence_opened.emit(row.criterion.evidence)
            else:
                row.explain(not row.explained)

    def focused_row(self) -> CriterionRow:
        """The row that has the keyboard, or the first that decides, or the first."""
        focused = next((row for row in self.rows if row.hasFocus()), None)
        return focused or next((row for row in self.rows if row.deciding), self.rows[0])

    def take_keyboard(self) -> None:
        """Take the keyboard to the row that decides."""
        self.focused_row().setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ ↓ go through all rows, ← → to the neighbouring panel, Enter presses; the focused row is scrolled to."""
        if isinstance(watched, CriterionRow):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(watched, Qt.Key(event.key()))
            if event.type() == QEvent.Type.FocusIn:
                self.area.ensureWidgetVisible(watched, 0, 24)
        return super().eventFilter(watched, event)

    def _key(self, row: CriterionRow, key: Qt.Key) -> bool:
        rows, place = self.rows, self.rows.index(row)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            rows[(place + (1 if key == Qt.Key.Key_Down else -1)) % len(rows)].setFocus()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._to_neighbour(row, 1 if key == Qt.Key.Key_Right else -1)
        else:
            return False
        return True

    def _to_neighbour(self, row: CriterionRow, step: int) -> None:
        at = next(place for place, column in enumerate(self.columns) if row in column.rows)
        target = self.columns[(at + step) % len(self.columns)].rows
        middle = row.y() + row.height() / 2
        min(target, key=lambda other: abs(other.y() + other.height() / 2 - middle)).setFocus()

    def explain_focused(self) -> None:
        """Show or hide rule and source of the focused row."""
        row = self.focused_row()
        row.explain(not row.explained)

    def go_to_evidence(self) -> None:
        """Press the focused row."""
        self.focused_row().click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column keeps its width less 48 in a small window."""
        super().resizeEvent(event)
        self.side_area.setFixedWidth(SIDE if self.width() >= WIDE else SIDE_SMALL)

    def help_name(self) -> str:
        """Help on the criterion that has the keyboard, else on the view."""
        focused = next((row for row in self.rows if row.hasFocus()), None)
        return f"criterion:{focused.criterion_id}" if focused is not None else "risk"

    def actions_offered(self) -> tuple[Action, ...]:
        """Criterion, entry, source."""
        return (
            Action("risk.move", "Go to another criterion", self.take_keyboard, hint="criterion", caps=("↑", "↓")),
            Action(
                "risk.evidence",
                "Go to the entry that decides",
                self.go_to_evidence,
                hint="go to the entry",
                caps=("Enter",),
            ),
            Action(
                "risk.source",
                "Show rule and source of the criterion",
                self.explain_focused,
                "S",
                hint="rule and source",
            ),
            *(self._more() if self._more is not None else ()),
        )

    def note(self) -> str:
        """Which knowledge and which definition the statements rest on."""
        return self._note


def scrolling(widget: QWidget) -> QScrollArea:
    """A scroll area without frame around a widget that takes its width."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
