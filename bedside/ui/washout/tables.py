"""Owns the two tables beneath the planner: readiness for apheresis by source, and what other dates would meet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from bedside.chart.derived.preparation import READINESS_PARTS, ApheresisReadiness, Readiness
from bedside.chart.derived.washout import Outlook
from bedside.chart.enums import Milestone
from bedside.chart.formats import date_text, label
from bedside.ui.criteria import CriteriaWords
from bedside.ui.lettering import Run
from bedside.ui.painting import SIGN_TOKENS
from bedside.ui.paragraph import Line
from bedside.ui.risk.words import unbroken
from bedside.ui.signs import Sign
from bedside.ui.washout.words import not_judged
from bedside.ui.widgets.labels import PlainLabel, TextBlock
from bedside.ui.widgets.sign_label import SignLabel

SIGNS = {
    Readiness.READY: (Sign.CLEAR, "ready"),
    Readiness.CAUTION: (Sign.CAUTION, "caution"),
    Readiness.NOT_READY: (Sign.CONFLICT, "not ready"),
    Readiness.UNKNOWN: (Sign.NOT_KNOWN, "not known"),
}

TableRow = tuple[str, tuple[Sign, str], Line]


class SignTable(QWidget):
    """A heading and rows of a sign with its word, a strong text and a soft one."""

    def __init__(self, widths: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = PlainLabel("", 15, 600, "ink", self)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        for place, width in enumerate(widths):
            self._grid.setColumnMinimumWidth(place, width)
        self._grid.setColumnStretch(len(widths), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self._grid)
        column.addStretch(1)

    def show_rows(self, heading: str, rows: Sequence[TableRow]) -> None:
        """Show these rows in the place of those before."""
        self.clear()
        self.heading.setText(heading)
        for place, (name, (sign, word), line) in enumerate(rows):
            text = TextBlock()
            text.show_paragraphs(line)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(PlainLabel(name, 12, 600), place, 0, top)
            self._grid.addWidget(SignLabel(sign, word, SIGN_TOKENS.get(sign, "ink")), place, 1, top)
            self._grid.addWidget(text, place, 2, top)

    def clear(self) -> None:
        """Forget the rows."""
        self.heading.setText("")
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def readiness_rows(found: ApheresisReadiness, words: CriteriaWords) -> list[TableRow]:
    """The parts of the readiness, then the published profiles of counts that do not decide."""
    profiles = words.knowledge.apheresis.profiles
    parts = [(READINESS_PARTS.get(part.id, part.id), part) for part in found.parts]
    beside = [(profiles[part.id].label, part) for part in found.profiles if part.id != found.parts[0].source]
    return [
        (name, SIGNS[part.status], (Run(unbroken(part.text), 12, 400, "ink2"),)) for name, part in [*parts, *beside]
    ]


def alternative_rows(outlooks: Sequence[Outlook], milestone: Milestone) -> list[TableRow]:
    """Each date with the agents that would be in conflict, and until when one still given may be given for it."""
    rows: list[TableRow] = []
    for one in outlooks:
        agents = one.conflicts(milestone)
        undated = len(not_judged(milestone, one))
        sign = (Sign.CONFLICT, str(len(agents))) if agents else (Sign.NO_INTERVAL if undated else Sign.CLEAR, "none")
        said = ", ".join(_agent_words(agent, milestone, one) for agent in agents)
        clear = f"every agent with an interval is clear{f'; {undated} not judged' if undated else ''}"
        line = (Run(said or clear, 12, 400, "ink2"),)
        rows.append((date_text(one.dates[milestone]), sign, line))
    return rows


def _agent_words(agent: str, milestone: Milestone, outlook: Outlook) -> str:
    last = outlook.stop_by.get((agent, milestone))
    until = "" if last is None else f" unless stopped by {unbroken(date_text(last))}"
    return f"{label(agent)}{until}"
