"""The grade that signs would get while they are still being typed: nothing is stored by it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from bedside.chart.base import Entry
from bedside.chart.derived.toxicity import GradedEntry, Toxicity
from bedside.chart.entries import Neuro, Vitals, parse_entry
from bedside.chart.formats import at_text, date_text
from bedside.chart.live import order_key, resolve
from bedside.chart.moments import AsOf, At, completed_years, utc_text
from bedside.chart.patient import Chart
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import scene_of
from bedside.logic.scene import Scene
from bedside.logic.toxicity.course import crs, icans
from bedside.logic.toxicity.icans import takes_ice
from bedside.service.read import Opened

DRAFT = str(UUID(int=0))
SCALES = {"vitals": "CRS", "neuro": "ICANS"}
MISSING_WORDS = {
    "temp_c": "temperature",
    "hypotension": "hypotension yes or no",
    "oxygen": "oxygen support",
    "ice": "all five items of ICE",
    "capd": "CAPD",
    "consciousness": "consciousness",
    "at": "when it was",
}


@dataclass(frozen=True, slots=True)
class ProposedGrade:
    """The grade of a draft: None when it cannot be told, `at_least` when what is missing may raise it.

    `source` is the paper of the criteria as it is named in a sentence, `rule` says what decided, `missing` what would
    settle it. `before` is the newest known grade before the draft, `moved` 1 where the grade rose since, −1 where it
    fell, 0 where it stayed, None where that cannot be told; `baseline` the score before infusion. Where the draft is
    not graded at all, `not_graded` says why.
    """

    scale: str
    source: str
    grade: int | None = None
    at_least: bool = False
    rule: str = ""
    missing: tuple[str, ...] = ()
    question: str = ""
    before: GradedEntry | None = None
    moved: int | None = None
    baseline: str | None = None
    not_graded: str = ""

    @property
    def statement(self) -> str:
        """The grade in words: "CRS at least grade 2"."""
        if self.grade is None:
            return f"{self.scale} {'not graded' if self.not_graded else 'not known yet'}"
        return f"{self.scale} {'at least ' if self.at_least else ''}grade {self.grade}"

    @property
    def movement(self) -> str:
        """How the grade moved, in words: "rose from 1, 30-Jul-2020 04:00"; "" where one is unknown."""
        if self.moved is None or self.before is None:
            return ""
        when = at_text(At.parse(self.before.at))
        return f"{ {1: 'rose from', -1: 'fell from', 0: 'unchanged at'}[self.moved] } {self.before.grade}, {when}"


@dataclass(frozen=True, slots=True)
class Grading:
    """A patient ready for drafts to be graded; `replaced` is the entry that the draft corrects."""

    scene: Scene
    moment: datetime
    replaced: str | None = None

    def correcting(self, entry_id: str) -> "Grading":
        """Return the same for a draft that takes the place of an entry."""
        return replace(self, replaced=entry_id)

    def takes_ice(self, on: date, *, developmental_delay: bool = False) -> bool:
        """Tell whether ICE grades the patient on a day; else CAPD does (TOX-2, TOX-3)."""
        return ice_for(self.scene.patient.birth_date, on, self.scene.knowledge, developmental_delay=developmental_delay)

    def proposed(self, fields: Mapping[str, Any]) -> ProposedGrade:
        """Return the grade that JSON-like fields of kind vitals or neuro would get among what is recorded."""
        blank = ProposedGrade(SCALES[fields["kind"]], self._source())
        try:
            draft = parse_entry({**fields, "id": DRAFT, "recorded_at": utc_text(self.moment)})
        except ValidationError as error:
            lacking = dict.fromkeys(str(one["loc"][-1]) for one in error.errors() if one["loc"])
            return replace(blank, missing=tuple(MISSING_WORDS.get(name, name) for name in lacking))
        found = self._derived(draft)
        place = next((place for place, one in enumerate(found.by_entry) if one.entry == DRAFT), None)
        if place is None:
            return replace(blank, not_graded=self._why_not(draft), baseline=found.baseline)
        own = found.by_entry[place]
        before = next((one for one in reversed(found.by_entry[:place]) if one.grade is not None), None)
        return replace(
            blank,
            grade=own.grade,
            at_least=own.at_least,
            rule=own.text,
            missing=tuple(MISSING_WORDS.get(name, name) for name in own.missing),
            question=own.question,
            before=before,
            moved=None if before is None else own.moved_from(before),
            baseline=found.baseline,
        )

    def _source(self) -> str:
        source = self.scene.knowledge.toxicity.astct.source
        known = self.scene.knowledge.references.get(source)
        return known.short if known is not None else source

    def _derived(self, draft: Entry) -> Toxicity:
        """What would be derived if the draft were the newest of its kind; what is later does not change its grade."""
        kept = [one for one in self.scene.kinds.get(draft.kind, ()) if one.id != self.replaced]
        earlier = kept[: bisect_right(kept, order_key(draft), key=order_key)]
        passed = copy(self.scene.passed)
        passed.kinds = defaultdict(list, self.scene.passed.kinds)
        passed.kinds[draft.kind] = [*earlier, draft]
        scene = replace(self.scene, passed=passed)
        return crs(scene) if isinstance(draft, Vitals) else icans(scene)

    def _why_not(self, draft: Entry) -> str:
        record, window = self.scene.record, self.scene.knowledge.toxicity.window
        died = [death.at.day for death in self.scene.kinds.get("death", ()) if death.at.day < draft.at.day]
        if record is None:
            return "no infusion so far"
        if died:
            return f"after the patient's death on {date_text(died[-1])}"
        if (draft.at.day - record.infusions[-1].at.day).days <= window:
            return f"before the infusion of {date_text(record.facts.day0)}: it stands as the baseline"
        judged = f"it is graded when the cause is judged to be {SCALES[draft.kind]}"
        return f"more than {window} days after infusion; {judged}"


def ice_for(birth_date: date, on: date, knowledge: Knowledge, *, developmental_delay: bool = False) -> bool:
    """Tell whether ICE grades a patient of this birth date on a day; else CAPD does (TOX-2, TOX-3)."""
    fields = {"kind": "neuro", "at": on.isoformat(), "consciousness": "awake", "id": DRAFT}
    probe = parse_entry({**fields, "developmental_delay": developmental_delay})
    assert isinstance(probe, Neuro)
    return takes_ice(probe, knowledge.toxicity, completed_years(birth_date, on))


def grading_of(chart: Chart, jurisdiction: str, knowledge: Knowledge, moment: datetime) -> Grading:
    """Return a patient ready for drafts that are typed at a moment: everything that is known now counts."""
    scene = scene_of(chart.patient, resolve(chart.entries), AsOf(moment.date(), moment), knowledge, jurisdiction)
    return Grading(scene, moment)


def grading(opened: Opened, knowledge: Knowledge, moment: datetime) -> Grading:
    """Return the opened patient as `grading_of` does."""
    return grading_of(opened.chart, opened.jurisdiction, knowledge, moment)
