"""Tests that a bundle is FHIR, says what the chart says, and holds no code that is not listed."""

import json
from collections import Counter

from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.base import Measured, own_fields
from bedside.chart.entries import KINDS
from bedside.chart.live import resolve
from bedside.chart.patient import Chart
from bedside.knowledge.codes import COUNT_KINDS, load_codes
from bedside.knowledge.loader import load_knowledge
from tests.charts import chart, entry, infusion, low_course, number_of, on, therapy
from tests.exported_codes import exported_codes
from tests.samples import index_case
from tests.unit.exchange.any_entry import entries
from tests.unit.exchange.fhir.bundles import bundle_of, codings, numbers, resources

EXPORTED = sorted(KINDS.keys() - {"void"})


def test_that_the_index_case_is_a_valid_bundle_with_its_patient_and_its_course() -> None:
    bundle = bundle_of(index_case.chart())
    Bundle.model_validate(bundle)
    kinds = Counter(one["resource"]["resourceType"] for one in bundle["entry"])
    assert kinds["Patient"] == 1
    assert min(kinds[kind] for kind in ("Condition", "Observation", "MedicationAdministration", "Procedure")) > 0
    assert resources(bundle, "Patient")[0]["identifier"][0]["value"] == index_case.chart().patient.mrn


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EXPORTED).flatmap(entries), max_size=6))
def test_that_any_chart_is_valid_holds_only_listed_codes_and_gives_its_numbers_back(
    given: list[dict[str, object]],
) -> None:
    made = chart(given, born="2000-01-01")
    bundle = bundle_of(made)
    Bundle.model_validate_json(json.dumps(bundle))
    own = load_codes().systems.own
    assert {pair for pair in codings(bundle) if pair[0] != own and pair[1] not in exported_codes()[pair[0]]} == set()
    found = numbers(bundle)
    for one in resolve(made.entries).live:
        for field in own_fields(type(one)) if one.kind in COUNT_KINDS else ():
            value = getattr(one, field)
            sign = (one.censored or {}).get(field, "") if isinstance(one, Measured) else ""
            told = found.get((one.id, field))
            assert told == (None if value is None else (value, sign, load_codes().observations[field].unit))


def test_that_every_number_of_the_laboratory_has_a_code_and_a_unit() -> None:
    listed = load_codes().observations
    assert {field for kind in COUNT_KINDS for field in own_fields(KINDS[kind])} <= listed.keys()


def test_that_two_resources_never_share_an_id() -> None:
    bundle = bundle_of(index_case.chart())
    assert max(Counter(one["fullUrl"] for one in bundle["entry"]).values()) == 1


def test_that_the_same_chart_gives_the_same_bytes() -> None:
    assert bundle_of(index_case.chart()) == bundle_of(index_case.chart())


def test_that_every_reference_names_a_resource_of_the_bundle() -> None:
    bundle = bundle_of(index_case.chart())
    named = {part.split('"')[0] for part in json.dumps(bundle).split('"reference": "')[1:]}
    assert named
    assert named <= {one["fullUrl"] for one in bundle["entry"]}


def test_that_the_risk_class_names_its_criteria_and_the_hash_of_the_knowledge() -> None:
    bundle = bundle_of(chart(low_course()), on(200))
    (risk,) = [one for one in resources(bundle, "Observation") if one["code"]["coding"][0]["code"] == "risk-class"]
    assert risk["valueCodeableConcept"]["coding"][0]["code"] == "low"
    assert risk["method"]["coding"][0]["version"] == load_knowledge().sha256
    assert len(risk["component"]) == len(load_knowledge().criteria)
    states = {
        one["code"]["coding"][0]["code"]: one["valueCodeableConcept"]["coding"][0]["code"] for one in risk["component"]
    }
    assert states["L1"] == "met"
    assert "derivedFrom" in risk
    assert "C167435" not in json.dumps(bundle)  # the risk of first-line leukaemia is another thing


def test_that_a_class_that_is_pending_is_preliminary() -> None:
    (risk,) = resources(bundle_of(chart([])), "Observation")
    assert risk["status"] == "preliminary"


def test_that_what_is_corrected_or_voided_is_not_exported() -> None:
    first = {**entry("blood_count", 1, hb=92), "id": number_of(90)}
    second = {**entry("blood_count", 1, hb=93), "id": number_of(91), "supersedes": number_of(90), "reason": "typed"}
    void = entry("void", 3, voids=number_of(92), reason="wrong patient")
    third = {**entry("blood_count", 2, hb=94), "id": number_of(92)}
    assert numbers(bundle_of(chart([first, second, third, void]))) == {(number_of(91), "hb"): (93, "", "g/L")}


def test_that_not_done_is_told_as_such_and_blank_is_not_told() -> None:
    (_, hb) = sorted(
        resources(bundle_of(chart([entry("blood_count", 1, not_done=["hb"])])), "Observation"),
        key=lambda one: "dataAbsentReason" in one,
    )
    assert hb["dataAbsentReason"]["coding"][0]["code"] == "not-performed"
    assert "valueQuantity" not in hb


def test_that_mrd_is_told_in_percent_with_its_limit_of_detection() -> None:
    results = [{"method": "ngs", "result": "positive", "value": 1e-6, "lod": 1e-6}]
    (mrd,) = [
        one
        for one in resources(bundle_of(chart([entry("marrow", 28, mrd=results)])), "Observation")
        if "component" in one and "identifier" in one
    ]
    assert [part["valueQuantity"]["value"] for part in mrd["component"]] == [1e-4, 1e-4]
    assert mrd["method"]["coding"][0]["code"] == "ngs"


def test_that_a_drug_with_a_code_has_it_and_one_without_has_none() -> None:
    given = [therapy(-30, "vincristine", stop=-20, dose=1.5, dose_unit="mg/m²", route="iv"), therapy(-29, "new_drug")]
    first, second = resources(bundle_of(chart(given)), "MedicationAdministration")
    assert first["medicationCodeableConcept"]["coding"][0] == {"system": "http://www.whocc.no/atc", "code": "L01CA02"}
    assert (first["status"], first["dosage"]["dose"]) == ("completed", {"value": 1.5, "unit": "mg/m²"})
    assert second["medicationCodeableConcept"]["coding"][0]["system"] == load_codes().systems.own
    assert (second["status"], "dosage" in second) == ("in-progress", False)


def test_that_the_infusion_is_a_procedure_and_an_administration_with_its_dose() -> None:
    bundle = bundle_of(chart([infusion(0, dose_car_t_cells=9e7)]))
    (given,) = resources(bundle, "MedicationAdministration")
    assert given["medicationCodeableConcept"]["coding"][0]["code"] == "L01XL04"
    assert given["dosage"]["dose"]["value"] == 90_000_000
    assert "route" not in given["dosage"]  # of which a chart says nothing
    assert [one["code"]["coding"][0]["code"] for one in resources(bundle, "Procedure")] == ["infusion"]


def test_that_a_grade_that_may_be_higher_is_told_as_at_least() -> None:
    signs = entry("vitals", 3, temp_c=39.0)
    given = bundle_of(chart([infusion(0), signs]), on(4))
    (crs,) = [o for o in resources(given, "Observation") if o["code"]["coding"][0]["code"] == "crs-highest-grade"]
    assert crs["valueQuantity"] == {
        "value": 1, "comparator": ">=", "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}",
    }  # fmt: skip


def test_that_a_grade_that_was_never_assessed_is_not_told() -> None:
    codes = [one["code"]["coding"][0]["code"] for one in resources(bundle_of(chart([infusion(0)])), "Observation")]
    assert codes == ["risk-class"]


def test_that_a_moment_without_seconds_keeps_its_minute_and_offset() -> None:
    given = chart([entry("blood_count", "2020-06-29T07:10+02:00", hb=92), entry("blood_count", "2020-06-30", hb=93)])
    moments = [one["effectiveDateTime"] for one in resources(bundle_of(given), "Observation")][:2]
    assert moments == ["2020-06-29T07:10:00+02:00", "2020-06-30"]


def test_that_the_day_of_death_is_told() -> None:
    assert "deceasedDateTime" not in resources(bundle_of(chart([])), "Patient")[0]
    dead: Chart = chart([entry("death", 90, cause="disease")])
    assert resources(bundle_of(dead), "Patient")[0]["deceasedDateTime"] == on(90)


def test_that_an_unknown_condition_status_is_left_out() -> None:
    given = chart([entry("infection", 3, controlled=True), entry("gvhd", 4, form="acute", grade=2, active=False)])
    infection, gvhd = resources(bundle_of(given), "Condition")
    assert "clinicalStatus" not in infection
    assert gvhd["clinicalStatus"]["coding"][0]["code"] == "inactive"
