"""Owns finding a patient by name or number for the palette, from the rows of the ward board."""

from collections.abc import Callable, Sequence

from bedside.ui.board.lines import BoardLine
from bedside.ui.widgets.palette import Offer

MOST = 6


class _Opening:
    """Opens one patient: the callback of an offer."""

    def __init__(self, open_patient: Callable[[str], object], mrn: str) -> None:
        self._open, self._mrn = open_patient, mrn

    def choose(self) -> None:
        self._open(self._mrn)


class PatientSearch:
    """Offers the patients of the board whose name or number holds every typed word."""

    def __init__(self, open_patient: Callable[[str], object]) -> None:
        self._open = open_patient
        self.lines: Sequence[BoardLine] = ()

    def offers(self, typed: str) -> list[Offer]:
        """The patients that match, with their full identity; nobody while nothing is typed."""
        words = typed.casefold().split()
        if not words:
            return []
        found = [line for line in self.lines if all(word in f"{line.name} {line.mrn}".casefold() for word in words)]
        return [
            Offer(line.name, _Opening(self._open, line.mrn).choose, f"{line.born} · {line.phase_words}")
            for line in found[:MOST]
        ]
