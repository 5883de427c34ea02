"""Owns the typing of one patient's entries: the draft that is kept, the save, and what came of it."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from bedside.chart.formats import at_text
from bedside.chart.moments import At
from bedside.ui.entry_grid.typed_entries import Obstacle, TypedEntries, TypedTogether
from bedside.ui.forms.context import DraftText, FormContext, Saved
from bedside.ui.forms.draft_keeper import DraftKeeper
from bedside.ui.forms.stage import Stage
from bedside.ui.troubles import Trouble


class Typing(QObject):
    """`changed` tells that its words or stage did, `saved` carries the tuple of Saved after the durable commit."""

    changed = Signal(object)
    saved = Signal(object)

    def __init__(self, together: TypedTogether, context: FormContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.entries = TypedEntries(together, context)
        self.drafts = DraftKeeper(together.form, context, self)
        self.stage = Stage.OPEN
        self.trouble: Trouble | None = None
        self.stored: tuple[Saved, ...] = ()
        self.draft_words = ""
        self.restored = False
        self.closed = False
        self.drafts.kept.connect(self._kept)
        self.drafts.found.connect(self._found)

    def edited(self) -> None:
        """Something was typed: keep it soon, and take back what was said of an earlier try."""
        self.trouble = None
        self.drafts.keep(self.entries.draft())

    def save(self) -> Obstacle | None:
        """Store everything that was typed, together; or return what stands in the way. Twice does nothing."""
        if self.stage is not Stage.OPEN or not self.entries.count:
            return None
        obstacle = self.entries.obstacle()
        if obstacle is None:
            self.stage, self.trouble = Stage.SAVING, None
            self.context.save_all(self.drafts.names(self.entries.requests()), self._stored, self._not_stored)
            self.changed.emit(self)
        return obstacle

    def _stored(self, stored: tuple[Saved, ...]) -> None:
        self.stage, self.stored = Stage.SAVED, stored
        self.drafts.drop()
        if not self.drafts.closed:
            self.changed.emit(self)
            self.saved.emit(stored)

    def _not_stored(self, trouble: Trouble) -> None:
        self.stage, self.trouble = Stage.OPEN, trouble
        if not self.drafts.closed:
            self.drafts.keep(self.entries.draft())
            self.changed.emit(self)

    def _found(self, draft: DraftText) -> None:
        if self.stage is Stage.OPEN and self.entries.restore(draft.body):
            self.restored = True
            self.draft_words = f"draft of {at_text(At.parse(draft.kept_at.isoformat()))} brought back, not saved"
            self.changed.emit(self)

    def _kept(self, moment: datetime) -> None:
        self.draft_words = f"draft kept {moment:%H:%M:%S}"
        self.changed.emit(self)

    def leave(self) -> None:
        """Keep the draft and hear nothing more; what becomes of a save that is under way is told to the window."""
        self.drafts.flush()
        self.closed = self.drafts.closed = True

    def throw_away(self) -> None:
        """Forget what was typed."""
        self.drafts.drop()
        self.drafts.closed = True
