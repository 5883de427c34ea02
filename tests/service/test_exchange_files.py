"""Tests of import and export: all or nothing per file, the same file twice, the same chart out as in."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bedside.chart.errors import StoreFault, UserError
from bedside.chart.moments import AsOf
from bedside.exchange.chart_json import write_chart
from bedside.service.exchange_files import export_json, import_file
from bedside.service.integrity import verify
from bedside.service.read import chart_of, opened
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.service.summaries import export_pdf
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, PATIENT, chart_file
from tests.service.conftest import PASSPHRASE, USER

ID = "32c40c8b-02bd-589f-902a-6a19b0f09781"


def rows(session: Session) -> int:
    return session.store.head().count


def test_that_a_published_case_comes_out_as_it_went_in(session: Session) -> None:
    imported = import_file(session, "index.json", INDEX)
    assert imported.changes.patients == {INDEX_MRN}
    assert json.loads(export_json(session, INDEX_MRN)) == json.loads(INDEX)
    assert verify(session) == ()


def test_that_importing_twice_changes_nothing(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    before = rows(session)
    again = import_file(session, "index.json", INDEX)
    assert not again.changes
    assert [(chart.new, chart.known, chart.new_patient) for chart in again.charts] == [(0, 34, False)]
    assert rows(session) == before


def test_that_entries_without_ids_are_known_the_second_time(session: Session) -> None:
    data = chart_file(COUNT, COUNT, {"kind": "note", "at": "2020-07-01", "text": "µ"})
    assert import_file(session, "a.json", data).charts[0].new == 3
    assert import_file(session, "b.json", data).charts[0].known == 3
    assert import_file(session, "c.json", export_json(session, MRN)).charts[0].known == 3


def test_that_what_was_recorded_here_is_known_when_its_export_comes_back(session: Session) -> None:
    register(session, PATIENT)
    record(session, MRN, COUNT)
    assert import_file(session, "back.json", export_json(session, MRN)).charts[0].known == 1


def test_that_source_and_as_of_of_a_published_case_are_kept(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT, source="by hand", as_of="2020-07-31"))
    chart = chart_of(session, MRN)
    assert (chart.source, chart.as_of) == ("by hand", date(2020, 7, 31))


def test_that_a_dry_run_says_what_would_be_stored_and_stores_nothing(session: Session) -> None:
    would = import_file(session, "index.json", INDEX, dry_run=True)
    assert (would.charts[0].new, would.charts[0].new_patient) == (34, True)
    assert not would.changes
    assert session.store.patients() == ()


def test_that_an_import_keeps_who_recorded_and_notes_who_received(session: Session, clock: FixedClock) -> None:
    entry = {**COUNT, "id": ID, "recorded_by": "Synthetic Guest", "recorded_at": "2020-06-29T06:00:00Z"}
    import_file(session, "a.json", chart_file(entry))
    provenance = opened(session, MRN, session.today()).recorded[ID]
    assert (provenance.recorded_by, provenance.received_by) == ("Synthetic Guest", USER)
    assert provenance.received_at == clock.moment
    assert provenance.recorded_at is not None
    assert provenance.recorded_at.isoformat() == "2020-06-29T08:00:00+02:00"


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("wrong type", {**COUNT, "hb": "92"}),
    ("hard limit", {**COUNT, "hb": 9000}),
    ("unknown kind", {"kind": "counts", "at": "2020-06-29"}),
    ("before birth", {**COUNT, "at": "2001-01-01"}),
    ("future", {**COUNT, "at": "2026-11-22"}),
    ("unknown link", {**COUNT, "supersedes": ID, "reason": "slip"}),
]


@pytest.mark.parametrize("fault", [entry for _, entry in FAULTS], ids=[name for name, _ in FAULTS])
def test_that_one_fault_in_the_second_chart_keeps_the_whole_file_out(session: Session, fault: dict[str, Any]) -> None:
    data = chart_file(COUNT) + b"\n" + chart_file(fault, patient={**PATIENT, "mrn": "T-0002"})
    with pytest.raises(UserError, match=r"ward\.jsonl, line 2, entries\[0\]"):
        import_file(session, "ward.jsonl", data)
    assert session.store.patients() == ()
    assert rows(session) == 0


def test_that_an_mrn_with_another_birth_date_is_refused(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    before = rows(session)
    with pytest.raises(UserError, match=r"b\.json: birth_date is 2011-03-02.*T-0001.*2010-03-02"):
        import_file(session, "b.json", chart_file(COUNT, patient={**PATIENT, "birth_date": "2011-03-02"}))
    assert rows(session) == before


def test_that_two_lines_with_one_mrn_and_two_birth_dates_are_refused(session: Session) -> None:
    data = chart_file(COUNT) + b"\n" + chart_file(patient={**PATIENT, "birth_date": "2011-03-02"})
    with pytest.raises(UserError, match="birth_date"):
        import_file(session, "ward.jsonl", data)
    assert rows(session) == 0


def test_that_two_lines_of_one_patient_become_one_chart(session: Session) -> None:
    data = chart_file(COUNT) + b"\n" + chart_file(COUNT, {"kind": "note", "at": "2020-07-01", "text": "x"})
    imported = import_file(session, "ward.jsonl", data)
    assert [(chart.new, chart.known) for chart in imported.charts] == [(1, 0), (1, 1)]
    assert len(chart_of(session, MRN).entries) == 2


def test_that_another_name_is_a_warning_and_the_stored_one_stays(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    imported = import_file(session, "b.json", chart_file(COUNT, patient={**PATIENT, "family_name": "Other"}))
    assert any("family_name" in warning for warning in imported.warnings)
    assert chart_of(session, MRN).patient.family_name == PATIENT["family_name"]


def test_that_an_id_with_other_content_is_refused(session: Session) -> None:
    import_file(session, "a.json", chart_file({**COUNT, "id": ID}))
    before = rows(session)
    with pytest.raises(UserError, match=rf"b\.json, entries\[0\] \(blood_count\): id is {ID}"):
        import_file(session, "b.json", chart_file({**COUNT, "id": ID, "hb": 93}))
    assert rows(session) == before


def test_that_an_id_of_another_patient_is_refused(session: Session) -> None:
    import_file(session, "a.json", chart_file({**COUNT, "id": ID}))
    before = rows(session)
    with pytest.raises(UserError, match=ID):
        import_file(session, "b.json", chart_file({**COUNT, "id": ID}, patient={**PATIENT, "mrn": "T-0002"}))
    assert rows(session) == before


def test_that_a_file_may_correct_an_entry_that_the_store_holds(session: Session) -> None:
    import_file(session, "a.json", chart_file({**COUNT, "id": ID}))
    import_file(session, "b.json", chart_file({**COUNT, "hb": 93, "supersedes": ID, "reason": "slip"}))
    (live,) = opened(session, MRN, session.today()).journal.live
    assert live.supersedes == ID


def test_that_an_unusual_value_is_imported_with_a_warning(session: Session) -> None:
    imported = import_file(session, "a.json", chart_file({**COUNT, "hb": 30}))
    assert imported.charts[0].new == 1
    assert ["entries[0] (blood_count)" in warning for warning in imported.warnings] == [True]


def test_that_an_export_of_an_unknown_patient_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="T-9999"):
        export_json(session, "T-9999")
    with pytest.raises(UserError, match="T-9999"):
        export_pdf(session, "T-9999", session.today())


def test_that_a_corrected_identity_is_exported_as_registered_with_its_correction(session: Session) -> None:
    register(session, PATIENT)
    record(session, MRN, {"kind": "identity", "at": "2020-07-01", "family_name": "Newname", "reason": "wedding"})
    exported = json.loads(export_json(session, MRN))
    assert exported["patient"] == PATIENT
    assert exported["entries"][0]["family_name"] == "Newname"


def test_that_the_summary_prints_the_hash_of_the_exported_chart(session: Session) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    import_file(session, "index.json", INDEX)
    pdf = export_pdf(session, INDEX_MRN, AsOf.parse("2020-07-31"))
    digest = hashlib.sha256(write_chart(chart_of(session, INDEX_MRN))).hexdigest()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert digest in text.replace("\n", "").replace(" ", "")


def test_that_a_reader_beside_a_writer_exports_but_cannot_record(
    session: Session, tmp_path: Path, new_id: Callable[[], UUID], clock: FixedClock
) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    store = Store.open(Station(tmp_path / "store", clock, new_id), USER, PASSPHRASE, read_only=True)
    reader = Session(store, session.knowledge, clock, new_id, session.zone, session.app_version)
    assert export_json(reader, MRN) == export_json(session, MRN)
    with pytest.raises(StoreFault):
        record(reader, MRN, COUNT)
    reader.close()


@pytest.mark.parametrize("dry_run", [True, False])
def test_that_an_id_of_another_patient_is_refused_in_the_line_that_has_it(session: Session, dry_run: bool) -> None:
    one, other = (chart_file({**COUNT, "id": ID}, patient={**PATIENT, "mrn": mrn}) for mrn in ("T-0001", "T-0002"))
    with pytest.raises(UserError, match=r"^x\.jsonl, line 2, entries\[0\] \(blood_count\): id is"):
        import_file(session, "x.jsonl", one + b"\n" + other, dry_run=dry_run)
    import_file(session, "one.json", one)
    with pytest.raises(UserError, match=r"^other\.json, entries\[0\] \(blood_count\): id is"):
        import_file(session, "other.json", other, dry_run=dry_run)
    assert rows(session) == 2
