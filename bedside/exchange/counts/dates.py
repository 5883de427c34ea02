"""A laboratory's date and time as text: what could be read in two ways is asked about, never guessed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from bedside.chart.formats import MONTHS
from bedside.chart.moments import At
from bedside.exchange.counts.found import Choice, Doubts, Question
from bedside.exchange.counts.numbers import Asked, Refused
from bedside.exchange.refusals import shortened

_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
_NAMED = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3})[- ](?P<year>\d{4})", re.ASCII)
_EITHER = re.compile(r"(?P<first>\d{1,2})([/-])(?P<second>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,](?P<part>\d{1,12}))?", re.ASCII)
_PARTS = re.compile(r"(?P<day>.+?)(?:(?:T|,? )(?P<clock>\d{1,2}:.*))?", re.ASCII)
_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?: ?(?P<half>[ap]m))?")
_OFFSET = re.compile(r"(Z|[+-]\d{2}:\d{2})$", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}", re.ASCII)
_LONGEST = 40
_YEARS = range(1900, 2200)
_MONTHS_OF_A_YEAR = 12

_EXCEL = {"excel_1900": date(1899, 12, 30), "excel_1904": date(1904, 1, 1)}
_FIRST_SERIAL = 61
"""Earlier ones are moved by the day that Excel's calendar of 1900 has too many."""

DAY_OR_MONTH = (Choice("day_first", "the day comes first: 03/04 is 3 April"),
                Choice("month_first", "the month comes first: 03/04 is 4 March"))  # fmt: skip
SERIALS = (
    Choice("excel_1900", "days since 1900 (Excel on Windows)"),
    Choice("excel_1904", "days since 1904 (Excel on old Macs)"),
)

When = At | Refused | Asked


@dataclass(slots=True)
class Dates:
    """Reads moments in the ward's zone; `order` and `serials` are as a person said, None where nobody has."""

    order: str | None
    serials: str | None
    zone: tzinfo
    doubts: Doubts
    _read: dict[str, When] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def read(self, text: str) -> When:
        """Return the moment of a cell: a date, or a date and a time on the ward's clock (or with an offset)."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._first_time(text.strip())
        return known

    def _first_time(self, text: str) -> When:
        if len(text) > _LONGEST:
            return _no_date(text)
        if _OFFSET.search(text):
            exact = _with_offset(text, self.zone)
            if exact is not None:
                return exact
        serial = _SERIAL.fullmatch(text)
        if serial:
            return self._serial(serial, text)
        parts = _PARTS.fullmatch(text)
        if parts is None:
            return _no_date(text)
        day = self._day(parts["day"])
        return self._at(day, parts["clock"] or "", text) if isinstance(day, date) else day

    def _day(self, text: str) -> date | Refused | Asked:
        for pattern in (_ISO, _DOTTED, _COMPACT, _NAMED):
            match = pattern.fullmatch(text)
            if match:
                month = match["month"]
                number = int(month) if month.isdigit() else _month(month)
                return _calendar(int(match["year"]), number, int(match["day"]), text)
        match = _EITHER.fullmatch(text)
        if match:
            return self._either(int(match["first"]), int(match["second"]), int(match["year"]), text)
        if _SHORT_YEAR.fullmatch(text):
            return Refused(f"{shortened(text)} has a year of two digits; expected four")
        return _no_date(text)

    def _either(self, first: int, second: int, year: int, text: str) -> date | Refused | Asked:
        """A date with strokes: as a person said; without a word only where it, and no other before, leaves one way."""
        order = self.order
        if order is None and first != second and max(first, second) > _MONTHS_OF_A_YEAR:
            order = "day_first" if first > second else "month_first"
            self._seen.add(order)
            order = order if len(self._seen) == 1 else None
        if order == "day_first":
            return _calendar(year, second, first, text)
        if order == "month_first" or first == second:
            return _calendar(year, first, second, text)
        words = f"Dates such as {shortened(text)} can be read in two ways. Which comes first?"
        return Asked(self.doubts.add(Question("dates", words, DAY_OR_MONTH)))

    def _serial(self, match: re.Match[str], text: str) -> When:
        epoch = _EXCEL.get(self.serials or "")
        if epoch is None:
            words = f"{shortened(text)} looks like a date that Excel wrote as a number. From which day does it count?"
            return Asked(self.doubts.add(Question("serials", words, SERIALS)))
        days = int(match["days"])
        if days < _FIRST_SERIAL:
            return _no_date(text)
        day = epoch + timedelta(days=days)
        if match["part"] is None:
            return At.parse(day.isoformat())
        minutes = round(float(f"0.{match['part']}") * 24 * 60)
        return self._local(datetime.combine(day, time()) + timedelta(minutes=minutes), text)

    def _at(self, day: date, clock: str, text: str) -> When:
        if not clock:
            return At.parse(day.isoformat())
        read = _clock(clock)
        if read is None:
            return Refused(f"{shortened(clock)} is not a time; expected one such as 07:30")
        return self._local(datetime.combine(day, read), text)

    def _local(self, clock: datetime, text: str) -> When:
        """A time on the ward's clock; refused where the clocks skipped it or showed it twice."""
        local = clock.replace(tzinfo=self.zone)
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            return Refused(f"{shortened(text)} lies where the clocks were changed; give the offset, such as +02:00")
        return at_of(local)


def at_of(instant: datetime) -> At:
    """Return the moment of an aware time, written with the offset that it has."""
    written = instant.isoformat()
    return At(written, instant.date(), datetime.fromisoformat(written))


def on_wards_clock(at: At, zone: tzinfo) -> At:
    """Return a moment as the ward's clock showed it; one that is written so already, or has no time, as it is."""
    if at.instant is None:
        return at
    local = at.instant.astimezone(zone)
    return at if local.utcoffset() == at.instant.utcoffset() else at_of(local)


def _clock(text: str) -> time | None:
    """The time of day, on twelve hours where it says am or pm; None where it is none."""
    match = _CLOCK.fullmatch(text.lower())
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def _with_offset(text: str, zone: tzinfo) -> At | None:
    """The moment as the ward's clock showed it; None where the text is no moment with an offset."""
    try:
        at = At.parse(text.replace(" ", "T", 1) if text[10:11] == " " else text)
    except ValueError:
        return None
    return at_of(at.instant.astimezone(zone)) if at.instant is not None and at.day.year in _YEARS else None


def _month(name: str) -> int:
    names = [month.lower() for month in MONTHS]
    return names.index(name.lower()) + 1 if name.lower() in names else 0


def _calendar(year: int, month: int, day: int, text: str) -> date | Refused:
    try:
        found = date(year, month, day)
    except ValueError:
        return Refused(f"{shortened(text)} is not a day of the calendar")
    return found if year in _YEARS else Refused(f"{shortened(text)} lies in another century")


def _no_date(text: str) -> Refused:
    return Refused(f"{shortened(text)} is not a date; expected one such as 2026-05-05, 05.05.2026 or 05-May-2026")
