"""Tests of the ward list on paper: everybody who is open, by name, in the words of the board, on landscape pages."""

import io
from dataclasses import replace

import pypdf
import pytest

from bedside.chart.moments import AsOf
from bedside.resources import resource
from bedside.service.board import board
from bedside.service.exchange_files import import_file
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.service.summaries import Page
from bedside.service.ward_list import ward_line, ward_list, ward_list_pages
from tests.conftest import FixedClock
from tests.service.charts import INDEX, INDEX_MRN, MRN, PATIENT, chart_file

DAY = AsOf.parse("2020-07-31")
WARD = resource("demo/synthetic-ward.jsonl")


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def ward(session: Session) -> Session:
    import_file(session, WARD.name, WARD.read_bytes())
    import_file(session, "index.json", INDEX)
    return session


def test_that_everybody_who_is_open_stands_on_the_list_once_and_nobody_who_is_closed(ward: Session) -> None:
    said, rows = words(ward_list(ward, DAY)), board(ward, DAY)
    assert {row.closed_by is None for row in rows} == {True, False}
    for row in rows:
        assert said.count(row.patient.mrn) == (row.closed_by is None)


def test_that_the_list_is_sorted_by_name_and_repeats_its_heads_on_landscape_pages(ward: Session) -> None:
    pdf = ward_list(ward, DAY)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > 1
    for page in pages:
        assert page.mediabox.width > page.mediabox.height
        assert "Next due" in page.extract_text()
    families = sorted({row.patient.family_name.upper() for row in board(ward, DAY) if row.closed_by is None})
    places = [words(pdf).index(f"{family},") for family in families]
    assert places == sorted(places)


def test_that_a_row_says_what_the_board_says_and_a_dash_for_what_is_not_known(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    (row,) = board(session, DAY)
    line = ward_line(row, DAY)
    assert (line.name, line.day, line.risk) == (
        "PUBLISHED, Myers Index", ("D+60", "01-Jun-2020"), ("High", "provisional"),
    )  # fmt: skip
    assert line.moved == "from ambiguous, 31-Jul"
    assert line.grades == ("CRS –", "ICANS –")
    assert any(text.startswith("CSF: 32") for text in line.late)
    assert INDEX_MRN in line.born
    assert line.born.endswith("published case")


def test_that_the_list_says_in_words_what_is_not_known_and_that_nothing_is_due(session: Session) -> None:
    register(session, {**PATIENT, "sex": "unknown"})
    (row,) = board(session, DAY)
    line = ward_line(replace(row, next_due=None), DAY)
    assert "Sex not known" in line.born
    assert line.due == ("", "nothing falls due")


ALLERGIC = {"kind": "allergy", "at": "2020-06-01", "known": True}
NOT_ALLERGIC = {"kind": "allergy", "at": "2020-07-01", "known": False}
SIZE = {"kind": "body_size", "at": "2020-06-01", "weight_kg": 31.5}
INFUSED = {"kind": "infusion", "at": "2020-07-01", "product": "tisagenlecleucel"}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((), ("", "Allergies not recorded")),
        ((NOT_ALLERGIC,), ("", "No known allergies")),
        (({**ALLERGIC, "substance": "penicillin"},), ("Known allergies: penicillin", "")),
        ((ALLERGIC,), ("Known allergies: substance not recorded", "")),
        (
            ({**ALLERGIC, "substance": "latex"}, ALLERGIC, NOT_ALLERGIC),
            ("Known allergies: latex, substance not recorded", ""),
        ),
        (({**ALLERGIC, "at": "2020-08-01", "substance": "latex"},), ("", "Allergies not recorded")),
    ],
)
def test_that_known_allergies_stand_out_and_what_is_not_recorded_is_not_none(
    session: Session, entries: tuple[dict[str, object], ...], said: tuple[str, str]
) -> None:
    import_file(session, "a.json", chart_file(*entries))
    (row,) = board(session, DAY)
    assert ward_line(row, DAY).allergies == said
    assert " ".join(part for part in said if part) in words(ward_list(session, DAY))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((), "Weight not recorded"),
        ((INFUSED,), "Weight not recorded"),
        ((SIZE,), "31.5 kg (01-Jun-2020)"),
        ((SIZE, {**INFUSED, "weight_kg": 32.0}), "32 kg (01-Jul-2020)"),
        ((SIZE, {**SIZE, "at": "2020-07-31", "weight_kg": 30.0}), "30 kg (31-Jul-2020)"),
        ((SIZE, {**SIZE, "at": "2020-08-01", "weight_kg": 30.0}), "31.5 kg (01-Jun-2020)"),
    ],
)
def test_that_the_newest_weight_stands_with_its_date(
    session: Session, entries: tuple[dict[str, object], ...], said: str
) -> None:
    import_file(session, "a.json", chart_file(*entries))
    (row,) = board(session, DAY)
    assert ward_line(row, DAY).weight.replace("\u00a0", " ") == said
    assert said in words(ward_list(session, DAY)).replace("\u00a0", " ")


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_that_nothing_of_the_longest_row_is_cut(session: Session, page: Page) -> None:
    substances = ("trimethoprim-sulfamethoxazole", "methylprednisolone", "asparaginase-Erwinia-chrysanthemi")
    allergic = [{**ALLERGIC, "substance": one} for one in substances]
    import_file(session, "a.json", chart_file(*allergic, {**SIZE, "weight_kg": 101.25}))
    said = "".join(words(ward_list(session, DAY, page=page)).split())
    assert f"Knownallergies:{','.join(substances)}" in said
    assert "101.25kg(01-Jun-2020)" in said


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2020-08-09", ("D−1", "planned 10-Aug-2020")),
        ("2020-08-10", ("D0", "planned 10-Aug-2020")),
        ("2020-08-11", ("–", "planned 10-Aug-2020, not infused so far")),
    ],
)
def test_that_nobody_is_on_a_day_after_an_infusion_that_was_only_planned(
    session: Session, today: str, said: tuple[str, str]
) -> None:
    register(session, PATIENT)
    record(session, MRN, {"kind": "plan", "at": "2020-07-01", "milestone": "infusion", "date": "2020-08-10"})
    day = AsOf.parse(today)
    (row,) = board(session, day)
    assert ward_line(row, day).day == said


def test_that_the_grades_of_two_days_stand_with_the_way_they_moved(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    (row,) = board(session, AsOf.parse("2020-06-05"))
    assert ward_line(row, AsOf.parse("2020-06-05")).grades[0].startswith("CRS 2")


def test_that_an_empty_ward_prints_a_page_that_says_so_and_the_same_bytes_twice(session: Session) -> None:
    assert "No patient." in words(ward_list(session, DAY))
    assert ward_list(session, DAY) == ward_list(session, DAY)


def test_that_printing_is_noted_and_a_look_is_not(session: Session) -> None:
    (page,) = ward_list_pages(session, DAY, 400)
    assert page.width > page.height
    assert session.store.events("ward_list_printed") == ()
    ward_list(session, DAY, page="Letter")
    (event,) = session.store.events("ward_list_printed")
    assert event.detail == {"as_of": "2020-07-31", "page": "Letter"}


def test_that_who_is_gone_from_the_ward_is_not_on_the_list(session: Session) -> None:
    register(session, PATIENT)
    assert MRN in words(ward_list(session, DAY))
    record(session, MRN, {"kind": "status", "at": "2020-07-30", "state": "transferred"})
    assert MRN not in words(ward_list(session, DAY))
    assert MRN in words(ward_list(session, AsOf.parse("2020-07-29")))


def test_that_the_list_holds_what_was_known_at_a_moment_and_says_so(session: Session, clock: FixedClock) -> None:
    register(session, PATIENT)
    record(session, MRN, {"kind": "plan", "at": "2020-07-01", "milestone": "infusion", "date": "2020-08-10"})
    before = clock()
    clock.advance(hours=1)
    record(session, MRN, {"kind": "plan", "at": "2020-07-01", "milestone": "infusion", "date": "2020-08-17"})
    assert "planned 17-Aug-2020" in words(ward_list(session, DAY))
    said = words(ward_list(session, DAY, before))
    assert "planned 10-Aug-2020" in said
    assert "as known" in said
