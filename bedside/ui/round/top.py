"""Owns what stands above the rows of a round: the day, which round it is, how far it is, and a sentence about it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.formats import weekday_text
from bedside.ui.round.rows import Standing
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel
from bedside.ui.widgets.segment_row import SegmentRow

_COUNTED = (
    (Standing.SAVED, "saved", "saved"),
    (Standing.QUESTION, "question", "questions"),
    (Standing.REFUSED, "to mend", "to mend"),
    (Standing.FAILED, "not saved", "not saved"),
    (Standing.SAVING, "being saved", "being saved"),
    (Standing.DRAFT, "draft", "drafts"),
    (Standing.OPEN, "open", "open"),
)


class RoundTop(QWidget):
    """`kinds.chosen(place)` when another round is wanted."""

    def __init__(self, rounds: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moment = PlainLabel("", 13, 400, "ink2", self)
        self.summary = PlainLabel("", 13, 400, "ink2", self)
        self.sentence, self._words = WrappedLabel("", 12, 400, "ink2", self), ""
        self.trouble, self.kinds = Alert("trouble", self), SegmentRow(rounds, self)
        row = QHBoxLayout()
        row.setSpacing(0)
        for widget, gap in ((PlainLabel("Round sheet", 20, 600, "ink", self), 20), (self.moment, 24)):
            row.addWidget(widget)
            row.addSpacing(gap)
        row.addWidget(self.kinds)
        row.addStretch(1)
        row.addWidget(self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 10)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.trouble)
        column.addWidget(self.sentence)

    def show_day(self, day: date) -> None:
        """Say which day the round is of."""
        self.moment.setText(weekday_text(day))

    def say(self, words: str, out_of_sight: str = "") -> None:
        """Say a sentence about the round, and in front of it what lies out of sight."""
        self._words = words
        self.show_out_of_sight(out_of_sight)

    def show_out_of_sight(self, away: str) -> None:
        """Say what lies out of sight now."""
        self.sentence.setText(f"Out of sight: {away}. {self._words}" if away else self._words)

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Say how many rows are saved, asked about, typed and open."""
        counted = [(standings.count(one), word, words) for one, word, words in _COUNTED]
        parts = [f"{count} {word if count == 1 else words}" for count, word, words in counted if count]
        self.summary.setText("   ".join(parts))

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the patients could not be read."""
        self.say("")
        self.trouble.show_trouble(trouble)

    def clear(self) -> None:
        """Say nothing of rows that are gone."""
        self.say("")
        self.summary.setText("")
        self.trouble.clear()
