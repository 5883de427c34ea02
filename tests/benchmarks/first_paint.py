"""A process that shows one window and says when it was painted: `bare`, `sign_in FOLDER` or `board FOLDER`.

Prints the seconds of the wait and the resident memory in bytes, and ends at once. The wait of the first two is the
moment of the first paint on the system's monotonic clock, which all processes share. That of the board starts with the
key that hands in the passphrase, once the program has loaded what it loads while a person types, and ends with the
paint of a table that holds all patients.
"""

import os
import sys
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QMainWindow

from tests.benchmarks.ward import PASSPHRASE, PATIENTS, USER

SETTLED_MS = 2_000
"""How long somebody takes to type a passphrase; the program imports meanwhile what comes later."""

LOOK_AGAIN_MS = 100

LATE = {"numpy", "pyqtgraph", "pandas", "matplotlib"}


def resident_bytes() -> int:
    """The memory of this process that is in use now."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def report(wait: float) -> None:
    """Say it and end without tidying up."""
    if loaded := LATE & set(sys.modules):
        print(f"loaded before their view was opened: {sorted(loaded)}", file=sys.stderr, flush=True)
        os._exit(1)
    print(wait, resident_bytes(), flush=True)
    os._exit(0)


class Watcher(QObject):
    """Waits for paints: the first of any widget, and with `for_board` the first of a table with all patients."""

    def __init__(self, *, for_board: bool) -> None:
        super().__init__()
        self.for_board, self.first, self.handed_in = for_board, True, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            if self.first:
                self.first = False
                QTimer.singleShot(SETTLED_MS if self.for_board else 0, self.first_painted)
            elif self.handed_in and self.is_board(watched):
                self.handed_in, start = 0.0, self.handed_in
                QTimer.singleShot(0, lambda: report(time.perf_counter() - start))
        return super().eventFilter(watched, event)

    @staticmethod
    def is_board(widget: QObject) -> bool:
        """Whether this is the inside of a table that holds all patients."""
        table = widget.parent()
        return (
            isinstance(table, QAbstractItemView)
            and table.model() is not None
            and (table.model().rowCount() >= PATIENTS)
        )

    def first_painted(self) -> None:
        """Report, or hand in the passphrase."""
        if not self.for_board:
            report(time.monotonic())
        if any(window.worker().idle is False for window in QApplication.topLevelWidgets() if hasattr(window, "worker")):
            QTimer.singleShot(LOOK_AGAIN_MS, self.first_painted)
            return
        from PySide6.QtTest import QTest  # the bare window does not have it in memory either

        boxes = [box for box in QApplication.allWidgets() if isinstance(box, QLineEdit) and box.isVisible()]
        secret = [box for box in boxes if box.echoMode() == QLineEdit.EchoMode.Password]
        if len(secret) != 1:
            raise SystemExit(f"the window shows {len(boxes)} boxes, {len(secret)} of them for a passphrase")
        for box in boxes:
            QTest.keyClicks(box, PASSPHRASE if box in secret else USER)
        self.handed_in = time.perf_counter()
        QTest.keyClick(secret[0], Qt.Key.Key_Return)


def watch(*, for_board: bool) -> Watcher:
    """Have every application of this process watched from the start of its event loop."""
    watcher, run = Watcher(for_board=for_board), QApplication.exec

    def run_watched(*_: object) -> int:
        application = QApplication.instance()
        if application is None:
            raise RuntimeError("the event loop started without an application")
        application.installEventFilter(watcher)
        return run()

    QApplication.exec = run_watched  # type: ignore[method-assign]
    return watcher


def show_bare_window() -> int:
    """A main window with one label and nothing else."""
    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Bedside"))
    window.resize(1440, 900)
    window.show()
    return application.exec()


def main(arguments: Sequence[str]) -> int:
    """Show the bare window, or run the program on the store in a folder."""
    watcher = watch(for_board=arguments[0] == "board")
    if arguments[0] == "bare":
        return show_bare_window()
    from bedside.__main__ import main as run_program

    os.environ["BEDSIDE_STORE"] = arguments[1]
    run_program([])
    raise SystemExit(f"the program ended without the window that was waited for: {watcher.first=}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
