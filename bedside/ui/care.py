"""Owns the care for the open store: the line on backups, hourly backups, the clock, and the sheet of the backups."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bedside.chart.formats import moment_text
from bedside.chart.progress import Progress
from bedside.service.backup_words import bar_words, sheet_lines
from bedside.service.backups import (
    BackupState,
    Looked,
    back_up,
    backup_state,
    choose_second_target,
    look_after,
    rehearse_restore,
)
from bedside.service.clock_check import ClockWatch, behind_words, note_jump, steady_seconds
from bedside.service.integrity import quick_check
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may, who_may
from bedside.service.session import Session
from bedside.service.users import still_belongs
from bedside.ui.actions import Action
from bedside.ui.backup_sheet import BackupSheet
from bedside.ui.frame import Frame
from bedside.ui.long_work.watch import Watch
from bedside.ui.path_dialog import PathDialog
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

CLOCK_SECONDS, LOOK_EVERY = 30, 10
"""How often the clock is looked at, and after how many of these looks whether a backup is due."""

AFTER_PAINT_MS = 50
"""How long after the board was laid out it has been painted."""

NO_BACKUP = "No backup was made; the earlier ones are as they were."
NOT_REHEARSED = "Store and backups are as they were."
WHEN_DAMAGED = (
    "Record nothing more. Close Bedside and start it again: the sign-in page offers the newest backup, with what it "
    "lacks."
)


class Care(QObject):
    """Shows the state of the backups in the app bar; `told(Trouble)` when a person has to see to something."""

    told = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk, self.closed = frame, desk, False
        self._sheet: BackupSheet | None = None
        self._dialog = PathDialog(frame)
        self._dialog.chosen.connect(self.use_folder)
        self._state: BackupState | None = None
        self._said = self._checked_words = ""
        self._looks = 0
        self._watch = ClockWatch(desk.session.clock(), steady_seconds())
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(AFTER_PAINT_MS)
        self._painted.timeout.connect(self._check_pages)

    def actions(self) -> tuple[Action, ...]:
        """The sheet of the backups."""
        return (Action("care.backups", "Backups", self.open_sheet, "Ctrl+Shift+B", refusal=self.refusal),)

    def refusal(self) -> str:
        """Why the backups are not this person's to look after, or ""."""
        if self._desk.session.read_only:
            return "the store is open for reading only"
        return "" if may(self._desk.session.roles, Right.BACK_UP) else f"that is for {who_may(Right.BACK_UP)}"

    def start(self) -> None:
        """Say how things stand, and whether the clock is behind what was recorded last."""
        self._timer.start()
        self._painted.start()
        if self._desk.session.read_only:
            why = self._desk.session.why_read_only
            self._frame.app_bar.show_backup(f"Read only: {why}" if why else "Read only")
            return
        self._desk.background.run(partial(backup_state, self._desk.session), self._seen)
        self._desk.background.run(partial(behind_words, self._desk.session), self._clock_told)

    def _check_pages(self) -> None:
        """Have every page of the store read, once the board is painted: beside that it would hold it up."""
        if not self._frame.closed:
            self._desk.background.run(partial(quick_check, self._desk.session), self._checked)

    def tick(self) -> None:
        """Look at the clock, and now and then whether a backup is due."""
        session = self._desk.session
        self._watch, jump = self._watch.look(session.clock(), steady_seconds())
        if jump:
            self._desk.background.run(partial(note_jump, session, jump), self._clock_told)
        if session.read_only:
            self._desk.background.run(partial(still_belongs, session), self._belongs)
        self._looks += 1
        if self._looks % LOOK_EVERY == 0 and not session.read_only:
            self._desk.background.run(partial(look_after, session), self._looked)

    def _checked(self, problems: tuple[str, ...]) -> None:
        """Every page of the store was read: the sheet of the backups says so, an alert what is wrong with it."""
        if problems:
            self._checked_words = f"damaged: {problems[0]}"
            self.told.emit(Trouble(f"The store is damaged. {problems[0]}", WHEN_DAMAGED, is_damage=True))
        else:
            self._checked_words = f"{moment_text(self._desk.session.clock(), self._desk.session.zone)}, nothing wrong"
        self._show_facts()

    def _belongs(self, still: bool) -> None:
        """Somebody was disabled, or given other roles, in the window that writes: this one ends for them."""
        if not still:
            self._frame.lock_asked.emit()

    def _clock_told(self, words: str) -> None:
        if words:
            self.told.emit(Trouble(words, "Entries keep their order all the same."))

    def _looked(self, looked: Looked) -> None:
        self._seen(looked.state)
        if looked.trouble and looked.trouble != self._said:
            self.told.emit(Trouble(looked.trouble, ""))
        self._said = looked.trouble

    def _seen(self, state: BackupState) -> None:
        self._state = state
        self._frame.app_bar.show_backup(bar_words(state, self._desk.session.zone))
        self._show_facts()

    def _show_facts(self) -> None:
        if self._shown is not None and self._state is not None:
            checked = ("Store checked", self._checked_words or "not yet")
            self._shown.show_facts((*sheet_lines(self._state, self._desk.session.zone), checked))

    def open_sheet(self) -> None:
        """Show how things stand and what can be done."""
        sheet = BackupSheet()
        sheet.backup_asked.connect(self._back_up)
        sheet.drill_asked.connect(self._rehearse)
        sheet.folder_asked.connect(self._choose_folder)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._sheet = sheet
        self._frame.open_sheet(sheet)
        self._desk.background.run(partial(backup_state, self._desk.session), self._seen)

    def _back_up(self) -> None:
        self._do(Watch("A backup is being made and proved …", NO_BACKUP), partial(_backed_up, self._desk.session))

    def _rehearse(self) -> None:
        words = "The newest backup is being restored beside the store …"
        self._do(Watch(words, NOT_REHEARSED), partial(_rehearsed, self._desk.session))

    @property
    def _shown(self) -> BackupSheet | None:
        """The sheet while it is open, however it may be closed."""
        return self._sheet if self._sheet is not None and not self._sheet.closed else None

    def _do(self, watch: Watch, work: "partial[str]") -> None:
        if self._shown is not None:
            self._shown.wait(watch)
        self._desk.background.run(partial(work, watch.tell), self._done, self._failed, watch)

    def _done(self, words: str) -> None:
        if self._shown is not None:
            self._shown.show_done(words)
        self._desk.background.run(partial(backup_state, self._desk.session), self._seen)

    def _failed(self, trouble: Trouble) -> None:
        if self._shown is not None:
            self._shown.show_trouble(trouble)
        else:
            self.told.emit(trouble)
        self._desk.background.run(partial(backup_state, self._desk.session), self._seen)

    def _choose_folder(self) -> None:
        self._dialog.ask_for_folder("A folder on another disk or share")

    def use_folder(self, folder: str) -> None:
        """Send every backup to this folder as well, the newest at once."""
        watch = Watch("The newest backup is being copied there …")
        self._do(watch, partial(_sent, self._desk.session, Path(folder)))


def _backed_up(session: Session, progress: Progress) -> str:
    report = back_up(session, None, progress)
    return f"Backed up {moment_text(report.made_at, session.zone)} and proved. Rows: {report.count}."


def _rehearsed(session: Session, progress: Progress) -> str:
    drilled = rehearse_restore(session, progress)
    made = moment_text(drilled.report.made_at, session.zone)
    return f"The backup of {made} can be restored, row by row as in the store. Rows: {drilled.report.count}."


def _sent(session: Session, folder: Path, progress: Progress) -> str:
    choose_second_target(session, folder, progress)
    return f"Every backup now goes to {folder} as well."
