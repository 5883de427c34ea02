"""Tests of the way from one store to another: the summary carries the chart, and everything derived stays the same."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.resources import resource
from bedside.service.exchange_files import export_json, import_file
from bedside.service.read import chart_of, opened
from bedside.service.session import Session
from bedside.service.summaries import Paper, export_pdf
from bedside.store.creation import FirstUser
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.service.charts import COUNT, INDEX_MRN, MRN, chart_file
from tests.service.conftest import CHEAP, PASSPHRASE, USER

DAY = AsOf.parse("2020-07-31")
CASES = sorted(resource("demo").glob("published-*.json"))


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Session]:
    """Another ward's store."""
    store, _ = Store.create(Station(tmp_path / "other", clock, new_id), FirstUser(USER, PASSPHRASE, CHEAP))
    yield Session(store, knowledge, clock, new_id, ZoneInfo("Europe/Berlin"), "0.0.test")
    store.close(backup=False)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_that_a_summary_brings_the_same_assessment_and_the_same_chart_to_another_store(
    session: Session, other: Session, case: Path
) -> None:
    (brought,) = import_file(session, case.name, case.read_bytes()).charts
    pdf = export_pdf(session, brought.mrn, DAY)
    import_file(other, "summary.pdf", pdf)
    told = [opened(one, brought.mrn, DAY).assessment.json_bytes() for one in (session, other)]
    assert told[0] == told[1]
    assert export_json(session, brought.mrn) == export_json(other, brought.mrn)


def test_that_corrections_and_what_was_taken_back_travel_too(session: Session, other: Session) -> None:
    first = {**COUNT, "id": "6f1a2b3c-0000-4000-8000-000000000001"}
    second = {**COUNT, "anc": 0.4, "id": "6f1a2b3c-0000-4000-8000-000000000002", "supersedes": first["id"]}
    import_file(session, "a.json", chart_file(first, {**second, "reason": "typed one digit too many"}))
    import_file(other, "a.pdf", export_pdf(session, MRN, DAY))
    assert chart_of(other, MRN) == chart_of(session, MRN)


def test_that_the_same_chart_and_moment_give_the_same_bytes(session: Session) -> None:
    import_file(session, "index.json", CASES[0].read_bytes())
    assert export_pdf(session, INDEX_MRN, DAY) == export_pdf(session, INDEX_MRN, DAY)


def test_that_a_summary_brought_back_to_its_own_store_adds_nothing(session: Session) -> None:
    import_file(session, "index.json", CASES[0].read_bytes())
    again = import_file(session, "summary.pdf", export_pdf(session, INDEX_MRN, DAY))
    assert [one.new for one in again.charts] == [0]


def test_that_a_locked_summary_is_imported_with_its_password_only(session: Session, other: Session) -> None:
    import_file(session, "index.json", CASES[0].read_bytes())
    locked = export_pdf(session, INDEX_MRN, DAY, paper=Paper(password="Grüne Wiese"))
    with pytest.raises(UserError, match="protected by a password"):
        import_file(other, "summary.pdf", locked)
    assert other.store.patients() == ()
    import_file(other, "summary.pdf", locked, password="Grüne Wiese")
    assert [row.mrn for row in other.store.patients()] == [INDEX_MRN]
