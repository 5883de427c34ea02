"""Tests of FHIR bundles into the store: what is planned, what is asked, what is refused, and what comes back."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.chart.base import own_fields
from bedside.chart.entries import KINDS, AnyEntry
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.exchange.counts.mapping import CountsMapping
from bedside.knowledge.codes import COUNT_KINDS
from bedside.service.counts import CountsFile, CountsPlan, Verdict, plan_counts, store_counts
from bedside.service.exchange_files import import_file
from bedside.service.exports import export_fhir
from bedside.service.patients import find
from bedside.service.permissions import NotAllowed
from bedside.service.read import chart_of
from bedside.service.session import Session
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, chart_file
from tests.service.fhir_bundles import LOINC, PATIENT_URL, UCUM, bundle, patient, result
from tests.service.people import as_person


@pytest.fixture
def ward(session: Session) -> Session:
    """A store with the small patient, who has one blood count."""
    import_file(session, "small.json", chart_file(COUNT))
    return session


def planned(session: Session, data: bytes, mrn: str = "", **answers: str) -> CountsPlan:
    mapping = CountsMapping()
    for key, value in answers.items():
        mapping = mapping.answered(key, value)
    return plan_counts(session, CountsFile("results.json", data, mrn, mapping))


def verdicts(plan: CountsPlan) -> list[str]:
    return [row.verdict.value for row in plan.rows]


def why(plan: CountsPlan, line: int = 2) -> str:
    return "; ".join(plan.rows[line - 1].reasons)


def entries(session: Session, mrn: str = MRN) -> tuple[AnyEntry, ...]:
    return chart_of(session, mrn).entries


def test_that_a_result_is_planned_looked_at_and_stored(ward: Session) -> None:
    plan = planned(ward, bundle(patient(), result()))
    assert verdicts(plan) == ["not used", "accepted"]
    assert (plan.rows[1].names, plan.questions) == ("Needlefamily, Synthetic One", ())
    assert len(entries(ward)) == 1
    assert store_counts(ward, plan).entries == 1
    stored = entries(ward)[-1].model_dump(mode="json", exclude_none=True)
    assert (stored["kind"], stored["at"], stored["hb"]) == ("blood_count", "2020-07-01T07:30:00+02:00", 92.0)
    assert "results.json" in stored["note"]


def test_that_the_same_bundle_brings_nothing_a_second_time(ward: Session) -> None:
    data = bundle(patient(), result())
    store_counts(ward, planned(ward, data))
    assert verdicts(planned(ward, data)) == ["not used", "known"]
    assert verdicts(planned(ward, bundle(patient(), result(), result()))) == ["not used", "known", "known"]


def test_that_another_value_for_the_same_moment_is_refused(ward: Session) -> None:
    store_counts(ward, planned(ward, bundle(patient(), result())))
    plan = planned(ward, bundle(patient(), result(value=93, status="corrected")))
    assert (verdicts(plan)[1], "the chart holds 92" in why(plan).replace("\u00a0", " ")) == ("refused", True)


def test_that_another_unit_is_converted_by_its_stated_factor_alone(ward: Session) -> None:
    plan = planned(ward, bundle(patient(), result(value=9.2, unit="g/dL")))
    (value,) = plan.rows[1].new
    assert (value.field, value.value, value.told) == ("hb", 92.0, "9.2 g/dL × 10")


def test_that_a_panel_is_taken_by_its_components(ward: Session) -> None:
    parts = [{name: result(code, value, "10*9/L")[name] for name in ("code", "valueQuantity")}
             for code, value in (("26464-8", 2.1), ("26499-4", 1.0))]  # fmt: skip
    panel = result("58410-2", valueQuantity=None, component=parts)
    assert [(one.field, one.value) for one in planned(ward, bundle(patient(), panel)).rows[1].new] == [
        ("wbc", 2.1),
        ("anc", 1.0),
    ]


def test_that_a_sign_and_what_was_not_performed_are_kept(ward: Session) -> None:
    low = result("26515-7", valueQuantity={"value": 5, "comparator": "<", "system": UCUM, "code": "10*9/L"})
    absent = result("1988-5", valueQuantity=None, dataAbsentReason={"coding": [{"code": "not-performed"}]})
    plan = planned(ward, bundle(patient(), low, absent))
    assert (plan.rows[1].new[0].sign, plan.rows[2].not_done) == ("<", ("crp",))


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown code": (result("99999-9"), "99999-9"),
    "no code": (result(code={"coding": []}), "the code (none)"),
    "code of another system": (result(code={"coding": [{"system": "urn:lab", "code": "718-7"}]}), "urn:lab 718-7"),
    "two codes that disagree": (
        result(code={"coding": [{"system": LOINC, "code": "718-7"}, {"system": LOINC, "code": "1988-5"}]}), "the code",
    ),
    "no count": (result("11150-0", 3, "%"), "no count"),
    "unknown unit": (result(unit="furlong"), "furlong"),
    "unit without a factor": (result(unit="U/L"), "U/L"),
    "no unit": (result(valueQuantity={"value": 92}), "null"),
    "unit that is no UCUM": (result(valueQuantity={"value": 92, "system": "urn:x", "code": "g/L"}), "null"),
    "unit in words against its code": (
        result(valueQuantity={"value": 92, "unit": "g/dL", "system": UCUM, "code": "g/L"}), "g/dL",
    ),
    "negative": (result(value=-1), "from 0 on"),
    "text for a number": (result(value="92"), "from 0 on"),
    "yes for a number": (result(value=True), "from 0 on"),
    "beyond any measure": (result(value=10**400), "from 0 on"),
    "sign of two": (result(valueQuantity={"value": 9, "comparator": "<=", "system": UCUM, "code": "g/L"}), "< and >"),
    "words for a value": (result(valueQuantity=None, valueString="92"), "no value that is a quantity"),
    "unknown reason": (
        result(valueQuantity=None, dataAbsentReason={"coding": [{"code": "unknown"}]}), "no value that is a quantity",
    ),
    "nothing": (result(valueQuantity=None), "no value"),
    "no status": (result(status=None), "status is null"),
    "status of its own": (result(status=["final"]), "status is"),
    "modified": (result(modifierExtension=[{"url": "urn:not"}]), "modified"),
    "month alone": (result(effectiveDateTime="2020-07"), "2020-07"),
    "no offset": (result(effectiveDateTime="2020-07-01T07:30:00"), "offset"),
    "period": (result(effectiveDateTime=None, effectivePeriod={"start": "2020-07-01"}), "moment is null"),
    "future": (result(effectiveDateTime="2036-07-01"), "cannot be"),
    "beyond the limits": (result(value=900), "hb"),
    "nobody": (result(subject=None), "no patient of this bundle"),
    "somebody who is not there": (result(subject={"reference": "Patient/p9"}), "Patient/p9"),
    "subject of another form": (result(subject=["p1"]), "no patient of this bundle"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_that_what_cannot_be_taken_is_refused_with_its_line_and_reason_and_nothing_is_stored(
    ward: Session, name: str
) -> None:
    resource, words = REFUSED[name]
    plan = planned(ward, bundle(patient(), resource))
    assert (verdicts(plan)[1], words.lower() in why(plan).lower()) == ("refused", True), why(plan)
    before = ward.store.head()
    with pytest.raises(UserError, match=r"results.json, line 2"):
        store_counts(ward, plan)
    assert ward.store.head() == before


def test_that_refused_lines_can_be_left_out(ward: Session) -> None:
    plan = planned(ward, bundle(patient(), result("99999-9"), result()))
    assert store_counts(ward, plan, skip_refused=True).entries == 1


@pytest.mark.parametrize(
    ("status", "words"), [("cancelled", "cancelled"), ("registered", "no result yet"), ("preliminary", "the final one")]
)
def test_that_what_is_no_final_result_is_not_used_and_the_line_says_why(ward: Session, status: str, words: str) -> None:
    plan = planned(ward, bundle(patient(), result(status=status)))
    assert (verdicts(plan)[1], words in why(plan)) == ("not used", True)


def test_that_what_was_entered_in_error_is_not_used_and_refused_where_the_chart_holds_it(ward: Session) -> None:
    wrong = bundle(patient(), result(status="entered-in-error"))
    plan = planned(ward, wrong)
    assert (verdicts(plan)[1], plan.entries, "entered in error" in why(plan)) == ("not used", (), True)
    store_counts(ward, planned(ward, bundle(patient(), result())))
    plan = planned(ward, wrong)
    assert (verdicts(plan)[1], "take it back there" in why(plan)) == ("refused", True)


def test_that_what_is_no_result_of_a_laboratory_is_not_used_and_says_so(ward: Session) -> None:
    vital = result("8480-6", 110, "mm[Hg]", category=[{"coding": [{"code": "vital-signs"}]}])
    plan = planned(ward, bundle(patient(), vital, {"resourceType": "Procedure"}, result()))
    assert verdicts(plan) == ["not used", "not used", "not used", "accepted"]
    assert "Procedure" in why(plan, 3)


def test_that_another_birth_date_is_refused_line_by_line(ward: Session) -> None:
    plan = planned(ward, bundle(patient(birthDate="2011-03-02"), result()))
    assert (verdicts(plan)[1], "birth date" in why(plan)) == ("refused", True)


@pytest.mark.parametrize(
    "differs",
    [{"name": [{"family": "Other", "given": ["Synthetic One"]}]}, {"gender": "male"}, {"birthDate": None}],
)
def test_that_a_patient_who_differs_is_asked_about(ward: Session, differs: dict[str, Any]) -> None:
    data = bundle(patient(**differs), result())
    plan = planned(ward, data)
    assert (verdicts(plan)[1], [one.key for one in plan.questions]) == ("asked", ["same_person"])
    assert verdicts(planned(ward, data, same_person="other"))[1] == "refused"
    assert verdicts(planned(ward, data, same_person="same"))[1] == "accepted"


def test_that_the_question_about_a_patient_of_another_sex_names_both(ward: Session) -> None:
    (question,) = planned(ward, bundle(patient(gender="male"), result())).questions
    assert "born 02-Mar-2010, male in the bundle" in question.text
    assert "born 02-Mar-2010, female in the store" in question.text


@pytest.mark.parametrize("name", [{"family": "NEEDLEFAMILY", "given": ["synthetic", "one"]}, None])
def test_that_a_name_in_other_letters_or_none_at_all_is_no_difference(
    ward: Session, name: dict[str, Any] | None
) -> None:
    plan = planned(ward, bundle(patient(name=[name] if name else None), result()))
    assert verdicts(plan)[1] == "accepted"


def test_that_a_former_name_does_not_count(ward: Session) -> None:
    names = [{"use": "maiden", "family": "Other"}, {"family": "Needlefamily", "given": ["Synthetic One"]}]
    assert verdicts(planned(ward, bundle(patient(name=names), result())))[1] == "accepted"


def test_that_the_number_of_another_hospital_is_asked_about_where_a_person_says_whose_it_is(ward: Session) -> None:
    data = bundle(patient("X-77"), result())
    plan = planned(ward, data, MRN)
    assert (verdicts(plan)[1], plan.questions[0].key) == ("asked", "same_person")
    assert "X-77" in plan.questions[0].text
    plan = planned(ward, data, MRN, same_person="same")
    assert (verdicts(plan)[1], plan.rows[1].mrn) == ("accepted", MRN)


def test_that_a_patient_without_a_number_is_nobody_unless_a_person_says_who(ward: Session) -> None:
    data = bundle(patient(identifier=None), result())
    assert (verdicts(planned(ward, data))[1], "no number" in why(planned(ward, data))) == ("refused", True)
    assert verdicts(planned(ward, data, MRN))[1] == "asked"
    assert verdicts(planned(ward, data, MRN, same_person="same"))[1] == "accepted"


def test_that_two_numbers_are_asked_about(ward: Session) -> None:
    numbers = [{"system": "urn:a", "value": MRN}, {"system": "urn:b", "value": "B-1"}]
    data = bundle(patient(identifier=numbers), result())
    plan = planned(ward, data)
    assert (verdicts(plan)[1], [one.value for one in plan.questions[0].choices]) == ("asked", ["urn:a", "urn:b"])
    assert verdicts(planned(ward, data, identifier="urn:a"))[1] == "accepted"


def test_that_a_patient_who_is_not_in_the_store_is_registered_when_a_person_says_so(ward: Session) -> None:
    data = bundle(patient("T-0002"), result())
    plan = planned(ward, data)
    assert (verdicts(plan), plan.questions[0].key) == (["asked", "asked"], "newcomers")
    assert verdicts(planned(ward, data, newcomers="leave")) == ["not used", "refused"]
    plan = planned(ward, data, newcomers="register")
    assert verdicts(plan) == ["accepted", "accepted"]
    assert find(ward, "T-0002") is None
    stored = store_counts(ward, plan)
    assert (stored.changes.patients, "registration" in stored.changes.kinds) == (frozenset({"T-0002"}), True)
    chart = chart_of(ward, "T-0002")
    assert (chart.patient.family_name, chart.patient.given_name, len(chart.entries)) == (
        "Needlefamily",
        "Synthetic One",
        1,
    )


def test_that_a_patient_who_is_told_twice_alike_is_one(ward: Session) -> None:
    assert verdicts(planned(ward, bundle(patient(), result(), patient()))) == ["not used", "accepted", "not used"]


def test_that_results_of_several_patients_find_each_their_own(ward: Session) -> None:
    store_counts(ward, planned(ward, bundle(patient("T-0002")), newcomers="register"))
    other = result(value=80, subject={"reference": "Patient/p2"})
    plan = planned(ward, bundle(patient(), patient("T-0002", id="p2"), result(), other))
    assert [(row.mrn, row.new[0].value) for row in plan.rows[2:]] == [(MRN, 92.0), ("T-0002", 80.0)]
    mine = planned(ward, bundle(patient(), patient("T-0002", id="p2"), result(), other), MRN)
    assert (verdicts(mine)[2:], "not about" in why(mine, 4)) == (["accepted", "refused"], True)


def test_that_a_patient_without_results_can_be_registered(ward: Session) -> None:
    store_counts(ward, planned(ward, bundle(patient("T-0002")), newcomers="register"))
    assert find(ward, "T-0002") is not None


@pytest.mark.parametrize("absent", [{"birthDate": None}, {"name": None}, {"birthDate": "2036-01-01"}])
def test_that_nobody_is_registered_of_whom_too_little_is_told(ward: Session, absent: dict[str, Any]) -> None:
    plan = planned(ward, bundle(patient("T-0002", **absent), result()), newcomers="register")
    assert (verdicts(plan)[1], "cannot be registered" in why(plan), plan.newcomers) == ("refused", True, ())


def test_that_who_may_not_register_patients_may_not_by_a_bundle(ward: Session) -> None:
    plan = planned(ward, bundle(patient("T-0002"), result()), newcomers="register")
    with pytest.raises(NotAllowed):
        store_counts(as_person(ward, "Synthetic Other", "auditor"), plan)
    assert store_counts(as_person(ward, "Synthetic Lead", "lead"), plan).entries == 1


HOSTILE: dict[str, tuple[bytes, str]] = {
    "no JSON": (b'{"resourceType": "Bundle", ', "not valid JSON"),
    "not UTF-8": (b'{"resourceType": "Bundle", "x": "\xff"}', "UTF-8"),
    "another resource": (b'{"resourceType": "Observation"}', "no FHIR bundle"),
    "a list": (b'[{"resourceType": "Bundle"}]', "no FHIR bundle"),
    "a key twice": (b'{"resourceType": "Bundle", "type": "history", "type": "collection"}', "more than once"),
    "a history": (bundle(patient(), type="history"), "history"),
    "a transaction": (bundle(patient(), type="transaction"), "transaction"),
    "no type": (bundle(patient(), type=7), "type"),
    "rules of its own": (bundle(patient(), implicitRules="urn:x"), "implicitRules"),
    "entries that are no list": (bundle(entry={"a": 1}), "list"),
    "deep": (b'{"resourceType": "Bundle", "entry": ' + b"[" * 3000 + b"]" * 3000 + b"}", "deep"),
    "two patients of one number": (bundle(patient(), patient(gender="male")), "two patients"),
    "two patients of one name": (bundle(patient(), patient("T-0002")), "two patients"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_bundle_is_refused_whole(ward: Session, name: str) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(UserError) as refused:
        planned(ward, data)
    assert words in str(refused.value)
    assert str(refused.value).startswith("results.json: ")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4) | st.just("final") | st.just(PATIENT_URL),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["coding", "code", "system", "value", "reference", "id", "name"]), inner, max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_that_whatever_stands_in_a_field_is_refused_or_asked_about_and_never_an_error(
    ward: Session, data: st.DataObject
) -> None:
    made_patient, made = patient(), result()
    for resource in (made_patient, made):
        for field in data.draw(st.lists(st.sampled_from(sorted(resource.keys() - {"resourceType"})), max_size=2)):
            resource[field] = data.draw(JUNK)
    try:
        plan = planned(ward, bundle(made_patient, made))
    except UserError:
        return
    assert set(verdicts(plan)) <= {one.value for one in Verdict}


def laboratory(session: Session, mrn: str) -> dict[tuple[str, str], tuple[float, str]]:
    """Every number of the laboratory by moment and field, with its sign."""
    found = {}
    for entry in entries(session, mrn):
        for name in own_fields(KINDS[entry.kind]) if entry.kind in COUNT_KINDS else ():
            value = getattr(entry, name)
            if value is not None:
                found[(entry.at.text, name)] = (value, str((getattr(entry, "censored", None) or {}).get(name, "")))
    return found


def test_that_what_was_exported_is_known_when_it_comes_back(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    data = export_fhir(session, INDEX_MRN, AsOf.parse("2020-12-31"))
    plan = planned(session, data)
    assert (plan.questions, plan.entries) == ((), ())
    assert {row.verdict for row in plan.rows} == {Verdict.KNOWN, Verdict.UNUSED}


def test_that_what_was_exported_can_be_registered_elsewhere_with_every_laboratory_value_unchanged(
    session: Session,
) -> None:
    counts = [
        {
            "kind": "blood_count",
            "at": "2020-06-29",
            "hb": 92.5,
            "plt": 10,
            "censored": {"plt": "<"},
            "not_done": ["wbc"],
        },
        {"kind": "chemistry", "at": "2020-06-29T07:10:00.5+02:00", "ferritin": 123456.7, "creatinine": 44.0},
        {"kind": "lymphocyte_subset", "at": "2020-06-30", "cd19": 0, "cd19_pct": 0.01},
        {"kind": "immunoglobulin", "at": "2020-07-01", "igg": 3.5, "iga": 0.07},
    ]
    import_file(session, "small.json", chart_file(*counts))
    data = json.loads(export_fhir(session, MRN, AsOf.parse("2020-12-31")))
    data["entry"][0]["resource"]["identifier"][0]["value"] = "T-0003"
    store_counts(session, planned(session, json.dumps(data).encode(), newcomers="register"))
    assert laboratory(session, "T-0003") == laboratory(session, MRN)
    assert [one.model_dump()["not_done"] for one in entries(session, "T-0003") if one.kind == "blood_count"] == [
        ("wbc",)
    ]


def test_that_progress_is_told_and_can_stop_the_reading(ward: Session) -> None:
    class Stopped(Exception):
        pass

    def stop(*_: int) -> None:
        raise Stopped

    results = [result(effectiveDateTime=f"2020-07-01T07:{minute:02}:00+02:00") for minute in range(60)] * 5
    file = CountsFile("results.json", bundle(patient(), *results), "", CountsMapping())
    with pytest.raises(Stopped):
        plan_counts(ward, replace(file), stop)
