"""What a laboratory's file would add to the charts, line by line, worked out before anything is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import to_json

from bedside.chart.entries import AnyEntry, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.formats import date_text
from bedside.chart.moments import At
from bedside.exchange.counts.found import Column, Measurement, Question, Sample
from bedside.exchange.refusals import EntryRefused, parse_fields
from bedside.knowledge.codes import COUNT_FIELDS
from bedside.knowledge.limits import Severity, check
from bedside.service.counts_known import KnownCounts, Moment, Told, known_counts, told_words, value_words
from bedside.service.session import Session


class Verdict(StrEnum):
    """What becomes of a line."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One line: whose, when, what of it is new, what becomes of it and why; `known` values are in the chart already.

    `reasons` say why it is refused or what has to be settled; `warnings` name values that are unusual but allowed.
    """

    line: int
    mrn: str
    at: At | None
    verdict: Verdict
    new: tuple[Measurement, ...]
    known: int
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountsPlan:
    """Every line of a file with its verdict, what a person has to settle first, and the entries that it comes to."""

    name: str
    rows: tuple[PlannedRow, ...]
    questions: tuple[Question, ...]
    columns: tuple[Column, ...]
    entries: tuple[tuple[str, AnyEntry], ...]

    def with_verdict(self, verdict: Verdict) -> tuple[PlannedRow, ...]:
        """Return the lines with this verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)


@dataclass(slots=True)
class _Draft:
    """A line on its way to its verdict."""

    sample: Sample
    mrn: str
    new: list[Measurement] = field(default_factory=list)
    fresh: bool = False
    known: int = 0
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def planned(self) -> PlannedRow:
        reasons = (*self.refused, *self.sample.asked)
        return PlannedRow(
            self.sample.line,
            self.mrn,
            self.sample.at,
            self._verdict(),
            () if reasons else tuple(self.new),
            self.known,
            reasons,
            tuple(self.warnings),
        )

    def _verdict(self) -> Verdict:
        if self.refused:
            return Verdict.REFUSED
        if self.sample.asked:
            return Verdict.ASKED
        return Verdict.ACCEPTED if self.fresh else Verdict.KNOWN


@dataclass(slots=True)
class _Group:
    """What the file says of one patient, moment and kind: the fields, and the lines that gave them."""

    mrn: str
    at: At
    kind: str
    told: dict[str, Told] = field(default_factory=dict)
    drafts: list[_Draft] = field(default_factory=list)

    def fields(self, number: int) -> dict[str, object]:
        """The fields of an entry; its id only counts, as it gets its own when it is stored."""
        values = {name: value for name, (value, _) in self.told.items() if value is not None}
        censored = {name: sign for name, (_, sign) in self.told.items() if sign}
        absent = [name for name, (value, _) in self.told.items() if value is None]
        extra: dict[str, object] = {"censored": censored} if censored else {}
        if absent:
            extra["not_done"] = absent
        return {"kind": self.kind, "at": self.at.text, "id": str(UUID(int=number)), **values, **extra}


class Planner:
    """Holds the lines of one file against the charts; `mrn`: whose file it is, "" where its lines say so."""

    def __init__(self, session: Session, mrn: str, *, needs_birth_date: bool = False) -> None:
        self._session, self._mrn, self._needs_birth_date = session, mrn, needs_birth_date
        self._patients: dict[str, KnownCounts | None] = {}
        self._groups: dict[tuple[str, Moment, str], _Group] = {}
        self._line_of: dict[tuple[str, Moment, str], tuple[Told, int]] = {}

    def plan(self, samples: Iterable[Sample]) -> tuple[tuple[PlannedRow, ...], tuple[tuple[str, AnyEntry], ...]]:
        """Return the verdict of every line, and the entries of those that are accepted."""
        drafts = [self._draft(sample) for sample in samples]
        entries = self._entries()
        return tuple(draft.planned() for draft in drafts), entries

    def _draft(self, sample: Sample) -> _Draft:
        draft = _Draft(sample, sample.mrn or self._mrn, refused=list(sample.refused))
        known = self._patient_of(draft)
        if known is None or sample.at is None or draft.refused or sample.asked:
            return draft
        told: dict[str, Told] = {one.field: (one.value, one.sign) for one in sample.measured}
        told |= dict.fromkeys(sample.not_done, (None, ""))
        fresh = {name: value for name, value in told.items() if self._is_new(draft, known, sample.at, (name, value))}
        if not draft.refused:
            self._join(draft, sample.at, fresh)
            draft.new = [one for one in sample.measured if one.field in fresh]
            draft.fresh = bool(fresh)
        return draft

    def _patient_of(self, draft: _Draft) -> KnownCounts | None:
        """The patient of a line, who has to be in the store and the one that is meant."""
        mrn, born = draft.mrn, draft.sample.birth_date
        if self._mrn and draft.sample.mrn and draft.sample.mrn != self._mrn:
            draft.refused.append(f"the line is about the MRN {draft.sample.mrn}, not about {self._mrn}")
            return None
        if not mrn:
            draft.refused.append("the line does not tell whose it is")
            return None
        known = self._stored(mrn)
        if known is None:
            draft.refused.append(f"there is no patient with the MRN {mrn}")
        elif born and date.fromisoformat(born) not in known.birth_dates:
            told = date_text(date.fromisoformat(born))
            draft.refused.append(f"the line gives the birth date {told}; the patient {mrn} has another one")
            return None
        elif self._needs_birth_date and not born:
            draft.refused.append("the birth date of the patient is missing, without which nobody is matched")
            return None
        return known

    def _stored(self, mrn: str) -> KnownCounts | None:
        if mrn not in self._patients:
            self._patients[mrn] = known_counts(self._session, mrn)
        return self._patients[mrn]

    def _is_new(self, draft: _Draft, known: KnownCounts, at: At, given: tuple[str, Told]) -> bool:
        """Whether chart and file do not hold a value yet; another value for the same moment refuses the line."""
        name, value = given
        moment = at.instant or at.day
        stored = known.live.get((moment, name))
        before = self._line_of.get((draft.mrn, moment, name))
        if before is not None and before[0] != value:
            draft.refused.append(
                f"{told_words(name, value)}: line {before[1]} says {value_words(name, before[0])} for this moment"
            )
        elif stored is not None and stored != value:
            other = f"the chart holds {value_words(name, stored)} for this moment; correct it there if it is wrong"
            draft.refused.append(f"{told_words(name, value)}: {other}")
        elif stored is None and before is None and (moment, name, value) in known.taken_back:
            draft.refused.append(f"{told_words(name, value)}: this value was taken back in the chart")
        elif stored is None and before is None:
            return True
        else:
            draft.known += 1
        return False

    def _join(self, draft: _Draft, at: At, fresh: Mapping[str, Told]) -> None:
        moment = at.instant or at.day
        for name, value in fresh.items():
            self._line_of[(draft.mrn, moment, name)] = value, draft.sample.line
            key = draft.mrn, moment, COUNT_FIELDS[name]
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = _Group(draft.mrn, at, COUNT_FIELDS[name])
            group.told[name] = value
            if not group.drafts or group.drafts[-1] is not draft:
                group.drafts.append(draft)

    def _entries(self) -> tuple[tuple[str, AnyEntry], ...]:
        """The entries of the groups; what the limits refuse refuses every line that belongs to the same sample."""
        groups = list(self._groups.values())
        parsed = zip(groups, _parsed(groups), strict=True)
        kept = [(group, entry) for group, entry in parsed if entry is not None and self._is_allowed(group, entry)]
        while sum(_refused_together(group) for group in groups):
            pass
        return tuple((group.mrn, entry) for group, entry in kept if not any(draft.refused for draft in group.drafts))

    def _is_allowed(self, group: _Group, entry: AnyEntry) -> bool:
        known = self._patients[group.mrn]
        assert known is not None
        day, born = self._session.now().date(), min(known.birth_dates)
        findings = check(entry, self._session.knowledge, birth_date=born, now_day=day)
        for finding in findings:
            for draft in group.drafts:
                (draft.refused if finding.severity is Severity.REFUSE else draft.warnings).append(finding.text)
        return not any(finding.severity is Severity.REFUSE for finding in findings)


def _refused_together(group: _Group) -> bool:
    """Refuse what belongs to a sample of which a line is refused; whether that is news."""
    sound = [draft for draft in group.drafts if not draft.refused]
    bad = next((draft for draft in group.drafts if draft.refused), None)
    if bad is None or not sound:
        return False
    for draft in sound:
        draft.refused.append(f"line {bad.sample.line} of the same sample is refused")
    return True


def _parsed(groups: Sequence[_Group]) -> Sequence[AnyEntry | None]:
    """The entry of each group; None, and its lines refused, where the kind does not take what they say."""
    fields = [group.fields(number) for number, group in enumerate(groups)]
    try:
        return parse_entries(to_json(fields))
    except ValidationError:
        return [_one(group, given) for group, given in zip(groups, fields, strict=True)]


def _one(group: _Group, given: dict[str, object]) -> AnyEntry | None:
    try:
        return parse_fields(given)
    except EntryRefused as refused:
        for draft in group.drafts:
            draft.refused.append(refused.refusal.text)
        return None


def require_settled(plan: CountsPlan) -> None:
    """Raise UserError while a question about the file is open."""
    if plan.questions:
        raise UserError(f"{plan.name}: {plan.questions[0].text}", "Answer it first; nothing was stored.")
