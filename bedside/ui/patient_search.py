"""Owns finding a patient by name or number for the palette, from the rows of the ward board."""

from collections.abc import Callable, Sequence

from bedside.ui.board.lines import BoardLine
from bedside.ui.widgets.offers import Offer

MOST = 40


def _nothing() -> None:
    return None


class _Opening:
    """Opens one patient: the callback of an offer."""

    def __init__(self, open_patient: Callable[[str], object], mrn: str) -> None:
        self._open, self._mrn = open_patient, mrn

    def choose(self) -> None:
        self._open(self._mrn)


class PatientSearch:
    """Offers the patients of the board whose name or number holds every typed word.

    Once the window was turned to another moment than the board's, age and phase are left out until it was read anew.
    """

    def __init__(self, open_patient: Callable[[str], object]) -> None:
        self._open = open_patient
        self._turned = False
        self.lines: Sequence[BoardLine] = ()

    def show(self, lines: Sequence[BoardLine]) -> None:
        """Offer these patients, as they are at the moment that is shown."""
        self.lines, self._turned = lines, False

    def turn(self) -> None:
        """Tell no more of the patients than what they were registered with."""
        self._turned = True

    def offers(self, typed: str) -> list[Offer]:
        """The patients that match, with full identity and class, and how many more; nobody while nothing is typed."""
        words = typed.casefold().split()
        if not words:
            return []
        found = [line for line in self.lines if all(word in f"{line.name} {line.mrn}".casefold() for word in words)]
        group = "Patient" if len(found) == 1 else "Patients"
        offers = [self._offer(line, group) for line in found[:MOST]]
        if len(found) > MOST:
            more = len(found) - MOST
            told = "1 more patient matches" if more == 1 else f"{more} more patients match"
            offers.append(Offer(told, _nothing, refusal="type another letter", group=group))
        return offers

    def _offer(self, line: BoardLine, group: str) -> Offer:
        risk, open_it = "" if self._turned else line.risk, _Opening(self._open, line.mrn).choose
        return Offer(line.name, open_it, self._detail(line), group=group, patient=True, risk=risk)

    def _detail(self, line: BoardLine) -> str:
        if self._turned:
            return line.registered
        day = f"{line.day_words}, " if line.day is not None else ""
        return f"{line.born} · {day}{line.phase_words}"
