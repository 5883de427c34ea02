"""Owns what one row of the ward board says, in words that are ready to be shown."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TypeVar, dataclass_transform

from bedside.chart.formats import (
    NO_BREAK_SPACE,
    NON_BREAKING_HYPHEN,
    age_text,
    date_text,
    day_text,
    short_date_text,
    time_text,
)
from bedside.chart.moments import At
from bedside.service.board_listed import Waiting
from bedside.ui.painting import CLASS_WORDS

T = TypeVar("T")

RANKS = {"low": 0, "pending": 1, "ambiguous": 2, "high": 3}
PHASES = (
    ("referral", "referral"),
    ("apheresis", "apheresis"),
    ("bridging", "bridging"),
    ("lymphodepletion", "lymphodepletion"),
    ("infusion", "infusion"),
    ("early_monitoring", "early monitoring"),
    ("follow_up", "follow-up"),
    ("closed", "closed"),
)
STEPS = {code: step for step, (code, _word) in enumerate(PHASES)}
PHASE_WORDS = dict(PHASES)
_MOVED_WORDS: dict[int | None, str] = {1: ", rose", -1: ", fell", 0: ", unchanged"}


@dataclass(frozen=True)
class Move:
    """The class changed: from which, and when."""

    before: str
    on: date


@dataclass(frozen=True)
class Grade:
    """The worst grade of the last 24 hours; `moved` 1 rose, −1 fell, 0 stayed, None with nothing to compare.

    serious: it is one that alerts; at_least says that what was not recorded may raise it.
    """

    worst: int
    moved: int | None = None
    serious: bool = False
    at_least: bool = False

    @property
    def words(self) -> str:
        """The grade as it is read aloud."""
        return f"{'at least ' if self.at_least else ''}grade {self.worst}{_MOVED_WORDS.get(self.moved, '')}"


@dataclass_transform(frozen_default=True)
def _unchanging(made: type[T]) -> type[T]:
    """Return a class of values that never change: mypy refuses an assignment, at no cost for each of many rows."""
    return dataclass(made)


@_unchanging
class BoardLine:
    """One patient on the board; sex, tag and product are words, phase and risk are codes, "" is not recorded.

    last is the time of the newest entry as it is written. Words that only a row in sight needs are made when asked for.
    gone says how a patient left the ward: transferred, never infused or archived. unopened says that a patient whom
    the person never opened is new. overdue names what has waited longest first, more_overdue counts the rest.
    """

    mrn: str
    family: str
    given: str
    birth: date
    sex: str
    phase: str
    as_of: date
    tag: str = ""
    day: int | None = None
    day0: date | None = None
    day0_planned: bool = False
    product: str = ""
    product_state: str = ""
    risk: str = "pending"
    provisional: bool = True
    low_reachable: bool = True
    moved: Move | None = None
    crs: Grade | None = None
    icans: Grade | None = None
    last: str = ""
    unseen: int = 0
    unopened: str = ""
    stale: bool = False
    next_due: Waiting | None = None
    overdue: tuple[Waiting, ...] = ()
    more_overdue: int = 0
    blockers: tuple[str, ...] = ()
    conflicts: int = 0
    headline: str = ""
    gone: str = ""

    def __hash__(self) -> int:
        """Lines of one patient differ in what they say; hashing all of that would cost more than telling them apart."""
        return hash(self.mrn)

    @property
    def closed(self) -> bool:
        """Whether the course is over."""
        return self.phase == "closed"

    @property
    def away(self) -> bool:
        """Whether the ward has nothing more to do: the course is over, or the patient is gone."""
        return self.phase == "closed" or bool(self.gone)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists of the board that hold the row; of those whom the ward has done with only two can."""
        if self.away:
            return ("conflicts", "closed") if self.conflicts else ("closed",)
        held = (
            ("open", True),
            ("moved", self.moved),
            ("rose", self.grade_rose),
            ("overdue", self.overdue),
            ("blocked", self.blockers),
            ("new", self.unseen or self.unopened),
            ("conflicts", self.conflicts),
        )
        return tuple([name for name, holds in held if holds])

    @property
    def name(self) -> str:
        """FAMILY, Given."""
        return f"{self.family.upper()}, {self.given}"

    @property
    def age(self) -> str:
        """How old the patient is."""
        return age_text(self.birth, self.as_of)

    @property
    def born(self) -> str:
        """Birth, age, sex and number as one line."""
        return _unbroken(f"{date_text(self.birth)} ({self.age}) · {self.sex} · {self.mrn}")

    @property
    def registered(self) -> str:
        """Birth, sex and number alone: what does not depend on the moment that is shown."""
        return _unbroken(f"{date_text(self.birth)} · {self.sex} · {self.mrn}")

    @property
    def day_words(self) -> str:
        """D+60, or a dash before a day 0 is known."""
        return day_text(self.day)

    @property
    def day0_words(self) -> str:
        """The date of day 0."""
        if self.day0 is None:
            return "not planned"
        if self.day == 0:
            return "planned today" if self.day0_planned else "today"
        on = _unbroken(date_text(self.day0))
        return f"planned {on}, not infused so far" if self.day0_planned and self.day is None else on

    @property
    def phase_words(self) -> str:
        """Where the patient stands, and how a patient left who is gone."""
        words = PHASE_WORDS.get(self.phase, self.phase.replace("_", " "))
        return f"{words}, {self.gone}" if self.gone else words

    @property
    def class_words(self) -> str:
        """The class, or of a closed course the class before its end."""
        word = CLASS_WORDS[self.risk]
        return f"{word} before" if self.closed and self.risk != "pending" else word

    @property
    def movement_words(self) -> str:
        """Where the class came from in the last 7 days, or nothing."""
        if self.moved is None:
            return ""
        on = _unbroken(short_date_text(self.moved.on))
        return f"from{NO_BREAK_SPACE}{self.moved.before}, {on}"

    @property
    def class_note(self) -> str:
        """What stands under the class: provisional, whether low can still be reached, or how a closed course ended."""
        if self.closed:
            return self.headline
        if self.risk == "pending":
            return "" if self.low_reachable else "low out of reach"
        return "provisional" if self.provisional else ""

    @property
    def grade_rose(self) -> bool:
        """Whether CRS or ICANS rose in the last 24 h; a first grade above 0 counts."""
        return _rose(self.crs) or _rose(self.icans)

    @property
    def grade_asks(self) -> bool:
        """Whether a grade asks for attention: one that alerts, or rising."""
        return self.grade_rose or any(grade is not None and grade.serious for grade in (self.crs, self.icans))

    @property
    def touched(self) -> date | None:
        """The day of the newest entry."""
        return At.parse(self.last).day if self.last else None

    @property
    def last_entry(self) -> str:
        """The time of a newest entry of today, else its date: with the year where that is another one."""
        if not self.last:
            return ""
        at = At.parse(self.last)
        if at.day == self.as_of:
            return "today" if at.instant is None else time_text(at.instant)
        return short_date_text(at.day) if at.day.year == self.as_of.year else date_text(at.day)

    @property
    def unseen_words(self) -> str:
        """How many entries others recorded since the person looked, or that the person never opened the patient."""
        return f"{self.unseen}{NO_BREAK_SPACE}new" if self.unseen else self.unopened

    @property
    def due_words(self) -> tuple[str, str]:
        """What is due next, and when: two lines."""
        if self.next_due is None:
            return ("Nothing falls due" if not self.overdue else "Nothing else falls due", "")
        due = self.next_due
        days = (due.due - self.as_of).days
        on = _unbroken(date_text(due.due))
        if days == 0:
            return (due.title, f"today, {on}")
        if days > 0:
            return (due.title, f"{on}, in{NO_BREAK_SPACE}{days}{NO_BREAK_SPACE}d")
        return (due.title, f"since {on}, {window_words(due.window_last)}")

    @property
    def overdue_words(self) -> str:
        """What is overdue, the longest first, those of one length together, the rest as a number."""
        parts = [
            f"{', '.join(one.title for one in group)} {days}{NO_BREAK_SPACE}d"
            for days, group in groupby(self.overdue, key=lambda due: due.overdue_days)
        ]
        return ", ".join([*parts, *([f"and {self.more_overdue}{NO_BREAK_SPACE}more"] if self.more_overdue else [])])

    @property
    def conflict_words(self) -> str:
        """How many entries contradict each other."""
        if not self.conflicts:
            return ""
        return (
            "one entry has two corrections" if self.conflicts == 1 else f"{self.conflicts} entries have two corrections"
        )

    @property
    def sentence(self) -> str:
        """The whole row as it is read aloud."""
        due, when = self.due_words
        parts = [self.name, self.tag, self.born, self.day_words, self.day0_words, self.phase_words]
        parts += [self.product or "no product yet", self.product_state]
        parts += [self.class_words, self.movement_words, self.class_note]
        parts += [f"CRS {self.crs.words}" if self.crs else "CRS not graded in 24 hours"]
        parts += [f"ICANS {self.icans.words}" if self.icans else "ICANS not graded in 24 hours"]
        parts += [f"last entry {self.last_entry}" if self.last_entry else "no entry", self.unseen_words]
        parts += ["being worked out again" if self.stale else ""]
        parts += [f"next due {due} {when}" if when else due]
        parts += [f"overdue {self.overdue_words}" if self.overdue else "", *self.blockers, self.conflict_words]
        return ", ".join(part for part in parts if part)

    @cached_property
    def searched(self) -> str:
        """What a typed word is looked for in."""
        words = (self.name, self.mrn, self.phase_words, self.product, self.class_words, self.day_words, self.tag)
        return " ".join(words).casefold().replace("\u2212", "-")


def window_words(last: date) -> str:
    """Until when what is due already can still be done in time."""
    return f"window to {_unbroken(short_date_text(last))}"


def _rose(grade: Grade | None) -> bool:
    return grade is not None and (grade.moved == 1 or (grade.moved is None and grade.worst > 0))


def _unbroken(text: str) -> str:
    return text.replace("-", NON_BREAKING_HYPHEN)
