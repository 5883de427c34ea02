"""The risk view: low, ambiguous and high side by side, what decides, what would change it, and what it rests on."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.assessment import Assessment, Criterion
from bedside.chart.base import Entry
from bedside.chart.describe import describe
from bedside.chart.formats import at_text
from bedside.chart.moments import AsOf
from bedside.ui.actions import Action
from bedside.ui.criteria import PANEL_WORDS, CriteriaWords, panel_of
from bedside.ui.risk.area import ColumnArea
from bedside.ui.risk.columns import PanelColumn, PanelHead
from bedside.ui.risk.decision import newest_decision
from bedside.ui.risk.fact import FactRow
from bedside.ui.risk.head import RiskHead
from bedside.ui.risk.row import CriterionRow
from bedside.ui.risk.side import SideColumn
from bedside.ui.risk.words import change_lines, missing_lines, panel_counts
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.labels import TextBlock, WrappedLabel
from bedside.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from bedside.service.read import Opened

SIDE, SIDE_SMALL, WIDE = 402, 354, 1360
LEAST, LOW = 160, 560
"""How high the view is at least, and up to which height all of it scrolls as one, as at 200 %."""
CD28 = "cd28"
HELP = {
    "Decision": "risk.decision",
    "Second opinion": "risk.opinion",
    "Where the sources differ": "risk.differences",
    "HSCT panel": "risk.hsct",
    "Open": "risk.open",
    "Response at day 28": "risk.response",
    "B-cell aplasia": "risk.aplasia",
    "Marrow samples": "risk.samples",
    "Class history": "risk.history",
}
"""Under which name help knows each section beside the criteria."""
TWO_FROM, TWO_LEAST, TWO_MOST, TWO_SHARE = 1600, 680, 800, 0.4
"""From which width the right column stands in two, and how wide they are together."""


NO_DECISION = "no decision is recorded"


def never_refused() -> str:
    """A view that stands by itself refuses no decision."""
    return ""


def never_refused_to_sign(_entry_id: str) -> str:
    """A view that stands by itself refuses no signature."""
    return ""


class RiskView(View):
    """Shows what was opened; `evidence_opened(ids)` when something is pressed that rests on entries.

    `decision_asked` asks for the form of a decision; `decision_refusal` says why there is none, or "". `sign_asked(id)`
    asks to sign the newest decision that is shown; `sign_refusal(id)` says why that cannot be, or "".
    """

    evidence_opened = Signal(tuple)
    decision_asked = Signal()
    sign_asked = Signal(str)

    def __init__(
        self,
        words: CriteriaWords,
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        decision_refusal: Callable[[], str] = never_refused,
        sign_refusal: Callable[[str], str] = never_refused_to_sign,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._more, self._decision_refusal = more_actions, decision_refusal
        self._sign_refusal, self._newest = sign_refusal, ""
        self.setMinimumSize(SMALLEST_VIEW[0], LEAST)
        self._words = words
        self.head = RiskHead(self)
        self.panel_heads = [PanelHead(panel, self) for panel in PANEL_WORDS]
        self.columns = [PanelColumn(panel, words) for panel in PANEL_WORDS]
        self.side = SideColumn(decision_refusal, self._why_not_sign)
        self.changes, self.missing = TextBlock(), TextBlock()
        self._note = ""
        self._decided: tuple[str, ...] | None = None
        self._lay_out()
        for row in self.rows:
            row.clicked.connect(self._row_pressed)
            row.installEventFilter(self)
        self.side.evidence_opened.connect(self.evidence_opened)
        self.side.decision_asked.connect(self.decision_asked)
        self.side.sign_asked.connect(self.ask_signature)
        self.side.away_asked.connect(self._from_side)

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
        self.area = ColumnArea(holder)
        self.area.verticalScrollBar().rangeChanged.connect(self._scroll_range_changed)
        left.addWidget(self.area, 1)
        self.side_area = ColumnArea(self.side)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(self.side_area)
        whole = QWidget()
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addLayout(body, 1)
        self.page = scrolling(whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.page)

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
        newest = newest_decision(opened)
        self._newest = "" if newest is None else newest.id
        self.side.show_opened(opened, self._words)
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
        if head.panel.risk == "high" and assessment.courses and assessment.courses[-1].costimulation == CD28:
            rule += ", H4 alone not after a CD28 product"
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
        self._note = self._newest = ""

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
                for area in (self.area, self.page):
                    area.ensureWidgetVisible(watched, 0, 24)
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
        self._go_to_column(at + step, row)

    def _from_side(self, stop: QWidget, step: int) -> None:
        self._go_to_column(len(self.columns) + step, stop)

    def _go_to_column(self, place: int, beside: QWidget) -> None:
        """Go to what stands nearest to the middle of a widget, in the column of that place; the side is the last."""
        columns: list[list[QWidget]] = [*(list[QWidget](column.rows) for column in self.columns), self.side.stops()]
        middle = _middle(beside)
        target = min(columns[place % len(columns)], key=lambda other: abs(_middle(other) - middle), default=None)
        if target is not None:
            target.setFocus()

    def explain_focused(self) -> None:
        """Show or hide what else is known of the focused row: rule and source, or the patient's datum."""
        fact = QApplication.focusWidget()
        if isinstance(fact, FactRow) and self.side.isAncestorOf(fact):
            fact.explain()
            return
        row = self.focused_row()
        row.explain(not row.explained)

    def go_to_evidence(self) -> None:
        """Press the focused row."""
        self.focused_row().click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column keeps its width less 48 in a small window; a low one scrolls head and columns as one."""
        super().resizeEvent(event)
        for area in (self.area, self.side_area):
            area.stand_whole(self.height() < LOW)
        two = self.width() >= TWO_FROM
        one = SIDE if self.width() >= WIDE else SIDE_SMALL
        self.side_area.setFixedWidth(round(min(max(self.width() * TWO_SHARE, TWO_LEAST), TWO_MOST)) if two else one)
        self.side.show_in_two(two)

    def ask_decision(self) -> None:
        """Ask for the form of a decision."""
        self.decision_asked.emit()

    def ask_signature(self) -> None:
        """Ask to sign the newest decision that is shown."""
        self.sign_asked.emit(self._newest)

    def _why_not_sign(self) -> str:
        return self._sign_refusal(self._newest) if self._newest else NO_DECISION

    def help_name(self) -> str:
        """Help on the criterion or the section that has the keyboard, else on the view."""
        focused = next((row for row in self.rows if row.hasFocus()), None)
        if focused is not None:
            return f"criterion:{focused.criterion_id}"
        return HELP.get(self.side.section_with_keyboard(), "risk")

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
            Action(
                "risk.decide",
                "Record a decision",
                self.ask_decision,
                "D",
                hint="record a decision",
                refusal=self._decision_refusal,
            ),
            Action(
                "risk.sign",
                "Sign this decision",
                self.ask_signature,
                "Shift+D",
                hint="sign it",
                refusal=self._why_not_sign,
            ),
            *(self._more() if self._more is not None else ()),
        )

    def note(self) -> str:
        """Which knowledge and which definition the statements rest on."""
        return self._note


def _middle(widget: QWidget) -> int:
    """The height of a widget's middle in the window."""
    return widget.mapToGlobal(widget.rect().center()).y()
