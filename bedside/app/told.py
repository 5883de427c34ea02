"""Ctrl+C in the terminal, or the system's word to end: the window goes as if it were closed."""

import signal
import socket
from typing import TYPE_CHECKING

from bedside.stopping import TOLD

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def end_when_told(app: "QApplication") -> None:
    """Quit the application when the program is told to stop.

    A signal alone does not wake Qt's loop, and Python runs its handler only between two of its own steps: so each
    signal also writes into a socket that the loop watches.
    """
    from PySide6.QtCore import QSocketNotifier, QTimer

    woken, waking = socket.socketpair()
    for end in (woken, waking):
        end.setblocking(False)
    signal.set_wakeup_fd(waking.detach(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: woken.recv(1))
    TOLD.instead = lambda: QTimer.singleShot(0, app.quit)  # not at once: before the loop runs that would do nothing
