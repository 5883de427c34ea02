"""Turns therapies and an outlook into the rows of the planner: bars, the interval to run, and words with signs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bedside.chart.base import Entry
from bedside.chart.derived.washout import Outlook, Washout, WashoutStatus
from bedside.chart.entries import Radiotherapy, Therapy
from bedside.chart.enums import Milestone
from bedside.chart.formats import NO_BREAK_SPACE, date_text, label, number_text, short_date_text
from bedside.ui.criteria import CriteriaWords
from bedside.ui.signs import Sign

LONG_CLEAR_DAYS = 183
SIGNS = {
    WashoutStatus.CONFLICT: Sign.CONFLICT,
    WashoutStatus.UNKNOWN: Sign.NOT_KNOWN,
    WashoutStatus.CAUTION: Sign.CAUTION,
    WashoutStatus.CLEAR: Sign.CLEAR,
    WashoutStatus.NO_INTERVAL: Sign.NO_INTERVAL,
}


@dataclass(frozen=True)
class Bar:
    """One administration: from when to when; `stop` None goes on, `unknown` ended on a day that nobody knows."""

    start: date
    stop: date | None
    unknown: bool
    entry: str
    route: str = ""


@dataclass(frozen=True)
class Verdict:
    """How an agent lies to a milestone: sign, words, where the interval comes from; `alarming` words stand out."""

    sign: Sign
    words: str
    source: str
    alarming: bool
    spoken: str


@dataclass(frozen=True)
class AgentRow:
    """One agent on the planner; `short` is the stretch from a date to the first clear day, `run` the interval to run.

    `mark` says beside the bar what binds; `verdicts` holds what is said before apheresis and before infusion.
    """

    agent: str
    under: str
    bars: tuple[Bar, ...]
    run_to: date | None
    short: tuple[tuple[date, date], ...]
    mark: str
    alarming: bool
    verdicts: tuple[Verdict, Verdict]

    @property
    def goes_on(self) -> bool:
        """Whether it is still given."""
        return any(bar.stop is None and not bar.unknown for bar in self.bars)

    @property
    def spoken(self) -> str:
        """The row as it is read aloud."""
        said = [verdict.spoken for verdict in self.verdicts if verdict.spoken]
        return ". ".join([f"{self.agent}, {self.under}", *said])


def agent_rows(entries: Iterable[Entry], outlook: Outlook, words: CriteriaWords) -> tuple[AgentRow, ...]:
    """The agents that matter for these dates, the gravest first; those long clear before both are left out."""
    bars = _bars(entries)
    found: dict[str, dict[Milestone, Washout]] = {}
    for row in outlook.washout:
        held = found.setdefault(row.agent, {})
        milestone = Milestone(row.milestone)
        if milestone not in held or _gravity(row) < _gravity(held[milestone]):
            held[milestone] = row
    rows = [
        (min(map(_gravity, held.values())), _row(agent, bars.get(agent, ()), held, outlook, words))
        for agent, held in found.items()
        if not all(is_long_clear(one) for one in held.values())
    ]
    return tuple(row for _gravest, row in sorted(rows, key=lambda one: (one[0], one[1].agent)))


def is_long_clear(row: Washout) -> bool:
    """Whether an agent was last given so long ago that nobody asks: half a year, clear or without an interval."""
    quiet = row.status in (WashoutStatus.CLEAR, WashoutStatus.NO_INTERVAL)
    return quiet and (row.interval_days or 0) > LONG_CLEAR_DAYS


def left_out(outlook: Outlook) -> tuple[str, ...]:
    """The agents that are left out, as words."""
    agents: dict[str, list[Washout]] = {}
    for row in outlook.washout:
        agents.setdefault(row.agent, []).append(row)
    return tuple(label(agent) for agent, rows in agents.items() if all(map(is_long_clear, rows)))


def _gravity(row: Washout) -> int:
    return list(SIGNS).index(row.status)


def _bars(entries: Iterable[Entry]) -> dict[str, tuple[Bar, ...]]:
    found: dict[str, list[Bar]] = {}
    for entry in entries:
        if isinstance(entry, Therapy):
            route = "" if entry.route is None else label(entry.route.value)
            bar = Bar(entry.at.day, entry.stop, bool(entry.stop_unknown), entry.id, route)
            found.setdefault(entry.agent, []).append(bar)
        elif isinstance(entry, Radiotherapy):
            name = f"{entry.site.value}_radiotherapy"
            found.setdefault(name, []).append(Bar(entry.at.day, entry.stop, False, entry.id))
    return {agent: tuple(bars) for agent, bars in found.items()}


def _row(
    agent: str,
    bars: Sequence[Bar],
    held: dict[Milestone, Washout],
    outlook: Outlook,
    words: CriteriaWords,
) -> AgentRow:
    runs = [row.clear_from for row in held.values() if row.clear_from is not None]
    first, second = (
        _verdict(held[one], words) if one in held else _uncounted(bars, one, outlook)
        for one in (Milestone.APHERESIS, Milestone.INFUSION)
    )
    alarming = any(row.status is WashoutStatus.CONFLICT for row in held.values())
    return AgentRow(
        label(agent), _under(bars, held), tuple(bars), max(runs, default=None), _shorts(held),
        _mark(agent, bars, held, outlook), alarming, (first, second),
    )  # fmt: skip


def _shorts(held: dict[Milestone, Washout]) -> tuple[tuple[date, date], ...]:
    """From which planned date to which first clear day an agent is short."""
    return tuple((row.date, row.clear_from) for row in held.values() if _is_short(row) and row.date and row.clear_from)


def _under(bars: Sequence[Bar], held: dict[Milestone, Washout]) -> str:
    """How and until when it was given, by whichever route of several."""
    routes = ", ".join(dict.fromkeys(bar.route for bar in bars if bar.route))
    return ", ".join(part for part in (routes, _until(bars, held)) if part)


def _until(bars: Sequence[Bar], held: dict[Milestone, Washout]) -> str:
    if any(bar.stop is None and not bar.unknown for bar in bars):
        return "still given"
    if any(bar.unknown for bar in bars):
        return "last day not known"
    last = max((bar.stop for bar in bars if bar.stop is not None), default=None)
    last = last or max((row.last_day for row in held.values() if row.last_day is not None), default=None)
    return "last day not known" if last is None else f"last {date_text(last)}"


def _mark(agent: str, bars: Sequence[Bar], held: dict[Milestone, Washout], outlook: Outlook) -> str:
    """What stands beside the bar: the days that are short, or until when an agent still given may be given."""
    if any(bar.stop is None and not bar.unknown for bar in bars):
        stops = [
            f"{short_date_text(outlook.stop_by[agent, milestone])} for {short_date_text(row.date)}"
            for milestone, row in held.items()
            if row.date is not None and (agent, milestone) in outlook.stop_by
        ]
        return f"stop by {', '.join(stops)}" if stops else "still given"
    shorts = [row for row in held.values() if _is_short(row)]
    if shorts:
        worst = max(shorts, key=_days_short)
        clear = f"clear {short_date_text(worst.clear_from)}" if worst.clear_from is not None else ""
        return f"given through it, {clear}" if _given_on(worst) else f"{_days_short(worst)} d short, {clear}"
    if any(row.status is WashoutStatus.UNKNOWN for row in held.values()):
        return "last day not known" if any(bar.unknown for bar in bars) else "not known"
    return _clear_words({one: row.clear_from for one, row in held.items()})


def _clear_words(clear: Mapping[Milestone, date | None]) -> str:
    """From when an agent is clear; for which milestone, where no source gives an interval before the other."""
    known = {one: day for one, day in clear.items() if day is not None}
    if not known:
        return "no interval given"
    only = f" for {next(iter(known))}" if len(known) < len(clear) else ""
    return f"clear {short_date_text(max(known.values()))}{only}"


def _is_short(row: Washout) -> bool:
    ahead = row.clear_from is not None and row.date is not None and row.clear_from > row.date
    return ahead and row.status is WashoutStatus.CONFLICT


def _days_short(row: Washout) -> int:
    return 0 if row.clear_from is None or row.date is None else (row.clear_from - row.date).days


def _given_on(row: Washout) -> bool:
    """Whether it was still given after the date, so that more days are missing than the interval has."""
    return _days_short(row) > (row.minimum_days or 0)


def _uncounted(bars: Sequence[Bar], milestone: Milestone, outlook: Outlook) -> Verdict:
    """What is said of an agent that is not held against a milestone."""
    day = next((row.date for row in outlook.washout if row.milestone == milestone), None)
    later = day is not None and bool(bars) and all(bar.start >= day for bar in bars)
    return Verdict(Sign.NO_INTERVAL, "given after it" if later else "does not count here", "", False, "")


def _verdict(row: Washout, words: CriteriaWords) -> Verdict:
    alarming = row.status in (WashoutStatus.CONFLICT, WashoutStatus.UNKNOWN)
    source = "" if row.source == "bedside" else words.source(row.source)
    return Verdict(SIGNS[row.status], _words(row), source, alarming, row.text)


def _words(row: Washout) -> str:
    if row.status is WashoutStatus.NO_INTERVAL:
        return "no interval given"
    if row.status is WashoutStatus.UNKNOWN:
        return "last day not known" if row.last_day is None else "not known"
    if row.interval_days is None:
        hours = row.unit == "hours"
        needed = (row.minimum_days or 0) * (24 if hours else 1)
        return f"still given, needs {needed}{NO_BREAK_SPACE}{'h' if hours else 'd'}"
    if row.interval_hours is not None:
        return f"{number_text(round(row.interval_hours, 1))}{NO_BREAK_SPACE}h of {(row.minimum_days or 0) * 24}"
    if _is_short(row) and _given_on(row):
        return f"given through it, needs {row.minimum_days}{NO_BREAK_SPACE}d"
    said = f"{row.interval_days}{NO_BREAK_SPACE}d of {row.minimum_days}"
    if _is_short(row):
        return f"{said}, {_days_short(row)} short"
    if row.status is WashoutStatus.CAUTION and row.preferred_days is not None:
        return f"{said}, {row.preferred_days} preferred"
    return said
