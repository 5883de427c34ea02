"""What becomes of an error that nothing foresaw: logged without a patient's data, and told in one plain sentence."""

import logging
import sys
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.ui.window import MainWindow


def log_to(folder: Path) -> None:
    """Send bugs to a file that holds kinds and places of errors, never a patient's data."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(folder / "bedside.log", encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("bedside").addHandler(handler)


def catch_bugs(window: "MainWindow") -> None:
    """Log every such error without its text, and tell it in the window."""
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
