"""When things happen: exact texts, local dates as written, and the calendar arithmetic of the rules."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any

from pydantic import GetPydanticSchema
from pydantic_core import CoreSchema, core_schema

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(?P<offset>Z|[+-]\d{2}:\d{2})", re.ASCII)
# Neither an offset nor the years that a rule adds ever lead out of the calendar of Python (years 1 to 9999).
FIRST_DAY, LAST_DAY = date(2, 1, 1), date(8999, 12, 31)
_DAYS_OF_EVERY_MONTH = 28
_MINUTES_A_DAY = 24 * 60
_EXPECTED = "a date (YYYY-MM-DD) or a date-time with an offset (YYYY-MM-DDThh:mm:ss+hh:mm)"


@dataclass(frozen=True, slots=True)
class At:
    """When an entry happened: the exact text, the local date as written, the instant if a time is known.

    `order` is a text that sorts moments: by local date, a date without a time first, then by the instant.
    """

    text: str
    day: date
    instant: datetime | None
    order: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make `order` once: charts are sorted often."""
        instant = "" if self.instant is None else self.instant.astimezone(UTC).isoformat(timespec="microseconds")
        object.__setattr__(self, "order", f"{self.day.isoformat()}{instant}")

    @staticmethod
    def parse(text: object) -> "At":
        """Return the value of an ISO date or of a date-time with an offset; ValueError says what was expected."""
        if isinstance(text, str):
            return _parse_at(text)
        raise ValueError(f"expected {_EXPECTED}")


@lru_cache(maxsize=16384)
def _parse_at(text: str) -> At:
    if len(text) == 10 and _DATE.fullmatch(text):
        return At(text, _within_calendar(date.fromisoformat(text)), None)
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"expected {_EXPECTED}")
    instant = _instant(match)
    return At(text, _within_calendar(instant.date()), instant)


def _instant(match: re.Match[str]) -> datetime:
    """The moment of a text that has its form; ValueError says what in it there is not."""
    try:
        return datetime.fromisoformat(match[0])
    except ValueError:
        hours, _, minutes = match["offset"][1:].partition(":")
        if hours and int(hours) * 60 + int(minutes) >= _MINUTES_A_DAY:
            raise ValueError("expected an offset of less than 24 hours") from None
        raise


def _within_calendar(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"expected a date from the year {FIRST_DAY.year} to the year {LAST_DAY.year}")
    return day


@dataclass(frozen=True, slots=True)
class AsOf:
    """The point for which everything is derived: the end of a local day, or one instant."""

    day: date
    instant: datetime | None = None

    @staticmethod
    def parse(text: str) -> "AsOf":
        """Return the point that an ISO date or a date-time with an offset names; ValueError otherwise."""
        at = At.parse(text)
        return AsOf(at.day, at.instant)

    @property
    def text(self) -> str:
        """The ISO text of the point."""
        return self.day.isoformat() if self.instant is None else self.instant.isoformat()

    def covers(self, at: At) -> bool:
        """Tell whether `at` lies at or before this point; a date without a time counts from its first moment."""
        if self.instant is not None and at.instant is not None:
            return at.instant <= self.instant
        return at.day <= self.day


def day_number(day: date, day0: date) -> int:
    """Return the day relative to day 0: a difference of local calendar dates."""
    return (day - day0).days


def add_months(day: date, months: int) -> date:
    """Return the date `months` calendar months later, the end of the month clipped."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _DAYS_OF_EVERY_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_years(birth: date, on: date) -> int:
    """Return the age in completed years; born on 29 February, a year older on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def birthday(birth: date, years: int) -> date:
    """Return the day on which somebody completes `years` years; for 29 February, 1 March of a common year."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def _schema(parse: Callable[[object], Any], write: Callable[[Any], str]) -> GetPydanticSchema:
    def build(_source: Any, _handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                write, return_schema=core_schema.str_schema()
            ),
        )

    return GetPydanticSchema(build)


def _parse_utc(text: object) -> datetime:
    if isinstance(text, str) and (match := _MOMENT.fullmatch(text)):
        moment = _instant(match)
        _within_calendar(moment.date())
        return moment.astimezone(UTC)
    raise ValueError("expected a UTC date-time (YYYY-MM-DDThh:mm:ssZ)")


def utc_text(moment: datetime) -> str:
    """Return the moment in UTC with a trailing Z, microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parse_date(text: object) -> date:
    if isinstance(text, str) and _DATE.fullmatch(text):
        return _within_calendar(date.fromisoformat(text))
    raise ValueError("expected a date (YYYY-MM-DD)")


AtField = Annotated[At, _schema(At.parse, lambda at: at.text)]
UtcField = Annotated[datetime, _schema(_parse_utc, utc_text)]
DateField = Annotated[date, _schema(_parse_date, date.isoformat)]
