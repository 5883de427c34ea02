"""Long work behind the board: how far it is, and being cancelled; and the last backup as the window is closed."""

from collections.abc import Callable

from bedside.ui.background import Background
from bedside.ui.board.view import BoardView
from bedside.ui.frame import Frame
from bedside.ui.leaving import BACKING_UP, NOT_WAITED, LeavingPage
from bedside.ui.long_work.watch import Watch
from tests.samples.board import AS_OF, TYPICAL
from tests.screens.screen import Screen

LOOKS = 5
"""After so many looks it has lasted long enough to be shown."""


def long_work() -> list[Screen]:
    """The strip over the keys, and the page while the store is closed."""
    return [
        Screen("long-work", "typical", _strip(stopped=False)),
        Screen("long-work", "cancelled", _strip(stopped=True)),
        Screen("leaving", "typical", _leaving),
    ]


def _strip(*, stopped: bool) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        board = BoardView()
        frame.set_board(board)
        board.show_board(TYPICAL, AS_OF)
        frame.show_board()
        watch = Watch("SYN-0003-2020-07-31.pdf is being written …")
        watch.tell(42, 100)
        watch.stopped = stopped
        frame.work.attend(lambda: (watch,))
        frame.work.begin()
        for _ in range(LOOKS):
            frame.work.row.look()

    return show


def _leaving(frame: Frame) -> None:
    page = LeavingPage(Background(frame), frame)
    page.setAutoFillBackground(True)
    page.resize(frame.size())
    watch = Watch(BACKING_UP, "", NOT_WAITED)
    watch.tell(64, 100)
    page.strip.attend(lambda: (watch,))
    page.strip.begin()
    page.show()
    page.raise_()
    for _ in range(LOOKS):
        page.strip.row.look()
