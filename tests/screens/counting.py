"""The counts and the round sheet in every state: empty, typical, alarming, asked, refused, saved, failed, longest."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.chart.entries import AnyEntry, parse_entry
from bedside.chart.live import resolve
from bedside.service.propose import ice_for
from bedside.ui.actions import Action
from bedside.ui.background import Job
from bedside.ui.banner_words import banner_of
from bedside.ui.board.lines import BoardLine
from bedside.ui.counts.view import CountsView
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.facts import last_values, limits_of
from bedside.ui.frame import Frame
from bedside.ui.round.door import RoundDoor
from bedside.ui.round.rounds import RoundPatient
from bedside.ui.round.view import RoundView
from bedside.ui.troubles import Trouble
from bedside.ui.view import ViewEntry
from tests.samples.board import TYPICAL, row
from tests.samples.counts import alarming, disputed, long_course, opened_counts, patient, typical
from tests.samples.index_case import knowledge
from tests.screens.screen import Screen
from tests.ui.forms.samples import NOW, Doors, at_nine_forty_one, context_with

ENTER, F6 = Qt.Key.Key_Return, Qt.Key.Key_F6
HELD = Trouble("The store is held by another program that writes to it.", "Close the other window, then save again.")
COUNT: tuple[Any, ...] = ("7:10", ENTER, "0.7", ENTER, "0.1", ENTER, "0.6", ENTER, "79", ENTER)
LONG_NAMES: dict[str, Any] = {
    "family_name": "von und zu der Testberg-Holunder-Wacholderbeere",
    "given_name": "Synthetic Marie-Luise Anna Katharina",
}


def counting() -> list[Screen]:
    """Both views in every state."""
    counts: dict[str, Callable[[Frame], None]] = {
        "empty": _counts([]),
        "typical": _counts(typical()),
        "alarming": _counts(alarming()),
        "disputed": _counts(disputed()),
        "longest": _counts(long_course(140), **LONG_NAMES),
        "typed": _counts(typical(), ("a", *COUNT, "25", ENTER)),
        "question": _counts(typical(), ("a", *COUNT, "190", ENTER)),
        "refused": _counts(typical(), ("a", *COUNT, "9000", ENTER)),
        "error": _counts(typical(), ("a", *COUNT, "Save"), refuse=HELD),
    }
    rounds: dict[str, Callable[[Frame], None]] = {
        "empty": _round(()),
        "typical": _round(TYPICAL),
        "typed": _round(TYPICAL, (*COUNT, "25", ENTER, "x")),
        "question": _round(TYPICAL, (*COUNT, "270", ENTER)),
        "refused": _round(TYPICAL, (*COUNT, "9000", ENTER)),
        "saved": _round(TYPICAL, (*COUNT, "25", "Save", "7:15", ENTER, "2.4")),
        "error": _round(TYPICAL, (*COUNT, "25", "Save"), refuse=HELD),
        "longest": _round((row(LONG_NAMES["given_name"], LONG_NAMES["family_name"], 1234), *TYPICAL), COUNT),
    }
    return [
        *(Screen("counts", state, show) for state, show in counts.items()),
        *(Screen("round", state, show) for state, show in rounds.items()),
        Screen("round", "scores", _round(TYPICAL, (F6, F6, F6))),
    ]


def press(keys: Sequence[Any]) -> None:
    """Type words and keys into whatever has the keyboard; "Save" is Ctrl+Enter."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if key == "Save":
            QTest.keyClick(target, ENTER, Qt.KeyboardModifier.ControlModifier)
        elif isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)


class Typist:
    """Stands for the forms of the window."""

    def __init__(self, context: FormContext) -> None:
        self._context = context

    def context(self) -> FormContext | None:
        """What typing needs."""
        return self._context

    def refusal(self) -> str:
        """Nothing stands in the way."""
        return ""

    def actions(self) -> tuple[Action, ...]:
        """No other form."""
        return ()


def _counts(
    entries: Sequence[AnyEntry], keys: Sequence[Any] = (), *, refuse: Trouble | None = None, **named: Any
) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        opened = opened_counts(entries, **named)
        limits = limits_of(knowledge(), opened.chart.patient, NOW.date())
        doors = Doors(refuse=refuse)
        context = context_with(doors, last=last_values(opened.journal.live), limits=limits)
        view = CountsView(knowledge(), at_nine_forty_one, Typist(context))
        frame.set_views([ViewEntry("counts", "Counts", lambda: view)])
        frame.show_banner(banner_of(opened))
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        frame.show_view("counts")
        view.show_opened(opened)
        frame.refresh_keys()
        _take(frame, view, keys)
        view.side.catch_up()  # it follows the keyboard after a pause

    return show


def _take(frame: Frame, view: CountsView | RoundView, keys: Sequence[Any]) -> None:
    frame.activateWindow()
    QApplication.processEvents()
    view.take_keyboard()
    press(keys)


class PaperDoor(RoundDoor):
    """Stands for the service: gives every patient the same course and stores nothing."""

    def __init__(self, lines: Sequence[BoardLine], refuse: Trouble | None) -> None:
        self._lines, self._refuse = {line.mrn: line for line in lines}, refuse

    def now(self) -> datetime:
        """The moment of the pictures."""
        return NOW

    def refusal(self) -> str:
        """Nothing stands in the way."""
        return ""

    def read(
        self, mrns: Sequence[str], came: Callable[[tuple[RoundPatient, ...]], None], _failed: Callable[[Trouble], None]
    ) -> Job | None:
        """The patients at once; every fourth of them has no earlier value."""
        assessed = {
            "consciousness": "awake",
            "ice": {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 0},
        }
        neuro = parse_entry({"id": str(UUID(int=99)), "kind": "neuro", "at": "2020-07-30T20:00:00+02:00", **assessed})
        live = (*resolve(typical()).live, neuro)
        came(tuple(RoundPatient(mrn, patient(mrn=mrn), live if n % 4 != 3 else ()) for n, mrn in enumerate(mrns)))
        return None

    def score(self, one: RoundPatient) -> str:
        """By the age, as the service says."""
        return "ICE" if ice_for(one.patient.birth_date, NOW.date(), knowledge()) else "CAPD"

    def context(self, one: RoundPatient, _day0: date | None) -> FormContext:
        """Doors that answer at once."""
        limits = limits_of(knowledge(), one.patient, NOW.date())
        return context_with(Doors(refuse=self._refuse), last=last_values(one.live), limits=limits)


def _round(
    lines: Sequence[BoardLine], keys: Sequence[Any] = (), *, refuse: Trouble | None = None
) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        view = RoundView(PaperDoor(lines, refuse))
        frame.set_places([ViewEntry("round", "Round sheet", lambda: view)])
        frame.show_place("round")
        view.show_lines(lines)
        frame.refresh_keys()
        _take(frame, view, keys)

    return show
