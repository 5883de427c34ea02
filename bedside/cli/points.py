"""The points in time that commands take: --as-of and --known-at."""

import argparse
from datetime import datetime, time, tzinfo

from bedside import compose
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf


def as_of(options: argparse.Namespace, zone: tzinfo) -> AsOf:
    """Return the point named by --as-of, else the end of today in the zone; UserError for anything else."""
    if options.as_of is None:
        return AsOf(compose.utc_now().astimezone(zone).date())
    return _point("--as-of", options.as_of)


def known_at(options: argparse.Namespace, zone: tzinfo) -> datetime | None:
    """Return the moment named by --known-at (a date: its end in the zone), None when it was not given."""
    if options.known_at is None:
        return None
    point = _point("--known-at", options.known_at)
    return point.instant or datetime.combine(point.day, time.max, tzinfo=zone)


def _point(option: str, text: str) -> AsOf:
    try:
        return AsOf.parse(text)
    except ValueError as error:
        raise UserError(f"{option} is {text!r}; {error}.") from None
