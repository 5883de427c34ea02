"""Tests that every kind of entry is told in words, with units, and never in codes."""

import pytest

from bedside.chart.describe import describe, kind_title, values_text
from bedside.chart.entries import KINDS, AnyEntry, parse_entry

ID = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"

SENTENCES: list[tuple[dict[str, object], str]] = [
    (
        {
            "kind": "referral",
            "indication": "first_relapse",
            "referring_centre": "Testville",
            "therapy_history": "partial",
            "target_date": "2020-06-01",
        },
        "Referral: from Testville, therapy history partial, first relapse, target date 01-Jun-2020",
    ),
    (
        {
            "kind": "diagnosis",
            "disease": "b_all",
            "cd19": "positive",
            "down_syndrome": False,
            "ngs_clone": "informative",
        },
        "Diagnosis: B-cell ALL, CD19 positive, no Down syndrome, NGS clone informative",
    ),
    (
        {"kind": "genetics", "marker": "kmt2a_r", "result": "present", "detail": "t(4;11)"},
        "Genetics: KMT2A-r, present, t(4;11)",
    ),
    (
        {"kind": "relapse", "sites": ["marrow", "cns"], "immunophenotype": "cd19_positive"},
        "Relapse: marrow and CNS, CD19⁺",
    ),
    ({"kind": "remission", "response": "cri"}, "Response: CRi"),
    (
        {"kind": "comorbidity", "condition": "severe_renal", "active": False, "detail": "dialysis"},
        "Comorbidity: severe renal disease, not active, dialysis",
    ),
    (
        {
            "kind": "therapy",
            "agent": "inotuzumab_ozogamicin",
            "intent": "bridging",
            "stop": "2020-08-05",
            "dose": 1.8,
            "dose_unit": "mg/m²",
            "route": "iv",
            "cycle": 1,
            "response": "no_cr",
            "physiological": False,
        },
        "Therapy: inotuzumab ozogamicin, bridging, 1.8 mg/m², IV, cycle 1, response no CR, above a "
        "replacement dose, until 05-Aug-2020",
    ),
    (
        {"kind": "radiotherapy", "site": "cranial", "dose_gy": 12.0, "stop": "2020-07-31"},
        "Radiotherapy: cranial, dose 12 Gy, on that day only",
    ),
    (
        {"kind": "hsct", "donor": "sibling", "conditioning": "FLAMSA", "tbi": True},
        "HSCT: sibling donor, conditioning FLAMSA, with TBI",
    ),
    (
        {"kind": "gvhd", "form": "acute", "grade": 2, "organs": "skin", "active": True},
        "GVHD: acute, grade 2, skin, active",
    ),
    ({"kind": "plan", "milestone": "apheresis", "date": "2020-08-05"}, "Planned date: apheresis, on 05-Aug-2020"),
    ({"kind": "body_size", "weight_kg": 30.0, "height_cm": 140.5}, "Body size: weight 30 kg, height 140.5 cm"),
    ({"kind": "transfusion", "component": "red_cells", "units": 2.0}, "Transfusion: red cells, 2 units"),
    (
        {
            "kind": "blood_count",
            "wbc": 0.7,
            "anc": 0.0,
            "plt": 20.0,
            "censored": {"plt": "<"},
            "not_done": ["pb_blasts_pct"],
            "note": "drip arm",
        },
        "Blood count: WBC 0.7 ×10⁹/L, ANC 0 ×10⁹/L, platelets <20 ×10⁹/L, not done: blasts in blood, “drip arm”",
    ),
    (
        {"kind": "lymphocyte_subset", "cd3": 100.0, "cd19": 0.0, "cd19_pct": 0.0, "nk": 12000.0},
        "Lymphocyte subsets: CD3⁺ 100/µL, CD19⁺ 0/µL, CD19⁺ of lymphocytes 0 %, NK cells 12_000/µL",
    ),
    ({"kind": "chemistry", "ferritin": 12400.0, "ast": 30.0}, "Chemistry: ferritin 12_400 µg/L, AST 30 U/L"),
    ({"kind": "immunoglobulin", "iga": 0.07, "censored": {"iga": "<"}}, "Immunoglobulins: IgA <0.07 g/L"),
    (
        {
            "kind": "marrow",
            "blasts_pct": 0.5,
            "mrd": [
                {"method": "fcm", "result": "negative", "lod": 0.0001},
                {"method": "ngs", "result": "positive", "value": 3.2e-05, "below_loq": True},
            ],
            "cd19": "negative",
            "cd19_load_pct": 1.0,
            "haematogones": False,
            "cd19_negative_clone": True,
        },
        "Marrow: blasts 0.5 %, MRD FCM negative (limit of detection 10⁻⁴), MRD NGS positive 3.2 × 10⁻⁵ "
        "(below the limit of quantification), CD19 negative, CD19⁺ load 1 %, no haematogones, CD19⁻ "
        "clone",
    ),
    (
        {"kind": "csf", "wbc_per_ul": 3.0, "blasts": False, "neurological_signs": False},
        "CSF: leukocytes 3/µL, no blasts, no neurological signs",
    ),
    (
        {"kind": "extramedullary", "site": "testis", "active": True, "bulky": False, "method": "ultrasound"},
        "Extramedullary disease: testis, active, not bulky, by ultrasound",
    ),
    ({"kind": "car_t_level", "method": "qpcr", "value": 12400.0}, "CAR-T level: qPCR, 12_400 copies/µg DNA"),
    ({"kind": "expansion", "peak": "low", "auc": "reduced"}, "CAR-T expansion: peak low, AUC reduced"),
    ({"kind": "chimerism", "donor_pct": 98.0}, "Chimerism: donor share 98 %"),
    (
        {"kind": "fludarabine_exposure", "auc": 18.5, "basis": "measured"},
        "Fludarabine exposure: AUC 18.5 mg·h/L, measured",
    ),
    (
        {
            "kind": "apheresis",
            "cd3_yield": 1.2,
            "volume_ml": 180.0,
            "complication": "hypocalcaemia",
            "sufficient": True,
        },
        "Apheresis: CD3⁺ yield 1.2 ×10⁹ cells, volume 180 mL, complication: hypocalcaemia, sufficient",
    ),
    (
        {"kind": "manufacturing", "product": "tisagenlecleucel", "status": "in_process", "batch": "B7"},
        "Manufacturing: tisagenlecleucel, in process, batch B7",
    ),
    (
        {
            "kind": "product_release",
            "product": "other",
            "product_name": "local CAR",
            "target": "cd19_cd22",
            "costimulation": "4_1bb",
            "cell_source": "autologous",
            "dose_car_t_cells": 90000000.0,
            "dose_car_t_per_kg": 3000000.0,
            "viability_pct": 88.0,
            "out_of_specification": False,
            "batch": "B7",
        },
        "Product release: other, local CAR, target CD19 and CD22, co-stimulation 4-1BB, autologous, dose "
        "9 × 10⁷ CAR⁺ T cells, dose per kg 3 × 10⁶ CAR⁺ T cells/kg, viability 88 %, within "
        "specification, batch B7",
    ),
    (
        {
            "kind": "infusion",
            "product": "tisagenlecleucel",
            "dose_car_t_cells": 90000000.0,
            "weight_kg": 30.0,
            "role": "reinfusion",
            "reason": "b_cell_recovery",
            "identity_checked_by": ["nurse one", "nurse two"],
        },
        "Infusion: tisagenlecleucel, dose 9 × 10⁷ CAR⁺ T cells, weight 30 kg, reinfusion, identity "
        "checked by nurse one and nurse two, because: B-cell recovery",
    ),
    (
        {
            "kind": "vitals",
            "temp_c": 38.4,
            "sbp": 92.0,
            "dbp": 50.0,
            "heart_rate": 120.0,
            "spo2": 95.0,
            "hypotension": True,
            "vasopressors": ["noradrenaline", "vasopressin"],
            "oxygen": "low_flow",
            "o2_flow": 2.0,
            "cause": "crs",
        },
        "Vital signs: temperature 38.4 °C, systolic 92 mmHg, diastolic 50 mmHg, heart rate 120/min, SpO₂ "
        "95 %, hypotension, noradrenaline and vasopressin, oxygen low flow, oxygen flow 2 L/min, cause "
        "CRS",
    ),
    (
        {
            "kind": "neuro",
            "ice": {"orientation": 4, "naming": 3, "commands": 1, "writing": 0, "attention": 0},
            "consciousness": "awake",
            "seizure": "none",
            "motor": "none",
            "raised_icp": "none",
            "cause": "icans",
            "developmental_delay": False,
        },
        "Neurology: ICE 8 of 10 (writing 0 of 1, attention 0 of 1), awake, seizure none, motor none, "
        "raised intracranial pressure none, cause ICANS, no developmental delay",
    ),
    ({"kind": "neuro", "capd": 12, "consciousness": "voice"}, "Neurology: CAPD 12 of 32, to voice"),
    (
        {
            "kind": "infection",
            "organism": "E. coli",
            "site": "blood",
            "grade": 3,
            "controlled": True,
            "stop": "2020-08-07",
        },
        "Infection: E. coli, blood, grade 3, controlled, until 07-Aug-2020",
    ),
    (
        {"kind": "donor_search", "status": "identified", "donor": "haploidentical", "match": "5/10"},
        "Donor search: identified, haploidentical donor, match 5/10",
    ),
    (
        {"kind": "decision", "choice": "hsct", "rationale": "loss of aplasia", "signed_by": "A. Example"},
        "Decision: HSCT, loss of aplasia, signed by A. Example",
    ),
    ({"kind": "performance", "scale": "lansky", "score": 90}, "Performance status: Lansky, 90"),
    ({"kind": "malignancy", "second_malignancy": "MDS"}, "Second malignancy: MDS"),
    ({"kind": "approval", "what": "slot", "status": "granted"}, "Approval: slot, granted"),
    ({"kind": "allergy", "known": True, "substance": "pegaspargase"}, "Allergy: known allergy, pegaspargase"),
    ({"kind": "allergy", "known": False}, "Allergy: no known allergies"),
    ({"kind": "contact", "status": "alive"}, "Last contact: alive"),
    ({"kind": "death", "cause": "infection"}, "Death: infection"),
    (
        {"kind": "grade_override", "of": OTHER, "scale": "crs", "grade": 2, "reason": "seen at the bedside"},
        "Grade set by a physician: CRS, grade 2, because: seen at the bedside",
    ),
    ({"kind": "stay", "ward": "7B", "bed": "12"}, "Ward and bed: ward 7B, bed 12"),
    (
        {"kind": "status", "state": "transferred", "reason": "moved home"},
        "Place on the ward: transferred, because: moved home",
    ),
    (
        {
            "kind": "identity",
            "family_name": "Case",
            "birth_date": "2010-03-02",
            "sex": "female",
            "reason": "typing slip",
        },
        "Patient’s own data: family name Case, born 02-Mar-2010, female, because: typing slip",
    ),
    ({"kind": "note", "text": "Family informed."}, "Note: Family informed."),
    (
        {"kind": "void", "voids": OTHER, "reason": "wrong patient", "scope": "chain"},
        "Taken back: one entry with all its corrections, because: wrong patient",
    ),
    ({"kind": "void", "voids": OTHER, "reason": "wrong value"}, "Taken back: one entry, because: wrong value"),
]


def entry_of(**fields: object) -> AnyEntry:
    return parse_entry({"at": "2020-07-31", "id": ID, **fields})


def plain(words: str) -> str:
    """The words with ordinary spaces, and `_` where a narrow space groups digits."""
    return words.replace("\u00a0", " ").replace("\u202f", "_")


@pytest.mark.parametrize(("fields", "sentence"), SENTENCES, ids=[str(fields["kind"]) for fields, _ in SENTENCES])
def test_that_an_entry_is_told_in_one_sentence(fields: dict[str, object], sentence: str) -> None:
    assert plain(describe(entry_of(**fields))) == sentence


def test_that_every_kind_has_its_sentence_tested() -> None:
    assert {fields["kind"] for fields, _ in SENTENCES} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_that_no_title_of_a_kind_is_a_code(kind: str) -> None:
    assert "_" not in kind_title(kind)
    assert kind_title(kind)[0].isupper()


def test_that_an_entry_without_any_value_says_so() -> None:
    count = entry_of(kind="blood_count")
    assert values_text(count) == ""
    assert describe(count) == "Blood count: no value"


def test_that_zero_not_done_and_absent_are_told_apart() -> None:
    words = plain(describe(entry_of(kind="blood_count", anc=0.0, not_done=["plt"])))
    assert words == "Blood count: ANC 0 ×10⁹/L, not done: platelets"


def test_that_the_reason_of_a_correction_is_not_told_among_its_values() -> None:
    corrected = entry_of(kind="blood_count", hb=91.0, supersedes=OTHER, reason="typing slip")
    assert plain(describe(corrected)) == "Blood count: Hb 91 g/L"


def test_that_a_therapy_that_lasted_longer_tells_its_last_day() -> None:
    given = entry_of(kind="therapy", agent="fludarabine", intent="lymphodepletion", stop="2020-08-03")
    assert describe(given) == "Therapy: fludarabine, lymphodepletion, until 03-Aug-2020"
