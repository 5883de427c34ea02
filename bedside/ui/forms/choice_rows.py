"""Owns the rows that are answered by pressing: one of a list, several, yes or no, the points of a score."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.formats import label
from bedside.ui.forms.lines import Paragraph, said
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.segments import Option, Segments
from bedside.ui.painting import Flag

NOT_RECORDED = Option(None, "not recorded")


class ChoiceRow(FieldRow):
    """One answer of a closed list; an optional one offers "not recorded" last, and starts there."""

    several = False

    def __init__(self, spec: RowSpec, codes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        options = self.options(codes)
        if not spec.required and not self.several:
            options.append(NOT_RECORDED)
        self.segments = Segments(options, self.full_name, several=self.several, parent=self)
        self.segments.choose(())
        self._lay_out()
        self.segments.changed.connect(self._changed)
        self.segments.next_asked.connect(self._next)
        self.segments.back_asked.connect(self._back)
        self.show_hint()

    def options(self, codes: Sequence[str]) -> list[Option]:
        """The answers of the list in words."""
        return [Option(code, "CD19" if code == "cd19" else label(code)) for code in codes]

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.segments)
        column.addWidget(self.message)
        self.line.setContentsMargins(24, 9, 24, 9)
        self.line.addLayout(column, 1)
        self.line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.label.setMinimumHeight(34)

    def show_message(self, *paragraphs: Paragraph, flag: Flag | None = None) -> None:
        """Say it under the buttons, which move only when there is something to say."""
        super().show_message(*paragraphs, flag=flag)
        self.message.setVisible(any(paragraphs))

    def show_hint(self) -> None:
        """Say that it is required only until it is answered."""
        if self.spec.required and self.segments.chosen:
            self.show_message(said("", f"was {self.was}") if self.was else ())
        else:
            super().show_hint()

    def _changed(self) -> None:
        self.show_hint()
        self.touched()

    def _next(self) -> None:
        self.next_asked.emit(self)

    def _back(self) -> None:
        self.back_asked.emit(self)

    def take_keyboard(self) -> None:
        """Into the chosen answer, else the first."""
        self.segments.take_keyboard()

    def contribute(self, fields: dict[str, Any]) -> None:
        """The code of the answer."""
        if self.segments.chosen:
            fields[self.spec.name] = self.segments.chosen[0]

    def settle(self) -> str:
        """A required answer must be given."""
        if self.spec.required and not self.segments.chosen:
            self.show_fault("required: choose one")
            return "required"
        return ""

    def state(self) -> Any:
        """The chosen codes."""
        return list(self.segments.chosen) or None

    def restore(self, state: Any) -> None:
        """Choose again."""
        if isinstance(state, list):
            self.segments.choose([str(code) for code in state])
            self.show_hint()

    def load(self, fields: Mapping[str, Any]) -> None:
        """Choose what the entry says."""
        value = fields.get(self.spec.name)
        if value is not None:
            self.segments.choose([str(value)])
            self.show_hint()

    def set_locked(self, locked: bool) -> None:
        """Keep the answer as it is."""
        self.segments.set_locked(locked)


class YesNoRow(ChoiceRow):
    """Yes, no, or not recorded: three different things."""

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, ("yes", "no"), parent)

    def contribute(self, fields: dict[str, Any]) -> None:
        """True or false, or nothing."""
        if self.segments.chosen:
            fields[self.spec.name] = self.segments.chosen[0] == "yes"

    def load(self, fields: Mapping[str, Any]) -> None:
        """Choose what the entry says."""
        value = fields.get(self.spec.name)
        if value is not None:
            self.segments.choose(["yes" if value else "no"])


class SeveralRow(ChoiceRow):
    """Any number of answers of a list, each switched with Space."""

    several = True

    def contribute(self, fields: dict[str, Any]) -> None:
        """The codes that are switched on."""
        if self.segments.chosen:
            fields[self.spec.name] = list(self.segments.chosen)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Switch on what the entry says."""
        self.segments.choose([str(code) for code in fields.get(self.spec.name) or ()])

    def count(self) -> int:
        """One value, however many answers it has."""
        return 1 if self.segments.chosen else 0


class PointsRow(ChoiceRow):
    """A score of few points, pressed as its digit."""

    def __init__(self, spec: RowSpec, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(spec, [str(points) for points in range(low, high + 1)], parent)

    def contribute(self, fields: dict[str, Any]) -> None:
        """The points as a whole number."""
        if self.segments.chosen:
            fields[self.spec.name] = int(self.segments.chosen[0])


class EntryRow(ChoiceRow):
    """One of a few earlier entries, offered in words and stored by its id."""

    def __init__(self, spec: RowSpec, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        self._words = dict(entries)
        super().__init__(spec, list(self._words), parent)

    def options(self, codes: Sequence[str]) -> list[Option]:
        """The entries in their own words."""
        return [Option(code, self._words[code]) for code in codes] or [Option(None, "no assessment to grade yet")]
