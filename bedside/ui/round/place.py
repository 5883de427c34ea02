"""Owns the round sheet as a place of the ward: the key that leads there, and which patients it takes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from bedside.ui.actions import Action
from bedside.ui.board.lines import BoardLine
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.frame import Frame
from bedside.ui.round.door import RoundDoor
from bedside.ui.round.view import RoundView
from bedside.ui.start import Desk
from bedside.ui.view import View, ViewEntry

ROUND = "round"


class RoundPlace(QObject):
    """Puts the round sheet beside the board; listed gives the patients that the board lists, refusal why not now."""

    def __init__(
        self, frame: Frame, desk: Desk, listed: Callable[[], Sequence[BoardLine]], refusal: Callable[[], str]
    ) -> None:
        super().__init__(frame)
        self._frame, self._listed, self._refusal = frame, listed, refusal
        self.view = RoundView(RoundDoor(desk))
        self.view.sheet_asked.connect(self._lay)
        frame.set_places((ViewEntry(ROUND, "Round sheet", self._view),))
        frame.place_shown.connect(self._shown)

    def _view(self) -> View:
        return self.view

    def actions(self) -> tuple[Action, ...]:
        """The key that leads to the round sheet from everywhere."""
        words = "Open the round sheet of the patients on the board"
        return (Action("ward.round", words, self.open, "Ctrl+Shift+R", refusal=self._refusal),)

    def open(self) -> None:
        """Show the round sheet."""
        self._frame.show_place(ROUND)

    def _shown(self, _place: str) -> None:
        why = self._refusal()
        if why:
            self.view.show_refusal(why)
        else:
            self.view.show_lines(self._listed())

    def _lay(self, sheet: FormSheet) -> None:
        sheet.close_asked.connect(self._frame.close_sheet)
        sheet.close_asked.connect(self.view.take_keyboard)
        self._frame.open_sheet(sheet)
