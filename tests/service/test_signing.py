"""Tests of signing: the PIN again, a row of its own bound to the signed row's hash, and a new one for a correction."""

import json
from typing import Any

import pytest

from bedside.chart.entries import Decision
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.exchange_files import export_json, import_file
from bedside.service.integrity import verify
from bedside.service.own_keys import set_pin
from bedside.service.permissions import Action, NotAllowed
from bedside.service.read import chart_of, opened
from bedside.service.record import correct, record, register, void
from bedside.service.session import Session
from bedside.service.signatures import Meaning, Signature, meaning_of
from bedside.service.signing import SignatureNeeded, sign_entry, sign_summary, sign_with
from bedside.store.pins import NoPin, WrongPin
from bedside.store.rows import SIGNATURE, Row, RowDraft
from tests.conftest import FixedClock
from tests.service.charts import COUNT, MRN, PATIENT, chart_file
from tests.service.conftest import PASSPHRASE, USER
from tests.service.people import as_person

PIN = "190731"
TODAY = AsOf.parse("2026-11-20")
DECISION: dict[str, Any] = {
    "kind": "decision", "at": "2026-11-20", "choice": "watch_and_wait", "rationale": "aplasia holds"
}  # fmt: skip


@pytest.fixture
def physician(session: Session) -> Session:
    register(session, PATIENT)
    set_pin(session, PASSPHRASE, PIN)
    return session


def rows(session: Session, kind: str | None = None) -> list[Row]:
    patient = session.store.patient(MRN)
    assert patient is not None
    return [row for row in session.store.rows(patient.patient_id) if kind in (None, row.kind)]


def signatures(session: Session) -> tuple[Signature, ...]:
    return opened(session, MRN, TODAY).signatures


def test_that_a_decision_recorded_with_the_pin_is_signed_in_the_same_step(
    physician: Session, clock: FixedClock
) -> None:
    entry = record(sign_with(physician, PIN), MRN, DECISION).entry
    assert isinstance(entry, Decision)
    assert entry.signed_by == USER
    decision, signature_row = rows(physician)[-2:]
    assert json.loads(signature_row.body) == {
        "by": USER, "hash": decision.hash, "meaning": "decided", "of": entry.id, "roles": "lead,physician",
        "what": "decision",
    }  # fmt: skip
    (signature,) = signatures(physician)
    assert (signature.of, signature.by, signature.roles, signature.at, signature.holds) == (
        entry.id, USER, ("lead", "physician"), clock(), True
    )  # fmt: skip
    assert signature.sentence == f"{USER} (lead and physician): I decided this and stand for it."
    assert verify(physician) == ()


def test_that_a_decision_without_the_pin_is_recorded_unsigned_whatever_the_form_says(physician: Session) -> None:
    entry = record(physician, MRN, {**DECISION, "signed_by": "Somebody Else"}).entry
    assert isinstance(entry, Decision)
    assert entry.signed_by is None
    assert signatures(physician) == ()


def test_that_a_stored_decision_is_signed_later_and_named_from_then_on(physician: Session) -> None:
    entry = record(physician, MRN, DECISION).entry
    before = rows(physician)
    reviewer = as_person(physician, "Synthetic Second", "physician")
    reviewer.store.people.set_pin("Synthetic Second", PIN)
    sign_entry(sign_with(reviewer, PIN, Meaning.REVIEWED), MRN, entry.id)
    assert rows(physician)[:-1] == before
    for chart in (chart_of(physician, MRN), opened(physician, MRN, TODAY).chart):
        (decision,) = chart.entries
        assert isinstance(decision, Decision)
        assert decision.signed_by == "Synthetic Second"
    assert [one.meaning for one in signatures(physician)] == [Meaning.REVIEWED]


def test_that_a_review_takes_nobody_s_place_who_decided(physician: Session) -> None:
    entry = record(sign_with(physician, PIN), MRN, DECISION).entry
    reviewer = as_person(physician, "Synthetic Second", "physician")
    reviewer.store.people.set_pin("Synthetic Second", PIN)
    sign_entry(sign_with(reviewer, PIN, Meaning.REVIEWED), MRN, entry.id)
    (decision,) = chart_of(physician, MRN).entries
    assert isinstance(decision, Decision)
    assert decision.signed_by == USER
    assert [one.meaning for one in signatures(physician)] == [Meaning.DECIDED, Meaning.REVIEWED]


def test_that_as_known_before_a_signature_nobody_has_signed(physician: Session) -> None:
    entry = record(physician, MRN, DECISION).entry
    known_at = physician.clock()
    physician.clock.advance(minutes=5)  # type: ignore[attr-defined]
    sign_entry(sign_with(physician, PIN, Meaning.REVIEWED), MRN, entry.id)
    then = opened(physician, MRN, TODAY, known_at)
    assert then.signatures == ()
    assert [getattr(one, "signed_by", None) for one in then.chart.entries] == [None]
    assert [one.meaning for one in opened(physician, MRN, TODAY, physician.clock()).signatures] == [Meaning.REVIEWED]


def test_that_who_recorded_an_entry_is_told_alike_before_and_after_a_signature(physician: Session) -> None:
    entries = [record(physician, MRN, fields).entry for fields in (COUNT, DECISION)]
    before = opened(physician, MRN, TODAY).recorded
    sign_entry(sign_with(physician, PIN, Meaning.REVIEWED), MRN, entries[-1].id)
    after = opened(physician, MRN, TODAY).recorded
    assert list(before) == list(after) == [entry.id for entry in entries]
    assert dict(before) == dict(after)
    assert before[entries[0].id].recorded_by == USER
    assert before.get("nobody") is None


def test_that_a_wrong_pin_and_none_sign_nothing(physician: Session) -> None:
    entry = record(physician, MRN, DECISION).entry
    before = len(rows(physician))
    with pytest.raises(WrongPin):
        sign_with(physician, "000007")
    with pytest.raises(NoPin):
        sign_with(as_person(physician, "Synthetic Second", "physician"), PIN)
    with pytest.raises(NotAllowed) as refused:
        sign_with(as_person(physician, USER, "nurse"), PIN)
    assert refused.value.action is Action.DECIDE
    with pytest.raises(UserError, match="PIN"):
        sign_entry(physician, MRN, entry.id)
    assert len(rows(physician)) == before


def test_that_nothing_but_a_decision_of_the_patient_is_signed(physician: Session) -> None:
    register(physician, {**PATIENT, "mrn": "T-0002"})
    count = record(physician, MRN, COUNT).entry
    other = record(physician, "T-0002", DECISION).entry
    signing = sign_with(physician, PIN)
    for entry_id in (count.id, other.id, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(UserError, match="Only a decision of this patient"):
            sign_entry(signing, MRN, entry_id)
    record(signing, MRN, {**COUNT, "hb": 99})
    assert rows(physician, SIGNATURE) == []


def test_that_nobody_signs_the_same_row_twice_with_one_meaning(physician: Session) -> None:
    entry = record(sign_with(physician, PIN), MRN, DECISION).entry
    with pytest.raises(UserError, match="already"):
        sign_entry(sign_with(physician, PIN), MRN, entry.id)
    sign_entry(sign_with(physician, PIN, Meaning.REVIEWED), MRN, entry.id)
    with pytest.raises(UserError, match="already"):
        sign_entry(sign_with(physician, PIN, Meaning.REVIEWED), MRN, entry.id)
    assert [one.meaning for one in signatures(physician)] == [Meaning.DECIDED, Meaning.REVIEWED]


def test_that_who_recorded_a_decision_decided_it_and_everybody_else_reviews_it(physician: Session) -> None:
    record(physician, MRN, DECISION)
    named, silent = ({**DECISION, "rationale": text} for text in ("named", "silent"))
    import_file(physician, "a.json", chart_file({**named, "recorded_by": "Synthetic Second"}, silent))
    came = opened(physician, MRN, TODAY)
    recorders = {one.rationale: came.recorder(one) for one in came.chart.entries if isinstance(one, Decision)}
    assert recorders == {DECISION["rationale"]: USER, "named": "Synthetic Second", "silent": None}
    assert [meaning_of(USER, one) for one in recorders.values()] == [
        Meaning.DECIDED, Meaning.REVIEWED, Meaning.REVIEWED
    ]  # fmt: skip


def test_that_a_correction_of_a_signed_decision_asks_for_a_new_signature_and_leaves_the_old(
    physician: Session,
) -> None:
    signing = sign_with(physician, PIN)
    first = record(signing, MRN, DECISION).entry
    before = len(rows(physician))
    with pytest.raises(SignatureNeeded, match=USER):
        correct(physician, MRN, first.id, {**DECISION, "choice": "hsct"}, "early loss")
    with pytest.raises(SignatureNeeded):
        void(physician, MRN, first.id, "another patient")
    assert len(rows(physician)) == before
    second = correct(signing, MRN, first.id, {**DECISION, "choice": "hsct"}, "early loss").entry
    assert [(one.of, one.holds) for one in signatures(physician)] == [(first.id, True), (second.id, True)]
    taken_back = void(signing, MRN, second.id, "another patient").entry
    assert [one.of for one in signatures(physician)] == [first.id, second.id, taken_back.id]
    assert verify(physician) == ()


def test_that_a_signature_leaves_the_store_with_no_file_and_comes_in_with_none(physician: Session) -> None:
    signed = record(sign_with(physician, PIN), MRN, DECISION).entry
    file = export_json(physician, MRN)
    assert [one["kind"] for one in json.loads(file)["entries"]] == ["decision"]
    assert import_file(physician, "a.json", file).charts[0].new == 0
    forged = chart_file({"kind": "signature", "at": "2026-11-20", "of": signed.id})
    with pytest.raises(UserError, match="signature"):
        import_file(physician, "forged.json", forged)
    import_file(physician, "claims.json", chart_file({**DECISION, "rationale": "x", "signed_by": "Synthetic Second"}))
    assert [one.of for one in signatures(physician)] == [signed.id]


def test_that_a_summary_is_signed_with_the_chart_it_was_made_of(physician: Session) -> None:
    record(physician, MRN, COUNT)
    last = rows(physician)[-1]
    sign_summary(sign_with(physician, PIN, Meaning.RELEASED), MRN, "ab" * 32)
    (signature,) = signatures(physician)
    assert (signature.of, signature.what, signature.meaning, signature.holds) == (
        None, "summary", Meaning.RELEASED, True
    )  # fmt: skip
    assert json.loads(rows(physician)[-1].body)["chart_sha256"] == "ab" * 32
    assert json.loads(rows(physician)[-1].body)["hash"] == last.hash
    assert verify(physician) == ()


@pytest.mark.parametrize("forged", [{"hash": "00" * 32}, {"by": "Synthetic Second"}, {"roles": "physician"}])
def test_that_a_signature_that_does_not_fit_its_row_does_not_hold_and_is_found(
    physician: Session, forged: dict[str, str]
) -> None:
    record(sign_with(physician, PIN), MRN, DECISION)
    real = rows(physician, SIGNATURE)[0]
    body = json.dumps({**json.loads(real.body), **forged})
    draft = RowDraft(
        physician.new_id(), real.patient_id, SIGNATURE, real.at, None, None, supersedes=None, voids=None, body=body
    )
    physician.store.append([draft])
    assert [one.holds for one in signatures(physician)] == [True, False]
    (problem,) = verify(physician)
    assert problem == f"Journal row {real.origin_seq + 1} (signature): what it signs is not there as it was signed."
