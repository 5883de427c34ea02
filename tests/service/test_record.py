"""Tests of writing to the journal: what is stored, by whom and when, and what is refused with nothing stored."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bedside.chart.enums import VoidScope
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.drafts import draft, drop_draft, keep_draft
from bedside.service.read import chart_of, opened
from bedside.service.record import EntryRefused, correct, record, record_all, register, void
from bedside.service.session import Session
from tests.conftest import FixedClock
from tests.service.charts import COUNT, MRN, PATIENT
from tests.service.conftest import USER

TODAY = AsOf(datetime(2026, 11, 20, tzinfo=UTC).date())


@pytest.fixture(autouse=True)
def registered_patient(session: Session) -> None:
    register(session, PATIENT)


def rows(session: Session) -> int:
    return session.store.head().count


def test_that_an_entry_carries_who_recorded_it_and_when(session: Session) -> None:
    result = record(session, MRN, COUNT)
    assert result.saved
    assert (result.entry.recorded_by, result.entry.recorded_at) == (USER, datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    assert chart_of(session, MRN).entries == (result.entry,)


def test_that_the_changes_name_the_patient_and_the_kind(session: Session) -> None:
    changes = record(session, MRN, COUNT).changes
    assert (changes.patients, changes.kinds) == (frozenset({MRN}), frozenset({"blood_count"}))
    assert changes


def test_that_what_a_form_says_of_author_and_id_is_replaced(session: Session) -> None:
    forged = {**COUNT, "recorded_by": "Somebody Else", "recorded_at": "2020-01-01T00:00:00Z", "id": "1"}
    assert record(session, MRN, forged).entry.recorded_by == USER


def test_that_the_window_learns_who_brought_each_entry(session: Session, clock: FixedClock) -> None:
    entry = record(session, MRN, COUNT).entry
    provenance = opened(session, MRN, TODAY).recorded[entry.id]
    assert (provenance.recorded_by, provenance.received_by) == (USER, USER)
    assert provenance.recorded_at == provenance.received_at == clock.moment
    assert provenance.role == session.role


def test_that_an_unusual_value_is_asked_about_and_not_stored(session: Session) -> None:
    before = rows(session)
    result = record(session, MRN, {**COUNT, "hb": 30})
    assert not result.saved
    assert not result.changes
    assert [question.field for question in result.questions] == ["hb"]
    assert "30" in result.questions[0].text
    assert rows(session) == before


def test_that_a_confirmed_unusual_value_is_stored(session: Session) -> None:
    result = record(session, MRN, {**COUNT, "hb": 30}, confirmed=True)
    assert result.saved
    assert chart_of(session, MRN).entries == (result.entry,)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({**COUNT, "hb": 9000}, "hb"),
        ({**COUNT, "hb": "92"}, "hb"),
        ({**COUNT, "hgb": 92}, "hgb"),
        ({**COUNT, "at": "2010-03-01"}, "at"),
        ({**COUNT, "at": "2026-11-22"}, "at"),
        ({**COUNT, "at": "2026-11-20T08:00:00"}, "at"),
        ({"kind": "diagnosis", "at": "2020-01-01", "cd19": "dim"}, "disease"),
        ({"kind": "counts", "at": "2020-01-01"}, "kind"),
        ({**COUNT, "hb": float("nan")}, "hb"),
    ],
)
def test_that_what_cannot_be_is_refused_by_field_even_when_confirmed(
    session: Session, fields: dict[str, Any], field: str
) -> None:
    before = rows(session)
    with pytest.raises(EntryRefused) as refused:
        record(session, MRN, fields, confirmed=True)
    assert refused.value.refusal.field == field
    assert rows(session) == before


def test_that_nothing_is_recorded_for_an_unknown_patient(session: Session) -> None:
    with pytest.raises(UserError, match="T-9999"):
        record(session, "T-9999", COUNT)


def test_that_a_correction_takes_the_place_of_the_entry(session: Session) -> None:
    wrong = record(session, MRN, COUNT).entry
    right = correct(session, MRN, wrong.id, {**COUNT, "hb": 93}, "typing slip").entry
    shown = opened(session, MRN, TODAY)
    assert shown.journal.live == (right,)
    assert len(shown.chart.entries) == 2
    assert (right.supersedes, right.reason) == (wrong.id, "typing slip")


def test_that_a_correction_needs_a_reason(session: Session) -> None:
    wrong = record(session, MRN, COUNT).entry
    with pytest.raises(UserError, match="reason"):
        correct(session, MRN, wrong.id, {**COUNT, "hb": 93}, " ")


def test_that_the_reason_of_a_reinfusion_outlives_its_correction(session: Session) -> None:
    fields = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel", "reason": "mrd"}
    fields |= {"identity_check_reason": "given elsewhere"}
    wrong = record(session, MRN, fields).entry
    right = correct(session, MRN, wrong.id, {**fields, "at": "2020-06-02"}, "wrong day").entry
    assert (right.reason, right.reinfusion_reason) == ("wrong day", "mrd")  # type: ignore[union-attr]


def test_that_a_correction_of_another_kind_is_refused(session: Session) -> None:
    wrong = record(session, MRN, COUNT).entry
    with pytest.raises(UserError, match="is a blood_count"):
        correct(session, MRN, wrong.id, {"kind": "body_size", "at": "2020-06-29", "weight_kg": 30}, "wrong form")


def test_that_the_entry_of_another_patient_cannot_be_corrected_or_voided(session: Session) -> None:
    register(session, {**PATIENT, "mrn": "T-0002"})
    others = record(session, "T-0002", COUNT).entry
    before = rows(session)
    with pytest.raises(UserError, match="does not hold"):
        correct(session, MRN, others.id, COUNT, "slip")
    with pytest.raises(UserError, match="does not hold"):
        void(session, MRN, others.id, "slip")
    assert rows(session) == before


def test_that_a_void_takes_an_entry_back_and_what_it_corrected_counts_again(session: Session) -> None:
    first = record(session, MRN, COUNT).entry
    second = correct(session, MRN, first.id, {**COUNT, "hb": 93}, "slip").entry
    void(session, MRN, second.id, "was right before")
    assert first in opened(session, MRN, TODAY).journal.live
    assert second not in opened(session, MRN, TODAY).journal.live


def test_that_a_void_of_the_chain_takes_all_of_it_back(session: Session) -> None:
    first = record(session, MRN, COUNT).entry
    second = correct(session, MRN, first.id, {**COUNT, "hb": 93}, "slip").entry
    void(session, MRN, second.id, "wrong patient", VoidScope.CHAIN)
    assert [entry.kind for entry in opened(session, MRN, TODAY).journal.live] == ["void"]


def test_that_the_window_can_be_turned_back_to_what_was_known(session: Session, clock: FixedClock) -> None:
    first = record(session, MRN, COUNT).entry
    before = clock.moment
    clock.advance(hours=1)
    second = correct(session, MRN, first.id, {**COUNT, "hb": 93}, "slip").entry
    assert opened(session, MRN, TODAY, known_at=before).journal.live == (first,)
    assert opened(session, MRN, TODAY, known_at=clock.moment).journal.live == (second,)
    assert opened(session, MRN, TODAY).journal.live == (second,)


def test_that_a_registered_mrn_cannot_be_registered_again(session: Session) -> None:
    with pytest.raises(UserError, match=MRN):
        register(session, PATIENT)


@pytest.mark.parametrize(
    ("change", "field"), [({"birth_date": "2026-11-21"}, "birth_date"), ({"sex": "f"}, "sex"), ({"mrn": ""}, "mrn")]
)
def test_that_a_patient_who_cannot_be_is_not_registered(session: Session, change: dict[str, str], field: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        register(session, {**PATIENT, "mrn": "T-0003", **change})
    assert refused.value.refusal.field == field
    assert len(session.store.patients()) == 1


def test_that_a_corrected_name_and_birth_date_are_shown(session: Session) -> None:
    fields = {"kind": "identity", "at": "2020-07-01", "birth_date": "2009-03-02", "family_name": "Newname"}
    record(session, MRN, {**fields, "reason": "register office"})
    patient = chart_of(session, MRN).patient
    assert (patient.family_name, patient.birth_date.isoformat()) == ("Newname", "2009-03-02")
    early = record(session, MRN, {"kind": "diagnosis", "at": "2009-05-01", "disease": "b_all", "cd19": "positive"})
    assert early.saved


def test_that_a_draft_is_kept_and_dropped(session: Session) -> None:
    keep_draft(session, MRN, "blood_count", '{"hb": 9')
    assert draft(session, MRN, "blood_count") == '{"hb": 9'
    drop_draft(session, MRN, "blood_count")
    assert draft(session, MRN, "blood_count") is None


CHEMISTRY = {"kind": "chemistry", "at": COUNT["at"], "crp": 142.0}


def test_that_entries_of_several_kinds_are_stored_together_under_one_moment_of_recording(session: Session) -> None:
    before = rows(session)
    results = record_all(session, MRN, [COUNT, CHEMISTRY])
    assert [result.entry.kind for result in results] == ["blood_count", "chemistry"]
    assert all(result.saved for result in results)
    assert rows(session) == before + 2
    assert len({result.entry.recorded_at for result in results}) == 1
    assert len({result.entry.id for result in results}) == 2


def test_that_one_refused_entry_keeps_all_of_them_out(session: Session) -> None:
    before = rows(session)
    with pytest.raises(EntryRefused):
        record_all(session, MRN, [COUNT, {**CHEMISTRY, "crp": 1e9}])
    assert rows(session) == before


def test_that_one_question_keeps_all_of_them_waiting_until_it_is_confirmed(session: Session) -> None:
    before = rows(session)
    several = [CHEMISTRY, {**COUNT, "hb": 30}]
    asked = record_all(session, MRN, several)
    assert [(result.saved, bool(result.questions)) for result in asked] == [(False, False), (False, True)]
    assert rows(session) == before
    assert all(result.saved for result in record_all(session, MRN, several, confirmed=True))
    assert rows(session) == before + 2
