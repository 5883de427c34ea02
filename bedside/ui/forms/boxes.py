"""Owns the boxes one types into: their size and states, and the keys that lead from one to the next."""

from enum import StrEnum

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from bedside.ui import fonts

WIDTH, HEIGHT = 120, 40
NOT_DONE = "not done"
_NUMBER = r"[<>]? ?\d{0,9}([.,]\d{0,6})?"
NUMBERS_ONLY = "digits with one comma or point, < or > before them"


class BoxState(StrEnum):
    """What a box says about its text; the value is what the style sheet knows."""

    REST = ""
    QUESTION = "question"
    REFUSED = "refused"
    NOT_DONE = "not_done"


class Box(QLineEdit):
    """A box 40 px high. Enter and ↓ ask for the next box, ↑ for the one before; leaving it is announced."""

    next_asked = Signal()
    back_asked = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.set_face(14)
        self._state = BoxState.REST

    @property
    def state(self) -> BoxState:
        """What the box says about its text."""
        return self._state

    def set_state(self, state: BoxState) -> None:
        """Take the look of a state."""
        if state is not self._state:
            self._state = state
            self.setProperty("state", state.value)
            self._restyle()

    def take_only(self, pattern: str) -> None:
        """Block as typed what cannot become this; `inputRejected` tells of it."""
        self.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), self))

    def set_locked(self, locked: bool) -> None:
        """Take no typing, and lose the frame that says one can type here."""
        self.setReadOnly(locked)
        self._restyle()

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)
        self.setFont(self._face)

    def set_face(self, px: int, weight: int = 400) -> None:
        """Write in this size and weight, whatever state the box takes."""
        self._face = fonts.font(px, weight)
        self.setFont(self._face)

    def showEvent(self, event: QShowEvent) -> None:
        """Write in the face that was set, whatever the style sheet made of it while the box was hidden."""
        super().showEvent(event)
        self.setFont(self._face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead on with Enter and the arrows, type with everything else."""
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.next_asked.emit()
        elif plain and key == Qt.Key.Key_Up:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what is there, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the box was left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class NumberBox(Box):
    """A box for one number: what cannot become a number is blocked as typed; X says not done."""

    not_done_changed = Signal()
    FACE, NOT_DONE_FACE = (18, 600), (13, 400)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.can_be_not_done = True
        self._not_done = False
        self.setFixedWidth(WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_face(*self.FACE)
        self.take_only(_NUMBER)
        self.setMaxLength(18)

    @property
    def not_done(self) -> bool:
        """Whether the value was asked for and not measured."""
        return self._not_done

    def set_not_done(self, not_done: bool) -> None:
        """Say in the box that it was not done, or give the empty box back."""
        if not_done == self._not_done:
            return
        self._not_done = not_done
        self.setPlaceholderText(NOT_DONE if not_done else "")
        if not_done:
            self.clear()
        self.set_state(BoxState.NOT_DONE if not_done else BoxState.REST)
        self.set_face(*(self.NOT_DONE_FACE if not_done else self.FACE))
        self.not_done_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """X turns not done on and off; typing a digit or Backspace takes it back."""
        text = event.text()
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        if text.lower() == "x" and self.can_be_not_done and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.set_not_done(not self._not_done)
            return
        if self._not_done and (text.isdigit() or text in {"<", ">", "\b"} or event.key() == Qt.Key.Key_Delete):
            self.set_not_done(False)
        super().keyPressEvent(event)
