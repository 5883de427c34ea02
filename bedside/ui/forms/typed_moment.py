"""Owns a moment while it is typed, whatever shows it: how it reads, what is refused and what is asked."""

from dataclasses import dataclass
from datetime import timedelta

from bedside.chart.formats import at_text, date_text, day_text, time_text
from bedside.chart.moments import At, day_number
from bedside.chart.reading import FORMS, Ambiguous, Refused, read_moment
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.question_strip import Asked

AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class TakenMoments:
    """Which moments a box takes.

    day_only takes no time, may_be_ahead allows the future, as a plan needs it. What lies longer ago than usual_days is
    asked about: where values of today are typed one after the other, an old day is a value in the wrong box.
    """

    day_only: bool = False
    may_be_ahead: bool = False
    usual_days: int | None = None


UNTIL_NOW = TakenMoments()
DAY_UNTIL_NOW = TakenMoments(day_only=True)
ANY_DAY = TakenMoments(day_only=True, may_be_ahead=True)


class TypedMoment:
    """The text of one box and what was understood: `at`, or `why` it cannot be, or what is `asked` about it."""

    def __init__(self, context: FormContext, takes: TakenMoments = UNTIL_NOW) -> None:
        self._context, self._takes = context, takes
        self.text = ""
        self.at: At | None = None
        self.why = ""
        self.asked: Asked | None = None
        self._kept = ""
        self._readings: tuple[At, ...] = ()

    def type(self, text: str) -> None:
        """Read another text."""
        self.text, self.at, self.why = text, None, ""
        self._readings, self.asked = (), None
        if not text.strip():
            return
        if self._takes.day_only and text.strip().isdecimal():
            self.why = f"This is not a date. Type it like {FORMS}."
            return
        read = read_moment(text.strip(), now=self._context.now(), day0=self._context.patient.day0)
        if isinstance(read, Ambiguous):
            self._ask(Asked(read.text, "Both can be meant.", read.words), read.readings)
            return
        self.why = read.why if isinstance(read, Refused) else self._objection(read)
        if isinstance(read, At) and not self.why:
            self.at = At.parse(read.day.isoformat()) if self._takes.day_only else read

    @property
    def is_day(self) -> bool:
        """Whether it takes a day without a time."""
        return self._takes.day_only

    def type_now(self) -> None:
        """Take the present time."""
        self.type(time_text(self._context.now()))

    def keep(self, at: At) -> None:
        """Take a moment as it is, written out; it is not asked about."""
        self._kept = at_text(at)
        self.text, self.at, self.why = self._kept, at, ""
        self._readings, self.asked = (), None

    def settle(self, *, required: str = "") -> str:
        """Return why it cannot be stored, or ""; a time that is ahead is asked about. required names what is asked."""
        if self.asked is not None or (self.at is not None and self.text == self._kept):
            return ""
        if not self.text.strip():
            return f"{required} is required. Type it like {FORMS}." if required else ""
        if self.at is not None and not self._takes.may_be_ahead and self._is_ahead(self.at):
            self._ask_yesterday(self.at)
        elif self.at is not None and self._is_old(self.at):
            self._ask_old(self.at)
        return self.why

    def answer(self, index: int) -> bool:
        """Take the reading that was meant; false when there is none at that place."""
        if index >= len(self._readings):
            return False
        self.keep(self._readings[index])
        return True

    def nearness(self) -> str:
        """How near the moment lies: today, yesterday, tomorrow, or the day of the course; "" without one."""
        if self.at is None:
            return ""
        today, day0 = self._context.now().date(), self._context.patient.day0
        near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((self.at.day - today).days, "")
        day = day_text(day_number(self.at.day, day0)) if day0 is not None else ""
        return near or day

    @property
    def state(self) -> str | None:
        """The moment written out, so that it means the same tomorrow; the text while it is not understood."""
        return at_text(self.at) if self.at is not None else self.text or None

    def _objection(self, at: At) -> str:
        born = self._context.patient.birth_date
        if at.day < born:
            return f"{at_text(at)} lies before the patient’s birth, {date_text(born)}."
        return "" if self._takes.may_be_ahead or not self._is_ahead(at, days=1) else f"{at_text(at)} is still ahead."

    def _is_ahead(self, at: At, days: int = 0) -> bool:
        now = self._context.now()
        if at.instant is None:
            return at.day > now.date()
        return at.instant > now + (timedelta(days=days) or AHEAD)

    def _ask_yesterday(self, at: At) -> None:
        """Ask whether the day before was meant, whose clock may have had another offset, or not have shown the time."""
        if at.instant is None:
            return
        now, lead = self._context.now(), f"{at_text(at)} is still ahead."
        before = at.day - timedelta(days=1)
        earlier = read_moment(f"{date_text(before)} {time_text(at.instant)}", now=now)
        if isinstance(earlier, At):
            answers = (f"Change to {at_text(earlier)}", f"Keep {at_text(at)}")
            self._ask(Asked(lead, f"It is {time_text(now)} now.", answers), (earlier, at))
        elif isinstance(earlier, Ambiguous):
            detail = f"On {date_text(before)} the clocks showed it twice."
            self._ask(Asked(lead, detail, earlier.words), earlier.readings)
        else:
            self.at, self.why = None, f"{lead} On {date_text(before)} the clocks were put forward over it."

    def _is_old(self, at: At) -> bool:
        usual = self._takes.usual_days
        return usual is not None and (self._context.now().date() - at.day).days > usual

    def _ask_old(self, at: At) -> None:
        days = (self._context.now().date() - at.day).days
        answers = (f"Keep {at_text(at)}", "Back to the box")
        self._ask(Asked(f"{at_text(at)}?", f"That is {days} days ago.", answers), (at,))

    def _ask(self, asked: Asked, readings: tuple[At, ...]) -> None:
        self.asked, self._readings = asked, readings
