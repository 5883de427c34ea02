"""Charts and hand-made assessments to print: what the rules derive is given here, so that only the PDF is tested."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from bedside.chart.assessment import (
    Aplasia,
    Assessment,
    BcaStatus,
    ClassOnDate,
    Course,
    Criterion,
    CriterionStatus,
    Phase,
    Risk,
    RiskClass,
)
from bedside.chart.entries import parse_entry
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.resources import resource

PERSON = {
    "mrn": "T-1", "family_name": "Quince", "given_name": "Synthetic", "birth_date": "2010-03-02", "sex": "female",
}  # fmt: skip


def person(**changes: Any) -> Patient:
    """A synthetic patient with some data changed."""
    return Patient.model_validate_json(json.dumps(PERSON | changes))


def chart_of(*entries: dict[str, Any], **changes: Any) -> Chart:
    """A chart of JSON-like entries; ids are counted where none is given."""
    numbered = [
        {"id": f"00000000-0000-4000-8000-{number:012d}", **fields} for number, fields in enumerate(entries, start=1)
    ]
    return Chart(patient=person(**changes), entries=tuple(parse_entry(fields) for fields in numbered))


def published(name: str) -> Chart:
    """A published case of the demonstration ward."""
    fields = json.loads(resource(f"demo/{name}.json").read_text(encoding="utf-8"))
    patient = Patient.model_validate_json(json.dumps(fields["patient"]))
    entries = tuple(parse_entry(entry) for entry in fields["entries"])
    return Chart(patient=patient, entries=entries, source=fields["source"])


def criterion(number: str, status: CriterionStatus, text: str, *evidence: str) -> Criterion:
    return Criterion(id=number, status=status, evidence=evidence, due=None, text=text, source="buechner_2022")


def undecided(chart: Chart, knowledge: Knowledge, as_of: str, **changes: Any) -> Assessment:
    """An assessment in which nothing is known: pending, every criterion unknown."""
    criteria = tuple(
        criterion(number, CriterionStatus.UNKNOWN, "not recorded as of this date") for number in knowledge.criteria
    )
    risk = Risk(
        class_=RiskClass.PENDING, provisional=True, low_reachable=True, headline="No infusion so far.", meaning="",
        decided_by=(), missing=tuple(knowledge.criteria), criteria=criteria, what_would_change=(), low_needs=(),
        history=(),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "mrn": chart.patient.mrn, "as_of": as_of, "knowledge": knowledge.sha256, "app_version": "0.1.0",
        "phase": Phase.REFERRAL, "day": None, "day0": None, "closed_by": None, "closed_on": None,
        "headline": "Referral",
        "conflicts": (), "courses": (), "phases": (), "risk": risk, "cns_class": None, "cns_remission": None,
        "bca": Aplasia(status=BcaStatus.UNKNOWN, definition="default"), "mrd": (), "alerts": (),
    }  # fmt: skip
    bare = assess(chart.model_copy(update={"entries": ()}), AsOf.parse(as_of), knowledge, app_version="0.1.0")
    return replace(bare, **(fields | changes))


def index_on_day_60(knowledge: Knowledge) -> tuple[Chart, Assessment]:
    """The published index case as of 31-Jul-2020, its decisive findings filled in by hand."""
    chart = published("published-myers-index")
    infusion = next(entry for entry in chart.entries if entry.kind == "infusion")
    counts = [entry for entry in chart.entries if entry.kind == "lymphocyte_subset"]
    lost = criterion(
        "H4", CriterionStatus.MET, "CD19 75/µL on 31-Jul-2020, after 0/µL on 29-Jun-2020; before 01-Sep-2020",
        *(entry.id for entry in counts),
    )  # fmt: skip
    plain = undecided(chart, knowledge, "2020-07-31")
    criteria = tuple(lost if one.id == "H4" else one for one in plain.risk.criteria)
    history = (
        ClassOnDate(date=date(2020, 6, 1), class_=RiskClass.PENDING, provisional=True, moved=True, entry=infusion.id),
        ClassOnDate(date=date(2020, 6, 29), class_=RiskClass.AMBIGUOUS, provisional=True, moved=True, entry=None),
        ClassOnDate(date=date(2020, 7, 31), class_=RiskClass.HIGH, provisional=True, moved=True, entry=counts[-1].id),
    )
    risk = replace(
        plain.risk, class_=RiskClass.HIGH, criteria=criteria, decided_by=("H4",), history=history,
        headline="Provisional: the loss of aplasia was seen in a single sample, a repeat is asked for.",
        meaning="HSCT as consolidation; NGS is positive, so first regain MRD-negativity.",
        missing=("A second CD19 count", "H2", "A2"),
    )  # fmt: skip
    day0 = date(2020, 6, 1)
    course = Course(
        day0=day0, infusion=infusion.id, product="tisagenlecleucel", costimulation="4_1bb", infusions=(infusion.id,)
    )
    bca = Aplasia(
        status=BcaStatus.LOST, established_on=date(2020, 6, 29), lost_on=date(2020, 7, 31), datable=True,
        confirmed=False, duration_days=60, definition="default", evidence=tuple(entry.id for entry in counts),
        text="Established 29-Jun-2020, lost 31-Jul-2020 in one sample.",
    )  # fmt: skip
    changes: dict[str, Any] = {
        "phase": Phase.FOLLOW_UP, "day": 60, "day0": day0, "headline": "Follow-up", "courses": (course,),
        "risk": risk, "cns_class": "CNS1", "bca": bca,
    }  # fmt: skip
    return chart, replace(plain, **changes)
