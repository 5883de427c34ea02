"""Works out what a laboratory's lines would add to the charts: against the charts, and against each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError
from pydantic_core import to_json

from bedside.chart.entries import AnyEntry, parse_entries
from bedside.chart.formats import at_text, date_text, label
from bedside.chart.moments import At
from bedside.chart.progress import one_by_one
from bedside.exchange.counts.found import Choice, Doubts, Question, Sample, Surroundings
from bedside.exchange.refusals import LONGEST_VALUE, EntryRefused, parse_fields, shortened
from bedside.knowledge.codes import COUNT_FIELDS
from bedside.knowledge.limits import Severity, check
from bedside.service.counts_drafts import Draft, Group
from bedside.service.counts_known import KnownCounts, Moment, Told, known_counts, moment_of, told_words, value_words
from bedside.service.counts_plan import EntryBatch, PlannedRow
from bedside.service.session import Session

SAME_DAY = "The chart holds the same at another time of a day, such as {} for {}. Are these the same samples?"
SAME_OR_OTHER = (
    Choice("same", "the same sample, which is stored once"),
    Choice("other", "another sample, both are kept"),
)
_AT_A_TIME = 500
"""So many entries are validated in one go: nobody else gets a turn meanwhile."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose lines a file holds: `mrn` of the one patient it is about, "" where its lines say so.

    With `needs_birth_date` a line is matched by number and birth date, never by the number alone. `newcomers` are not
    in the store yet, by number.
    """

    mrn: str = ""
    needs_birth_date: bool = False
    newcomers: Mapping[str, KnownCounts] = field(default_factory=dict)


class Planner:
    """Holds the lines of one file against the charts.

    `same_day` as in the mapping; where it is not said and matters, `doubts` asks.
    """

    def __init__(self, session: Session, around: Surroundings, whose: Whose, same_day: str | None) -> None:
        self.doubts, self._same_day = Doubts(), same_day
        self._session, self._around, self._needs_birth_date = session, around, whose.needs_birth_date
        self._meant = known_counts(session, whose.mrn) if whose.mrn else None
        self._patients: dict[str, KnownCounts | None] = {**whose.newcomers}
        self._groups: dict[tuple[str, Moment, str], Group] = {}
        self._by_moment: dict[tuple[str, Moment], dict[str, Draft]] = {}
        self._repeating: dict[Draft, None] = {}
        self._source = f"Laboratory file {shortened(around.name)}"

    def plan(self, samples: Sequence[Sample]) -> tuple[tuple[PlannedRow, ...], tuple[EntryBatch, ...]]:
        """Return the verdict of every line, and the entries of those that are accepted."""
        drafts = [self._draft(sample) for sample in one_by_one(samples, self._around.tell)]
        batches = self._entries()
        return tuple([draft.planned() for draft in drafts]), batches

    def _draft(self, sample: Sample) -> Draft:
        draft = Draft(sample, _shown(sample.mrn), refused=sample.refused, asked=sample.asked, unused=sample.unused)
        if sample.unused and not (sample.measured or sample.not_done or sample.refused or sample.withdrawn):
            return draft
        known = self._patient_of(draft)
        if known is None or sample.at is None or draft.refused or sample.asked:
            return draft
        told: dict[str, Told] = {one.field: (one.value, one.sign) for one in sample.measured}
        for name in sample.not_done:
            told[name] = (None, "")
        self._withdraw(draft, known, sample.at)
        fresh = told if known.is_untouched_by(sample.at) else self._unknown(draft, known, sample.at, told)
        fresh = self._against_lines(draft, known, sample.at, fresh)
        if not (draft.refused or draft.asked):
            self._join(draft, known, sample.at, fresh)
        return draft

    def _patient_of(self, draft: Draft) -> KnownCounts | None:
        """The patient of a line, who has to be in the store and the one that is meant."""
        sample, known = draft.sample, self._meant
        if sample.mrn:
            known = self._stored(sample.mrn)
            if self._meant is not None and known is not None and known.mrn != self._meant.mrn:
                draft.refuse(f"the line is about the MRN {_shown(sample.mrn)}, not about {self._meant.mrn}")
                return None
        if known is None:
            nobody = f"there is no patient with the MRN {_shown(sample.mrn)}"
            draft.refuse(nobody if sample.mrn else "the line does not tell whose it is")
            return None
        draft.mrn, draft.names = known.mrn, known.names
        if sample.birth_date and date.fromisoformat(sample.birth_date) not in known.birth_dates:
            told = date_text(date.fromisoformat(sample.birth_date))
            draft.refuse(f"the line gives the birth date {told}; the patient {known.mrn} has another one")
        elif self._needs_birth_date and not sample.birth_date and self._meant is None:
            draft.refuse("the birth date of the patient is missing; without it nobody is matched by number alone")
        return known

    def _stored(self, mrn: str) -> KnownCounts | None:
        if mrn not in self._patients:
            known = known_counts(self._session, mrn)
            same = known and next((one for one in self._patients.values() if one and one.mrn == known.mrn), None)
            self._patients[mrn] = same or known
        return self._patients[mrn]

    @staticmethod
    def _withdraw(draft: Draft, known: KnownCounts, at: At) -> None:
        """Refuse a line that withdraws what the chart holds: a person takes it back there."""
        held = known.held.get(moment_of(at), {})
        for name in draft.sample.withdrawn:
            if name in held:
                other = " and ".join(value_words(name, one) for one in held[name])
                draft.refuse(f"the laboratory withdrew {label(name)}; the chart holds {other}: take it back there")

    def _unknown(self, draft: Draft, known: KnownCounts, at: At, told: dict[str, Told]) -> dict[str, Told]:
        """What the chart does not hold yet; another value for the same moment refuses the line."""
        fresh, moment = {}, moment_of(at)
        held, elsewhere = known.held.get(moment, {}), known.same_elsewhere(at, told)
        for name, value in told.items():
            if value in held.get(name, ()):
                draft.known += 1
            elif name in held:
                other = " and ".join(value_words(name, one) for one in held[name])
                words = f"the chart holds {other} for this moment; correct it there if it is wrong"
                draft.refuse(f"{told_words(name, value)}: {words}")
            elif (moment, name, value) in known.taken_back:
                draft.refuse(f"{told_words(name, value)}: this value was taken back in the chart")
            elif name in elsewhere and self._is_same_sample(draft, at, elsewhere[name], told_words(name, value)):
                draft.known += 1
            else:
                fresh[name] = value
        return fresh

    def _is_same_sample(self, draft: Draft, at: At, other: At, words: str) -> bool:
        """Whether a value that the chart holds at another time of the day is of the same sample, asked where unsaid.

        A day without a time is the same as any time of it.
        """
        if at.instant is None or other.instant is None:
            return True
        if self._same_day is None:
            self.doubts.add(Question("same_day", SAME_DAY.format(words, at_text(other)), SAME_OR_OTHER))
            draft.asked += (f"{words}: the chart holds the same for {at_text(other)}",)
        return self._same_day != "other"

    def _against_lines(self, draft: Draft, known: KnownCounts, at: At, fresh: dict[str, Told]) -> dict[str, Told]:
        """What no earlier line said; where two lines contradict each other, both are refused."""
        earlier = self._by_moment.get((known.mrn, moment_of(at)))
        if earlier is None:
            return fresh
        kept = {}
        for name, value in fresh.items():
            before = earlier.get(name)
            if before is None:
                kept[name] = value
            elif before.told[name] == value:
                draft.known += 1
                draft.repeats += (before,)
                self._repeating[draft] = None
            else:
                for one, other in ((draft, before), (before, draft)):
                    said = value_words(name, before.told[name] if other is before else value)
                    one.refuse(f"{label(name)}: line {other.sample.line} says {said} for the same moment")
        return kept

    def _join(self, draft: Draft, known: KnownCounts, at: At, fresh: dict[str, Told]) -> None:
        draft.told = fresh
        key = known.mrn, moment_of(at)
        earlier = self._by_moment.get(key)
        if earlier is None:
            self._by_moment[key] = dict.fromkeys(fresh, draft)
        else:
            earlier.update(dict.fromkeys(fresh, draft))
        group: Group | None = None
        for name, value in fresh.items():
            kind = COUNT_FIELDS[name]
            if group is None or group.kind != kind:
                group = self._group(known, at, kind)
            group.told[name] = value
            group.givers[name] = draft

    def _group(self, known: KnownCounts, at: At, kind: str) -> Group:
        key = known.mrn, moment_of(at), kind
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(known, at, kind)
        return group

    def _entries(self) -> tuple[EntryBatch, ...]:
        """The entries of the groups; a line that the limits refuse is left out of every entry that it gave to."""
        self._leave_out_refused()
        every = [group for group in self._groups.values() if group.told]
        made: dict[Group, AnyEntry | None] = {}
        batches: list[EntryBatch] = []
        changed: set[Group] = set()
        waiting = every
        while waiting:
            batches += self._checked(waiting, made)
            waiting = [group for group in self._leave_out_refused() if group.told]
            changed |= {group for group in every if not group.told or made[group] is None} | set(waiting)
        if changed:
            batches = list(self._batches([group for group in every if group.told and made[group] is not None]))
        return tuple(batches)

    def _checked(self, groups: Sequence[Group], made: dict[Group, AnyEntry | None]) -> Iterator[EntryBatch]:
        """Hold the entries of these groups against the limits, a few at a time."""
        for first in range(0, len(groups), _AT_A_TIME):
            some = groups[first : first + _AT_A_TIME]
            (batch,) = self._batches(some)
            try:
                entries: Sequence[AnyEntry | None] = parse_entries(batch.text)
            except ValidationError:
                entries = [_one(group, group.fields(0, self._source)) for group in some]
            for group, entry in zip(some, entries, strict=True):
                made[group] = entry
                if entry is not None:
                    self._check(group, entry)
            yield batch

    def _batches(self, groups: Sequence[Group]) -> Iterator[EntryBatch]:
        for first in range(0, len(groups), _AT_A_TIME):
            some = groups[first : first + _AT_A_TIME]
            fields = [group.fields(number, self._source) for number, group in enumerate(some)]
            yield EntryBatch(tuple([group.known.mrn for group in some]), to_json(fields))

    def _leave_out_refused(self) -> list[Group]:
        """Take what refused lines gave out of their groups; those groups come back."""
        for draft in self._repeating:
            draft.refuse_with_repeated()
        return [group for group in self._groups.values() if group.leave_out_refused()]

    def _check(self, group: Group, entry: AnyEntry) -> None:
        day, born = self._session.now().date(), min(group.known.birth_dates)
        for finding in check(entry, self._session.knowledge, birth_date=born, now_day=day):
            giver = group.givers.get(finding.field)
            for draft in [giver] if giver else dict.fromkeys(group.givers.values()):
                (draft.refuse if finding.severity is Severity.REFUSE else draft.warn)(finding.statement)


def _shown(mrn: str) -> str:
    """A number as a line shows it: cut, and with escapes for what cannot be seen, where it is no plain one."""
    return mrn if mrn.isprintable() and len(mrn) <= LONGEST_VALUE else shortened(mrn)


def _one(group: Group, given: dict[str, object]) -> AnyEntry | None:
    try:
        return parse_fields(given)
    except EntryRefused as refused:
        givers: Iterable[Draft] = group.givers.values()
        named = group.givers.get(refused.refusal.field)
        for draft in [named] if named else dict.fromkeys(givers):
            draft.refuse(refused.refusal.text)
        return None
