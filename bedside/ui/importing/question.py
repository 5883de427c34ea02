"""Owns the question about a file: its words, and one button for each answer, or a list where there are many."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bedside.service.counts import Choice, Question
from bedside.ui import theme
from bedside.ui.painting import draw_frame
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

MOST_BUTTONS = 6
LONGEST_BUTTON = 24


class AnswerButton(PushButton):
    """One answer; `given(value)` when it is pressed."""

    given = Signal(str)

    def __init__(self, choice: Choice, word: str, question: str, parent: QWidget) -> None:
        super().__init__(word, parent)
        self._value = choice.value
        self.setAccessibleName(f"{word}: {question}")
        self.setFixedHeight(32)
        self.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        self.given.emit(self._value)


class QuestionBox(QWidget):
    """`answered(key, value)`; `columns_asked` where the answer is to say what the columns are."""

    answered = Signal(str, str)
    columns_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self.count = PlainLabel("", 12, 400, "amb", self)
        self.words = WrappedLabel("", 13, 600, "ink", self)
        self.legend = WrappedLabel("", 12, 400, "ink2", self)
        self.answers: list[QWidget] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        for widget in (self.count, self.words, self.legend):
            column.addWidget(widget)
        column.addLayout(self._row)
        self.hide()

    def show_question(self, question: Question | None, open_questions: int = 1) -> None:
        """Ask this, or nothing."""
        self._question = question
        self._forget_answers()
        self.setVisible(question is not None)
        if question is None:
            return
        more = f", {open_questions} are open" if open_questions > 1 else ""
        self.count.setText(f"A question about the file{more}")
        self.words.setText(question.text)
        self.legend.setText("")
        if not question.choices:
            self._offer_columns()
        elif len(question.choices) <= MOST_BUTTONS and all(len(one.text) < 80 for one in question.choices):
            self._offer_buttons(question)
        else:
            self._offer_list(question)
        self.legend.setVisible(bool(self.legend.text()))
        self._row.addStretch(1)

    def _forget_answers(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.answers = []

    def _add(self, widget: QWidget) -> None:
        self.answers.append(widget)
        self._row.addWidget(widget)
        widget.show()

    def _offer_columns(self) -> None:
        button = PushButton("Say what the columns are", self)
        button.setFixedHeight(32)
        button.clicked.connect(self.columns_asked)
        self._add(button)

    def _offer_buttons(self, question: Question) -> None:
        """The words of an answer on its button; where they are long, the value alone, and the words above."""
        is_long = any(len(one.text) > LONGEST_BUTTON for one in question.choices)
        words = [one.value.replace("_", " ") if is_long else one.text for one in question.choices]
        if is_long:
            self.legend.setText(
                "\n".join(f"{word}: {one.text}" for word, one in zip(words, question.choices, strict=True))
            )
        for choice, word in zip(question.choices, words, strict=True):
            button = AnswerButton(choice, word, question.text, self)
            button.given.connect(self._given)
            self._add(button)

    def _offer_list(self, question: Question) -> None:
        box = QComboBox(self)
        box.setFixedHeight(32)
        box.setAccessibleName(question.text)
        for choice in question.choices:
            box.addItem(choice.text, choice.value)
        button = PushButton("Take this answer", self)
        button.setFixedHeight(32)
        button.clicked.connect(self._taken_from_list)
        self._add(box)
        self._add(button)

    def _taken_from_list(self) -> None:
        box = self.answers[0]
        if isinstance(box, QComboBox):
            self._given(str(box.currentData()))

    def _given(self, value: str) -> None:
        if self._question is not None:
            self.answered.emit(self._question.key, value)

    def take_keyboard(self) -> None:
        """Begin with the first answer."""
        if self.answers:
            self.answers[0].setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame of a question."""
        painter = QPainter(self)
        draw_frame(painter, self.rect().toRectF(), theme.current(), fill="ambtint", edge="amb", radius=4)
        painter.end()
