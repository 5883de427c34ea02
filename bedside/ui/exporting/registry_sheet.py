"""Owns the sheet of the registries: every question that they ask, how it stands, and what the chart says."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bedside.chart.derived.registry import AnswerStatus, RegistryReport
from bedside.service.registry_text import LEGEND, OPEN
from bedside.ui.actions import Action
from bedside.ui.exporting.words import Asked, asked, cells, detail_words, summary
from bedside.ui.importing.table import PreviewTable
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel
from bedside.ui.widgets.segment_row import SegmentRow

WIDTH, HEIGHT = 812, 680
HEADS = (("Form", 168), ("Question", 222), ("What the chart says", 0), ("", 118))
NOTHING = "No question stands like this."
PARTS: tuple[tuple[str, frozenset[AnswerStatus]], ...] = (
    ("Open", OPEN),
    ("Answered", frozenset({AnswerStatus.ANSWERED})),
    ("Not due", frozenset({AnswerStatus.NOT_DUE})),
    ("Not in a chart", frozenset({AnswerStatus.NO_FIELD})),
    ("All", frozenset(AnswerStatus)),
)


class RegistrySheet(View):
    """`text_asked` and `json_asked` when the report is to be saved; `entry_asked(id)` for what an answer rests on.

    Without `is_shown` the patient is not the one in the window, whose entries alone can be shown.
    """

    entry_asked = Signal(str)
    text_asked = Signal()
    json_asked = Signal()
    close_asked = Signal()

    def __init__(self, patient: str, parent: QWidget | None = None, *, is_shown: bool = True) -> None:
        super().__init__(parent)
        self._is_shown = is_shown
        self._questions: tuple[Asked, ...] = ()
        self.title = PlainLabel(f"Questions of the registries to {patient}", 18, 600)
        self.sentence = WrappedLabel("Reading …", 13, 400, "ink2", self)
        self.trouble = Alert("trouble", self)
        self.parts = SegmentRow([word for word, _ in PARTS], self)
        self.table = PreviewTable("Questions of the registries", HEADS, cells, self)
        self.nothing = WrappedLabel("", 13, 400, "ink2", self)
        self._stack = QStackedLayout()
        self.detail = WrappedLabel("", 12, 400, "ink", self)
        self.buttons = {"text": PushButton("Save as text …", self), "json": PushButton("Save as JSON …", self)}
        self._lay_out()
        self.parts.chosen.connect(self.show_part)
        self.table.moved.connect(self._show_detail)
        self.buttons["text"].clicked.connect(self._text_pressed)
        self.buttons["json"].clicked.connect(self._json_pressed)
        self._show(())
        self._enable(can=False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        for widget in (self.title, self.sentence, self.trouble, self.parts):
            column.addWidget(widget)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        column.addLayout(self._stack, 1)
        column.addWidget(self.detail)
        column.addWidget(WrappedLabel(LEGEND, 12, 400, "ink2", self))
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in self.buttons.values():
            button.setFixedHeight(36)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def sizeHint(self) -> QSize:
        """As much as there is room for."""
        return QSize(WIDTH, HEIGHT)

    def take_keyboard(self) -> None:
        """Go to the questions, or to saving them while none is shown."""
        shown = self._stack.currentWidget() is self.table
        (self.table if shown else self.buttons["text"] if self._questions else self).setFocus()

    def show_report(self, report: RegistryReport) -> None:
        """Show the questions, those that are open first."""
        self._questions = asked(report)
        self.sentence.setText(summary(report, self._questions))
        self._enable(can=True)
        standing = {one.answer.status for one in self._questions}
        self.show_part(next(place for place, (_, wanted) in enumerate(PARTS) if wanted & standing))
        self.take_keyboard()

    def show_part(self, place: int) -> None:
        """Show the questions that stand in one way."""
        self.parts.choose(place)
        wanted = PARTS[place][1]
        self._show([one for one in self._questions if one.answer.status in wanted])

    def _show(self, rows: Sequence[Asked]) -> None:
        self.nothing.setText(NOTHING if self._questions else "")
        self._stack.setCurrentWidget(self.table if rows else self.nothing)
        self.table.show_rows(rows)

    def _show_detail(self) -> None:
        one = self.table.current
        self.detail.setText(detail_words(one) if isinstance(one, Asked) else "")
        self.changed.emit()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why there is no report, or why it was not saved."""
        if not self._questions:
            self.sentence.setText("")
        self.trouble.show_trouble(trouble)
        self.changed.emit()

    def clear(self) -> None:
        """Hold nothing of any patient."""
        self._questions = ()
        self._show(())
        self._enable(can=False)

    def _enable(self, *, can: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(can)

    def _text_pressed(self) -> None:
        self.text_asked.emit()

    def _json_pressed(self) -> None:
        self.json_asked.emit()

    def _evidence(self) -> str:
        """The newest entry that the selected answer rests on, "" where it rests on none."""
        one = self.table.current
        return one.answer.evidence[-1] if isinstance(one, Asked) and one.answer.evidence else ""

    def _no_entry(self) -> str:
        if not self._is_shown:
            return "the patient is not shown"
        return "" if self._evidence() else "no entry stands behind this answer"

    def open_entry(self) -> None:
        """Ask for the entry that the selected answer rests on."""
        if not self._no_entry():
            self.entry_asked.emit(self._evidence())

    def _next_part(self) -> None:
        self.show_part((self.parts.place + 1) % len(PARTS))

    def help_name(self) -> str:
        """Help on this sheet."""
        return "registry"

    def actions_offered(self) -> tuple[Action, ...]:
        """The entry behind an answer, the parts, saving, and close."""
        return (
            Action(
                "registry.entry",
                "Show the entry behind the answer",
                self.open_entry,
                "Return",
                hint="entry",
                refusal=self._no_entry,
            ),
            Action("registry.part", "Show the next part of the questions", self._next_part, "Alt+N", hint="next part"),
            Action("registry.text", "Save the questions as text", self.buttons["text"].click, "Alt+T", hint="text"),
            Action("registry.json", "Save the questions as JSON", self.buttons["json"].click, "Alt+J", hint="JSON"),
            Action("registry.close", "Close", self.close_asked.emit, "Escape", hint="close"),
        )
