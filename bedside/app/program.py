"""The program with the window: run on a store in a folder, or on the demonstration ward."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bedside import compose
from bedside.app import closed_store
from bedside.app.demonstration import demo_start
from bedside.app.furnishing import furnish, preload
from bedside.app.told import end_when_told
from bedside.app.unforeseen import catch_bugs, log_to
from bedside.chart.errors import UserError
from bedside.ward_store import WardStore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from bedside.service.session import Session
    from bedside.ui.computer import Computer
    from bedside.ui.start import Start
    from bedside.ui.window import MainWindow

NO_DISPLAY = "bedside: There is no display to open the window on. Set DISPLAY or WAYLAND_DISPLAY, or use a command."


def run(store: Path | None, centre: Path | None) -> int:
    """Open the window on the store in a folder (None: the default one); the program's exit code comes back.

    `centre` names a file of the centre's own values other than the one in the folder.
    """
    if not _has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    try:
        folder = compose.store_folder(store)
    except UserError as error:
        print(f"bedside: {error}", file=sys.stderr)
        return error.exit_code
    computer = chosen_computer()
    app = application(computer)
    end_when_told(app)
    log_to(compose.log_folder())
    window = window_of(start_at(folder, centre, computer))
    catch_bugs(window)
    window.show_on(window.screen().availableSize())
    return execute(app, window)


def demo(output: Path | None) -> int:
    """Open the window on the demonstration ward, or walk through it off screen into a folder of pictures."""
    if output is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not _has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    app = application()
    end_when_told(app)
    from bedside.ui.demonstration import Demonstration

    window = window_of(demo_start())
    catch_bugs(window)
    demonstration = Demonstration(window, output)
    demonstration.finished.connect(app.quit)
    demonstration.begin()
    execute(app, window)
    print(demonstration.report())
    return 0 if demonstration.worked else 1


def execute(app: "QApplication", window: "MainWindow") -> int:
    """Run until the application quits, then have the window end; the exit code comes back.

    The collector stays to the very end: the last work is done on the worker, beside widgets that were just dropped.
    """
    from bedside.ui.collector import Collector

    collector = Collector(app)
    try:
        code = int(app.exec())
        window.end()
        return code
    finally:
        collector.stop()


def _has_display() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return sys.platform != "linux" or bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def application(computer: "Computer | None" = None) -> "QApplication":
    """Return the application with its first faces, theme and size, before anything is painted."""
    from PySide6.QtWidgets import QApplication

    from bedside.ui import fonts, theme
    from bedside.ui.computer import Computer

    computer = computer or Computer()
    os.environ.setdefault("QT_SCALE_FACTOR", str(int(computer.scaled) / 100))

    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(["bedside"])
    made.setApplicationName("Bedside")
    fonts.load_faces(*fonts.FIRST_FACES)
    theme.apply(made, theme.theme_for(computer.chosen.theme))
    return made


def window_of(start: "Start") -> "MainWindow":
    """Return the window, not shown yet."""
    from bedside.ui.window import MainWindow

    return MainWindow(start)


def chosen_computer() -> "Computer":
    """Return what was chosen for this computer."""
    from bedside.ui.computer import Computer

    return Computer(str(compose.computer_file()))


def start_at(folder: Path, centre: Path | None, computer: "Computer | None" = None) -> "Start":
    """Return what the window needs to work on the store in a folder."""
    from bedside.ui.computer import Computer
    from bedside.ui.start import CentreDoor, Restores, Start, Turns

    store, computer = WardStore(folder, centre), computer or Computer()
    return Start(
        facts=partial(closed_store.facts, folder),
        open_store=store.open,
        create_store=store.create,
        close_session=store.close,
        furnish=furnish,
        preload=partial(preload, computer),
        now=compose.local_now,
        leave=store.leave,
        turns=Turns(store.lock, store.resume, _idle_minutes, store.tend),
        restores=Restores(partial(closed_store.backups, folder), partial(closed_store.proved, folder)),
        recover=store.recover,
        computer=computer,
        centre=CentreDoor(store.use_centre, compose.centre_named(centre)),
    )


def _idle_minutes(session: "Session") -> int:
    from bedside.service.settings import settings

    return settings(session).idle_lock_minutes
