"""Owns that nothing typed is lost: a form's state is kept 300 ms after the last key, when it closes and at the lock."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from bedside.chart.formats import at_text
from bedside.chart.moments import At
from bedside.ui.forms.context import DraftDoors, DraftText, Request

DELAY_MS = 300


class DraftKeeper(QObject):
    """Keeps the text that it is given last; `kept` tells when, `found` brings back an earlier draft.

    What could not be kept is tried again with the next key, when the form closes and at the lock.
    """

    kept = Signal(object)
    found = Signal(object)

    def __init__(self, form: str, context: DraftDoors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form, self._context = form, context
        self._body: str | None = None
        self._untyped = ""
        self._stored: str | None = None
        self._may_be_there = False
        self.closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)

    def names(self, requests: Sequence[Request]) -> list[Request]:
        """Hand over to a save: its requests with the name of the draft, which is forgotten when they are stored."""
        self.hand_over()
        return [replace(request, draft=self._form) for request in requests]

    def look(self) -> None:
        """Ask for the draft of this form."""
        self._context.load_draft(self._form, self._loaded)

    def _loaded(self, draft: DraftText | None) -> None:
        if draft is not None and not self.closed:
            self._stored, self._may_be_there = draft.body, True
            self.found.emit(draft)

    def begin(self, body: str) -> None:
        """Take this for the form as nobody has typed in it yet: it needs no keeping."""
        self._untyped, self._body = body, None
        self._timer.stop()

    def keep(self, body: str) -> None:
        """Keep this state soon; "" or the form as it began means that nothing has to be kept."""
        self._body = "" if body == self._untyped else body
        self._timer.start()

    def flush(self) -> None:
        """Keep now what is not known to be kept."""
        self._timer.stop()
        if self._body is None or self._body == self._stored:
            return
        if self._body:
            self._stored, self._may_be_there = None, True
            self._context.store_draft(self._form, self._body, self._was_kept)
        else:
            self.drop()

    def hand_over(self) -> None:
        """Keep now what is not known to be kept, and nothing behind a save, which forgets the draft."""
        self.flush()
        self._body = None

    def _was_kept(self, draft: DraftText) -> None:
        if self._may_be_there and draft.body == self._body:
            self._stored = draft.body
        if not self.closed:
            self.kept.emit(draft.kept_at)

    def drop(self) -> None:
        """Forget the draft: it was saved, or the form was emptied."""
        self._timer.stop()
        self._body = self._stored = None
        if self._may_be_there:
            self._may_be_there = False
            self._context.drop_draft(self._form)


def brought_back(draft: DraftText) -> tuple[str, ...]:
    """That a draft came back, from the longest sentence to the shortest."""
    kept = at_text(At.parse(draft.kept_at.isoformat()))
    return f"Draft of {kept} brought back, not saved yet.", f"Draft of {kept} brought back", "Draft brought back"
