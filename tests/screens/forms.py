"""The forms: the quick ones in every state, a generated one with a fault, correction, taking back, and the sheets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from bedside.chart.moments import AsOf
from bedside.ui.board.view import BoardView
from bedside.ui.criteria import CriteriaWords
from bedside.ui.forms.facts import entry_words
from bedside.ui.forms.kind_chooser import KindChooser
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.void_sheet import VoidSheet
from bedside.ui.frame import Frame
from bedside.ui.moment_sheet import MomentSheet
from bedside.ui.overview.view import OverviewView
from bedside.ui.registration_sheet import RegistrationSheet
from bedside.ui.troubles import Trouble
from bedside.ui.view import View, ViewEntry
from tests.samples.board import AS_OF, TYPICAL
from tests.samples.index_case import knowledge
from tests.samples.toxicity import BORN, CHILD, fever_course, grading_of
from tests.screens.screen import Screen
from tests.ui.forms.samples import PATIENT, Doors, at_nine_forty_one, context_with, entry
from tests.ui.foundation.samples import FACTS

REFUSED = Trouble("The store is held by another program that writes to it.", "Close the other window, then save again.")
COUNT = {"wbc": "2.1", "anc": "0.2", "alc": "0.4", "hb": "92", "plt": "60"}
KINDS = ("marrow", "lymphocyte_subset", "vitals", "neuro", "therapy", "infusion", "decision")
ALARM = (("temp_c", "39.4"), ("sbp", "84"), ("hypotension", ["yes"]), ("oxygen", ["mask"]))
ICE = {"orientation": 3, "naming": 3, "commands": 1, "writing": 0, "attention": 1}
CAPD = {"eye_contact": 1, "purposeful": 2, "aware": 1, "communicates": 2, "restless": 3, "inconsolable": 0}


def forms() -> list[Screen]:
    """Every form in every state."""
    return [
        Screen("count", "empty", _laid(_count)),
        Screen("count", "typed", _laid(lambda: _count(COUNT))),
        Screen("count", "question", _laid(lambda: _count({**COUNT, "anc": "1.0", "plt": "2"}))),
        Screen("count", "impossible", _laid(lambda: _count({**COUNT, "hb": "1900"}))),
        Screen("count", "refused", _laid(lambda: _count(COUNT, Doors(refuse=REFUSED)), saved=True)),
        Screen("count", "saved", _laid(lambda: _count(COUNT), saved=True)),
        *(Screen(kind, "empty", _laid(_former(kind))) for kind in KINDS),
        Screen("vitals", "typed", _laid(lambda: _graded("vitals", (("temp_c", "38.6"), ("sbp", "84"))))),
        Screen("vitals", "alarming", _laid(lambda: _graded("vitals", ALARM))),
        Screen("neuro", "typed", _laid(lambda: _graded("neuro", (("consciousness", ["awake"]), ("ice", ICE))))),
        Screen(
            "neuro", "child", _laid(lambda: _graded("neuro", (("consciousness", ["voice"]), ("capd", CAPD)), CHILD))
        ),
        Screen("grade", "typical", _laid(_another_grade)),
        Screen("therapy", "fault", _laid(_faulty_therapy, saved=True)),
        Screen("chooser", "typical", _laid(lambda: KindChooser("QUINCE, Synthetic Three"))),
        Screen("correction", "typical", _laid(_correction)),
        Screen("void", "typical", _laid(lambda: VoidSheet(entry(kind="blood_count", hb=19.0), context_with(Doors())))),
        Screen("registration", "empty", _registration),
        Screen(
            "moment",
            "typical",
            _laid(lambda: MomentSheet(at_nine_forty_one, date(2020, 7, 24), AsOf.parse("2020-07-31"))),
        ),
    ]


def _registration(frame: Frame) -> None:
    """Over the board, as the window opens it."""
    board = BoardView()
    frame.set_board(board)
    board.show_board(TYPICAL, AS_OF)
    frame.show_board()
    frame.open_sheet(RegistrationSheet(at_nine_forty_one, Doors()))


def _laid(make: Callable[[], View], *, saved: bool = False) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        frame.set_views([ViewEntry("overview", "Overview", lambda: OverviewView(CriteriaWords(knowledge())))])
        frame.show_banner(FACTS)
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        frame.show_view("overview")
        sheet = make()
        frame.open_sheet(sheet)
        if saved and isinstance(sheet, FormSheet):
            sheet.save()

    return show


def _former(kind: str) -> Callable[[], FormSheet]:
    return lambda: FormSheet(kind, context_with(Doors(), grading=lambda: grading_of(fever_course())))


def _graded(kind: str, states: Sequence[tuple[str, Any]], born: date = BORN) -> FormSheet:
    """A form with its proposed grade, these rows filled."""
    context = context_with(
        Doors(), patient=replace(PATIENT, birth_date=born), grading=lambda: grading_of(fever_course(), born=born)
    )
    sheet = FormSheet(kind, context)
    rows = {row.spec.name: row for row in sheet.rows}
    for name, state in states:
        rows[name].restore(state)
        rows[name].touched()
    return sheet


def _another_grade() -> FormSheet:
    """A physician sets another grade than the one proposed for the newest vital signs."""
    of = fever_course()[-1]
    proposed = {"of": of.id, "scale": "crs"}
    return FormSheet("grade_override", context_with(Doors(), graded=((of.id, entry_words(of)),)), proposed=proposed)


def _count(typed: Mapping[str, str] | None = None, doors: Doors | None = None) -> FormSheet:
    sheet = FormSheet("blood_count", context_with(doors or Doors()))
    for name, text in (typed or {}).items():
        _type(sheet, name, text)
    return sheet


def _type(sheet: FormSheet, name: str, text: str) -> None:
    """Type a value into a field's box and leave it with Enter."""
    row: Any = next(row for row in sheet.rows if row.spec.name == name)
    box = row.findChild(QLineEdit)
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)


def _faulty_therapy() -> FormSheet:
    sheet = FormSheet("therapy", context_with(Doors()))
    _type(sheet, "agent", "Peg Aspargase!")
    return sheet


def _correction() -> FormSheet:
    return FormSheet("blood_count", context_with(Doors()), correcting=entry(kind="blood_count", hb=19.0, plt=27.0))
