"""Owns the sheet of the backups: how things stand, and for leads what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.long_work.progress_row import ProgressRow
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

WIDTH = 720
RESTORE_HINT = (
    "To restore a backup, close Bedside on this computer and start it again: the sign-in page offers it, "
    "says what would be lost, and keeps the store that is replaced."
)


class BackupSheet(View):
    """Facts in two columns and three buttons; each button announces what is asked for."""

    backup_asked = Signal()
    drill_asked = Signal()
    folder_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = QGridLayout()
        self.lines: dict[str, WrappedLabel] = {}
        self.trouble, self.done = Alert("trouble", self), WrappedLabel("", 13, 600, "ink", self)
        self.done.hide()
        self.progress = ProgressRow(self)
        self.progress.shown.connect(self.changed)
        self.backup = PushButton("Back up now", self)
        self.drill = PushButton("Rehearse a restore", self)
        self.folder = PushButton("Choose the second folder …", self)
        self.backup.setProperty("look", "primary")
        self.backup.clicked.connect(self._backup_pressed)
        self.drill.clicked.connect(self._drill_pressed)
        self.folder.clicked.connect(self._folder_pressed)
        self._lay_out()
        self.setMaximumWidth(WIDTH)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(PlainLabel("Backups", 18, 600))
        self.facts.setHorizontalSpacing(20)
        self.facts.setVerticalSpacing(8)
        self.facts.setColumnMinimumWidth(0, 136)
        self.facts.setColumnStretch(1, 1)
        column.addLayout(self.facts)
        column.addWidget(self.trouble)
        column.addWidget(self.done)
        column.addWidget(self.progress)
        column.addLayout(self._buttons())
        column.addWidget(WrappedLabel(RESTORE_HINT, 12, 400, "ink2", self))
        column.addStretch(1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.backup, self.drill, self.folder):
            button.setFixedHeight(36)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def sizeHint(self) -> QSize:
        """Room for five facts and the buttons, and for an answer when there is one."""
        answers = not (self.trouble.isHidden() and self.done.isHidden() and self.progress.isHidden())
        return QSize(WIDTH, 362 if answers else 306)

    def take_keyboard(self) -> None:
        """The first thing that can be done."""
        self.backup.setFocus()

    def show_facts(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show caption and words of each fact, in place of what was shown before."""
        for place, (caption, words) in enumerate(lines):
            if caption not in self.lines:
                self.lines[caption] = WrappedLabel("", 13, 400, "ink", self)
                self.facts.addWidget(PlainLabel(caption, 13, 400, "ink2", self), place, 0)
                self.facts.addWidget(self.lines[caption], place, 1)
            self.lines[caption].setText(words)
            self.lines[caption].setAccessibleName(f"{caption}: {words}")

    def wait(self, watch: Watch) -> None:
        """Show what is going on; until it has come back the buttons do nothing."""
        self.setFocus()
        self._enable(False)
        self.trouble.clear()
        self.done.hide()
        self.progress.follow(watch)
        self.changed.emit()

    def show_done(self, words: str) -> None:
        """Say what was done."""
        self._come_back()
        self.done.setText(words)
        self.done.show()
        self.changed.emit()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong, or that it was cancelled."""
        if trouble.was_cancelled:
            self.show_done(trouble.text)
            return
        self._come_back()
        self.trouble.show_trouble(trouble)
        self.changed.emit()

    def close_view(self) -> None:
        """Leave to the frame to show what goes on."""
        super().close_view()
        self.progress.finish()

    def _come_back(self) -> None:
        had_keyboard = self.hasFocus() or self.progress.cancel.hasFocus()
        self.progress.finish()
        self._enable(True)
        if had_keyboard:
            self.take_keyboard()
        self.trouble.clear()
        self.done.hide()

    def _enable(self, can: bool) -> None:
        for button in (self.backup, self.drill, self.folder):
            button.setEnabled(can)

    def _backup_pressed(self) -> None:
        self.backup_asked.emit()

    def _drill_pressed(self) -> None:
        self.drill_asked.emit()

    def _folder_pressed(self) -> None:
        self.folder_asked.emit()

    def help_name(self) -> str:
        """Help on this sheet."""
        return "backups"

    def actions_offered(self) -> tuple[Action, ...]:
        """The buttons by key, and close."""
        return (
            Action("backup.now", "Back up now", self.backup.click, "Alt+B", hint="back up"),
            Action("backup.drill", "Rehearse a restore", self.drill.click, "Alt+R", hint="rehearse"),
            Action("backup.folder", "Choose the second folder", self.folder.click, "Alt+F", hint="second folder"),
            Action("backup.close", "Close", self.close_asked.emit, "Escape", hint="close"),
        )
