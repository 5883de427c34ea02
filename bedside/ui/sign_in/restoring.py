"""Owns a restore from the sign-in page: the questions of its form on the worker, and how it ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bedside.ui.sign_in.restore_form import RestoreForm
from bedside.ui.start import BackupLine, Proved, Restores

if TYPE_CHECKING:
    from bedside.ui.background import Background
    from bedside.ui.troubles import Trouble


class Restoring(QObject):
    """`ended` when a backup was restored, with words on what became of the store, or nothing was: ""."""

    ended = Signal(str)

    def __init__(self, restores: Restores, worker: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._restores, self._worker = restores, worker
        self._form: RestoreForm | None = None
        self._proved: Proved | None = None

    def form_for(self, user: str, damage: Trouble | None) -> RestoreForm:
        """Return the form, which is filled as soon as the backups were looked at."""
        form = self._form = RestoreForm(user)
        if damage is not None:
            form.show_damage(damage)
        form.prove_asked.connect(self._prove)
        form.restore_asked.connect(self._carry_out)
        form.given_up.connect(self.give_up)
        self._worker.run(self._restores.offers, self._offered, self._failed)
        return form

    def _offered(self, lines: tuple[BackupLine, ...]) -> None:
        if self._form is not None:
            self._form.show_backups(lines)

    def _prove(self, path: str, user: str, passphrase: str) -> None:
        self._worker.run(partial(self._restores.prove, path, user, passphrase), self._was_proved, self._failed)

    def _was_proved(self, proved: Proved) -> None:
        self._proved = proved
        if self._form is not None:
            self._form.show_proved(proved.words, proved.lacks)

    def _carry_out(self) -> None:
        proved, self._proved = self._proved, None
        if proved is not None:
            self._worker.run(proved.carry_out, self._carried_out, self._failed)

    def _carried_out(self, words: str) -> None:
        self.ended.emit(words)

    def _failed(self, trouble: Trouble) -> None:
        if self._form is not None:
            self._form.show_trouble(trouble)

    def give_up(self) -> None:
        """Leave everything as it is."""
        self.drop()
        self.ended.emit("")

    def drop(self) -> None:
        """Give back what was made ready; nobody waits for it any more."""
        proved, self._proved = self._proved, None
        if proved is not None:
            self._worker.run(proved.abandon)
