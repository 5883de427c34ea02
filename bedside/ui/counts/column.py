"""Owns the column that is typed at the right of the flowsheet: begun, kept as a draft, stored as a whole, dropped."""

from PySide6.QtCore import QObject, Signal

from bedside.ui.counts.model import ANALYTES
from bedside.ui.counts.table import FlowsheetTable
from bedside.ui.entry_grid.typed_entries import TypedEntries, TypedTogether
from bedside.ui.entry_grid.typing import Typing
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.stage import Stage

COLUMN = TypedTogether("counts", ANALYTES)


class TypedColumn(QObject):
    """`changed` tells that something is to be said of it, `stored` carries the tuple of Saved after the commit."""

    changed = Signal()
    stored = Signal(object)

    def __init__(self, table: FlowsheetTable) -> None:
        super().__init__(table)
        self._table = table
        self.typing: Typing | None = None
        table.edited.connect(self._edited)

    @property
    def entries(self) -> TypedEntries | None:
        """What is typed, None while no column is."""
        return None if self.typing is None else self.typing.entries

    def begin(self, context: FormContext) -> None:
        """Begin a column for this patient, its moment now unless the window shows another one."""
        self.typing = Typing(COLUMN, context, self)
        if context.starts_now:
            self.typing.entries.moment.type_now()
        self.typing.changed.connect(self._changed)
        self.typing.saved.connect(self.stored)

    def bring_draft_back(self) -> None:
        """Ask for the draft of this column."""
        if self.typing is not None:
            self.typing.drafts.look()

    def _edited(self, _row: int) -> None:
        if self.typing is not None:
            self.typing.edited()
            self._table.moments.viewport().update()
            self.changed.emit()

    def _changed(self, typing: Typing) -> None:
        if typing is not self.typing:
            return
        if typing.restored:
            typing.restored = False
            self._table.open_box()
            self._table.take_keyboard()
        self._table.editor.set_locked(typing.stage is not Stage.OPEN)
        self._table.viewport().update()
        self._table.moments.viewport().update()
        self.changed.emit()

    def save(self) -> None:
        """Store every value that was typed, together; or say under its row what stands in the way."""
        obstacle = self.typing.save() if self.typing is not None else None
        if obstacle is not None:
            self._table.show_obstacle(self._table.index_of(obstacle.place), obstacle)

    def drop(self) -> None:
        """Type nothing more; what was typed is kept as a draft, and a save that is under way comes to its end."""
        typing, self.typing = self.typing, None
        if typing is not None:
            typing.leave()
            self._table.editor.set_locked(False)
            typing.deleteLater()
