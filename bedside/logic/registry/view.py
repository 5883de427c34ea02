"""What an answer to a registry looks at: the entries that count, what is derived, and the time that is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.entries import Infusion
from bedside.chart.enums import TherapyHistory
from bedside.chart.formats import date_text, day_text
from bedside.knowledge.families.registry import RegistryTables
from bedside.knowledge.tables import Knowledge

NO_PLACE = "a chart has no place for it"


@dataclass(frozen=True, slots=True)
class View:
    """One chart at one point: live entries by kind in order, and the infusions of the newest course."""

    kinds: Mapping[str, Sequence[Any]]
    assessment: Assessment
    knowledge: Knowledge
    tables: RegistryTables
    today: date
    infusions: tuple[Infusion, ...]

    @property
    def day0(self) -> date | None:
        """The day of the first infusion of the newest course; None before one."""
        return self.assessment.day0

    @property
    def before(self) -> date:
        """The last day that counts as before the infusion."""
        return self.today if self.day0 is None else self.day0

    @property
    def way_from(self) -> date:
        """The first day of the way to the newest infusion: after the end of the course before it, or its day 0."""
        if len(self.assessment.courses) < 2:
            return date.min
        earlier = self.assessment.courses[-2]
        went_on = earlier.closed_on is None or earlier.closed_on == self.day0
        return (earlier.day0 if went_on else earlier.closed_on or earlier.day0) + timedelta(days=1)

    def on_the_way(self, kind: str) -> list[Any]:
        """Return the entries of a kind on the way to the newest infusion, its day included."""
        return self.of(kind, self.way_from, self.before)

    def of(self, kind: str, first: date, last: date) -> list[Any]:
        """Return the entries of a kind between two days, both included."""
        return [entry for entry in self.kinds.get(kind, ()) if first <= entry.at.day <= last]

    def until(self, kind: str, last: date) -> list[Any]:
        """Return the entries of a kind up to a day."""
        return self.of(kind, date.min, last)

    def on(self, day: date) -> str:
        """Return a date with its day of the course."""
        return date_text(day) if self.day0 is None else f"{date_text(day)} ({day_text((day - self.day0).days)})"

    @property
    def history_is_complete(self) -> bool:
        """Whether the newest referral before the infusion says that the chart holds all earlier therapy."""
        referrals = self.until("referral", self.before)
        return bool(referrals) and referrals[-1].therapy_history is TherapyHistory.COMPLETE

    @property
    def is_autologous(self) -> bool | None:
        """Whether the course's cells are the patient's own, by the chart or the product's label; None: not known."""
        if not self.infusions:
            return None
        first = self.infusions[0]
        if first.cell_source is not None:
            return first.cell_source.value == "autologous"
        return True if first.product.value in self.tables.autologous.products else None


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a form asks about, both days included; `first_point`: nothing was asked before.

    `contact` is the day of the contact that answers the form, `contact_by` its entry; `window` where it should lie.
    """

    first: date
    last: date
    first_point: bool = True
    infusion: Infusion | None = None
    contact: date | None = None
    contact_by: str = ""
    window: tuple[date, date] | None = None

    def days(self, day0: date) -> range:
        """Return the days of the course that it covers."""
        return range((self.first - day0).days, (self.last - day0 + timedelta(days=1)).days)


class Answer(NamedTuple):
    """What a rule says to one question."""

    status: AnswerStatus
    text: str
    evidence: tuple[str, ...] = ()


def answered(text: str, *entries: Entry) -> Answer:
    """The chart says it."""
    return Answer(AnswerStatus.ANSWERED, text, tuple(entry.id for entry in entries))


def to_confirm(text: str, *entries: Entry) -> Answer:
    """The chart suggests it; a person has to say."""
    return Answer(AnswerStatus.TO_CONFIRM, text, tuple(entry.id for entry in entries))


def missing(text: str, *entries: Entry) -> Answer:
    """What is asked for is not recorded."""
    return Answer(AnswerStatus.MISSING, text, tuple(entry.id for entry in entries))


def not_asked(text: str) -> Answer:
    """The question does not arise."""
    return Answer(AnswerStatus.NOT_ASKED, text)
