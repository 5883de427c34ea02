"""Owns how a patient comes onto the ward: registered by hand, or imported from a chart file."""

from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from bedside.chart.errors import UserError
from bedside.chart.progress import Progress
from bedside.service.drafts import NOBODY, drop_draft
from bedside.service.exchange_files import Imported, import_file
from bedside.service.identity_rules import likely_doubles
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may, who_may
from bedside.service.record import Registered, register
from bedside.service.session import Session
from bedside.ui.actions import Action
from bedside.ui.doubles_sheet import DoublesSheet
from bedside.ui.forms.doors import OwnDrafts
from bedside.ui.forms.opening import READ_ONLY, why_not_record
from bedside.ui.frame import Frame
from bedside.ui.long_work.watch import Watch
from bedside.ui.path_dialog import PathDialog
from bedside.ui.registration_sheet import FORM, RegistrationSheet
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble
from bedside.ui.view import View


class Intake(QObject):
    """`arrived(mrn)` when a patient is in the store; `failed(Trouble)` when an import was refused."""

    arrived = Signal(str)
    failed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._sheet: RegistrationSheet | None = None
        self._in_front: View | None = None
        self._dialog = PathDialog(frame)
        self._dialog.chosen.connect(self.import_path)

    def actions(self) -> tuple[Action, ...]:
        """Register, import, and find who was registered twice."""
        return (
            Action("intake.register", "Register a patient", self.register, "Ctrl+N", refusal=self.refusal),
            Action("intake.import", "Import a chart", self.choose_file, "Ctrl+I", refusal=self._why_not_import),
            Action("intake.doubles", "Find registrations of one person", self.find_doubles, refusal=self._why_not_find),
        )

    def refusal(self) -> str:
        """Why nobody can be registered now, or ""."""
        return why_not_record(self._desk.session)

    def _why_not_import(self) -> str:
        if self._desk.session.read_only:
            return READ_ONLY
        return "" if may(self._desk.session.roles, Right.IMPORT_CHARTS) else f"for {who_may(Right.IMPORT_CHARTS)}"

    def _why_not_find(self) -> str:
        return "" if may(self._desk.session.roles, Right.IDENTIFY) else f"for {who_may(Right.IDENTIFY)}"

    def find_doubles(self) -> None:
        """Show which registrations may be one person."""
        sheet = DoublesSheet()
        sheet.open_asked.connect(self._double_chosen)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)
        work = partial(likely_doubles, self._desk.session)
        self._desk.background.run(work, sheet.show_pairs, sheet.show_trouble)

    def _double_chosen(self, mrn: str) -> None:
        self._frame.close_sheet()
        self.arrived.emit(mrn)

    def register(self) -> None:
        """Ask for the five facts that make a patient, over the board: no other patient is open then."""
        self._frame.show_board()
        self._sheet = RegistrationSheet(self._now, OwnDrafts(self._desk.session, self._desk.background))
        self._sheet.submitted.connect(self._submitted)
        self._sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(self._sheet)

    def _now(self) -> datetime:
        return self._desk.session.now()

    def _submitted(self, fields: dict[str, Any], confirmed: bool) -> None:
        if self._sheet is not None:
            self._sheet.drafts.hand_over()
        work = partial(_register, self._desk.session, fields, confirmed=confirmed)
        self._desk.background.run(work, self._registered, self._refused)

    def _registered(self, done: Registered) -> None:
        if not done.saved:
            if self._sheet is not None and not self._sheet.closed:
                self._sheet.ask(done.questions)
            return
        if self._sheet is not None and not self._sheet.closed:
            self._frame.close_sheet()
            self.arrived.emit(done.patient.mrn)
        else:
            self._arrived_behind(done.patient.mrn)
        self._sheet = None

    def _refused(self, trouble: Trouble) -> None:
        if self._sheet is not None and not self._sheet.closed:
            self._sheet.show_trouble(trouble)
        else:
            self.failed.emit(trouble)

    def _arrived_behind(self, mrn: str) -> None:
        """Tell of a patient who came while something else was taken in hand, which stays where it is."""
        self.arrived.emit("")
        self._frame.key_bar.show_note(f"Now on the ward: {mrn}")

    def choose_file(self) -> None:
        """Let a chart file be chosen."""
        self._dialog.ask_for_file("Import a chart", "Charts and summaries (*.json *.jsonl *.pdf)")

    def import_path(self, path: str) -> None:
        """Import one file, all of it or nothing."""
        self._in_front = self._frame.source
        watch = Watch(f"{Path(path).name} is being imported …")
        work = partial(_import, self._desk.session, path, watch.tell)
        self._desk.background.run(work, self._imported, self._import_failed, watch)

    def _imported(self, done: Imported) -> None:
        mrn = done.charts[0].mrn if len(done.charts) == 1 else ""
        if mrn and self._frame.source is not self._in_front:
            self._arrived_behind(mrn)
        else:
            self.arrived.emit(mrn)

    def _import_failed(self, trouble: Trouble) -> None:
        self.failed.emit(trouble)


def _register(session: Session, fields: dict[str, Any], *, confirmed: bool) -> Registered:
    """Register a patient; the draft is forgotten with it, so that nobody is offered it again."""
    done = register(session, fields, confirmed=confirmed)
    if done.saved:
        with suppress(UserError):
            drop_draft(session, NOBODY, FORM)
    return done


def _import(session: Session, path: str, progress: Progress) -> Imported:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UserError(f"The file {path} cannot be read: {error.strerror}.", "Choose another file.") from None
    return import_file(session, Path(path).name, data, progress=progress)
