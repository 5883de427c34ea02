"""What fills the window once somebody has signed in, and is loaded while the passphrase is being typed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.ui.computer import Computer
    from bedside.ui.frame import Frame
    from bedside.ui.start import Desk


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
