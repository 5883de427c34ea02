"""The window turned to another moment: the ends of the calendar, and everything that turns with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from bedside.chart.formats import NON_BREAKING_HYPHEN
from bedside.chart.moments import FIRST_DAY, LAST_DAY, AsOf
from bedside.ui.journal.view import JournalView
from bedside.ui.ward import Ward
from tests.e2e import test_races
from tests.e2e.test_races import FIRST, rest, shown

ward = test_races.ward


@pytest.mark.parametrize(("day", "step"), [(FIRST_DAY, "day_back"), (LAST_DAY, "day_on")])
def test_that_every_view_can_be_drawn_at_the_ends_of_the_calendar_and_no_step_leads_beyond_them(
    qtbot: QtBot, ward: Ward, day: date, step: str
) -> None:
    shown(qtbot, ward, FIRST)
    ward.moment.show(AsOf(day))
    getattr(ward.moment, step)()
    rest(qtbot, ward)
    assert ward.moment.point == AsOf(day)
    for entry in ward.views.entries():
        ward.frame.show_view(entry.id)
        rest(qtbot, ward)
        ward.frame.grab()
    assert ward.frame.sheets.sheet is None


def test_that_the_ward_list_is_of_the_moment_to_which_the_window_is_turned(
    qtbot: QtBot, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(ward.handoff, "save_as", lambda _title, _name, make: asked.append(make))
    monkeypatch.setattr(ward.handoff, "print", lambda *makes: asked.extend(makes))
    known_at = ward.desk.session.clock() - timedelta(days=1)
    ward.moment.show_known_at(known_at)
    rest(qtbot, ward)
    ward.save_list()
    ward.print_list()
    assert [known_at in make.args for make in asked] == [True, True, True]


def test_that_the_board_says_to_whose_knowledge_it_is_turned_back(qtbot: QtBot, ward: Ward) -> None:
    ward.moment.show_known_at(ward.desk.session.clock() - timedelta(days=1))
    rest(qtbot, ward)
    assert ward.board.moment.text() == "Friday 20-Nov-2026, as known 19-Nov-2026 09:00, not now"
    ward.moment.show_now()
    rest(qtbot, ward)
    assert ward.board.moment.text() == "Friday 20-Nov-2026"


def test_that_the_bar_over_a_patient_and_the_journal_say_to_whose_knowledge_they_are_turned_back(
    qtbot: QtBot, ward: Ward
) -> None:
    shown(qtbot, ward, FIRST)
    ward.moment.show_known_at(ward.desk.session.clock() - timedelta(days=1))
    rest(qtbot, ward)
    bar = ward.frame.view_bar
    assert bar.as_of.accessibleName().startswith("As of 20-Nov-2026 09:00, as known 19-Nov-2026 09:00, not now")
    ward.frame.show_view("journal")
    rest(qtbot, ward)
    journal = ward.frame.view("journal")
    assert isinstance(journal, JournalView)
    assert journal.bar.known.text() == "19-Nov-2026 09:00"


def test_that_the_palette_tells_no_age_and_phase_of_another_moment_than_the_one_that_is_shown(
    qtbot: QtBot, ward: Ward
) -> None:
    shown(qtbot, ward, FIRST)
    assert offered(ward) == f"02-Mar-2010 (16 y) · Female · {FIRST} · referral"
    ward.moment.day_back()
    rest(qtbot, ward)
    assert offered(ward) == f"02-Mar-2010 · Female · {FIRST}"
    ward.frame.show_board()
    rest(qtbot, ward)
    assert offered(ward) == f"02-Mar-2010 (16 y) · Female · {FIRST} · referral"


def offered(ward: Ward) -> str:
    """What the palette tells of the first patient beside the name."""
    (offer,) = ward.search.offers(FIRST)
    return offer.detail.replace(NON_BREAKING_HYPHEN, "-")


def test_that_what_is_new_stays_new_when_the_patient_was_seen_at_another_moment(
    qtbot: QtBot, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(ward.reading, "saw", seen.append)
    ward.moment.day_back()
    shown(qtbot, ward, FIRST)
    assert seen == []
    ward.moment.show_now()
    rest(qtbot, ward)
    assert seen == [FIRST]
