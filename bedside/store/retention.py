"""Which backups are kept: the newest ones, and that of each of the last hours, days, weeks and months that have one."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

NEWEST = 12
"""How many are kept although newer ones of the same hour follow, so that what was there before an import is."""

ASKED_FOR = timedelta(days=1)
"""How long a backup stays for which somebody asked, and was told where it is."""

HOURLY, DAILY, WEEKLY, MONTHLY = 24, 14, 8, 12
"""How many hours, days, weeks and months keep a backup."""

_PERIODS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (HOURLY, lambda made: (made.year, made.month, made.day, made.hour)),
    (DAILY, lambda made: (made.year, made.month, made.day)),
    (WEEKLY, lambda made: made.isocalendar()[:2]),
    (MONTHLY, lambda made: (made.year, made.month)),
)


def moments_to_keep(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return those moments (UTC) of verified backups that stay; the newest ones always do."""
    newest_first = sorted(moments, reverse=True)
    kept = set(newest_first[:NEWEST])
    for number, period in _PERIODS:
        newest_of: dict[tuple[int, ...], datetime] = {}
        for made in newest_first:
            newest_of.setdefault(period(made), made)
        kept.update(list(newest_of.values())[:number])
    return frozenset(kept)
