"""When each form is asked: once, for each infusion, or at points in time, with the contact that answers it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.enums import ContactStatus
from bedside.chart.moments import add_months
from bedside.knowledge.families.registry import RegistryForm, RegistryPoint
from bedside.logic.follow_up.outcome import NOT_SEEN
from bedside.logic.registry.view import Span, View

_DAY = timedelta(days=1)
_MONTHS_OF_A_YEAR = 12


class Asked(NamedTuple):
    """One form at one time: what it is about, its point in time if it has one, the time it covers, and whether it is
    over, so that what is not recorded is missing.
    """

    about: str
    due: date | None
    span: Span
    over: bool


def asked(view: View, form: RegistryForm) -> Iterator[Asked]:
    """Yield the times at which a form is asked of the newest course, up to the first that lies ahead."""
    if form.when == "points":
        yield from _points(view, form)
    elif form.when == "once":
        about = f"infusion of {view.on(view.day0)}" if view.day0 else "no infusion yet"
        yield Asked(about, None, Span(date.min, view.before), bool(view.infusions))
    else:
        for infusion in view.infusions:
            span = Span(date.min, infusion.at.day, infusion=infusion)
            yield Asked(f"infusion of {view.on(infusion.at.day)}", None, span, True)


def _points(view: View, form: RegistryForm) -> Iterator[Asked]:
    if view.day0 is None:
        return
    seen, first = _seen(view), view.day0
    deaths = view.until("death", view.today)
    died = deaths[0].at.day if deaths else None
    for place, (about, due, point) in enumerate(_dates(view.day0, form)):
        window = _window(point, due, view.day0)
        contact = _contact(seen, first, due, window)
        end = due if window is None else window[1]
        ended = died is not None and first <= died <= end
        contact = died if ended else contact
        last = min(contact if contact is not None and (ended or window is not None) else due, view.today)
        over = ended or view.today > end or (window is not None and contact is not None and view.today >= due)
        entry = seen.get(contact, "") if contact else ""
        yield Asked(about, due, Span(first, last, place == 0, None, contact, entry, window), over)
        if ended or due > view.today:
            return
        first = last + _DAY


def _dates(day0: date, form: RegistryForm) -> Iterator[tuple[str, date, RegistryPoint]]:
    """The points of a form in order, those that repeat without end."""
    for point in form.points:
        month = point.month or 0
        due = day0 + timedelta(days=point.day) if point.day is not None else add_months(day0, month)
        while point.repeats:
            years = month // _MONTHS_OF_A_YEAR
            yield "1 year" if years == 1 else f"{years} years", add_months(day0, month), point
            month += _MONTHS_OF_A_YEAR
        yield point.name, due, point


def _window(point: RegistryPoint, due: date, day0: date) -> tuple[date, date] | None:
    if point.first_day is not None and point.last_day is not None:
        return day0 + timedelta(days=point.first_day), day0 + timedelta(days=point.last_day)
    if point.around_days is not None:
        return due - timedelta(days=point.around_days), due + timedelta(days=point.around_days)
    return None


def _contact(seen: Mapping[date, str], first: date, due: date, window: tuple[date, date] | None) -> date | None:
    """The day nearest to the point within its window; without a window the last one up to the point."""
    if window is None:
        return max((day for day in seen if first <= day <= due), default=None)
    within = [day for day in seen if max(first, window[0]) <= day <= window[1]]
    return min(within, key=lambda day: (abs((day - due).days), day), default=None)


def _seen(view: View) -> dict[date, str]:
    """The days on which the chart shows that the patient was there, each with an entry that does; later ones win."""
    found = {
        entry.at.day: entry.id
        for kind, entries in view.kinds.items()
        for entry in entries
        if kind not in NOT_SEEN or (kind == "contact" and entry.status is ContactStatus.ALIVE)
    }
    return {day: entry for day, entry in found.items() if day <= view.today}
