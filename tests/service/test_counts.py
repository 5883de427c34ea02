"""Tests of counts from a laboratory's file at a store: what is planned, what is stored, and what never is."""

import time
from dataclasses import replace

import pytest

from bedside.chart.entries import AnyEntry
from bedside.chart.errors import UserError
from bedside.exchange.counts.mapping import CountsMapping, Use
from bedside.service.counts import CountsFile, CountsPlan, Verdict, plan_counts, store_counts
from bedside.service.counts_kept import keep_mapping
from bedside.service.exchange_files import export_json, import_file
from bedside.service.read import chart_of
from bedside.service.record import record, register, void
from bedside.service.session import Session
from tests.conftest import FixedClock
from tests.service.charts import COUNT, MRN, PATIENT, chart_file
from tests.service.people import as_person

HEADS = "MRN;date;WBC (G/l);Hb (g/dl)"


@pytest.fixture
def ward(session: Session) -> Session:
    """A store with the small patient, who has one blood count."""
    import_file(session, "small.json", chart_file(COUNT))
    return session


def file(*rows: str, heads: str = HEADS, mrn: str = "", mapping: CountsMapping | None = None) -> CountsFile:
    return CountsFile("counts.csv", "\n".join((heads, *rows)).encode(), mrn, mapping)


def planned(session: Session, *rows: str, **given: str) -> CountsPlan:
    return plan_counts(session, file(*rows, **given))  # type: ignore[arg-type]  # the texts among its arguments


def verdicts(plan: CountsPlan) -> list[Verdict]:
    return [row.verdict for row in plan.rows]


def entries(session: Session) -> tuple[AnyEntry, ...]:
    return chart_of(session, MRN).entries


def test_that_a_plan_stores_nothing(ward: Session) -> None:
    before = ward.store.head()
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2")
    assert verdicts(plan) == [Verdict.ACCEPTED]
    assert (plan.rows[0].mrn, plan.rows[0].names) == (MRN, "Needlefamily, Synthetic One")
    assert ward.store.head() == before


def test_that_a_confirmed_plan_is_stored_with_who_confirmed_it_and_where_it_comes_from(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-07-01 07:30;2.1;9.2")
    stored = store_counts(ward, plan)
    assert (stored.entries, stored.lines, stored.changes.patients) == (1, 1, frozenset({MRN}))
    count = entries(ward)[-1]
    assert (count.kind, count.at.text) == ("blood_count", "2020-07-01T07:30:00+02:00")
    assert (getattr(count, "wbc"), getattr(count, "hb")) == (2.1, 92.0)  # noqa: B009 -- of one kind among many
    assert count.note == 'Laboratory file "counts.csv", line 2; Hb 9.2 g/dl × 10'
    assert (count.recorded_by, count.recorded_at) == (ward.user, ward.clock())
    (event,) = ward.store.events("import")[-1:]
    assert event.detail == {"file": "counts.csv", "rows": "1"}
    assert ward.store.verify() == ()


def test_that_the_same_file_again_is_known_and_stores_nothing(ward: Session) -> None:
    rows = (f"{MRN};2020-07-01;2.1;9.2", f"{MRN};2020-07-02;<0.1;")
    store_counts(ward, planned(ward, *rows))
    before = ward.store.head()
    again = planned(ward, *rows)
    assert verdicts(again) == [Verdict.KNOWN, Verdict.KNOWN]
    assert [row.known for row in again.rows] == [2, 1]
    assert store_counts(ward, again).entries == 0
    assert ward.store.head() == before


def test_that_a_value_typed_on_the_ward_for_the_same_moment_is_known(ward: Session) -> None:
    plan = planned(ward, f"{MRN};{COUNT['at']};2.1;9.2")
    assert verdicts(plan) == [Verdict.KNOWN]


def test_that_the_same_value_of_a_day_without_a_time_is_known(ward: Session) -> None:
    assert verdicts(planned(ward, f"{MRN};2020-06-29;2.1;")) == [Verdict.KNOWN]


def test_that_the_same_value_at_another_time_of_the_day_is_asked_about(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-06-29 07:35;2.1;9.2", f"{MRN};2020-06-29 18:00;2.1;9.9")
    assert verdicts(plan) == [Verdict.ASKED, Verdict.ACCEPTED]
    (question,) = plan.questions
    assert (question.key, [one.value for one in question.choices]) == ("same_day", ["same", "other"])
    assert "29-Jun-2020 07:10" in question.text
    assert "the chart holds the same for 29-Jun-2020 07:10" in plan.rows[0].reasons[0]
    for answer, verdict in (("same", Verdict.KNOWN), ("other", Verdict.ACCEPTED)):
        mapping = plan.mapping.answered("same_day", answer)
        answered = plan_counts(ward, replace(plan.file, mapping=mapping))
        assert (answered.questions, verdicts(answered)) == ((), [verdict, Verdict.ACCEPTED])


def test_that_what_is_new_beside_a_value_of_the_same_sample_comes_in(ward: Session) -> None:
    mapping = CountsMapping(same_day="same")
    plan = plan_counts(ward, file(f"{MRN};2020-06-29 07:35;2.1;;61", heads=f"{HEADS};PLT (G/l)", mapping=mapping))
    (row,) = plan.rows
    assert (row.verdict, row.known, [one.field for one in row.new]) == (Verdict.ACCEPTED, 1, ["plt"])


def test_that_no_answer_about_single_samples_is_kept(ward: Session) -> None:
    keep_mapping(ward, file().data, CountsMapping(same_day="other", decimal="."))
    assert planned(ward, f"{MRN};2020-07-01;2.1;").mapping == CountsMapping(decimal=".")


def test_that_a_value_against_the_chart_is_refused_with_both(ward: Session) -> None:
    (row,) = planned(ward, f"{MRN};{COUNT['at']};2.2;9.2").rows
    assert row.verdict is Verdict.REFUSED
    assert "2.2" in row.reasons[0]
    assert "the chart holds 2.1" in row.reasons[0]
    assert row.new == ()


def test_that_a_value_that_was_taken_back_is_not_brought_in_again(ward: Session) -> None:
    void(ward, MRN, entries(ward)[0].id, "wrong patient")
    (row,) = planned(ward, f"{MRN};{COUNT['at']};2.1;").rows
    assert row.verdict is Verdict.REFUSED
    assert "taken back in the chart" in row.reasons[0]


def test_that_the_same_line_twice_is_stored_once(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2", f"{MRN};2020-07-01;2.1;9.2")
    assert verdicts(plan) == [Verdict.ACCEPTED, Verdict.KNOWN]
    assert store_counts(ward, plan).entries == 1


def test_that_two_lines_that_contradict_each_other_are_both_refused_and_so_is_what_repeats_them(ward: Session) -> None:
    rows = ("2.1;", "2.1;", "2.2;", ";9.2")
    plan = planned(ward, *(f"{MRN};2020-07-01;{row}" for row in rows))
    assert verdicts(plan) == [Verdict.REFUSED, Verdict.REFUSED, Verdict.REFUSED, Verdict.ACCEPTED]
    assert plan.rows[0].reasons == ("WBC: line 4 says 2.2\xa0×10⁹/L for the same moment",)
    assert plan.rows[2].reasons == ("WBC: line 2 says 2.1\xa0×10⁹/L for the same moment",)
    assert plan.rows[1].reasons == ("line 2, which says the same, is refused",)
    assert [(entry.kind, getattr(entry, "wbc", None)) for _, entry in plan.entries] == [("blood_count", None)]


def test_that_a_line_that_repeats_a_refused_one_brings_nothing_else_in_either(ward: Session) -> None:
    plan = planned(ward, *(f"{MRN};2020-07-01;{row}" for row in (";9.2", "2.1;9.2", ";9.5")))
    assert verdicts(plan) == [Verdict.REFUSED] * 3
    assert plan.rows[1].reasons == ("line 2, which says the same, is refused",)
    assert plan.entries == ()


def test_that_two_lines_of_one_moment_become_one_entry_that_names_both(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-07-01;2.1;", f"{MRN};2020-07-01;;9.2")
    store_counts(ward, plan)
    note = entries(ward)[-1].note
    assert note == 'Laboratory file "counts.csv", lines 2, 3; Hb 9.2 g/dl × 10'


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("T-0002;2020-07-01;2.1;9.2", "there is no patient with the MRN T-0002"),
        ("T-\u202e2;2020-07-01;2.1;9.2", 'there is no patient with the MRN "T-\\u202e2"'),
        ("T\x1b[2J;2020-07-01;2.1;9.2", 'there is no patient with the MRN "T\\u001b[2J"'),
        (";2020-07-01;2.1;9.2", "the line does not tell whose it is"),
        (f"{MRN};2020-07-01;2.1;=1+1", "formula"),
        (f"{MRN};2020-07-01;5000;9.2", "WBC 5000 cannot be"),
        (f"{MRN};2026-11-22;2.1;9.2", "The date 22-Nov-2026 cannot be"),
        (f"{MRN};2009-12-31;2.1;9.2", "The date 31-Dec-2009 cannot be"),
    ],
)
def test_that_a_line_that_cannot_be_is_refused_with_its_reason_and_the_others_stay(
    ward: Session, row: str, words: str
) -> None:
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2", row.replace("2020-07-01", "2020-07-02"))
    assert verdicts(plan) == [Verdict.ACCEPTED, Verdict.REFUSED]
    assert words.replace("2020-07-01", "2020-07-02") in " ".join(plan.rows[1].reasons)
    assert len(plan.mrns) == 1


def test_that_a_number_of_nobody_is_shown_without_hidden_signs_and_cut_short(ward: Session) -> None:
    plan = planned(ward, "T-\u202e2;2020-07-01;2.1;9.2", f"{'9' * 5000};2020-07-02;2.1;9.2")
    assert plan.rows[0].mrn == '"T-\\u202e2"'
    assert len(plan.rows[1].mrn) < 100
    assert len(plan.rows[1].reasons[0]) < 150


def test_that_thousands_of_numbers_of_nobody_take_no_longer_each(ward: Session) -> None:
    begun = time.perf_counter()
    planned(ward, *(f"N-{number};2020-07-01;2.1;9.2" for number in range(20_000)))
    assert time.perf_counter() - begun < 6


@pytest.mark.parametrize(("day", "verdict"), [("2026-11-21", Verdict.ACCEPTED), ("2026-11-22", Verdict.REFUSED)])
def test_that_a_sample_lies_at_most_a_day_ahead(ward: Session, day: str, verdict: Verdict) -> None:
    assert verdicts(planned(ward, f"{MRN};{day};2.1;9.2")) == [verdict]


def test_that_a_refused_part_keeps_the_whole_line_out_and_no_other(ward: Session) -> None:
    heads = "MRN;date;Hb (g/L);CRP (mg/L)"
    plan = planned(ward, f"{MRN};2020-07-01;92;90000", f"{MRN};2020-07-02;93;5", heads=heads)
    assert verdicts(plan) == [Verdict.REFUSED, Verdict.ACCEPTED]
    assert {entry.at.text for _, entry in plan.entries} == {"2020-07-02"}


def test_that_an_unusual_value_is_accepted_with_a_warning(ward: Session) -> None:
    (row,) = planned(ward, f"{MRN};2020-07-01;600;").rows
    assert row.verdict is Verdict.ACCEPTED
    assert row.warnings == ("WBC 600\xa0×10⁹/L: usually 100\xa0×10⁹/L or less.",)


def test_that_a_patient_with_another_birth_date_is_not_matched(ward: Session) -> None:
    heads = "MRN;born;date;Hb (g/L)"
    mapping = CountsMapping().with_column("born", Use(field="birth_date"))
    rows = (f"{MRN};2010-03-02;2020-07-01;92", f"{MRN};2010-03-03;2020-07-02;93")
    plan = plan_counts(ward, file(*rows, heads=heads, mapping=mapping))
    assert verdicts(plan) == [Verdict.ACCEPTED, Verdict.REFUSED]
    assert "birth date 03-Mar-2010" in plan.rows[1].reasons[0]


def test_that_a_line_about_somebody_else_is_refused_where_a_patient_was_named(ward: Session) -> None:
    register(ward, {**PATIENT, "mrn": "T-0002"})
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2", "T-0002;2020-07-01;2.1;9.2", mrn=MRN)
    assert verdicts(plan) == [Verdict.ACCEPTED, Verdict.REFUSED]
    assert "is about the MRN T-0002, not about T-0001" in plan.rows[1].reasons[0]


def test_that_an_unknown_patient_named_for_the_file_is_refused(ward: Session) -> None:
    with pytest.raises(UserError, match="no patient with the MRN T-9999"):
        planned(ward, "2020-07-01;2.1;9.2", heads="date;WBC (G/l);Hb (g/dl)", mrn="T-9999")


def test_that_an_earlier_number_of_a_patient_is_the_same_patient(ward: Session) -> None:
    record(ward, MRN, {"kind": "identity", "at": "2020-07-01", "mrn": "T-0009", "reason": "typing error"})
    plan = planned(ward, f"{MRN};{COUNT['at']};2.1;", "T-0009;2020-07-01;2.2;", f"{MRN};2020-07-01;2.2;")
    assert verdicts(plan) == [Verdict.KNOWN, Verdict.ACCEPTED, Verdict.KNOWN]
    assert {row.mrn for row in plan.rows} == {"T-0009"}
    store_counts(ward, plan)
    assert getattr(entries(ward)[-1], "wbc", None) == 2.2


def test_that_an_open_question_keeps_everything_out(ward: Session) -> None:
    plan = planned(ward, f"{MRN};03/04/2020;2.1;9.2")
    assert verdicts(plan) == [Verdict.ASKED]
    before = ward.store.head()
    with pytest.raises(UserError, match="Which comes first"):
        store_counts(ward, plan)
    assert ward.store.head() == before


def test_that_a_refused_line_keeps_everything_out_unless_it_is_to_be_skipped(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2", f"{MRN};2020-07-02;x;9.2")
    before = ward.store.head()
    with pytest.raises(UserError, match="line 3: WBC"):
        store_counts(ward, plan)
    assert ward.store.head() == before
    assert store_counts(ward, plan, skip_refused=True).entries == 1


def test_that_a_plan_that_no_longer_holds_is_not_stored(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2")
    record(ward, MRN, {"kind": "blood_count", "at": "2020-07-01", "wbc": 2.3})
    before = ward.store.head()
    with pytest.raises(UserError, match="changed since the preview"):
        store_counts(ward, plan)
    assert ward.store.head() == before


def test_that_a_plan_is_stored_where_only_something_else_has_changed(ward: Session) -> None:
    plan = planned(ward, f"{MRN};2020-07-01;2.1;9.2")
    record(ward, MRN, {"kind": "note", "at": "2020-07-01", "text": "x"})
    assert store_counts(ward, plan).entries == 1


@pytest.mark.parametrize("percent", [0, 1, 49, 50, 99])
def test_that_cancelling_while_it_is_stored_leaves_nothing(ward: Session, percent: int) -> None:
    plan = planned(ward, *(f"{MRN};2020-07-01 {minute // 60:02}:{minute % 60:02};2.1;" for minute in range(600)))
    assert len(plan.mrns) == 600
    before, told = ward.store.head(), []

    def stop(done: int, total: int) -> None:
        told.append(100 * done // total)
        if told[-1] >= percent:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        store_counts(ward, plan, stop)
    assert set(told) == set(range(percent + 1))
    assert ward.store.head() == before


def test_that_progress_goes_on_to_the_end_of_the_preview(ward: Session) -> None:
    told: list[tuple[int, int]] = []
    rows = [f"{MRN};2020-07-01 {minute // 60:02}:{minute % 60:02};2.1;" for minute in range(500)]
    plan_counts(ward, file(*rows), lambda done, total: told.append((done, total)))
    assert len(told) == 1000
    assert list(dict.fromkeys(told)) == [(percent, 100) for percent in range(100)]


def test_that_a_kept_mapping_reads_the_next_file_of_the_same_shape_for_everybody(ward: Session) -> None:
    heads = "MRN;date;Leuko"
    mapping = CountsMapping().with_column("Leuko", Use(field="wbc", unit="/ul"))
    keep_mapping(ward, file(heads=heads).data, mapping)
    other = as_person(ward, "Synthetic Other", "nurse")
    plan = plan_counts(other, file(f"{MRN};2020-07-01;2100", heads=heads))
    assert (plan.kept, verdicts(plan)) == (ward.user, [Verdict.ACCEPTED])
    assert plan.rows[0].new[0].value == 2.1
    assert plan_counts(other, file(f"{MRN};2020-07-01;2100", heads="MRN;date;Leuko ")).kept == ward.user
    assert plan_counts(other, file(f"{MRN};2020-07-01;2100", heads="MRN;date;Leukos")).kept == ""
    assert plan_counts(other, file(f"{MRN};2020-07-01;1", heads=heads, mapping=CountsMapping())).questions


def test_that_the_newest_kept_mapping_counts(ward: Session) -> None:
    data = file(heads="MRN;date;Leuko").data
    for unit in ("/ul", "G/l"):
        keep_mapping(ward, data, CountsMapping().with_column("Leuko", Use(field="wbc", unit=unit)))
    (row,) = planned(ward, f"{MRN};2020-07-01;2", heads="MRN;date;Leuko").rows
    assert row.new[0].value == 2.0


def test_that_what_came_in_goes_out_again_unchanged(ward: Session, clock: FixedClock) -> None:
    clock.advance(minutes=5)
    store_counts(ward, planned(ward, f"{MRN};2020-07-01;<0.1;9.2"))
    exported = export_json(ward, MRN)
    (imported,) = import_file(ward, "again.json", exported).charts
    assert (imported.new, imported.known) == (0, 2)
    assert getattr(entries(ward)[-1], "censored", None) == {"wbc": "<"}


def test_that_a_name_of_a_file_cannot_disguise_itself(ward: Session) -> None:
    evil = replace(file(f"{MRN};2020-07-01;2.1;9.2"), name="a\u202evsc.exe\n\x00=1+1.csv")
    store_counts(ward, plan_counts(ward, evil))
    note = entries(ward)[-1].note or ""
    assert note.isprintable()
    assert "\\u202e" in note
    assert import_file(ward, "again.json", export_json(ward, MRN)).charts[0].new == 0


def test_that_a_lead_may_import_and_an_auditor_may_not(ward: Session) -> None:
    plan = plan_counts(as_person(ward, "L", "lead"), file(f"{MRN};2020-07-01;2.1;9.2"))
    with pytest.raises(UserError, match="may not import counts"):
        store_counts(as_person(ward, "A", "auditor"), plan)
