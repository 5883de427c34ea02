"""Owns a table that is typed into: one editor in the cell that has the keyboard, and what is asked under its row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from bedside.ui.entry_grid.boxes import CellEditor, Typed
from bedside.ui.entry_grid.typed_entries import Obstacle
from bedside.ui.forms.boxes import NUMBERS_ONLY
from bedside.ui.forms.question_strip import Asked, QuestionStrip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NOT_TAKEN = Asked("Not taken.", f"A box takes {NUMBERS_ONLY}.")


class BoxTable(QTableView):
    """`edited(row)` after each key in a box, `moved` when another cell has the keyboard, `asked` when the strip opens
    or closes, `ended` when Enter was pressed in the last box.

    A subclass says where boxes are, what they hold, what stands in their way and where Enter leads.
    """

    edited = Signal(int)
    moved = Signal()
    asked = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = CellEditor(self.viewport())
        self.strip = QuestionStrip(self)
        self._asked_at = (-1, -1)
        self.grown = -1
        self._settle()
        self.editor.edited.connect(self._edited)
        self.editor.not_taken.connect(self._say_not_taken)
        self.editor.next_asked.connect(self._enter_pressed)
        self.editor.below_asked.connect(self._below_pressed)
        self.editor.back_asked.connect(self._back_pressed)
        self.editor.sideways.connect(self._sideways)
        self.editor.left.connect(self.viewport().update)
        self.strip.answered.connect(self._answered)
        self.strip.back_asked.connect(self.take_keyboard)

    def _settle(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)

    # -- what a subclass says --------------------------------------------------------------------------------------

    def typed_at(self, index: Index) -> Typed | None:
        """What is typed into a cell; None where nothing is, or no longer."""
        raise NotImplementedError

    def box_room(self, index: Index) -> QRect:
        """Where the box lies within the cell's rectangle."""
        raise NotImplementedError

    def words_at(self, index: Index) -> tuple[str, str]:
        """The name of a box as it is read aloud, and what stands beside it."""
        raise NotImplementedError

    def obstacle_at(self, index: Index) -> Obstacle | None:
        """What stands in the way of the box, read to its end."""
        raise NotImplementedError

    def answer_at(self, index: Index, answer: int) -> bool:
        """Take an answer to what was asked about a box; whether to go on from it."""
        raise NotImplementedError

    def following(self, index: Index) -> QModelIndex:
        """The box that Enter leads to, or an invalid index."""
        raise NotImplementedError

    def below(self, index: Index) -> QModelIndex:
        """The box that ↓ leads to, or an invalid index: that of Enter, unless the table says otherwise."""
        return self.following(index)

    def preceding(self, index: Index) -> QModelIndex:
        """The box before, or an invalid index."""
        raise NotImplementedError

    def base_height(self, row: int) -> int:
        """How high a row stands while nothing is asked under it."""
        raise NotImplementedError

    # -- the editor ------------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Bring the editor to the cell, or take it away."""
        super().currentChanged(current, previous)
        if self.strip.asked == NOT_TAKEN:
            self._clear_strip()
        held = self.holds_keyboard()
        self.open_box()
        if held:
            self.take_keyboard()
        self.viewport().update()
        self.moved.emit()

    def holds_keyboard(self) -> bool:
        """Whether the keyboard is in the table, its editor or its strip."""
        return self.hasFocus() or self.editor.has_keyboard() or self.strip.hasFocus()

    def open_box(self) -> None:
        """Show the box of the current cell, if it has one."""
        index = self.currentIndex()
        typed = self.typed_at(index) if index.isValid() else None
        if typed is None:
            self.drop_box()
        else:
            self.editor.open(typed, *self.words_at(index))
            self.place_parts()

    def drop_box(self) -> None:
        """Take the box away; its keyboard comes to the cells first, or Qt would hand it to the next control."""
        held = self.editor.has_keyboard()
        self.editor.release()
        if held:
            self.setFocus()
        self.editor.hide()

    def take_keyboard(self) -> None:
        """Into the box of the current cell; onto the cells where it has none."""
        if self.editor.typed is not None:
            self.editor.take_keyboard()
        else:
            self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to the box."""
        super().focusInEvent(event)
        if self.editor.typed is not None:
            self.editor.take_keyboard()

    def go_to(self, index: QModelIndex) -> None:
        """Make a cell the current one and bring it into sight, with room for what may be asked under it."""
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.place_parts()

    def _edited(self) -> None:
        self._clear_strip()
        self.edited.emit(self.currentIndex().row())

    def _enter_pressed(self) -> None:
        if self._is_settled():
            self._go_on(self.following(self.currentIndex()))

    def _below_pressed(self) -> None:
        if self._is_settled():
            self._go_on(self.below(self.currentIndex()))

    def _is_settled(self) -> bool:
        """Whether nothing stands in the way of the box that is left; what does is shown."""
        index = self.currentIndex()
        obstacle = self.obstacle_at(index)
        if obstacle is not None:
            self.show_obstacle(index, obstacle)
        return obstacle is None

    def _go_on(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go_to(index)
        else:
            self.ended.emit()

    def _back_pressed(self) -> None:
        before = self.preceding(self.currentIndex())
        if before.isValid():
            self.go_to(before)

    def _sideways(self, step: int) -> None:
        action = self.CursorAction.MoveRight if step > 0 else self.CursorAction.MoveLeft
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if index.isValid() and index != self.currentIndex():
            self.go_to(index)

    # -- the strip -------------------------------------------------------------------------------------------------

    def show_obstacle(self, index: QModelIndex, obstacle: Obstacle) -> None:
        """Say under the row what stands in the way of a box; a question takes the keyboard, a refusal leaves it."""
        if index != self.currentIndex():
            self.go_to(index)
        self._show_strip(index, obstacle.asked or Asked("Not stored like this.", obstacle.refusal))
        self.editor.show_standing(asked=obstacle.asked is not None)
        if obstacle.asked is not None:
            self.strip.take_keyboard()
        else:
            self.take_keyboard()
        self.asked.emit()

    def _say_not_taken(self) -> None:
        """Tell why a key or what was pasted left the box as it was; an objection to what stands there goes first."""
        if self.strip.asked is None:
            self._show_strip(self.currentIndex(), NOT_TAKEN)
            self.asked.emit()

    def _show_strip(self, index: QModelIndex, asked: Asked) -> None:
        self._asked_at = (index.row(), index.column())
        self.strip.ask(asked)
        self.strip.raise_()
        self.editor.box.setAccessibleDescription(self.strip.accessibleName())
        self._grow()

    def _asked_index(self) -> QModelIndex:
        return self.model().index(*self._asked_at)

    @property
    def is_asking(self) -> bool:
        """Whether a question is open."""
        return self.strip.asked is not None and bool(self.strip.asked.answers)

    def _answered(self, answer: int) -> None:
        index = self._asked_index()
        goes_on = self.answer_at(index, answer)
        self._clear_strip()
        self.open_box()
        self.edited.emit(index.row())
        if goes_on:
            self._go_on(self.following(index))
        self.take_keyboard()

    def _clear_strip(self) -> None:
        if self.strip.asked is None:
            return
        if self.strip.hasFocus():
            self.take_keyboard()  # first: a strip that is hidden while it has the keyboard hands it on as Tab does
        self.strip.clear()
        if self.editor.typed is not None:
            self.editor.box.setAccessibleDescription(self.words_at(self.currentIndex())[1])
        self._shrink()
        self.asked.emit()

    def forget_question(self) -> None:
        """Ask nothing more; nothing is answered by that."""
        self._clear_strip()

    def _grow(self) -> None:
        self._shrink()
        self.grown = self._asked_at[0]
        self.setRowHeight(self.grown, self.base_height(self.grown) + self._strip_height())
        self.scrollTo(self._asked_index())
        self.place_parts()

    def grow_again(self) -> None:
        """Give the row that is asked about the room that it needs now, and bring everything back to its place."""
        if self.grown >= 0:
            self.setRowHeight(self.grown, self.base_height(self.grown) + self._strip_height())
        self.place_parts()

    def _shrink(self) -> None:
        if self.grown >= 0:
            row, self.grown = self.grown, -1
            if row < self.model().rowCount():
                self.setRowHeight(row, self.base_height(row))
            self.place_parts()

    def _strip_height(self) -> int:
        layout = self.strip.layout()
        wanted = layout.heightForWidth(self._strip_width()) if layout is not None else 0
        return max(self.strip.minimumHeight(), wanted)

    def _strip_width(self) -> int:
        return self.viewport().geometry().right() + 1

    def place_parts(self) -> None:
        """Keep editor and strip on their cell while the table is scrolled or changes its size."""
        index = self.currentIndex()
        if self.editor.typed is not None and index.isValid():
            self.editor.place(self.box_room(index))
        if self.strip.asked is not None:
            row = self._asked_at[0]
            top = self.viewport().y() + self.rowViewportPosition(row) + self.base_height(row)
            self.strip.setGeometry(0, top, self._strip_width(), self._strip_height())
            self.strip.setVisible(top >= self.viewport().y())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and what lies over the cells with them."""
        super().scrollContentsBy(dx, dy)
        self.place_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need a higher strip."""
        super().resizeEvent(event)
        self.grow_again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and the pages move; everything else is left to the keys of the view."""
        moves = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
            Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
        )  # fmt: skip
        if event.key() in moves:
            super().keyPressEvent(event)
        else:
            event.ignore()
