"""The report of what registries ask: every question of every form, held against one chart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.chart.derived.registry import AnswerStatus, RegistryAnswer, RegistryPart, RegistryReport
from bedside.chart.entries import Infusion
from bedside.chart.live import Journal
from bedside.chart.moments import AsOf
from bedside.knowledge.families.registry import NOTHING, RegistryQuestion, RegistryTables
from bedside.knowledge.tables import Knowledge
from bedside.logic.registry import after, before, given, toxicity
from bedside.logic.registry.periods import Asked, asked
from bedside.logic.registry.toxicity import Rule
from bedside.logic.registry.view import NO_PLACE, Answer, Span, View, missing, not_asked
from bedside.logic.told import conflict_words

_RULES = (
    before.earlier_cell_therapy, before.earlier_transplants, before.product, before.cell_source, before.disease,
    before.diagnosis_date, before.bridging, before.lymphodepletion, before.lymphodepleting_drugs,
    before.lymphodepleting_doses, before.height, before.weight, before.counts_before, before.performance,
    before.comorbidity, before.manufactured, given.collection_date, given.tissue_source, given.number_of_infusions,
    given.batch, given.infusion_date, given.dose, after.contact, after.survival, after.cause_of_death,
    after.further_infusion, after.best_response, after.anc_recovery, after.platelet_recovery, after.current_counts,
    after.infection, after.persistence, after.gvhd, after.b_cells,
)  # fmt: skip
RULES: Mapping[str, Rule] = {
    **{rule.__name__: rule for rule in _RULES},
    **toxicity.RULES,
    "relapse": after.relapse,
    "malignancy": after.malignancy,
}
"""Every rule that answers a question, by the name under which the questions ask for it."""

_OPEN = frozenset({AnswerStatus.MISSING, AnswerStatus.TO_CONFIRM})
_STILL_CHANGING = frozenset({
    "contact", "survival", "best_response", "current_counts", "persistence", "b_cells",
})  # fmt: skip
"""The rules whose answer holds only once the time is over; what has happened, has happened."""


def registry_report(
    journal: Journal, as_of: AsOf, assessment: Assessment, knowledge: Knowledge, tables: RegistryTables
) -> RegistryReport:
    """Return which questions of the registries the newest course answers as of a point (cibmtr, ebmt).

    What happened is answered by what is recorded; where nothing is, a person has to confirm that nothing did. What is
    asked at a point in time that has not passed is not due. Contested entries answer nothing.
    """
    kinds: dict[str, list[Entry]] = {}
    for entry in journal.live:
        if as_of.covers(entry.at):
            kinds.setdefault(entry.kind, []).append(entry)
    view = View(kinds, assessment, knowledge, tables, as_of.day, _infusions(kinds, assessment))
    contested = [entry for conflict in journal.conflicts for entry in conflict.entries if as_of.covers(entry.at)]
    parts = (_part(view, form, one, contested) for form in tables.forms for one in asked(view, tables.forms[form]))
    return RegistryReport(assessment.mrn, assessment.as_of, assessment.day0, tuple(parts))


def _infusions(kinds: Mapping[str, Iterable[Entry]], assessment: Assessment) -> tuple[Infusion, ...]:
    """The infusions of the newest course, in order."""
    own = set(assessment.courses[-1].infusions) if assessment.courses else set()
    return tuple(one for one in kinds.get("infusion", ()) if isinstance(one, Infusion) and one.id in own)


def _part(view: View, form: str, one: Asked, contested: Sequence[Entry]) -> RegistryPart:
    told, window = view.tables.forms[form], one.span.window
    return RegistryPart(
        form=form,
        registry=told.registry,
        title=told.title,
        about=one.about,
        due=one.due,
        window_first=None if window is None else window[0],
        window_last=None if window is None else window[1],
        answers=tuple(_answers(view, form, one, contested)),
    )


def _answers(view: View, form: str, one: Asked, contested: Sequence[Entry]) -> Iterator[RegistryAnswer]:
    found: dict[str | None, Answer] = {}
    for key, question in view.tables.questions.items():
        if question.form != form or (question.only == "first" and not one.span.first_point):
            continue
        before = found.get(question.follows)
        if before is not None and before.status is not AnswerStatus.ANSWERED:
            answer = not_asked("only where there was any")
        else:
            answer = _answer(view, question, one, contested)
        found[key] = answer
        yield RegistryAnswer(
            question=key,
            section=question.section,
            text=question.text,
            status=answer.status,
            answer=answer.text,
            evidence=answer.evidence,
            kinds=question.kinds,
            level=question.level,
            source=question.source,
        )


def _answer(view: View, question: RegistryQuestion, one: Asked, contested: Sequence[Entry]) -> Answer:
    if question.answer == NOTHING:
        return Answer(AnswerStatus.NO_FIELD, NO_PLACE)
    about = [entry for entry in contested if entry.kind in question.kinds and _within(entry.at.day, one.span)]
    answer = missing(conflict_words(about).text, *about) if about else RULES[question.answer](view, one.span)
    changing = question.answer in _STILL_CHANGING and answer.status is AnswerStatus.ANSWERED
    if not one.over and (changing or answer.status in _OPEN):
        return answer._replace(status=AnswerStatus.NOT_DUE)
    return answer


def _within(day: date, span: Span) -> bool:
    return span.first <= day <= span.last
