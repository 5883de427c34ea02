"""Owns what stands beside the criteria: alerts, the decision, then sections that fold, in one column or in two."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.chart.assessment import Alert as AlertFound
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.due import open_rows
from bedside.ui.risk.alert import FoundAlert
from bedside.ui.risk.decision import decision_section, newest_decision
from bedside.ui.risk.fact import FactRow, Section
from bedside.ui.risk.facts import sections
from bedside.ui.risk.folding import FoldHead, FoldSection
from bedside.ui.risk.opinion import centre_section, differences_section, hsct_section, open_section, opinion_section
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import WrappedLabel

if TYPE_CHECKING:
    from bedside.service.read import Opened

MARGIN = 16
LINK_PADDING = 4
SIGN, DECIDE = "Sign this decision", "Record a decision"
_FIRST = ("Decision", "Second opinion", "Where the sources differ")
"""The sections of the first column where there are two."""


class SideColumn(QWidget):
    """`evidence_opened(ids)` for a fact that is pressed, `away_asked(−1 or 1)` at ← and →.

    `decision_asked` and `sign_asked` for the links below the decision.
    """

    evidence_opened = Signal(tuple)
    decision_asked = Signal()
    sign_asked = Signal()
    away_asked = Signal(QWidget, int)

    def __init__(
        self, decision_refusal: Callable[[], str], sign_refusal: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._decision_refusal, self._sign_refusal = decision_refusal, sign_refusal
        self._alerts: list[FoundAlert] = []
        self.sections: list[FoldSection] = []
        self._turned: dict[str, bool] = {}
        self._two = False
        self.sign, self.decide = self._link(self._sign_pressed), self._link(self._decide_pressed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 10, MARGIN, 16)
        self._row.setSpacing(MARGIN)
        self._columns = [QVBoxLayout(), QVBoxLayout()]
        for column in self._columns:
            column.setSpacing(0)
            column.addStretch(1)
            self._row.addLayout(column, 1)
        self.clear()

    def show_opened(self, opened: "Opened", words: CriteriaWords) -> None:
        """Show alerts and sections of what was opened; what a person folded or opened stays so."""
        held = next((link for link in (self.sign, self.decide) if link.hasFocus()), None)
        self.clear()
        for alert in opened.assessment.alerts:
            self._add_alert(alert)
        for section in _sections(opened, words):
            self._add_section(section)
        if newest_decision(opened) is not None:
            self._offer(self.sign, SIGN, self._sign_refusal())
        self._offer(self.decide, DECIDE, self._decision_refusal())
        self._place()
        if held is not None:
            next(one for one in (held, self.decide, self.sections[0].head) if one.isEnabled()).setFocus()

    def _link(self, pressed: Callable[[], None]) -> PushButton:
        made = PushButton("", self)
        made.setProperty("look", "link")
        made.clicked.connect(pressed)
        made.installEventFilter(self)
        return made

    def _offer(self, link: PushButton, words: str, refusal: str) -> None:
        """Put a link under the decision, or the reason why there is none in its place, in as many lines as it takes."""
        link.setEnabled(not refusal)
        link.setText(f"{words}: {refusal}" if refusal else words)
        link.setAccessibleName(link.text())
        if refusal:
            self.sections[0].add_below(WrappedLabel(link.text(), 12, 400, "ink2"))
        else:
            self.sections[0].add_below(link, LINK_PADDING)
        link.setHidden(bool(refusal))

    def _add_alert(self, found: AlertFound) -> None:
        widget = FoundAlert(found, self)
        widget.evidence_opened.connect(self.evidence_opened)
        widget.link.installEventFilter(self)
        self._alerts.append(widget)

    def _add_section(self, section: Section) -> None:
        made = FoldSection(section, opened=self._is_open(section), parent=self)
        made.turned.connect(self._remember)
        made.head.installEventFilter(self)
        for row in made.rows:
            row.clicked.connect(self._fact_pressed)
            row.installEventFilter(self)
        self.sections.append(made)

    def _is_open(self, section: Section) -> bool:
        return self._turned.get(section.head, self._two or not section.folded)

    def _remember(self, head: str, opened: bool) -> None:
        self._turned[head] = opened

    def show_in_two(self, two: bool) -> None:
        """Stand in two columns, where there is room for every section, or in one."""
        if two is not self._two:
            self._two = two
            for made in self.sections:
                made.open(self._is_open(made.section))
            self._place()

    def _place(self) -> None:
        for column in self._columns:
            while column.count() > 1:
                column.takeAt(0)
        for alert in self._alerts:
            self._put(alert, 0)
            self._columns[0].insertSpacing(self._columns[0].count() - 1, 8)
        for made in self.sections:
            self._put(made, 0 if not self._two or made.section.head in _FIRST else 1)
        self._row.setStretch(1, 1 if self._two else 0)
        self._row.setSpacing(MARGIN if self._two else 0)

    def _put(self, widget: QWidget, column: int) -> None:
        layout = self._columns[column]
        layout.insertWidget(layout.count() - 1, widget)

    def clear(self) -> None:
        """Forget the patient; which sections are folded is kept."""
        for link in (self.sign, self.decide):
            link.hide()
            link.setParent(self)
        for widget in (*self._alerts, *self.sections):
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._alerts, self.sections = [], []

    def stops(self) -> list[QWidget]:
        """Where the arrow keys stop, from top to bottom."""
        found: list[QWidget] = [alert.link for alert in self._alerts if alert.link.isVisibleTo(self)]
        for made in self.sections:
            found.append(made.head)
            found += [row for row in made.rows if made.is_open and row.fact.leads_on]
            links = (self.sign, self.decide)
            found += [one for one in links if made.isAncestorOf(one) and made.is_open and one.isEnabled()]
        return found

    def section_with_keyboard(self) -> str:
        """The head of the section that has the keyboard, "" where none has."""
        focused = QApplication.focusWidget()
        return next((one.section.head for one in self.sections if focused and one.isAncestorOf(focused)), "")

    def _fact_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, FactRow):
            if row.fact.evidence:
                self.evidence_opened.emit(row.fact.evidence)
            else:
                row.explain()

    def _decide_pressed(self) -> None:
        self.decision_asked.emit()

    def _sign_pressed(self) -> None:
        self.sign_asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ ↓ go through what can be pressed, ← → leave the column, Enter presses."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, key: Qt.Key) -> bool:
        stops = self.stops()
        place = next((place for place, one in enumerate(stops) if one is watched), None)
        if place is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, FactRow | FoldHead | QPushButton):
            watched.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            stops[(place + (1 if key == Qt.Key.Key_Down else -1)) % len(stops)].setFocus()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.away_asked.emit(watched, 1 if key == Qt.Key.Key_Right else -1)
        else:
            return False
        return True


def _sections(opened: "Opened", words: CriteriaWords) -> list[Section]:
    """What is decided, what others advise, what the next step needs, then what the class rests on."""
    assessment = opened.assessment
    found = [decision_section(opened), opinion_section(assessment.second_opinion, words.source)]
    if assessment.differences:
        found.append(differences_section(assessment.differences, words.source))
    found.append(hsct_section(assessment))
    waiting = open_rows(assessment, words)
    if waiting:
        found.append(open_section(waiting))
    entries = {entry.id: entry for entry in opened.chart.entries}
    found += sections(assessment, entries, words.definition(assessment.bca.definition))
    if assessment.centre is not None and assessment.centre.values:
        found.append(centre_section(assessment.centre))
    return found
