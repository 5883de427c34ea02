"""The window as a program: what it is composed of, what happens to an unforeseen error, and the demonstration."""

import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from bedside import compose
from bedside.chart.errors import UserError
from bedside.ward_store import DemoStore, WardStore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from bedside.service.restore import Restoring
    from bedside.service.session import Session
    from bedside.ui.computer import Computer
    from bedside.ui.frame import Frame
    from bedside.ui.start import BackupLine, Desk, Proved, Start, StoreFacts, UserLine
    from bedside.ui.window import MainWindow

DEMO_LINE = "Demonstration ward: no real patients"
DEMO_MOMENT = datetime(2020, 7, 31, 7, 41, tzinfo=UTC)
"""When the demonstration takes place: the day on which the published index case lost its B-cell aplasia."""

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
    computer = _computer()
    app = _application(computer)
    _log_to(compose.log_folder())
    window = _window(_start(folder, centre, computer))
    _catch_bugs(window)
    window.show_on(window.screen().availableSize())
    return _execute(app)


def demo(output: Path | None) -> int:
    """Open the window on the demonstration ward, or walk through it off screen into a folder of pictures."""
    if output is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not _has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    app = _application()
    from bedside.ui.demonstration import Demonstration

    window = _window(demo_start())
    _catch_bugs(window)
    demonstration = Demonstration(window, output)
    demonstration.finished.connect(app.quit)
    demonstration.begin()
    _execute(app)
    window.close()
    print(demonstration.report())
    return 0 if demonstration.worked else 1


def _execute(app: "QApplication") -> int:
    from bedside.ui.collector import Collector

    collector = Collector(app)
    try:
        return int(app.exec())
    finally:
        collector.stop()


def _has_display() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return sys.platform != "linux" or bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _application(computer: "Computer | None" = None) -> "QApplication":
    """The application with its first faces, theme and size, before anything is painted."""
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


def _window(start: "Start") -> "MainWindow":
    from bedside.ui.window import MainWindow

    return MainWindow(start)


def _computer() -> "Computer":
    """What was chosen for this computer."""
    from bedside.ui.computer import Computer

    return Computer(str(compose.computer_file()))


def _start(folder: Path, centre: Path | None, computer: "Computer | None" = None) -> "Start":
    """What the window needs to work on a store."""
    from bedside.ui.computer import Computer
    from bedside.ui.start import CentreDoor, Restores, Start, Turns

    store, computer = WardStore(folder, centre), computer or Computer()
    return Start(
        facts=partial(_facts, folder),
        open_store=store.open,
        create_store=store.create,
        close_session=store.close,
        furnish=furnish,
        preload=partial(preload, computer),
        now=_local_now,
        leave=store.leave,
        turns=Turns(store.lock, store.resume, _idle_minutes, store.tend),
        restores=Restores(partial(_backups, folder), partial(_proved, folder)),
        recover=store.recover,
        computer=computer,
        centre=CentreDoor(store.use_centre, compose.centre_named(centre)),
    )


def _backups(folder: Path) -> "tuple[BackupLine, ...]":
    """The backups beside the store, the newest first."""
    from bedside.chart.formats import moment_text
    from bedside.service.restore import offers
    from bedside.ui.start import BackupLine

    zone = compose.local_zone()
    return tuple(
        BackupLine(str(report.folder), moment_text(report.made_at, zone), f"{report.count} rows")
        for report in offers(folder)
    )


def _proved(folder: Path, backup: str, user: str, passphrase: str) -> "Proved":
    """A backup made ready beside the store and proved, with what it lacks in words."""
    from bedside.service.restore import loss_words
    from bedside.ui.start import Proved

    restoring = compose.begin_restore(folder, Path(backup), user, passphrase)
    words = loss_words(restoring.loss)
    lacks = words[:1].upper() + words[1:] if restoring.needs_consent else ""
    return Proved(
        f"The backup is whole: {restoring.report.count} rows, every one as it was written.",
        lacks,
        partial(_carried_out, restoring),
        restoring.abandon,
    )


def _carried_out(restoring: "Restoring") -> str:
    kept = restoring.carry_out(consent=True)
    return f"The store that was there is kept in {kept}." if kept else ""


def demo_start() -> "Start":
    """What the window needs to work on the demonstration ward, which asks for no passphrase."""
    from bedside.ui.start import Start

    clock = _demo_clock()
    ward = DemoStore(clock)
    return Start(
        facts=_demo_facts,
        open_store=ward.open,
        create_store=ward.create,
        close_session=ward.keep,
        furnish=furnish,
        preload=preload,
        now=partial(_in_zone, clock),
        demo_line=DEMO_LINE,
        leave=ward.throw_away,
    )


def _facts(folder: Path) -> "StoreFacts":
    from bedside.ui.start import StoreFacts

    exists = any((folder / name).exists() for name in ("bedside.db", "keys.json", "keys-copy.json", "backups"))
    lines = (("Store", f"{folder}, on this computer, encrypted"), ("Last backup", _last_backup(folder)))
    return StoreFacts(exists, _names(folder) if exists else (), lines=lines if exists else ())


def _last_backup(folder: Path) -> str:
    """When the newest backup beside a closed store was made, by the manifests, which come after the proof."""
    from bedside.ui.sign_in.panel import moment_line

    made = []
    for manifest in folder.glob("backups/*/manifest.json"):
        try:
            moment = datetime.fromisoformat(json.loads(manifest.read_bytes())["made_at"])
            made.append(moment.astimezone(compose.local_zone()))
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            continue
    return f"{moment_line(max(made))}, verified" if made else "none yet"


def _names(folder: Path) -> "tuple[UserLine, ...]":
    """Who may sign in, by the key file, which names nobody else; none where it cannot be read."""
    from bedside.ui.start import UserLine

    try:
        slots = json.loads((folder / "keys.json").read_bytes())["slots"]
        return tuple(UserLine(str(slot["user"])) for slot in slots)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _demo_facts() -> "StoreFacts":
    from bedside.ui.start import StoreFacts, UserLine

    users = (UserLine(compose.DEMO_USER, "demonstration"),)
    return StoreFacts(True, users, (("Store", "a throw-away copy"),), "The demonstration needs no passphrase.")


def _idle_minutes(session: "Session") -> int:
    from bedside.service.settings import settings

    return settings(session).idle_lock_minutes


def _demo_clock() -> Callable[[], datetime]:
    """A clock that goes on from the demonstration's moment."""
    ahead = compose.utc_now() - DEMO_MOMENT
    return partial(_shifted, ahead)


def _shifted(ahead: timedelta) -> datetime:
    return compose.utc_now() - ahead


def _in_zone(clock: Callable[[], datetime]) -> datetime:
    return clock().astimezone(compose.local_zone())


def _local_now() -> datetime:
    return _in_zone(compose.utc_now)


def furnish(frame: "Frame", desk: "Desk") -> None:
    """Fill a new frame with the ward board and the views of a patient, and show the board."""
    from bedside.ui.ward import Ward

    Ward(frame, desk).start()


def preload(computer: "Computer | None" = None) -> None:
    """Import what signing in will need and read the program's knowledge, while the passphrase is being typed."""
    import PySide6.QtSvg  # noqa: F401

    import bedside.service.session
    import bedside.store.store
    import bedside.ui.ward  # noqa: F401
    from bedside.knowledge.loader import load_knowledge
    from bedside.ui import units_shown
    from bedside.ui.collector import leave_alone

    load_knowledge()
    if computer is not None:
        units_shown.show(computer.chosen.units)
    units_shown.prepare()
    leave_alone()


def _log_to(folder: Path) -> None:
    """Bugs go to a file that holds kinds and places of errors, never a patient's data."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(folder / "bedside.log", encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("bedside").addHandler(handler)


def _catch_bugs(window: "MainWindow") -> None:
    """An error that nothing foresaw is logged without its text, and told in one plain sentence."""
    sys.excepthook = partial(_caught, window)


def _caught(
    window: "MainWindow", _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    from bedside.ui.troubles import trouble_of

    trouble = trouble_of(error)
    frame = window.frame
    if frame is not None:
        from bedside.ui.ward import Ward

        ward = frame.findChild(Ward)
        if ward is not None:
            ward.show_trouble(trouble)
            return
    window.show_trouble(trouble)
    print(f"bedside: {trouble.text}", file=sys.stderr)
