"""Owns the sheet of help: what this is, its rules with their sources, its keys; it scrolls by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.help.keys import KeyList, with_keys
from bedside.ui.help.topic import Part, Rule, Topic
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.view import View
from bedside.ui.widgets.labels import PlainLabel, TextBlock, WrappedLabel
from bedside.ui.widgets.labels import Rule as Hairline

WIDTH, MARGIN, ASIDE = 760, 24, 28


class HelpSheet(View):
    """`close_asked` on Esc or F1; the arrows and Page keys scroll."""

    close_asked = Signal()

    def __init__(self, topic: Topic, keys: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.topic = topic
        self.keys = KeyList(keys)
        self.area = QScrollArea(self)
        self._body = QWidget()
        self._fill()
        self.area.setWidget(self._body)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(f"Help: {topic.title}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.setMaximumWidth(WIDTH)

    def _fill(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(MARGIN, 18, MARGIN, 18)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.topic.title, 20, 600))
        column.addWidget(WrappedLabel(self.topic.what, 13, 400, "ink"))
        for part in self.topic.parts:
            self._head(column, part.head)
            column.addWidget(rules_block(part))
        if self.topic.sources:
            self._head(column, "Sources")
            column.addWidget(WrappedLabel("\n".join(self.topic.sources), 12, 400, "ink2"))
        if with_keys(self.keys.shown):
            self._head(column, "Keys")
            column.addWidget(self.keys)
        column.addStretch(1)

    @staticmethod
    def _head(column: QVBoxLayout, words: str) -> None:
        column.addSpacing(8)
        column.addWidget(Hairline())
        column.addWidget(PlainLabel(words, 15, 600))

    def sizeHint(self) -> QSize:
        """All of it, if there is room."""
        layout = self._body.layout()
        height = layout.heightForWidth(WIDTH - ASIDE) if layout is not None else 0
        return QSize(WIDTH, max(height, 120))

    def minimumSizeHint(self) -> QSize:
        """It scrolls inside."""
        return QSize(WIDTH, 120)

    def take_keyboard(self) -> None:
        """The arrows scroll at once."""
        self.area.setFocus()

    def text(self) -> str:
        """Everything that is said, as plain lines."""
        rules = [f"{rule.about}: {rule.says} ({rule.source})" for part in self.topic.parts for rule in part.rules]
        return "\n".join([self.topic.title, self.topic.what, *rules, *self.topic.sources])

    def actions_offered(self) -> tuple[Action, ...]:
        """Close."""
        return (
            Action("help.scroll", "Scroll the help", self.take_keyboard, hint="scroll", caps=("↑", "↓")),
            Action("help.close", "Close the help", self.close_asked.emit, "Escape", hint="close"),
        )


def rules_block(part: Part) -> TextBlock:
    """The rules of a part, a paragraph each: what it is about, what it says, its source."""
    block = TextBlock()
    block.show_paragraphs(*(_paragraph(rule) for rule in part.rules))
    return block


def _paragraph(rule: Rule) -> Line:
    return (
        Run(f"{rule.about}: ", 13, 600, "ink"),
        Run(f"{rule.says}  ", 13, 400, "ink"),
        Run(rule.source, 12, 400, "ink2"),
    )
