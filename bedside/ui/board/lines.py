"""Owns what one row of the ward board says, in words that are ready to be shown."""

from dataclasses import dataclass
from datetime import date

from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN, date_text, day_text, short_date_text
from bedside.ui.painting import CLASS_WORDS

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


@dataclass(frozen=True)
class Move:
    """The class changed: from which, and when."""

    before: str
    on: date


@dataclass(frozen=True)
class Due:
    """One open criterion with its date: "H2", what it asks for, when, and how many days it is overdue (0: not yet)."""

    criterion: str
    what: str
    on: date
    days_overdue: int = 0


@dataclass(frozen=True)
class BoardLine:
    """One patient on the board; sex, tag and product are words, phase and risk are codes, "" is not recorded."""

    mrn: str
    family: str
    given: str
    birth: date
    age: str
    sex: str
    phase: str
    as_of: date
    tag: str = ""
    day: int | None = None
    day0: date | None = None
    day0_planned: bool = False
    product: str = ""
    risk: str = "pending"
    provisional: bool = True
    moved: Move | None = None
    next_due: Due | None = None
    overdue: tuple[Due, ...] = ()
    conflicts: int = 0
    headline: str = ""

    @property
    def closed(self) -> bool:
        """Whether the course is over."""
        return self.phase == "closed"

    @property
    def name(self) -> str:
        """FAMILY, Given."""
        return f"{self.family.upper()}, {self.given}"

    @property
    def born(self) -> str:
        """Birth, age, sex and number as one line."""
        return f"{date_text(self.birth)} ({self.age}) · {self.sex} · {self.mrn}".replace("-", NON_BREAKING_HYPHEN)

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
        return date_text(self.day0).replace("-", NON_BREAKING_HYPHEN)

    @property
    def phase_words(self) -> str:
        """Where the patient stands."""
        return PHASE_WORDS.get(self.phase, self.phase.replace("_", " "))

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
        on = short_date_text(self.moved.on).replace("-", NON_BREAKING_HYPHEN)
        return f"from{NO_BREAK_SPACE}{self.moved.before}, {on}"

    @property
    def class_note(self) -> str:
        """What stands under the class: provisional, or how a closed course ended."""
        if self.closed:
            return self.headline
        return "provisional" if self.provisional and self.risk != "pending" else ""

    @property
    def due_words(self) -> tuple[str, str]:
        """What is due next, and when: two lines."""
        if self.next_due is None:
            return ("No criterion falls due" if not self.overdue else "No other criterion falls due", "")
        days = (self.next_due.on - self.as_of).days
        when = "today" if days == 0 else f"in{NO_BREAK_SPACE}{days}{NO_BREAK_SPACE}d"
        on = date_text(self.next_due.on).replace("-", NON_BREAKING_HYPHEN)
        return (f"{self.next_due.criterion} {self.next_due.what}".strip(), f"by {on}, {when}")

    @property
    def overdue_words(self) -> str:
        """What is overdue, the longest first, with its days."""
        listed = sorted(self.overdue, key=lambda due: -due.days_overdue)
        return ", ".join(f"{due.criterion} {due.days_overdue}{NO_BREAK_SPACE}d" for due in listed)

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
        parts += [self.product or "no product yet", self.class_words, self.movement_words, self.class_note]
        parts += [f"next due {due} {when}" if when else due]
        parts += [f"overdue {self.overdue_words}" if self.overdue else "", self.conflict_words]
        return ", ".join(part for part in parts if part)

    @property
    def searched(self) -> str:
        """What a typed word is looked for in."""
        words = (self.name, self.mrn, self.phase_words, self.product, self.class_words, self.day_words, self.tag)
        return " ".join(words).casefold().replace("\u2212", "-")
