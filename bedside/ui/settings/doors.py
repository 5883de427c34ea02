"""Owns the way to the settings and what follows from them: looks at once, the store's by the worker."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from bedside.chart.derived.centre import CentreValues
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may, who_may
from bedside.service.session import Session
from bedside.service.settings import change_setting, settings
from bedside.service.ward_settings import Settings
from bedside.ui import theme, units_shown
from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.path_dialog import PathDialog
from bedside.ui.settings.sheet import SettingsSheet, StoreSettings
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

WHOSE = {"eu": "European Union", "us": "United States"}
NOT_KEPT = Trouble(
    "The choice holds now, but could not be kept for the next start.", "Its file on this computer cannot be written."
)


class SettingsDoors(QObject):
    """`store_changed` when what is derived may be another now; `units_changed` when values are told otherwise.

    `session_changed(session)` when the person goes on with the values of another centre's file.
    """

    store_changed = Signal()
    units_changed = Signal()
    idle_changed = Signal(int)
    session_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._sheet: SettingsSheet | None = None
        self._dialog = PathDialog(frame)
        self._dialog.chosen.connect(self.use_file)

    def actions(self) -> tuple[Action, ...]:
        """The sheet, and the shortest way to another theme."""
        return (
            Action("settings.show", "Settings", self.open_sheet, "Ctrl+,"),
            Action("settings.theme", "Change between light, dark and high contrast", self.next_theme, "Ctrl+Shift+T"),
        )

    def open_sheet(self) -> None:
        """Show the computer's settings, and the store's once they were read."""
        computer = self._desk.computer
        sheet = SettingsSheet(computer.chosen)
        sheet.show_computer(computer.chosen, computer.scaled)
        sheet.computer_chosen.connect(self.choose)
        sheet.store_chosen.connect(self._store_chosen)
        sheet.centre_asked.connect(self._choose_file)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._sheet = sheet
        self._frame.open_sheet(sheet)
        self._desk.background.run(partial(settings, self._desk.session), self._settings_read, self._refused)

    @property
    def _shown(self) -> SettingsSheet | None:
        return self._sheet if self._sheet is not None and not self._sheet.closed else None

    def _settings_read(self, read: Settings) -> None:
        session = self._desk.session
        refusal = (
            "" if may(session.roles, Right.CHANGE_SETTINGS) else f"For {who_may(Right.CHANGE_SETTINGS)} to change."
        )
        if session.read_only:
            refusal = "The store is open for reading only."
        fixed = refusal or ("" if self._desk.centre is None else self._desk.centre.fixed)
        if self._shown is not None:
            centre = centre_words(session.knowledge.centre)
            self._shown.show_store(StoreSettings(read.jurisdiction, read.idle_lock_minutes, centre, refusal, fixed))

    # -- this computer -------------------------------------------------------------------------------------------------

    def choose(self, name: str, value: str) -> None:
        """Let a setting of this computer hold, and keep it."""
        computer = self._desk.computer
        kept = computer.choose(name, value)
        if name == "theme":
            _apply(value)
        elif name == "units":
            self._desk.background.run(units_shown.load, self._units_ready)
        if self._shown is not None:
            self._shown.show_computer(computer.chosen, computer.scaled)
            if not kept:
                self._shown.show_trouble(NOT_KEPT)

    def _units_ready(self, _loaded: object) -> None:
        units_shown.show(self._desk.computer.chosen.units)
        self.units_changed.emit()

    def next_theme(self) -> None:
        """Change to the next theme."""
        names = theme.THEME_NAMES
        self.choose("theme", names[(names.index(theme.current().name) + 1) % len(names)])

    # -- the store -----------------------------------------------------------------------------------------------------

    def _store_chosen(self, name: str, value: str) -> None:
        done = self._labels_changed if name == "jurisdiction" else self._idle_minutes_changed
        self._desk.background.run(partial(_changed, self._desk.session, name, value), done, self._refused)

    def _labels_changed(self, now: Settings) -> None:
        self._tell(now, f"The labels of the {WHOSE[now.jurisdiction]} count from now on, for everybody.")
        self.store_changed.emit()

    def _idle_minutes_changed(self, now: Settings) -> None:
        self._tell(now, f"The window locks after {now.idle_lock_minutes} minutes without a key, for everybody.")
        self.idle_changed.emit(now.idle_lock_minutes)

    def _tell(self, now: Settings, words: str) -> None:
        self._settings_read(now)
        if self._shown is not None:
            self._shown.show_done(words)

    def _refused(self, trouble: Trouble) -> None:
        if self._shown is None:
            self.failed.emit(trouble)
        else:
            self._shown.show_trouble(trouble)

    # -- the centre's file ---------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        self._dialog.ask_for_file("The centre’s own values", "TOML (*.toml)")

    def use_file(self, path: str) -> None:
        """Take the values of this file from now on, or say what in it is refused."""
        if self._desk.centre is not None:
            work = partial(self._desk.centre.use, self._desk.session, Path(path))
            self._desk.background.run(work, self._file_used, self._refused)

    def _file_used(self, session: Session) -> None:
        self._frame.close_sheet()
        self.session_changed.emit(session)


def _changed(session: Session, name: str, value: str) -> Settings:
    """The settings with one changed; a number is read as one, and refused by the service where it is none."""
    whole = name == "idle_lock_minutes" and value.isdecimal()
    return change_setting(session, name, int(value) if whole else value)


def _apply(choice: str) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, theme.theme_for(choice))


def centre_words(centre: CentreValues | None) -> str:
    """Whose values hold, and each that differs from the program's."""
    if centre is None:
        return "No file: the program’s own values hold."
    if not centre.values:
        return f"{centre.name}: none differs from the program’s."
    lines = (
        f"{one.text}: {one.value}{f' {one.unit}' if one.unit else ''}, program {one.default}" for one in centre.values
    )
    return "\n".join((f"{centre.name}:", *lines))
