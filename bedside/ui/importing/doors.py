"""Owns the way from the frame to the import of counts, and back: actions, files, and the work on the worker."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from bedside.chart.errors import UserError
from bedside.chart.patient import Patient
from bedside.service.changes import Changes
from bedside.service.counts import (
    CountsFile,
    CountsMapping,
    CountsPlan,
    StoredCounts,
    check_size,
    plan_counts,
    store_counts,
)
from bedside.service.counts_kept import keep_mapping
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may, who_may
from bedside.service.session import Session
from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.importing.sheet import ImportSheet
from bedside.ui.importing.words import stored_words
from bedside.ui.long_work.watch import Watch
from bedside.ui.path_dialog import PathDialog
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

FILES = "Counts (*.csv *.tsv *.txt *.hl7 *.json);;Every file (*)"
PASTED = "pasted table"
PASTE = "Import counts from the clipboard"


@dataclass(frozen=True)
class Done:
    """What was stored of which plan."""

    stored: StoredCounts
    plan: CountsPlan

    @property
    def changes(self) -> Changes:
        """Whom it touched."""
        return self.stored.changes


class Importing(QObject):
    """`stored(Changes)` after a durable commit; `told(words)` when no sheet is there to say what came of it.

    `patient` gives whoever is shown, None on the ward board; `on_board` tells whether the board is in front.
    """

    stored = Signal(object)
    told = Signal(str)

    def __init__(
        self, frame: Frame, desk: Desk, patient: Callable[[], Patient | None], on_board: Callable[[], bool]
    ) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._patient, self._on_board = patient, on_board
        self._sheet: ImportSheet | None = None
        self._file: CountsFile | None = None
        self._dialog = PathDialog(frame)
        self._dialog.chosen.connect(self.look_at_path)

    def actions(self) -> tuple[Action, ...]:
        """Open the sheet, empty or with what was copied."""
        return (
            Action("counts.import", "Import counts", self.open, "Ctrl+Shift+I", refusal=self.refusal),
            Action("counts.paste", PASTE, self.paste, "Ctrl+V", hint="paste counts", refusal=self._no_paste),
        )

    def refusal(self) -> str:
        """Why nothing can be imported now, or ""."""
        session = self._desk.session
        if session.read_only:
            return "the store is open for reading only"
        return "" if may(session.roles, Right.IMPORT_COUNTS) else f"for {who_may(Right.IMPORT_COUNTS)}"

    def _no_paste(self) -> str:
        is_place = self._on_board() or self._in_front
        return self.refusal() or ("" if is_place else "only on the ward board and in the import of counts")

    @property
    def _in_front(self) -> bool:
        return self._shown is not None and self._frame.source is self._shown

    @property
    def _shown(self) -> ImportSheet | None:
        """The sheet while it is open, however it may be closed."""
        return self._sheet if self._sheet is not None and not self._sheet.closed else None

    def open(self) -> None:
        """Show the sheet."""
        one = self._patient()
        named = ("", "") if one is None else (one.mrn, f"{one.family_name.upper()}, {one.given_name} ({one.mrn})")
        sheet = ImportSheet(named)
        sheet.file_asked.connect(self.choose_file)
        sheet.paste_asked.connect(self.take_clipboard)
        sheet.whose_chosen.connect(self._whose_chosen)
        sheet.mapping_chosen.connect(self._mapping_chosen)
        sheet.confirmed.connect(self._store)
        sheet.close_asked.connect(self._close)
        self._sheet, self._file = sheet, None
        self._frame.open_sheet(sheet)

    def _close(self) -> None:
        self._frame.close_sheet()
        self._sheet = self._file = None

    def paste(self) -> None:
        """Show the sheet with what was copied."""
        if not self._in_front:
            self.open()
        self.take_clipboard()

    def take_clipboard(self) -> None:
        """Read what was copied as a table."""
        text = QApplication.clipboard().text()
        if self._shown is None or self._shown.is_waiting:
            return
        if text.strip():
            self._look_at(CountsFile(PASTED, text.encode(), self._mrn))
        else:
            why = Trouble("There is no text on the clipboard.", "Copy the rows with their heads, then paste again.")
            self._shown.show_trouble(why)

    @property
    def _mrn(self) -> str:
        return self._shown.mrn if self._shown is not None else ""

    def choose_file(self) -> None:
        """Let a file be chosen."""
        self._dialog.ask_for_file("Import counts", FILES)

    def look_at_path(self, path: str) -> None:
        """Read a file, all of it on the worker."""
        self._run(partial(_read_and_plan, self._desk.session, path, self._mrn), f"{Path(path).name} is being read …")

    def _look_at(self, file: CountsFile) -> None:
        self._run(partial(_plan, self._desk.session, file), f"{file.name} is being read …")

    def _run(self, work: "partial[CountsPlan]", words: str) -> None:
        if self._shown is not None:
            watch = Watch(words)
            self._shown.wait(watch)
            self._desk.background.run(partial(work, watch), self._planned, self._failed, watch)

    def _planned(self, plan: CountsPlan) -> None:
        if self._shown is not None:
            self._file = plan.file
            self._shown.show_plan(plan)

    def _whose_chosen(self, mrn: str) -> None:
        if self._file is not None:
            self._look_at(replace(self._file, mrn=mrn))

    def _mapping_chosen(self, mapping: CountsMapping) -> None:
        if self._file is not None:
            self._look_at(replace(self._file, mapping=mapping))

    def _store(self, keep: bool) -> None:
        sheet = self._shown
        if sheet is not None and sheet.plan is not None:
            watch = Watch("The new entries are being stored …")
            work = partial(_store, self._desk.session, sheet.plan, watch, keep=keep)
            sheet.wait(watch)
            self._desk.background.run(work, self._done, self._failed, watch)

    def _done(self, done: Done) -> None:
        lines = stored_words(done.stored, done.plan, self._desk.session.user, self._desk.session.now())
        if self._shown is not None:
            self._file = None
            self._shown.show_stored(lines)
        else:
            self.told.emit(lines[0])
        self.stored.emit(done.changes)

    def _failed(self, trouble: Trouble) -> None:
        if self._shown is not None:
            self._shown.show_trouble(trouble)
        else:
            self.told.emit(f"Import of counts: {trouble.text}")


def _read_and_plan(session: Session, path: str, mrn: str, watch: Watch) -> CountsPlan:
    try:
        check_size(Path(path).stat().st_size, Path(path).name)
        data = Path(path).read_bytes()
    except OSError as error:
        raise UserError(f"The file {path} cannot be read: {error.strerror}.", "Choose another file.") from None
    return _plan(session, CountsFile(Path(path).name, data, mrn), watch)


def _plan(session: Session, file: CountsFile, watch: Watch) -> CountsPlan:
    return plan_counts(session, file, watch.tell)


def _store(session: Session, plan: CountsPlan, watch: Watch, *, keep: bool) -> Done:
    done = Done(store_counts(session, plan, watch.tell, skip_refused=True), plan)
    if keep:
        keep_mapping(session, plan.file.data, plan.mapping)
    return done
