"""Owns the row of one number: box, unit, last value with its date, flag in words, and the question under it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bedside.chart.formats import at_text, number_text
from bedside.chart.moments import At
from bedside.ui import units_shown
from bedside.ui.forms.boxes import NUMBERS_ONLY, BoxState, NumberBox
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import NO_RANGE, FieldLimits, Question, flag_reason, range_text
from bedside.ui.forms.lines import Lines, said
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.typed_number import TypedNumber
from bedside.ui.lettering import Run
from bedside.ui.widgets.labels import PlainLabel

UNIT_WIDTH, LAST_WIDTH = 54, 169


class NumberRow(FieldRow):
    """Types one number. The last value stands beside the box and is never carried forward; X says not done."""

    tells_not_done = True

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
        self.typed = TypedNumber(spec, moment, last=last, limits=limits)
        self._question: Question | None = None
        self.box = NumberBox(self.full_name, self)
        self.box.can_be_not_done = spec.observed
        self.unit = PlainLabel(spec.unit, 13, 400, "ink2", self)
        self.unit.setMinimumWidth(UNIT_WIDTH)
        self.beside = Lines(self)
        self.beside.setFixedWidth(LAST_WIDTH)
        self._lay_out()
        self.box.textChanged.connect(self._typed)
        self.box.inputRejected.connect(self._say_what_is_taken)
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
        last = self.typed.last
        if self.was:
            self.beside.show_lines((Run("was ", 12, 400, "ink2"), Run(self.was, 14, 600)), ())
        elif last is None:
            self.beside.show_lines((Run("no earlier value" if self.box.can_be_not_done else "", 12, 400, "ink2"),))
        else:
            value = f"{last.sign}{number_text(last.value)}"
            beside = units_shown.beside(self.spec.name, last.value, last.sign)
            self.beside.show_lines(
                (Run(value, 14, 600), Run(beside, 12, 400, "ink2")), (Run(at_text(last.at), 12, 400, "ink2"),)
            )
        self.describe(self.message.words)

    def describe(self, words: str) -> None:
        """Have the last value read with the box, then what is said of the new one."""
        last = self.typed.last is not None and not self.was
        spoken = (f"last value {self.beside.words}" if last else self.beside.words, words)
        self.box.setAccessibleDescription("; ".join(part for part in spoken if part))

    @property
    def confirmed(self) -> bool:
        """Whether the number stands although it was asked about."""
        return self.typed.confirmed

    def _typed(self) -> None:
        self.typed.text, self.typed.not_done = self.box.text(), self.box.not_done
        self._ask(None)
        self._judge(final=False)
        self.touched()

    def _say_what_is_taken(self) -> None:
        """Tell why a key or what was pasted left the box as it was; an objection to what stands there goes first."""
        if self.box.state is not BoxState.REFUSED:
            self.show_not_taken(NUMBERS_ONLY)

    def _judge(self, *, final: bool) -> str:
        """Show what is to be said about the text; return why it cannot be stored, or ""."""
        if self.box.not_done:
            self.show_message(said("", "asked for, not measured" if self.was else "X pressed: asked for, not measured"))
            return ""
        refusal = self.typed.refusal(final=final)
        self.box.set_state(BoxState.REFUSED if refusal else BoxState.REST)
        if refusal:
            self.show_fault(refusal)
        else:
            self._show_flag()
        return refusal

    def _show_flag(self) -> None:
        limits, flag = self.typed.limits, self.typed.flag()
        if limits is None or self.typed.number is None:
            self.show_hint()
            return
        reason = flag_reason(flag, limits)
        beside = units_shown.beside(self.spec.name, self.typed.number.value, self.typed.number.sign)
        if flag is not None:
            self.show_message(said(flag.words, f"{f', {reason}' if reason else ''}{beside}"), flag=flag)
        elif range_text(limits.low, limits.high):
            self.show_message(said("", f"in range, {reason}{beside}"))
        elif limits.only_other_ages:
            self.show_message(said("", f"{NO_RANGE}{beside}"))
        elif beside:
            self.show_message(said("", beside.strip()))
        else:
            self.show_hint()

    def show_hint(self) -> None:
        """Say the range while the box is empty."""
        limits = self.typed.limits
        reach = limits.reach if limits else ""
        if reach and not self.spec.required:
            self.show_message(said("", reach))
        else:
            super().show_hint()

    def settle(self) -> str:
        """Refuse what is no number or impossible, ask once about what is unlikely."""
        refusal = self._judge(final=True)
        if refusal or not self.typed.confirmed:
            self._ask(self.typed.question())
        return refusal

    def _ask(self, question: Question | None) -> None:
        self._question = question
        if question is None:
            self.strip.clear()
            return
        self.box.set_state(BoxState.QUESTION)
        self.strip.ask(self.typed.asked(question))

    def answer(self, index: int) -> None:
        """1 changes the number (or goes back to it), 2 keeps it and is not asked again."""
        question = self._question
        if question is None:
            return
        if index == 1:
            self.typed.keep()
            self._ask(None)
            self._judge(final=True)
            self.next_asked.emit(self)
        elif question.instead is None:
            self._ask(None)
            self.take_keyboard()
        else:
            self.box.setText(self.typed.change(question.instead))
            self.next_asked.emit(self)

    def _enter_pressed(self) -> None:
        refusal = self.settle()
        if self.has_question:
            self.strip.take_keyboard()
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
        self.typed.contribute(fields)

    def state(self) -> Any:
        """The text as typed, and "x" for not done."""
        return self.typed.state

    def restore(self, state: Any) -> None:
        """Show the text as it was typed."""
        self.typed.restore(state)
        self._show_typed()

    def _show_typed(self) -> None:
        """Bring the box to what the number holds already."""
        typed = self.typed
        if typed.not_done:
            self.box.set_not_done(True)
        else:
            self.box.setText(typed.text)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the value of an entry and keep it beside the box as what it was."""
        self.was = self.typed.load(fields)
        self._show_typed()
        self._show_last()

    def set_locked(self, locked: bool) -> None:
        """Keep the number as it is."""
        self.box.set_locked(locked)
