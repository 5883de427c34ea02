"""What a person types, read as dates, times and numbers; what could mean two things is asked about, never guessed."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bedside.chart.formats import MONTHS, at_text, date_text
from bedside.chart.moments import FIRST_DAY, LAST_DAY, At

_NUMBER = re.compile(r"(?P<sign>[<>])?\s*(?P<number>\d{1,12}([.,]\d{1,6})?)", re.ASCII)
_THOUSANDS = re.compile(r"[<>]?\s*[1-9]\d{0,2}([.,' \u202f\u00a0]\d{3})+([.,]\d+)?", re.ASCII)
_TIME = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)", re.ASCII)
_DIGITS = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?P<minute>[0-5]\d)", re.ASCII)
"""A time without its colon: 715, 0715."""
_OFFSET = re.compile(r"(?P<sign>[+\-\u2212])\s*(?P<count>\d{1,4})\s*(?P<unit>min|h|d|w)", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"[dD]\s*(?P<sign>[+\-\u2212])?\s*(?P<count>\d{1,5})", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})(\.\s?(?P<year>\d{4}|\d{2})?)?", re.ASCII)
_SLASHED = re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(r"(?P<day>\d{1,2})[\-\u2011 ](?P<month>[A-Za-z]{3})[\-\u2011 ](?P<year>\d{4}|\d{2})", re.ASCII)

FORMS = "05-May-2026, 5.5.26, 2026-05-05, 14:30, +3d, -2w, D+28, now"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, with `<` or `>` where it was typed, else an empty sign."""

    value: float
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Text that can be read in two ways, and both readings."""

    readings: tuple[At, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Each reading; a time that the clocks showed twice has its offset behind it."""
        texts = tuple(at_text(at) for at in self.readings)
        if len(set(texts)) == len(texts):
            return texts
        return tuple(f"{text} ({at.instant:%Z})" for text, at in zip(texts, self.readings, strict=True))

    @property
    def text(self) -> str:
        """The question to ask."""
        return f"{' or '.join(self.words)}?"


@dataclass(frozen=True, slots=True)
class Refused:
    """Text that cannot be read, and why."""

    why: str


NO_SUCH_DATE = Refused("There is no such date. Check day, month and year.")


def read_number(text: str) -> Number | Refused:
    """Return a typed number; decimal comma and point are both read, a thousand separator is refused."""
    typed = text.strip()
    if _THOUSANDS.fullmatch(typed):
        return Refused("This could hold a thousand separator. Type 1250 or 1.25.")
    match = _NUMBER.fullmatch(typed)
    if match:
        return Number(float(match["number"].replace(",", ".")), match["sign"] or "")
    return Refused("This is not a number. Type digits with a decimal point or comma, < or > before it if needed.")


def read_moment(text: str, *, now: datetime, day0: date | None = None) -> At | Ambiguous | Refused:
    """Return the moment that was typed, read from `now` (aware, in the ward's zone) and from day 0."""
    typed = text.strip()
    if typed.lower() in {"now", "n"}:
        return _at(now)
    relative = _read_relative(typed, now, day0)
    if relative is not None:
        return relative
    words = typed.rsplit(maxsplit=1)
    clock = _TIME.fullmatch(words[-1]) or _DIGITS.fullmatch(words[-1]) if words else None
    if clock is None:
        return _read_date(typed, now)
    day = _read_date(words[0], now) if len(words) == 2 else At.parse(now.date().isoformat())
    if isinstance(day, Refused):
        return day
    days = day.readings if isinstance(day, Ambiguous) else (day,)
    return _one_of([moment for at in days for moment in _moments_on(at.day, clock, now)])


def _at(moment: datetime) -> At:
    return At.parse(moment.replace(second=0, microsecond=0).isoformat())


def _moments_on(day: date, clock: re.Match[str], now: datetime) -> list[At]:
    """The moments of a clock time on a day: none or two where daylight saving skips or repeats it."""
    local = datetime(day.year, day.month, day.day, int(clock["hour"]), int(clock["minute"]), tzinfo=now.tzinfo)
    folds = [local.replace(fold=fold) for fold in (0, 1)]
    texts = dict.fromkeys(moment.isoformat() for moment in folds if _keeps_its_clock(moment))
    return [At.parse(text) for text in texts]


def _keeps_its_clock(moment: datetime) -> bool:
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return (there_and_back.hour, there_and_back.minute) == (moment.hour, moment.minute)


def _one_of(readings: list[At]) -> At | Ambiguous | Refused:
    if not readings:
        return Refused("The clocks were put forward over this time. Check it.")
    return readings[0] if len(readings) == 1 else Ambiguous(tuple(readings))


def _read_relative(typed: str, now: datetime, day0: date | None) -> At | Refused | None:
    offset = _OFFSET.fullmatch(typed)
    if offset:
        count = int(offset["count"]) * (1 if offset["sign"] == "+" else -1)
        unit = offset["unit"].lower()
        if unit in {"h", "min"}:
            later = now.astimezone(UTC) + (timedelta(hours=count) if unit == "h" else timedelta(minutes=count))
            return _at(later.astimezone(now.tzinfo))
        return _day_from(now.date(), count * (7 if unit == "w" else 1))
    course_day = _DAY.fullmatch(typed)
    if not course_day:
        return None
    if day0 is None:
        return Refused("There is no day 0 yet. Type a date.")
    count = int(course_day["count"])
    if count and course_day["sign"] is None:
        return Refused(f"Type D+{count} or D-{count}.")
    return _day_from(day0, -count if course_day["sign"] in {"-", "\u2212"} else count)


def _day_from(start: date, days: int) -> At | Refused:
    try:
        return _accepted(start + timedelta(days=days))
    except OverflowError:
        return _beyond("This")


def _read_date(typed: str, now: datetime) -> At | Ambiguous | Refused:
    slashed = _SLASHED.fullmatch(typed)
    if slashed:
        return _either_way(int(slashed["first"]), int(slashed["second"]), _year(slashed["year"], now))
    for pattern in (_ISO, _DOTTED, _NAMED):
        match = pattern.fullmatch(typed)
        if match:
            return _calendar_date(match, now)
    return Refused(f"This is not a date. Type it like {FORMS}.")


def _calendar_date(match: re.Match[str], now: datetime) -> At | Refused:
    month = match["month"]
    if month.isalpha():
        names = [name.lower() for name in MONTHS]
        if month.lower() not in names:
            return Refused(f"{month} is not a month. Type Jan to Dec.")
        number = names.index(month.lower()) + 1
    else:
        number = int(month)
    return _valid(_year(match["year"], now), number, int(match["day"]))


def _either_way(first: int, second: int, year: int) -> At | Ambiguous | Refused:
    both = dict.fromkeys((_valid(year, second, first), _valid(year, first, second)))
    readings = [at for at in both if isinstance(at, At)]
    return _one_of(readings) if readings else next((why for why in both if why != NO_SUCH_DATE), NO_SUCH_DATE)


def _year(text: str | None, now: datetime) -> int:
    """Four digits as they are; two digits in the hundred years that end 20 years from now; none: this year."""
    if text is None:
        return now.year
    if len(text) == 4:
        return int(text)
    year = now.year // 100 * 100 + int(text)
    return year - 100 if year > now.year + 20 else year


def _valid(year: int, month: int, day: int) -> At | Refused:
    try:
        return _accepted(date(year, month, day))
    except ValueError:
        return NO_SUCH_DATE


def _accepted(day: date) -> At | Refused:
    return At.parse(day.isoformat()) if FIRST_DAY <= day <= LAST_DAY else _beyond(date_text(day))


def _beyond(what: str) -> Refused:
    reach = f"{date_text(FIRST_DAY)} to {date_text(LAST_DAY)}"
    return Refused(f"{what} lies outside the dates that can be recorded, {reach}. Check the year.")
