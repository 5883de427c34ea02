"""Owns what a view is to the window: a widget with actions, a note for the key bar, a way to forget and to settle."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

from bedside.ui.actions import Action

# Text that was not laid out yet claims more height than it will need; it must not make the window grow. A window with
# less room than this, as at 200 % on a small screen, scrolls the view under the banner.
SMALLEST_VIEW = (640, 440)

NESTED = 8
"""How many layouts stand inside one another at most: each asks the one around it anew only when it is laid out."""


class View(QWidget):
    """A page under the bars; actions and note are asked for when it is shown and when `changed` is announced."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.closed = False

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done here, in the order of the key bar."""
        return ()

    def note(self) -> str:
        """The sentence at the right of the key bar."""
        return ""

    def help_name(self) -> str:
        """Under which name help knows what is in front here; "" is the window as a whole."""
        return ""

    def entered(self) -> None:
        """The view has just become the one that is shown: take the keyboard, read what is stale."""
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where the keys of the view are heard, after a sheet, the palette or a dialog had it."""
        self.setFocus()

    def unsaved(self) -> str:
        """What is typed here and not stored, in words that name nobody: "blood count, 3 values"; "" for nothing."""
        return ""

    def clear(self) -> None:
        """Forget the patient that is shown: called before another one, and at the lock."""

    def close_view(self) -> None:
        """Take no more results: called once, when the window drops the view."""
        self.closed = True


def settle() -> None:
    """Lay out now what was filled or cleared: else it is painted half laid out first, and then once more."""
    for _ in range(NESTED):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


@dataclass(frozen=True)
class ViewEntry:
    """A view of the patient as the view bar knows it: its word, and how it is made when it is first shown."""

    id: str
    word: str
    make: Callable[[], View]
