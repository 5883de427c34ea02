"""Owns the strip under a row that asks one question, with its answers on the keys A and B.

Letters, because figures typed on without a look at the screen must not answer it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.actions import Action
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.lines import Lines
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_frame, draw_sign
from bedside.ui.signs import Sign

HEIGHT = 64
KEYS = "AB"


@dataclass(frozen=True)
class Asked:
    """A question and its answers, in the order of their keys; without an answer it is a refusal."""

    lead: str
    detail: str
    answers: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()

    @property
    def tone(self) -> str:
        """The token of the text; its tint and its line follow from it."""
        return "amb" if self.answers else "high"

    @property
    def runs(self) -> tuple[Run, ...]:
        """The question as it is set: its lead and the figures that it is about are bold."""
        runs = [Run(self.lead + " ", 13, 600, self.tone)]
        rest = self.detail
        for figure in self.bold:
            before, found, rest = rest.partition(f" {figure}")
            runs += [Run(before, 13), Run(found, 13, 600)]
        return (*runs, Run(rest, 13))


class QuestionStrip(QWidget):
    """Hidden until something is asked; `answered` carries the index of the answer, `back_asked` the way to the box.

    While it waits behind another question it shows no keys, and the keyboard that it is given goes to that one.
    `reached` when it has the keyboard.
    """

    answered = Signal(int)
    back_asked = Signal()
    opened = Signal()
    reached = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked: Asked | None = None
        self._words = Lines(self)
        self._buttons: list[KeyButton] = []
        self._first: QuestionStrip | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(62, 8, 24, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self.setMinimumHeight(HEIGHT)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, without the answers."""
        return self._words.words

    def ask(self, asked: Asked) -> None:
        """Show the question; the keys A and B answer while the strip has the keyboard."""
        if asked == self.asked:
            return
        self.asked = asked
        self._words.show_lines(asked.runs)
        self._show_answers(asked.answers)
        self._show_keys()
        self.show()
        self.opened.emit()

    def clear(self) -> None:
        """Ask nothing."""
        if self.asked is not None:
            self.asked = None
            self.wait_behind(None)
            self.hide()
            self.opened.emit()

    def wait_behind(self, first: "QuestionStrip | None") -> None:
        """Leave keys and keyboard to the question that is answered first; None: it is this one."""
        self._first = first
        self._show_keys()
        if first is not None and self.hasFocus():
            first.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to the question that is answered first: this one, or the one it waits behind."""
        (self._first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_keys(self) -> None:
        if self.asked is None:
            return
        takes_keys = bool(self._buttons) and self._first is None
        # A refusal has no keys of its own: it is read with its box, and Tab leads past it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes_keys else Qt.FocusPolicy.NoFocus)
        for button, key in zip(self._buttons, KEYS, strict=False):
            button.set_lead(key if takes_keys else "")
        answers = ", ".join(f"{button.accessibleDescription()} {button.text()}".strip() for button in self._buttons)
        what = "Question" if self._buttons else "Refused"
        self.setAccessibleName(f"{what}: {self.asked.lead} {self.asked.detail} {answers}".rstrip())

    def _show_answers(self, answers: Sequence[str]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [KeyButton(answer, parent=self) for answer in answers]
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._pressed)
            self._row.addWidget(button)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, QAbstractButton) and button in self._buttons:
            self.answered.emit(self._buttons.index(button))

    def answer_first(self) -> None:
        """Give the answer on key A."""
        self.answered.emit(0)

    def answer_second(self) -> None:
        """Give the answer on key B."""
        self.answered.emit(1)

    def answers_offered(self) -> list[Action]:
        """The answers as the key bar shows them."""
        if self.asked is None:
            return []
        calls = (self.answer_first, self.answer_second)
        answers = zip(KEYS, self.asked.answers, calls, strict=False)
        return [
            Action(f"form.answer_{key.lower()}", words, call, hint=words[:1].lower() + words[1:], caps=(key,))
            for key, words, call in answers
        ]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys act here now."""
        super().focusInEvent(event)
        self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A and B answer, ↑ goes back to the box; Enter does nothing, so that no answer is given by habit.

        Whatever else is typed is not taken, and the strip says so.
        """
        key, typed = event.key(), event.text().strip()
        count = len(self.asked.answers) if self.asked else 0
        if Qt.Key.Key_A <= key < Qt.Key.Key_A + count:
            self.answered.emit(key - Qt.Key.Key_A)
        elif key == Qt.Key.Key_Up:
            self.back_asked.emit()
        elif typed and typed.isprintable():
            self._say_not_taken(typed)
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _say_not_taken(self, typed: str) -> None:
        """Tell somebody who typed on without a look at the screen that nothing was taken."""
        if self.asked is not None:
            first = Run(
                f" Answer with {' or '.join(KEYS[: len(self.asked.answers)])} first: “{typed}” was not taken.",
                13,
                600,
                self.asked.tone,
            )
            self._words.show_lines((*self.asked.runs, first))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, its two lines, the sign, and the ring while the keys A and B act."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        tone = self.asked.tone if self.asked is not None else "amb"
        painter.fillRect(room, look.colour(f"{tone}tint"))
        painter.fillRect(QRectF(0, 0, room.width(), 1), look.colour(f"{tone}solid"))
        painter.fillRect(QRectF(0, room.height() - 1, room.width(), 1), look.colour(f"{tone}solid"))
        sign = Sign.ALERT_NOT_RUN if tone == "amb" else Sign.ALERT_WARNING
        draw_sign(painter, QRectF(25, room.center().y() - 10, 20, 20), look, sign)
        if self.hasFocus():
            draw_frame(painter, room.adjusted(2, 2, -2, -2), look, edge=tone)
        painter.end()
