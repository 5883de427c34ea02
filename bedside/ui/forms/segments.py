"""Owns the group of choice buttons: all answers in sight, one or several chosen, every one on the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from bedside.ui import fonts

HEIGHT, GAP, PAD = 34, 6, 12


@dataclass(frozen=True)
class Option:
    """One answer: its code as it is stored (None: not recorded), and its words."""

    code: str | None
    words: str


class ChoiceButton(QToolButton):
    """One answer. Its keys are the group's: the arrows move, a letter or digit chooses, Enter goes on."""

    def __init__(self, option: Option, name: str, group: "Segments") -> None:
        super().__init__(group)
        self.option, self._group = option, group
        self.setText(option.words)
        self.setCheckable(True)
        self.setProperty("look", "choice" if option.code is not None else "no choice")
        self.setFont(fonts.font(13, 500))
        self.setFixedSize(max(42, round(fonts.width_of(option.words, 13, 600)) + 2 * PAD), HEIGHT)
        self.setAccessibleName(f"{name}: {option.words}")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the group answer first."""
        if not self._group.take_key(self, event):
            super().keyPressEvent(event)


class Segments(QWidget):
    """Buttons that flow over as many lines as they need. With `several` each is switched on its own."""

    changed = Signal()
    next_asked = Signal()
    back_asked = Signal()

    def __init__(
        self, options: Sequence[Option], name: str, *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._several = several
        self._locked = False
        self.buttons = [ChoiceButton(option, name, self) for option in options]
        for button in self.buttons:
            button.clicked.connect(self._clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._mark_tab_stop()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes that are chosen, in the order of the list."""
        return tuple(b.option.code for b in self.buttons if b.isChecked() and b.option.code is not None)

    def choose(self, codes: Sequence[str]) -> None:
        """Choose these and no others; nothing at all chooses "not recorded" where it is offered."""
        for button in self.buttons:
            wanted = button.option.code in codes if codes else button.option.code is None
            button.setChecked(wanted and not (self._several and button.option.code is None))
        self._mark_tab_stop()

    def set_locked(self, locked: bool) -> None:
        """Keep the answer as it is."""
        self._locked = locked
        for button in self.buttons:
            button.setEnabled(not locked or button.isChecked())

    def take_keyboard(self) -> None:
        """Into the chosen button, else the first."""
        self._stop().setFocus(Qt.FocusReason.TabFocusReason)

    def _stop(self) -> ChoiceButton:
        return next((button for button in self.buttons if button.isChecked()), self.buttons[0])

    def _mark_tab_stop(self) -> None:
        stop = self._stop()
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            self._press(button)

    def _press(self, pressed: ChoiceButton) -> None:
        if self._locked:
            pressed.setChecked(not pressed.isChecked())
            return
        if not self._several:
            for button in self.buttons:
                button.setChecked(button is pressed)
        self._mark_tab_stop()
        self.changed.emit()

    def take_key(self, at: ChoiceButton, event: QKeyEvent) -> bool:
        """Act on a key of one of the buttons; false leaves it to the button."""
        key, text = event.key(), event.text()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(at, 1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Down:
            self.next_asked.emit()
        elif key == Qt.Key.Key_Up:
            self.back_asked.emit()
        else:
            return bool(text.strip()) and self._jump(at, text)
        return True

    def _move(self, at: ChoiceButton, step: int) -> None:
        self._go(self.buttons[(self.buttons.index(at) + step) % len(self.buttons)])

    def _go(self, button: ChoiceButton) -> None:
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._several and not self._locked:
            button.setChecked(True)
            self._press(button)

    def _jump(self, at: ChoiceButton, letter: str) -> bool:
        """Go to the next answer that begins with the letter or digit."""
        start = self.buttons.index(at) + 1
        for button in (*self.buttons[start:], *self.buttons[:start]):
            if button.text().casefold().startswith(letter.casefold()):
                self._go(button)
                return True
        return False

    def _lines(self, width: int) -> list[list[ChoiceButton]]:
        lines: list[list[ChoiceButton]] = [[]]
        used = 0
        for button in self.buttons:
            if lines[-1] and used + button.width() > width:
                lines.append([])
                used = 0
            lines[-1].append(button)
            used += button.width() + GAP
        return lines

    def heightForWidth(self, width: int) -> int:
        """One line of 34 px, and 40 for each further one."""
        return len(self._lines(width)) * (HEIGHT + GAP) - GAP

    def hasHeightForWidth(self) -> bool:
        """Buttons flow."""
        return True

    def sizeHint(self) -> QSize:
        """All buttons in one line, if there is room."""
        whole = sum(button.width() + GAP for button in self.buttons) - GAP
        return QSize(whole, self.heightForWidth(self.width() if self.width() > 100 else whole))

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest button."""
        return QSize(max(button.width() for button in self.buttons), HEIGHT)

    def resizeEvent(self, _event: object) -> None:
        """Set the buttons line by line."""
        top = 0
        for line in self._lines(self.width()):
            left = 0
            for button in line:
                button.move(left, top)
                left += button.width() + GAP
            top += HEIGHT + GAP
