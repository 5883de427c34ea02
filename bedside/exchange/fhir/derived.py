"""What the program concluded: the risk class with its criteria, and the highest grades of toxicity."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from bedside.chart.assessment import Assessment, Criterion, RiskClass
from bedside.chart.derived.toxicity import Toxicity
from bedside.exchange.fhir.elements import Element, notes, own, quantity, reference
from bedside.knowledge.codes import CodeTables

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge

METHOD = "buechner_2022"
GRADE = "{score}"


def conclusions(
    assessment: Assessment, knowledge: "Knowledge", tables: CodeTables, subject: Element, seen: Mapping[str, list[str]]
) -> Iterator[Element]:
    """Yield the risk class and the highest grades; `seen` gives the observations of an entry by the entry's id."""
    yield _risk(assessment, knowledge, tables, seen) | {"subject": subject}
    for scale, course in (("crs", assessment.crs), ("icans", assessment.icans)):
        yield from _highest(scale, course, assessment, tables, subject)


def _frame(code: str, assessment: Assessment) -> Element:
    """An id that holds for one patient, point and knowledge, so that the same export gives the same bundle."""
    name = f"{assessment.mrn}\n{assessment.as_of}\n{assessment.knowledge}\n{code}"
    return {
        "resourceType": "Observation",
        "id": str(uuid5(NAMESPACE_URL, name)),
        "effectiveDateTime": assessment.as_of,
    }


def _method(assessment: Assessment, tables: CodeTables, text: str) -> Element:
    """By what it was concluded; the version is the hash over the knowledge in force."""
    coding = {"system": tables.systems.own, "version": assessment.knowledge, "code": "knowledge"}
    return {"coding": [coding], "text": f"{text}; knowledge {assessment.knowledge}; Bedside {assessment.app_version}"}


def _risk(assessment: Assessment, knowledge: "Knowledge", tables: CodeTables, seen: Mapping[str, list[str]]) -> Element:
    risk = assessment.risk
    settled = risk.class_ is not RiskClass.PENDING and not risk.provisional
    evidence = dict.fromkeys(entry for criterion in risk.criteria for entry in criterion.evidence)
    sources = [reference(found) for entry in evidence for found in seen.get(entry, ())]
    return {
        **_frame("risk-class", assessment),
        "status": "final" if settled else "preliminary",
        "code": own(tables, "risk-class", "Risk of needing a transplant after CAR T cells"),
        "valueCodeableConcept": own(tables, risk.class_.value, risk.headline),
        "method": _method(assessment, tables, METHOD),
        **notes(risk.meaning),
        **({"derivedFrom": sources} if sources else {}),
        "component": [_criterion(one, knowledge, tables) for one in risk.criteria],
    }


def _criterion(criterion: Criterion, knowledge: "Knowledge", tables: CodeTables) -> Element:
    return {
        "code": own(tables, criterion.id, knowledge.criteria[criterion.id].title),
        "valueCodeableConcept": own(tables, criterion.status.value, criterion.text or criterion.status.value),
    }


def _highest(
    scale: str, course: Toxicity, assessment: Assessment, tables: CodeTables, subject: Element
) -> Iterator[Element]:
    """The highest grade of a course; nothing where it was never assessed, which is not grade 0."""
    if course.max_grade is None:
        return
    yield {
        **_frame(f"{scale}-highest-grade", assessment),
        "status": "final",
        "subject": subject,
        "code": own(tables, f"{scale}-highest-grade", f"{scale.upper()}, highest grade of the course"),
        "valueQuantity": quantity(tables, float(course.max_grade), GRADE, ">=" if course.at_least else ""),
        "method": _method(assessment, tables, course.source),
    }
