"""Owns the rows of words: a text, names one after the other, a whole number, and an agent with its suggestions."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QCompleter, QWidget

from bedside.chart.base import is_storable
from bedside.chart.formats import label, number_text
from bedside.ui.forms.boxes import Box, BoxState
from bedside.ui.forms.lines import said
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.lettering import Run

NONE = "none"
LONGEST = 4000
BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", " "))
"""Breaks of lines and pages as other programs put them into the clipboard; a line of words takes them for spaces."""


class Readable(QValidator):
    """Takes nothing that hides in a text or turns it round."""

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Refuse the whole of what was pasted with such a character in it."""
        read = text.translate(BREAKS)
        state = QValidator.State.Acceptable if is_storable(read) else QValidator.State.Invalid
        return state, read, place


class TextRow(FieldRow):
    """One line of words."""

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._cut_off = False
        self.box = Box(self.full_name, self)
        self.box.setMinimumWidth(300)
        self.box.setMaxLength(LONGEST)
        self.box.setValidator(Readable(self.box))
        self.line.addWidget(self.box, 3, Qt.AlignmentFlag.AlignVCenter)
        self.line.addSpacing(10)
        self.line.addWidget(self.message, 2, Qt.AlignmentFlag.AlignVCenter)
        self.box.textChanged.connect(self._typed)
        self.box.next_asked.connect(self._next)
        self.box.back_asked.connect(self._back)
        self.box.left.connect(self._left)
        self.box.inputRejected.connect(self._say_what_is_taken)
        self.show_hint()

    def _say_what_is_taken(self) -> None:
        """Tell why what was pasted was not taken, or not all of it, in which case the box changes after this."""
        self._cut_off = self._is_full
        if self._cut_off:
            self.show_not_taken(f"what goes beyond {number_text(LONGEST)} letters")
        else:
            self.show_not_taken("it holds a hidden character")

    @property
    def _is_full(self) -> bool:
        return len(self.box.text()) >= LONGEST

    def _typed(self) -> None:
        self.box.set_state(BoxState.REST)
        if self._cut_off and self._is_full:
            self._say_what_is_taken()
        else:
            self.show_hint()
        self._cut_off = False
        self.touched()

    def _next(self) -> None:
        """Go on, unless what stands in the box cannot be stored; what is still missing is told at saving."""
        if self.text and self.settle():
            self.box.selectAll()
        else:
            self.next_asked.emit(self)

    def _left(self) -> None:
        if self.text and not self.box.isReadOnly():
            self.settle()

    def _back(self) -> None:
        self.back_asked.emit(self)

    @property
    def text(self) -> str:
        """The words without the space around them."""
        return self.box.text().strip()

    def take_keyboard(self) -> None:
        """Into the box."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)

    def show_fault(self, words: str) -> None:
        """Say beside the box why it cannot be stored."""
        self.box.set_state(BoxState.REFUSED)
        super().show_fault(words)

    def settle(self) -> str:
        """A required text must be given."""
        if self.spec.required and not self.text:
            self.show_fault("required")
            return "required"
        return ""

    def contribute(self, fields: dict[str, Any]) -> None:
        """The words, if any."""
        if self.text:
            fields[self.spec.name] = self.text

    def state(self) -> Any:
        """The words as typed."""
        return self.box.text() or None

    def restore(self, state: Any) -> None:
        """Show the words again."""
        if isinstance(state, str):
            self.box.setText(state)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the words of an entry."""
        value = fields.get(self.spec.name)
        if value is not None:
            self.box.setText(str(value))

    def set_locked(self, locked: bool) -> None:
        """Keep the words as they are, without a word on what to type."""
        self.box.set_locked(locked)
        if locked:
            self.show_message()
        else:
            self.show_hint()


class NamesRow(TextRow):
    """Names, several with a comma between them."""

    @property
    def given(self) -> list[str]:
        """The names, each once."""
        return list(dict.fromkeys(part.strip() for part in self.box.text().split(",") if part.strip()))

    def contribute(self, fields: dict[str, Any]) -> None:
        """The list of names."""
        if self.given:
            fields[self.spec.name] = self.given

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the names of an entry."""
        self.box.setText(", ".join(fields.get(self.spec.name) or ()))


class NoneOrNamesRow(NamesRow):
    """Names, or the word "none": that there are none is not the same as not recorded, which is an empty box."""

    def contribute(self, fields: dict[str, Any]) -> None:
        """The list of names, empty for none."""
        if self.text.casefold() == NONE:
            fields[self.spec.name] = []
        else:
            super().contribute(fields)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the names of an entry, or that there are none."""
        super().load(fields)
        if fields.get(self.spec.name) == []:
            self.box.setText(NONE)


class WholeRow(TextRow):
    """A whole number without a unit, up to the highest the kind takes: a score, a cycle."""

    def __init__(self, spec: RowSpec, highest: float | None, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._highest = highest
        self.box.setMinimumWidth(120)
        self.box.setMaximumWidth(120)
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.box.take_only(r"\d{0,6}")

    def _say_what_is_taken(self) -> None:
        """Tell why a key or what was pasted left the box as it was."""
        self.show_not_taken("a whole number")

    def settle(self) -> str:
        """A score that no scale reaches is refused."""
        if self._highest is not None and self.text.isdecimal() and int(self.text) > self._highest:
            self.show_fault(f"above {number_text(self._highest)}, the highest there is")
            return "too high"
        return super().settle()

    def contribute(self, fields: dict[str, Any]) -> None:
        """The number."""
        if self.text.isdecimal():
            fields[self.spec.name] = int(self.text)


class AgentRow(TextRow):
    """A drug by its generic name: the catalogue is offered as typed, another name is taken as it is."""

    def __init__(self, spec: RowSpec, agents: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._codes = {label(code).casefold(): code for code in agents}
        self._completer = QCompleter(sorted(label(code) for code in agents), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.box.setCompleter(self._completer)

    @property
    def code(self) -> str:
        """The agent's code: the catalogue's, or the name written as one."""
        typed = self.text.casefold()
        return self._codes.get(typed) or re.sub(r"[^a-z0-9]+", "_", typed).strip("_")

    def show_hint(self) -> None:
        """Say whether the catalogue knows the agent."""
        if not self.text:
            super().show_hint()
        elif self.text.casefold() in self._codes:
            self.show_message((Run(self.text.casefold(), 12, 600), Run(" is in the catalogue", 12, 400, "ink2")))
        else:
            self.show_message(said("", f"not in the catalogue: stored as {label(self.code)}, without a wash-out class"))

    def contribute(self, fields: dict[str, Any]) -> None:
        """The code of the agent."""
        if self.code:
            fields[self.spec.name] = self.code

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the agent's name."""
        value = fields.get(self.spec.name)
        if value is not None:
            self.box.setText(label(str(value)))
