"""Owns the sheet of the audit log: who signed in, saw, exported and changed what, of the store or of one patient."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.service.audit_log import Logged
from bedside.ui.actions import Action
from bedside.ui.forms.boxes import Box
from bedside.ui.people.audit_list import AuditList, sentence_of
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

MOST = 500
"""How many events the list shows at once; the filter reaches all of them."""


class AuditSheet(View):
    """The events, found by typing any of their words; `of` is the patient's number, "" for the whole store."""

    close_asked = Signal()

    def __init__(self, zone: tzinfo, of: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone, self._events, self._found = zone, tuple[Logged, ...](), tuple[str, ...]()
        self.title = PlainLabel(f"Who saw and exported the chart of {of}" if of else "Audit log", 18, 600)
        self.sentence = WrappedLabel("Reading …", 13, 400, "ink2")
        self.filter = Box("Filter the events by words")
        self.filter.setPlaceholderText("Filter by name, number, or what was done")
        self.list = AuditList(zone)
        self.trouble = Alert("trouble")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        for widget in (self.title, self.sentence, self.trouble, self.filter):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.filter.textChanged.connect(self._filter)
        self.filter.next_asked.connect(self._to_list)

    def sizeHint(self) -> QSize:
        """As much as there is room for."""
        return QSize(812, 640)

    def take_keyboard(self) -> None:
        """Begin with the filter."""
        self.filter.setFocus()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setCurrentIndex(self.list.rows.index(0, 0))

    def show_events(self, events: Sequence[Logged]) -> None:
        """Show these, the newest first."""
        self._events = tuple(events)
        self._found = tuple(f"{sentence_of(one, self._zone)} {one.roles}".casefold() for one in events)
        self._filter()

    def _filter(self) -> None:
        words = self.filter.text().casefold().split()
        found = [
            one for one, text in zip(self._events, self._found, strict=True) if all(word in text for word in words)
        ]
        self.list.rows.show_events(found[:MOST])
        shown = f"the {MOST} newest of {len(found)} are shown" if len(found) > MOST else "newest first"
        of = f" of {len(self._events)}" if words else ""
        self.sentence.setText(f"{len(found)}{of} event{'' if len(found) == 1 else 's'}, {shown}")
        self.changed.emit()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the log could not be read."""
        self.sentence.setText("")
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "audit"

    def actions_offered(self) -> tuple[Action, ...]:
        """Close; everything else is typing."""
        return (Action("audit.close", "Close", self.close_asked.emit, "Escape", hint="close"),)
