"""Tests of finding patients for the palette: full identity, class, and how many more there are."""

from dataclasses import replace

from bedside.ui.patient_search import MOST, PatientSearch
from tests.samples.board import TYPICAL

LINE = TYPICAL[0]


def search_among(count: int) -> PatientSearch:
    found = PatientSearch(str)
    found.show([replace(LINE, mrn=f"SYN-{number}") for number in range(count)])
    return found


def test_that_a_patient_is_offered_with_identity_day_and_class() -> None:
    (offer,) = search_among(1).offers(LINE.family[:4])
    assert (offer.group, offer.patient, offer.risk) == ("Patient", True, LINE.risk)
    assert offer.detail.endswith(f"SYN\u20110 · {LINE.day_words}, {LINE.phase_words}")


def test_that_class_and_phase_are_left_out_while_the_window_shows_another_moment() -> None:
    search = search_among(1)
    search.turn()
    (offer,) = search.offers(LINE.family)
    assert offer.risk == ""
    assert LINE.phase_words not in offer.detail


def test_that_patients_beyond_the_most_are_counted_and_never_dropped_in_silence() -> None:
    assert len(search_among(MOST).offers(LINE.family)) == MOST
    offers = search_among(MOST + 1).offers(LINE.family)
    assert (len(offers), offers[-1].title) == (MOST + 1, "1 more patient matches")
    assert offers[-1].refusal == "type another letter"
