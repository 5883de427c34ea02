"""Owns the choice of a regimen: every template with what its source says of it, on the arrows and Enter."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from bedside.chart.formats import label
from bedside.service.regimens import Template
from bedside.ui import theme
from bedside.ui.actions import Action
from bedside.ui.forms.head import SheetHead
from bedside.ui.lettering import LEFT, Run, draw_text
from bedside.ui.painting import draw_frame
from bedside.ui.paragraph import block_height, draw_block
from bedside.ui.view import View
from bedside.ui.widgets.labels import PlainLabel

WIDTH, NAME, PAD = 812, 236, 8


class TemplateButton(QAbstractButton):
    """One regimen: its name, and what it holds. The arrows move, Enter opens."""

    moved = Signal(int)

    def __init__(self, template: Template, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template = template
        self.setText(template.label)
        self.setAccessibleName(template.label)
        self.setAccessibleDescription(template.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _words(self) -> tuple[Run, ...]:
        return (Run(self.template.text, 12, 400, "ink2"),)

    def sizeHint(self) -> QSize:
        """As high as its text needs beside the name."""
        room = WIDTH - 2 * 16 - NAME - 2 * PAD
        return QSize(WIDTH - 32, max(32, round(block_height((self._words(),), room)) + 14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter presses."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name and words, tinted and ringed while it has the keyboard."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        if self.hasFocus():
            draw_frame(painter, room, look, fill="actiontint", edge="action")
        draw_text(painter, QRectF(PAD, 6, NAME, 20), look, Run(self.text(), 13, 600), align=LEFT)
        draw_block(painter, (NAME + PAD, 7), room.width() - NAME - 2 * PAD, look, (self._words(),))
        painter.end()


class RegimenChooser(View):
    """`template_chosen` carries the Template that is to be filled in."""

    template_chosen = Signal(object)
    close_asked = Signal()

    def __init__(self, whose: str, templates: Sequence[Template], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        note = "Every dose and day can be changed before it is saved."
        self.head = SheetHead("Which regimen was given?", whose, (note,), self)
        self.buttons = [TemplateButton(template, self) for template in templates]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addWidget(self.head)
        rows = QVBoxLayout()
        rows.setContentsMargins(24 - PAD, 0, 24 - PAD, 0)
        rows.setSpacing(0)
        column.addLayout(rows)
        for intent, of_intent in groupby(self.buttons, key=lambda button: button.template.intent):
            title = PlainLabel(label(intent.value).capitalize(), 12, 600, "ink2", self)
            title.setContentsMargins(PAD, 8, 0, 4)
            rows.addWidget(title)
            for button in of_intent:
                rows.addWidget(button)
                button.moved.connect(self._move)
                button.clicked.connect(self._clicked)
        column.addStretch(1)
        self.setMaximumWidth(WIDTH)

    def _move(self, step: int) -> None:
        place = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), 0) + step
        self.buttons[place % len(self.buttons)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, TemplateButton):
            self.template_chosen.emit(button.template)

    def entered(self) -> None:
        """The first one has the keyboard."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "regimen"

    def actions_offered(self) -> tuple[Action, ...]:
        """Choose and close."""
        return (
            Action("regimen.move", "Move among the regimens", self.entered, hint="regimen", caps=("↑", "↓")),
            Action("regimen.close", "Close", self._close, "Escape", hint="close"),
        )

    def _close(self) -> None:
        self.close_asked.emit()
