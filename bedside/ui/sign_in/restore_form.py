"""Owns restoring a backup while the store is closed: which one, by whom, what that would lose, and then the restore."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bedside.ui.sign_in.fields import LabelledBox, NameList
from bedside.ui.sign_in.form import SignInForm
from bedside.ui.start import BackupLine, UserLine
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.enter_button import PushButton

SHOWN = 4
"""How many of the newest backups are offered; older ones are restored on the command line."""

KEPT = "The store that is there now is kept beside it, whatever is restored."
PROVE, RESTORE = "Check this backup", "Restore this backup"


class RestoreForm(SignInForm):
    """First which backup and whose passphrase; when it was proved, what it lacks, and whether to go on."""

    prove_asked = Signal(str, str, str)
    restore_asked = Signal()
    given_up = Signal()

    def __init__(self, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__("Restore a backup", KEPT, PROVE, parent)
        self._lines: tuple[BackupLine, ...] = ()
        self.proved = False
        self.backups = NameList(self, icon="history")
        self.name = LabelledBox("Name of a lead", parent=self)
        self.passphrase = LabelledBox("Passphrase", secret=True, parent=self)
        self.back = PushButton("Leave everything as it is", self)
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self._back_pressed)
        for widget in (self.backups, self.name, self.passphrase):
            self.fields.addWidget(widget)
        self.foot.insertWidget(1, self.back)
        self.name.box.setText(user)
        self.name.box.returnPressed.connect(self.passphrase.box.setFocus)

    def show_damage(self, trouble: Trouble) -> None:
        """Say what is damaged, which is why a backup is offered."""
        self.title.setText("The store is damaged")
        self.sentence.setText(f"{trouble.what_happened} Nothing of it is thrown away. {KEPT}")

    def show_backups(self, lines: Sequence[BackupLine]) -> None:
        """Offer the newest backups, or say that there is none."""
        self._lines = tuple(lines[:SHOWN])
        self.backups.show_users([UserLine(line.made, line.rows) for line in self._lines])
        if not self._lines:
            what_to_do = "Name a backup that is kept elsewhere with bedside restore FILE."
            self.refuse(self.back, "There is no backup beside the store.", what_to_do)

    def take_keyboard(self) -> None:
        """Put the cursor where the next thing is typed."""
        (self.passphrase if self.name.box.text() else self.name).box.setFocus()

    def submit(self) -> None:
        """Have the chosen backup proved, or, when it was, restored."""
        if self.waiting:
            return
        if self.proved:
            self.wait("The backup is being restored …")
            self.restore_asked.emit()
            return
        chosen = self._lines[self.backups.place] if self._lines else None
        if chosen is None:
            self.show_backups(())
        elif not self.name.box.text().strip() or not self.passphrase.box.text():
            box = self.passphrase.box if self.name.box.text().strip() else self.name.box
            self.refuse(box, "Name and passphrase are needed.", "The backup opens with the passphrase of a lead.")
        else:
            self.wait("The backup is being copied and checked, row by row …")
            self.prove_asked.emit(chosen.path, self.name.box.text().strip(), self.passphrase.box.text())

    def show_proved(self, words: str, lacks: str) -> None:
        """Say what the proved backup holds and lacks ("": nothing), and ask whether it shall take the store's place."""
        self.resume()
        self.clear_trouble()
        self.proved = True
        self.passphrase.box.clear()
        for widget in (self.backups, self.name, self.passphrase):
            widget.hide()
        self.sentence.setText(f"{words} {KEPT}")
        self.button.setText(RESTORE)
        if lacks:
            self.show_trouble(Trouble(lacks, ""))
        self.back.setFocus()

    def forget(self) -> None:
        """Empty the passphrase box."""
        self.resume()
        self.passphrase.box.clear()
        self.clear_trouble()

    def _back_pressed(self) -> None:
        if not self.waiting:
            self.given_up.emit()
