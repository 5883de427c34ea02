"""Owns how a patient comes onto the ward: registered by hand, or imported from a chart file."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from bedside.chart.errors import UserError
from bedside.service.exchange_files import Imported, import_file
from bedside.service.record import Registered, register
from bedside.service.session import Session
from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.path_dialog import PathDialog
from bedside.ui.registration_sheet import RegistrationSheet
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble


class Intake(QObject):
    """`arrived(mrn)` when a patient is in the store; `failed(Trouble)` when an import was refused."""

    arrived = Signal(str)
    failed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._sheet: RegistrationSheet | None = None
        self._dialog = PathDialog(frame)
        self._dialog.chosen.connect(self.import_path)

    def actions(self) -> tuple[Action, ...]:
        """Register and import."""
        return (
            Action("intake.register", "Register a patient", self.register, "Ctrl+N", refusal=self.refusal),
            Action("intake.import", "Import a chart", self.choose_file, "Ctrl+I", refusal=self.refusal),
        )

    def refusal(self) -> str:
        """Why nobody can be registered now, or ""."""
        return "the store is open for reading only" if self._desk.session.read_only else ""

    def register(self) -> None:
        """Ask for the five facts that make a patient."""
        self._sheet = RegistrationSheet(self._now)
        self._sheet.submitted.connect(self._submitted)
        self._sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(self._sheet)

    def _now(self) -> datetime:
        return self._desk.session.now()

    def _submitted(self, fields: dict[str, Any], confirmed: bool) -> None:
        work = partial(register, self._desk.session, fields, confirmed=confirmed)
        self._desk.background.run(work, self._registered, self._refused)

    def _registered(self, done: Registered) -> None:
        if not done.saved:
            if self._sheet is not None and not self._sheet.closed:
                self._sheet.ask(done.questions)
            return
        self._frame.close_sheet()
        self._sheet = None
        self.arrived.emit(done.patient.mrn)

    def _refused(self, trouble: Trouble) -> None:
        if self._sheet is not None:
            self._sheet.show_trouble(trouble)

    def choose_file(self) -> None:
        """Let a chart file be chosen."""
        self._dialog.ask_for_file("Import a chart", "Charts (*.json *.jsonl)")

    def import_path(self, path: str) -> None:
        """Import one file, all of it or nothing."""
        self._desk.background.run(partial(_import, self._desk.session, path), self._imported, self._import_failed)

    def _imported(self, done: Imported) -> None:
        self.arrived.emit(done.charts[0].mrn if len(done.charts) == 1 else "")

    def _import_failed(self, trouble: Trouble) -> None:
        self.failed.emit(trouble)


def _import(session: Session, path: str) -> Imported:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UserError(f"The file {path} cannot be read: {error.strerror}.", "Choose another file.") from None
    return import_file(session, Path(path).name, data)
