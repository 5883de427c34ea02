"""Owns the one editor of a grid: a number box and a moment box that move to the cell that has the keyboard."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from bedside.ui.forms.boxes import Box, BoxState, NumberBox
from bedside.ui.forms.typed_moment import TypedMoment
from bedside.ui.forms.typed_number import TypedNumber

Typed = TypedNumber | TypedMoment


class GridKeys(Box):
    """A box as small as a cell: ↓ asks for the box below, ← and → at the ends of its text for the neighbour."""

    sideways = Signal(int)
    below_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead down and sideways, and type with everything else."""
        step = _step_aside(self, event)
        if step:
            self.sideways.emit(step)
        elif event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.below_asked.emit()
        else:
            super().keyPressEvent(event)


class GridNumberBox(GridKeys, NumberBox):
    """A number box as small as a cell."""

    FACE, NOT_DONE_FACE = (13, 600), (11, 400)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setProperty("look", "cell")


class GridMomentBox(GridKeys):
    """A box for a moment as small as a cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setProperty("look", "cell")
        self.set_face(13, 600)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _step_aside(box: Box, event: QKeyEvent) -> int:
    """1 for → at the end of the text, −1 for ← at its start or while all of it is selected, else 0."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    whole = box.selectedText() == box.text()
    if event.key() == Qt.Key.Key_Right and (whole or box.cursorPosition() == len(box.text())):
        return 1
    if event.key() == Qt.Key.Key_Left and (whole or box.cursorPosition() == 0):
        return -1
    return 0


class CellEditor(QWidget):
    """Types into one cell at a time. `edited` after each key; the keys that lead on are signals of their own.

    `not_taken` when a key or what was pasted cannot become a number and left the box as it was.
    """

    edited = Signal()
    not_taken = Signal()
    next_asked = Signal()
    below_asked = Signal()
    back_asked = Signal()
    sideways = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self.moment = GridNumberBox(self), GridMomentBox(self)
        self._typed: Typed | None = None
        self._loading = False
        for box in (self.number, self.moment):
            box.next_asked.connect(self.next_asked)
            box.below_asked.connect(self.below_asked)
            box.back_asked.connect(self.back_asked)
            box.sideways.connect(self.sideways)
            box.left.connect(self.left)
            box.textChanged.connect(self._text_changed)
            box.hide()
        self.number.not_done_changed.connect(self._text_changed)
        self.number.inputRejected.connect(self.not_taken)
        self.hide()

    @property
    def typed(self) -> Typed | None:
        """What is typed into now."""
        return self._typed

    @property
    def box(self) -> Box:
        """The box that is in use."""
        return self.moment if isinstance(self._typed, TypedMoment) else self.number

    def open(self, typed: Typed, name: str, description: str) -> None:
        """Show a cell's text in the box that fits it."""
        self._typed = typed
        self._loading = True
        if isinstance(typed, TypedNumber):
            self.number.can_be_not_done = typed.spec.observed
            self.number.set_not_done(typed.not_done)
            self.number.setText(typed.text)
        else:
            self.moment.setText(typed.text)
        self._loading = False
        self.box.setAccessibleName(name)
        self.box.setAccessibleDescription(description)
        self.number.setVisible(self.box is self.number)
        self.moment.setVisible(self.box is self.moment)
        self.show_state()
        self.show()

    def release(self) -> None:
        """Type into nothing; the box stays in sight until somebody else has its keyboard."""
        self._typed = None

    def place(self, room: QRect) -> None:
        """Take this rectangle of the parent."""
        self.setGeometry(room)
        for box in (self.number, self.moment):
            box.setFixedSize(room.size())
            box.move(0, 0)

    def set_locked(self, locked: bool) -> None:
        """Take no typing while what was typed is being stored."""
        self.number.set_locked(locked)
        self.moment.set_locked(locked)

    def take_keyboard(self) -> None:
        """Into the box, its text selected."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)
        self.box.selectAll()

    def has_keyboard(self) -> bool:
        """Whether the box has the keyboard."""
        return self.box.hasFocus()

    def _text_changed(self) -> None:
        typed = self._typed
        if self._loading or typed is None:
            return
        if isinstance(typed, TypedMoment):
            typed.type(self.moment.text())
        else:
            typed.text, typed.not_done = self.number.text(), self.number.not_done
        self.show_state()
        self.edited.emit()

    def show_state(self) -> None:
        """Take the look of a refusal while the text cannot become a value."""
        typed = self._typed
        if isinstance(typed, TypedNumber):
            state = BoxState.REFUSED if typed.refusal(final=False) else BoxState.REST
            self.number.set_state(BoxState.NOT_DONE if typed.not_done else state)
        else:
            self.moment.set_state(BoxState.REST)

    def show_standing(self, *, asked: bool) -> None:
        """Take the look of a question, or of a refusal, until something else is typed."""
        self.box.set_state(BoxState.QUESTION if asked else BoxState.REFUSED)
