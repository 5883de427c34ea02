"""Owns what every row of a form has: its label and line, the strip for a question, and what the sheet asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.forms.lines import Lines, Paragraph, said
from bedside.ui.forms.question_strip import QuestionStrip
from bedside.ui.lettering import Run
from bedside.ui.painting import Flag

MARGIN, ROW_HEIGHT = 24, 54
QUICK_LABEL, WIDE_LABEL = 132, 196


@dataclass(frozen=True)
class RowSpec:
    """One field of a kind as a row: its name, words and unit, and whether the entry cannot be without it.

    A measured one can lie beyond what the laboratory measures (`<`, `>`), an observed one can have been not done.
    """

    kind: str
    name: str
    label: str
    unit: str = ""
    required: bool = False
    hint: str = ""
    label_width: int = QUICK_LABEL
    measured: bool = True
    observed: bool = True


class FieldRow(QWidget):
    """A row 54 px high with a hairline below. Signals tell what was typed and where the keyboard shall go."""

    tells_not_done = False
    """Whether the row says of its field that it was asked for and not done."""

    edited = Signal()
    next_asked = Signal(object)
    back_asked = Signal(object)
    asked = Signal()

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.untouched = True
        self.was = ""
        self.label = Lines(self)
        self.label.show_lines((Run(spec.label, 13),))
        self.label.setFixedWidth(spec.label_width)
        self.message = Lines(self)
        self.strip = QuestionStrip(self)
        self.strip.answered.connect(self.answer)
        self.strip.back_asked.connect(self.take_keyboard)
        self.strip.opened.connect(self.asked)
        self.line = QHBoxLayout()
        self.line.setContentsMargins(MARGIN, 6, MARGIN, 6)
        self.line.setSpacing(0)
        self.line.addWidget(self.label, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        column.addLayout(self.line, 1)
        column.addWidget(self.strip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(ROW_HEIGHT)

    @property
    def key(self) -> str:
        """The name of the row in a draft."""
        return self.spec.name

    @property
    def has_question(self) -> bool:
        """Whether something asked is still open."""
        return self.strip.asked is not None

    @property
    def full_name(self) -> str:
        """The row's words as its controls are read aloud."""
        parts = [self.spec.label, self.spec.unit, "required" if self.spec.required else ""]
        return ", ".join(part for part in parts if part)

    @property
    def was_words(self) -> str:
        """What the entry that is corrected says, where nothing else on the row shows it."""
        return f"was {self.was}" if self.was else ""

    def take_keyboard(self) -> None:
        """Put the keyboard where the row is typed."""
        raise NotImplementedError

    def contribute(self, fields: dict[str, Any]) -> None:
        """Write what is recorded here into the entry's fields."""
        raise NotImplementedError

    def state(self) -> Any:
        """What was typed, as a JSON value; None for an empty row."""
        raise NotImplementedError

    def restore(self, state: Any) -> None:
        """Show what was typed earlier."""
        raise NotImplementedError

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the values of an entry."""
        raise NotImplementedError

    def set_locked(self, locked: bool) -> None:
        """Take no typing while it is being saved and after."""
        raise NotImplementedError

    def settle(self) -> str:
        """Read what was typed to its end, ask what must be asked, and return why it cannot be stored, or ""."""
        return ""

    def count(self) -> int:
        """How many values are recorded here."""
        return 0 if self.state() is None else 1

    def answer(self, _index: int) -> None:
        """Take the answer to the open question."""
        self.strip.clear()

    def show_fault(self, words: str) -> None:
        """Say beside the box why it cannot be stored."""
        self.show_message(said("", words, rest_token="high"))

    def show_not_taken(self, words: str) -> None:
        """Say beside the box why a key or what was pasted left it as it was: what it takes."""
        self.show_message(said("Not taken", f": {words}"))

    def show_message(self, *paragraphs: Paragraph, flag: Flag | None = None) -> None:
        """Say something beside the box, after the arrows of a flag."""
        self.message.show_lines(*paragraphs, flag=flag)
        self.describe(self.message.words)

    def describe(self, words: str) -> None:
        """Let whoever does not see the words beside the box have them read with it."""
        for box in self.findChildren(QLineEdit):
            box.setAccessibleDescription(words)

    def show_hint(self) -> None:
        """Say what the row is for, and whether it is required, while there is nothing else to say."""
        words = self.was_words or self.spec.hint
        if self.spec.required:
            words = f"required{': ' + words if words else ''}"
        self.show_message((Run(words, 12, 400, "ink2"),) if words else ())

    def touched(self) -> None:
        """Note that a person changed something here."""
        self.untouched = False
        self.edited.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline below."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.current().colour("line"))
        painter.end()
