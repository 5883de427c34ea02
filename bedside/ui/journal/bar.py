"""Owns the head of the journal: what is shown and how it is sorted, the filter by words and kind, and "as known on"."""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.describe import kind_title
from bedside.chart.formats import at_text
from bedside.chart.moments import At
from bedside.chart.reading import Ambiguous, Refused, read_moment
from bedside.ui.forms.boxes import Box, BoxState
from bedside.ui.forms.lines import Lines, said
from bedside.ui.lettering import Run
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel

EVERY_KIND = "Every kind"


class JournalBar(QWidget):
    """`filtered` after every letter, `known_at_changed` with the moment (None: now) that was entered."""

    filtered = Signal()
    known_at_changed = Signal(object)
    list_asked = Signal()
    audit_asked = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.title = PlainLabel("Journal", 20, 600, "ink", self)
        self.sentence = PlainLabel("", 13, 400, "ink2", self)
        self.filter = Box("Filter the journal by words", self)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName("Kind of entry")
        self.known = Box("As known on", self)
        self.read = Lines(self)
        self.back = PushButton("Back to now", self)
        self.back.setProperty("look", "link")
        self.back.hide()
        self.audit = PushButton("Who saw and exported this chart", self)
        self.audit.setProperty("look", "link")
        self.audit.hide()
        self._lay_out()
        self.filter.textChanged.connect(self._filter_changed)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.known.textChanged.connect(self._known_typed)
        self.known.next_asked.connect(self._known_entered)
        self.filter.next_asked.connect(self.list_asked)
        self.back.clicked.connect(self.back_to_now)
        self.audit.clicked.connect(self.audit_asked)

    def _lay_out(self) -> None:
        for box, width in ((self.filter, 220), (self.known, 168)):
            box.setFixedSize(width, 32)
        self.kind.setFixedHeight(32)
        self.kind.setMinimumWidth(190)
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.title)
        first.addWidget(self.sentence, 1)
        first.addWidget(self.audit)
        second = QHBoxLayout()
        second.setSpacing(8)
        for caption, control in (("Filter", self.filter), ("Kind", self.kind), ("As known on", self.known)):
            label = PlainLabel(caption, 13, 400, "ink2", self)
            label.setBuddy(control)
            second.addWidget(label)
            second.addWidget(control)
            second.addSpacing(12)
        second.addWidget(self.read, 1)
        second.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addLayout(first)
        column.addLayout(second)

    def show_kinds(self, kinds: Sequence[str]) -> None:
        """Offer the kinds that the journal holds; the chosen one stays chosen if it is among them."""
        chosen = self.chosen_kind
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItem(EVERY_KIND, "")
        for kind in sorted(kinds, key=kind_title):
            self.kind.addItem(kind_title(kind), kind)
        self.kind.setCurrentIndex(max(self.kind.findData(chosen), 0))
        self.kind.blockSignals(False)

    @property
    def chosen_kind(self) -> str:
        """The kind that is shown alone, "" for every kind."""
        return str(self.kind.currentData() or "")

    def offer_audit(self, offered: bool) -> None:
        """Offer who saw the chart to those who may know it."""
        self.audit.setVisible(offered)

    def show_counts(self, shown: int, every: int, later: int = 0, beyond: str = "", *, alone: bool = False) -> None:
        """Say how many entries are shown, in which order, filtered by what, and how many were recorded later.

        beyond says how many lie after the date that is shown, alone that they are those behind one statement or day.
        """
        words = [
            f"{shown} of {every} entries shown" if shown != every else f"{every} entr{'y' if every == 1 else 'ies'}"
        ]
        words.append("newest first")
        if alone:
            words.append("only those behind one statement or day, Esc shows every entry")
        if later:
            words.append(f"{later} recorded later, not shown")
        if beyond:
            words.append(beyond)
        if self.filter.text().strip():
            words.append(f"filtered by “{self.filter.text().strip()}”")
        if self.chosen_kind:
            words.append(f"{kind_title(self.chosen_kind)} only")
        self.sentence.setText(" · ".join(words))

    def show_known_at(self, words: str) -> None:
        """Say as known when the journal is shown, "" for now; coming back to now empties the box.

        The box keeps what was typed in it; where the window was turned back elsewhere, it says to when.
        """
        turned_back = not self.back.isHidden()
        self.back.setVisible(bool(words))
        if turned_back and not words:
            self.known.clear()
        if words:
            self.known.setText(self.known.text() or words)
            self.read.show_lines(said(f"as known on {words}", ", not now", token="amb"))
        else:
            self._known_typed()

    def clear_filter(self) -> None:
        """Show every entry."""
        self.filter.clear()
        self.kind.setCurrentIndex(0)

    def _filter_changed(self) -> None:
        self.filtered.emit()

    def _kind_changed(self) -> None:
        self.filtered.emit()

    def _moment(self) -> At | Ambiguous | Refused | None:
        text = self.known.text().strip()
        return read_moment(text, now=self._now()) if text else None

    def _known_typed(self) -> None:
        read = self._moment()
        self.known.set_state(BoxState.REST)
        if isinstance(read, At):
            self.read.show_lines(
                (Run("read as ", 12, 400, "ink2"), Run(at_text(read), 12, 600), Run(". Enter shows it.", 12))
            )
        elif isinstance(read, Ambiguous):
            self.read.show_lines(said("", f"{read.text} Write the month as a word."))
        else:
            self.read.show_lines()

    def _known_entered(self) -> None:
        read = self._moment()
        if read is None:
            self.back_to_now()
        elif isinstance(read, At):
            self.known_at_changed.emit(self._end_of(read))
        else:
            self.known.set_state(BoxState.REFUSED)
            why = read.why if isinstance(read, Refused) else f"{read.text} Write the month as a word."
            self.read.show_lines(said("", why, rest_token="high"))

    def _end_of(self, at: At) -> datetime:
        """The moment that was typed; a day counts to its end."""
        if at.instant is not None:
            return at.instant
        return datetime.combine(at.day, time(23, 59, 59, 999999), tzinfo=self._now().tzinfo)

    def back_to_now(self) -> None:
        """Show what is known now."""
        self.known.clear()
        self.known_at_changed.emit(None)

    def take_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_known(self) -> None:
        """Put the keyboard into "as known on"."""
        self.known.setFocus(Qt.FocusReason.ShortcutFocusReason)
