"""A laboratory's date and time as text: what could be read in two ways is asked about, never guessed."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from bedside.chart.formats import MONTHS
from bedside.chart.moments import At
from bedside.exchange.counts.found import Choice, Doubts, Question
from bedside.exchange.counts.numbers import Asked, Refused
from bedside.exchange.refusals import shortened

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
_NAMED = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3})[- ](?P<year>\d{4})", re.ASCII)
_EITHER = re.compile(r"(?P<first>\d{1,2})([/-])(?P<second>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,](?P<part>\d{1,12}))?", re.ASCII)
_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?", re.ASCII)
_OFFSET = re.compile(r"(Z|[+-]\d{2}:\d{2})$", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}", re.ASCII)

_EXCEL = {"excel_1900": date(1899, 12, 30), "excel_1904": date(1904, 1, 1)}
_FIRST_SERIAL = 61
"""Earlier ones are moved by the day that Excel's calendar of 1900 has too many."""

DAY_OR_MONTH = (Choice("day_first", "the day comes first: 03/04 is 3 April"),
                Choice("month_first", "the month comes first: 03/04 is 4 March"))  # fmt: skip
SERIALS = (
    Choice("excel_1900", "days since 1900 (Excel on Windows)"),
    Choice("excel_1904", "days since 1904 (Excel on old Macs)"),
)
DATES = tuple(choice.value for choice in (*DAY_OR_MONTH, *SERIALS))

When = At | Refused | Asked


@dataclass(slots=True)
class Dates:
    """Reads moments in the ward's zone; `order` is how ambiguous ones are meant, None where nobody has said."""

    order: str | None
    zone: tzinfo
    doubts: Doubts
    _read: dict[str, When] = field(default_factory=dict)

    def read(self, text: str) -> When:
        """Return the moment of a cell: a date, or a date and a time in the ward's zone or with an offset."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._first_time(text.strip())
        return known

    def _first_time(self, text: str) -> When:
        if _OFFSET.search(text):
            exact = _with_offset(text)
            if exact is not None:
                return exact
        day_text, _, clock_text = text.partition("T" if "T" in text[10:11] else " ")
        serial = _SERIAL.fullmatch(text)
        if serial:
            return self._serial(serial, text)
        day = self._day(day_text)
        return self._at(day, clock_text.strip(), text) if isinstance(day, date) else day

    def _day(self, text: str) -> date | Refused | Asked:
        for pattern in (_ISO, _COMPACT, _DOTTED, _NAMED):
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
        return Refused(f"{shortened(text)} is not a date; expected one such as 2026-05-05, 05.05.2026 or 05-May-2026")

    def _either(self, first: int, second: int, year: int, text: str) -> date | Refused | Asked:
        if self.order == "day_first":
            return _calendar(year, second, first, text)
        if self.order == "month_first":
            return _calendar(year, first, second, text)
        if first == second:
            return _calendar(year, first, second, text)
        return Asked(self.doubts.add(
            Question("dates", f"{shortened(text)} can be read in two ways. Which comes first?", DAY_OR_MONTH)
        ))  # fmt: skip

    def _serial(self, match: re.Match[str], text: str) -> When:
        epoch = _EXCEL.get(self.order or "")
        if epoch is None:
            question = (
                f"{shortened(text)} looks like a date that Excel has written as a number. From which day does it count?"
            )
            return Asked(self.doubts.add(Question("dates", question, SERIALS)))
        days = int(match["days"])
        if days < _FIRST_SERIAL:
            return Refused(f"{shortened(text)} is not a date")
        day = epoch + timedelta(days=days)
        if match["part"] is None:
            return At.parse(day.isoformat())
        minutes = round(float(f"0.{match['part']}") * 24 * 60)
        return self._local(datetime.combine(day, time()) + timedelta(minutes=minutes), text)

    def _at(self, day: date, clock: str, text: str) -> When:
        if not clock:
            return At.parse(day.isoformat())
        match = _CLOCK.fullmatch(clock)
        if match is None:
            return Refused(f"{shortened(clock)} is not a time; expected one such as 07:30")
        second = int(match["second"] or 0)
        return self._local(datetime.combine(day, time(int(match["hour"]), int(match["minute"]), second)), text)

    def _local(self, clock: datetime, text: str) -> When:
        """A time on the ward's clock; refused where the clocks skipped it or showed it twice."""
        local = clock.replace(tzinfo=self.zone)
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            return Refused(f"{shortened(text)} lies where the clocks were changed; give the offset, such as +02:00")
        written = local.isoformat()
        return At(written, clock.date(), datetime.fromisoformat(written))


def _with_offset(text: str) -> At | None:
    try:
        at = At.parse(text.replace(" ", "T", 1) if text[10:11] == " " else text)
    except ValueError:
        return None
    return at if at.instant is not None else None


def _month(name: str) -> int:
    names = [month.lower() for month in MONTHS]
    return names.index(name.lower()) + 1 if name.lower() in names else 0


def _calendar(year: int, month: int, day: int, text: str) -> date | Refused:
    try:
        return date(year, month, day)
    except ValueError:
        return Refused(f"{shortened(text)} is not a day of the calendar")
