"""Owns the row of one number: box, unit, last value with its date, flag in words, and the question under it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bedside.chart.formats import at_text, number_text
from bedside.chart.moments import At
from bedside.chart.reading import Number, Refused, read_number
from bedside.ui.forms.boxes import BoxState, NumberBox
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import (
    FieldLimits,
    Question,
    flag_of,
    flag_reason,
    question_of,
    range_text,
    refusal_of,
)
from bedside.ui.forms.lines import Lines, said
from bedside.ui.forms.question_strip import Asked
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.lettering import Run
from bedside.ui.widgets.labels import PlainLabel

UNIT_WIDTH, LAST_WIDTH = 54, 169


class NumberRow(FieldRow):
    """Types one number. The last value stands beside the box and is never carried forward; X says not done."""

    def __init__(
        self,
        spec: RowSpec,
        moment: Callable[[], At | None],
        *,
        last: LastValue | None = None,
        limits: FieldLimits | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._moment, self._last, self._limits = moment, last, limits
        self._kept: str | None = None
        self._question: Question | None = None
        self.box = NumberBox(self.full_name, self)
        self.box.can_be_not_done = spec.observed
        self.unit = PlainLabel(spec.unit, 13, 400, "ink2", self)
        self.unit.setMinimumWidth(UNIT_WIDTH)
        self.beside = Lines(self)
        self.beside.setFixedWidth(LAST_WIDTH)
        self._lay_out()
        self.box.textChanged.connect(self._typed)
        self.box.not_done_changed.connect(self._typed)
        self.box.next_asked.connect(self._enter_pressed)
        self.box.back_asked.connect(self._back_pressed)
        self.box.left.connect(self._left)
        self._show_last()
        self.show_hint()

    @property
    def was_words(self) -> str:
        """Nothing more: it stands where the last value stands."""
        return ""

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        self.line.addWidget(self.box, 0, middle)
        self.line.addSpacing(10)
        self.line.addWidget(self.unit, 0, middle)
        self.line.addSpacing(10 if self.unit.sizeHint().width() > UNIT_WIDTH else 0)
        self.line.addWidget(self.beside, 0, middle)
        self.line.addSpacing(7)
        self.line.addWidget(self.message, 1, middle)

    def _show_last(self) -> None:
        if self.was:
            self.beside.show_lines((Run("was ", 12, 400, "ink2"), Run(self.was, 14, 600)), ())
        elif self._last is None:
            self.beside.show_lines((Run("no earlier value" if self.box.can_be_not_done else "", 12, 400, "ink2"),))
        else:
            value = f"{self._last.sign}{number_text(self._last.value)}"
            self.beside.show_lines((Run(value, 14, 600),), (Run(at_text(self._last.at), 12, 400, "ink2"),))
        spoken = f"last value {self.beside.words}" if self._last and not self.was else self.beside.words
        self.box.setAccessibleDescription(spoken)

    @property
    def confirmed(self) -> bool:
        """Whether the number stands although it was asked about."""
        return bool(self._kept) and self._kept == self.box.text()

    @property
    def number(self) -> Number | None:
        """The number as it is read now, or None while there is none."""
        read = read_number(self.box.text()) if self.box.text() else None
        return read if isinstance(read, Number) else None

    def _typed(self) -> None:
        self._ask(None)
        self._judge(final=False)
        self.touched()

    def _judge(self, *, final: bool) -> str:
        """Show what is to be said about the text; return why it cannot be stored, or ""."""
        text = self.box.text()
        if self.box.not_done:
            self.show_message(said("", "X pressed: asked for, not measured"))
            return ""
        if not text:
            self.box.set_state(BoxState.REST)
            self.show_hint()
            return ""
        read = read_number(text)
        refusal = read.why if isinstance(read, Refused) and (final or _is_complete(text)) else ""
        if isinstance(read, Number):
            refusal = self._refusal(read)
        if refusal:
            self.box.set_state(BoxState.REFUSED)
            self.show_fault(refusal)
        else:
            self.box.set_state(BoxState.REST)
            self._show_flag(read if isinstance(read, Number) else None)
        return refusal

    def _refusal(self, number: Number) -> str:
        if number.sign and not self.spec.measured:
            return f"{number.sign} is not recorded here. Type the number that was measured."
        return refusal_of(number.value, self._limits, self.spec.unit) if self._limits else ""

    def _show_flag(self, number: Number | None) -> None:
        if self._limits is None or number is None:
            self.show_hint()
            return
        flag = flag_of(number.value, self._limits, number.sign)
        reason = flag_reason(flag, self._limits)
        if flag is not None:
            self.message.show_lines(said(flag.words, f", {reason}" if reason else ""), flag=flag)
        elif range_text(self._limits.low, self._limits.high):
            self.message.show_lines(said("", f"in range, {reason}"))
        else:
            self.show_hint()

    def show_hint(self) -> None:
        """Say the range while the box is empty."""
        reach = range_text(self._limits.low, self._limits.high) if self._limits else ""
        if reach and not self.spec.required:
            self.message.show_lines(said("", reach))
        else:
            super().show_hint()

    def settle(self) -> str:
        """Refuse what is no number or impossible, ask once about what is unlikely."""
        refusal = self._judge(final=True)
        number = self.number
        if refusal or number is None or self.box.not_done:
            self._ask(None)
            return refusal
        if self.box.text() != self._kept:
            self._ask(question_of(number.value, self._limits, self._last, self._moment(), self.spec.unit))
        return ""

    def _ask(self, question: Question | None) -> None:
        self._question = question
        if question is None:
            self.strip.clear()
            return
        self.box.set_state(BoxState.QUESTION)
        typed = self.box.text()
        first = f"Change to {number_text(question.instead)}" if question.instead is not None else "Back to the box"
        self.strip.ask(Asked(question.lead, question.detail, (first, f"Keep {typed}"), question.bold))

    def answer(self, index: int) -> None:
        """1 changes the number (or goes back to it), 2 keeps it and is not asked again."""
        question = self._question
        if question is None:
            return
        if index == 1:
            self._kept = self.box.text()
            self._ask(None)
            self._judge(final=True)
            self.next_asked.emit(self)
        elif question.instead is None:
            self._ask(None)
            self.take_keyboard()
        else:
            changed = f"{question.instead:.6f}".rstrip("0").rstrip(".")
            self._kept = changed
            self.box.setText(changed)
            self.next_asked.emit(self)

    def _enter_pressed(self) -> None:
        refusal = self.settle()
        if self.has_question:
            self.strip.setFocus(Qt.FocusReason.OtherFocusReason)
        elif refusal:
            self.box.selectAll()
        else:
            self.next_asked.emit(self)

    def _back_pressed(self) -> None:
        self.back_asked.emit(self)

    def _left(self) -> None:
        if not self.box.isReadOnly():
            self.settle()

    def take_keyboard(self) -> None:
        """Into the box, its text selected."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)
        self.box.selectAll()

    def contribute(self, fields: dict[str, Any]) -> None:
        """The value, its sign, or that it was not done."""
        number = self.number
        if self.box.not_done:
            fields.setdefault("not_done", []).append(self.spec.name)
        elif number is not None:
            fields[self.spec.name] = number.value
            if number.sign:
                fields.setdefault("censored", {})[self.spec.name] = number.sign

    def state(self) -> Any:
        """The text as typed, and "x" for not done."""
        return "x" if self.box.not_done else self.box.text() or None

    def restore(self, state: Any) -> None:
        """Show the text as it was typed."""
        if state == "x":
            self.box.set_not_done(True)
        elif isinstance(state, str):
            self.box.setText(state)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the value of an entry and keep it beside the box as what it was."""
        value = fields.get(self.spec.name)
        if self.spec.name in (fields.get("not_done") or ()):
            self.was = "not done"
            self.box.set_not_done(True)
        elif value is not None:
            sign = (fields.get("censored") or {}).get(self.spec.name, "")
            self.was = f"{sign}{number_text(value)}"
            self._kept = f"{sign}{_typed_text(value)}"
            self.box.setText(self._kept)
        else:
            self.was = "not recorded"
        self._show_last()

    def set_locked(self, locked: bool) -> None:
        """Keep the number as it is."""
        self.box.set_locked(locked)


def _is_complete(text: str) -> bool:
    return text[-1].isdigit()


def _typed_text(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")
