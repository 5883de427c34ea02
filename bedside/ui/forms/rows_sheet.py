"""Owns what every sheet of rows is: head, rows that scroll, foot, and the keyboard's way from one row to the next."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from bedside.ui.forms.draft_keeper import DraftKeeper
from bedside.ui.forms.foot import SheetFoot
from bedside.ui.forms.head import SheetHead
from bedside.ui.forms.row import FieldRow
from bedside.ui.view import View

WIDTH, LOWEST = 812, 280


class Parts(NamedTuple):
    """What a sheet is put together from: `within` scrolls, rows among other things; `below` stays in sight."""

    head: SheetHead
    within: Sequence[QWidget]
    below: Sequence[QWidget]
    foot: SheetFoot


class RowsArea(QScrollArea):
    """What scrolls; it takes the height that is left and asks for none, because the sheet asks for it."""

    def sizeHint(self) -> QSize:
        """As small as it can be."""
        return self.minimumSizeHint()


class RowsSheet(View):
    """Asks for as much height as its rows need; Enter leads down the rows and from the last to Save.

    What was typed is kept by `drafts` whatever closes the sheet; `close_asked` asks whoever laid it over the view to
    take it away. `begin_in` names the field whose row has the keyboard first, which is the first row without it.
    """

    close_asked = Signal()
    rows: list[FieldRow]
    drafts: DraftKeeper

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = RowsArea(self)
        self._body = QWidget()
        self._parts: Parts | None = None
        self._announced_height = 0
        self.begin_in = ""
        self.setMaximumWidth(WIDTH)

    def lay_out(self, parts: Parts) -> None:
        """Set the parts one under the other and lead the keyboard through the rows."""
        self._parts = parts
        body = _column(self._body, parts.within)
        body.addStretch(1)
        self._body.installEventFilter(self)
        self.area.setWidget(self._body)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = _column(self, (parts.head, self.area, *parts.below, parts.foot))
        column.setStretchFactor(self.area, 1)
        for row in self.rows:
            row.next_asked.connect(self._go_on)
            row.back_asked.connect(self._go_back)
        parts.foot.save_pressed.connect(self.save)
        parts.foot.close_pressed.connect(self.close_form)

    def save(self) -> None:
        """Store what the rows say, if nothing stands in the way."""
        raise NotImplementedError

    def close_form(self) -> None:
        """Keep the draft and ask to be taken away."""
        self.drafts.flush()
        self.close_asked.emit()

    def close_view(self) -> None:
        """Keep the draft whatever closes the sheet: Esc, another patient, or the lock."""
        self.drafts.flush()
        self.drafts.closed = True
        super().close_view()

    def sizeHint(self) -> QSize:
        """Every row in sight, if there is room."""
        if self._parts is None:
            return super().sizeHint()
        inner = self._body.layout()
        rows = inner.heightForWidth(WIDTH) if inner is not None and inner.hasHeightForWidth() else 0
        rows = max(rows, self._body.sizeHint().height())
        shown = [part for part in self._parts.below if not part.isHidden()]
        around = sum(part.sizeHint().height() for part in (*shown, self._parts.foot))
        return QSize(WIDTH, self._parts.head.minimumHeight() + rows + around)

    def minimumSizeHint(self) -> QSize:
        """The rows scroll between head and foot, where there are more than a few."""
        return QSize(600, min(LOWEST, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the rows need one."""
        if watched is self._body and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.ask_for_height()
        return False

    def ask_for_height(self) -> None:
        """Tell whoever laid the sheet over the view that it needs another height."""
        height = self.sizeHint().height()
        if height != self._announced_height:
            self._announced_height = height
            self.changed.emit()

    def entered(self) -> None:
        """Put the keyboard into the row that it begins in and bring a draft back."""
        self.go_to(next((row for row in self.rows if row.spec.name == self.begin_in), self.rows[0]))
        self.drafts.look()

    def _go_on(self, row: FieldRow) -> None:
        following = [one for one in self.rows[self.rows.index(row) + 1 :] if not one.isHidden()]
        if following:
            self.go_to(following[0])
        elif self._parts is not None:
            self._parts.foot.save.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_back(self, row: FieldRow) -> None:
        before = [one for one in self.rows[: self.rows.index(row)] if not one.isHidden()]
        if before:
            self.go_to(before[-1])

    def go_to(self, row: FieldRow) -> None:
        """Put the keyboard into a row, and the row in sight."""
        row.take_keyboard()
        self.area.ensureWidgetVisible(row, 0, 0)

    def lock_rows(self, locked: bool) -> None:
        """Take no typing while it is being saved and after."""
        for row in self.rows:
            row.set_locked(locked)


def _column(holder: QWidget, parts: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return column
