"""Tests of a moment that is still ahead: the day before is offered by the clock of that day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bedside.ui.forms.context import PatientFacts
from bedside.ui.forms.typed_moment import TypedMoment
from tests.ui.forms.samples import Doors, context_with

BERLIN = ZoneInfo("Europe/Berlin")
PATIENT = PatientFacts("SYN-0003", "Quince", "Synthetic Three", date(2010, 4, 9), None)


def typed(text: str, now: str) -> TypedMoment:
    """What was typed at a time in Berlin, and left."""
    ward_now = datetime.fromisoformat(now).replace(tzinfo=BERLIN)
    moment = TypedMoment(context_with(Doors(), patient=PATIENT, now=lambda: ward_now))
    moment.type(text)
    moment.settle()
    return moment


@pytest.mark.parametrize(
    ("now", "words", "stored"),
    [
        ("2026-03-29 10:00", "28-Mar-2026 22:15", "2026-03-28T22:15:00+01:00"),
        ("2026-10-25 10:00", "24-Oct-2026 22:15", "2026-10-24T22:15:00+02:00"),
        ("2026-05-01 10:00", "30-Apr-2026 22:15", "2026-04-30T22:15:00+02:00"),
    ],
)
def test_that_yesterday_has_the_offset_of_its_own_day(now: str, words: str, stored: str) -> None:
    moment = typed("22:15", now)
    assert moment.asked is not None
    assert moment.asked.answers[0] == f"Change to {words}"
    assert moment.answer(0)
    assert moment.at is not None
    assert (moment.at.text, moment.text) == (stored, words)


def test_that_what_is_still_ahead_can_be_kept() -> None:
    moment = typed("22:15", "2026-03-29 10:00")
    assert moment.answer(1)
    assert moment.at is not None
    assert moment.at.text == "2026-03-29T22:15:00+02:00"


def test_that_of_a_time_that_yesterday_s_clock_showed_twice_both_are_offered() -> None:
    for index, stored in enumerate(("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")):
        moment = typed("2:30", "2026-10-26 01:00")
        assert moment.asked is not None
        assert moment.asked.lead == "26-Oct-2026 02:30 is still ahead."
        assert moment.asked.answers == (
            "25-Oct-2026 02:30 (UTC+02:00)",
            "25-Oct-2026 02:30 (UTC+01:00)",
        )
        assert moment.answer(index)
        assert moment.at is not None
        assert moment.at.text == stored


def test_that_a_time_that_yesterday_s_clock_left_out_is_refused() -> None:
    moment = typed("2:30", "2026-03-30 01:00")
    words = "30-Mar-2026 02:30 is still ahead. On 29-Mar-2026 the clocks were put forward over it."
    assert (moment.at, moment.asked, moment.settle()) == (None, None, words)
