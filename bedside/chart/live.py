"""Which entries count: corrections, voids and conflicts resolved, in one order."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from bedside.chart.base import Entry
from bedside.chart.entries import Void
from bedside.chart.enums import VoidScope
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf


class LinkFault(UserError):
    """A correction or void that cannot stand; `entry` is the one to blame."""

    def __init__(self, entry: Entry, what_happened: str) -> None:
        super().__init__(what_happened)
        self.entry = entry


_ID, _DAY = attrgetter("id"), attrgetter("at.day")
_SUPERSEDES = attrgetter("supersedes")
_NEXT = "\0"
"""Stands between the parts of a sort key; sorts before all that a part can hold, so that the shorter part is first."""
_WIDEST = timedelta(days=2)
"""What is dated longer before the date of an instant lies before the instant, whatever offsets both have."""


class EntryState(StrEnum):
    """What became of an entry."""

    LIVE = "live"
    SUPERSEDED = "superseded"
    VOIDED = "voided"
    CONTESTED = "contested"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more live corrections of one entry; none of them counts until a person has settled it."""

    about: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """The entries that count, the conflicts, and the state of every entry by id."""

    live: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]
    states: Mapping[str, EntryState]


def order_key(entry: Entry) -> str:
    """Return a text that sorts entries: local date, time (none first), recorded_at (none first), id."""
    fields = vars(entry)
    recorded = fields["recorded_at"]
    at, known = fields["at"].order, "" if recorded is None else recorded.isoformat(timespec="microseconds")
    return f"{at}{_NEXT}{known}{_NEXT}{fields['id']}"


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries in the order of `order_key`."""
    return tuple(sorted(entries, key=order_key))


def up_to(entries: Sequence[Entry], as_of: AsOf) -> tuple[Entry, ...]:
    """Return those of entries in the order of `order_key` that lie at a point or before it."""
    if as_of.instant is None:
        return tuple(entries[: bisect_right(entries, as_of.day, key=_DAY)])
    sure = bisect_left(entries, as_of.day - _WIDEST, key=_DAY)
    return (*entries[:sure], *[entry for entry in entries[sure:] if as_of.covers(entry.at)])


def resolve(entries: Iterable[Entry], known_at: datetime | None = None) -> Journal:
    """Return what counts among `entries`, as known at a moment (all of it when None).

    A void removes the entry it names (or its whole chain of corrections); the entry that a removed correction had
    corrected counts again. Two live corrections of one entry contest each other, also when that entry is voided.
    Corrections and voids apply whatever their own date.
    """
    everything = tuple(entries)
    if known_at is None and not names_others(everything):
        return Journal(in_order(everything), (), dict.fromkeys(map(_ID, everything), EntryState.LIVE))
    known = [e for e in everything if known_at is None or e.recorded_at is None or e.recorded_at <= known_at]
    states = {entry.id: EntryState.HIDDEN for entry in everything}
    states |= {entry.id: EntryState.LIVE for entry in known}
    by_id = {entry.id: entry for entry in known}
    for removed in _removed(known):
        states[removed] = EntryState.VOIDED
    conflicts = _settle(known, by_id, states)
    live = in_order(e for e in known if states[e.id] is EntryState.LIVE)
    return Journal(live, conflicts, states)


def names_others(entries: Sequence[Entry]) -> bool:
    """Tell whether an entry corrects or voids another one."""
    return Void in set(map(type, entries)) or any(map(_SUPERSEDES, entries))


def check_links(entries: Sequence[Entry]) -> None:
    """Raise LinkFault when a correction or void names an unknown entry, one of another kind, or makes a circle."""
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        named = named_by(entry)
        if named is None:
            continue
        what = f"The {entry.kind} of {entry.at.text}"
        verb = "voids" if type(entry) is Void else "supersedes"
        if named not in by_id:
            raise LinkFault(entry, f"{what} {verb} the entry {named}, which this chart does not hold.")
        if verb == "supersedes" and by_id[named].kind != entry.kind:
            raise LinkFault(entry, f"{what} supersedes the entry {named}, which is a {by_id[named].kind}.")
    _refuse_circles(by_id)


def named_by(entry: Entry) -> str | None:
    """Return the id of the entry that this one corrects or voids, or None."""
    return entry.voids if type(entry) is Void else entry.supersedes


def _refuse_circles(by_id: Mapping[str, Entry]) -> None:
    sound: set[str] = set()
    for start, entry in by_id.items():
        path: set[str] = set()
        step: str | None = start
        while step is not None and step not in sound:
            if step in path:
                raise LinkFault(
                    entry, f"The {entry.kind} of {entry.at.text} corrects or voids itself in a circle ({start})."
                )
            path.add(step)
            step = named_by(by_id[step])
        sound |= path


def _removed(known: Sequence[Entry]) -> set[str]:
    """The ids that voids in force remove."""
    removed: set[str] = set()
    for void in _voids_in_force([entry for entry in known if type(entry) is Void]):
        removed |= chain_of(void.voids, known) if void.scope is VoidScope.CHAIN else {void.voids}
    return removed


def _voids_in_force(voids: Sequence[Void]) -> list[Void]:
    """The voids that no other void in force takes back, judged from the last link of each chain of voids."""
    by_id = {void.id: void for void in voids}
    unjudged = Counter(void.voids for void in voids if void.voids in by_id)
    taken_back: set[str] = set()
    in_force: list[Void] = []
    ready = [void for void in voids if void.id not in unjudged]
    while ready:
        void = ready.pop()
        if void.id not in taken_back:
            in_force.append(void)
            taken_back.add(void.voids)
        if void.voids in by_id:
            unjudged[void.voids] -= 1
            if not unjudged[void.voids]:
                ready.append(by_id[void.voids])
    return in_force


def chain_of(start: str, known: Sequence[Entry]) -> set[str]:
    """Return the ids of an entry, everything it corrects and everything that corrects any of these."""
    by_id = {entry.id: entry for entry in known}
    corrections: dict[str, list[str]] = {}
    for entry in known:
        if entry.supersedes is not None:
            corrections.setdefault(entry.supersedes, []).append(entry.id)
    root = start
    while root in by_id and (corrected := by_id[root].supersedes) in by_id:
        root = str(corrected)
    chain = {root}
    waiting = [root]
    while waiting:
        for correction in corrections.get(waiting.pop(), ()):
            chain.add(correction)
            waiting.append(correction)
    return chain


def _settle(known: Sequence[Entry], by_id: Mapping[str, Entry], states: dict[str, EntryState]) -> tuple[Conflict, ...]:
    """Mark superseded and contested entries in `states`; return the conflicts by the entry they are about."""
    corrections: dict[str, list[Entry]] = {}
    for entry in known:
        if states[entry.id] is EntryState.VOIDED:
            continue
        corrected = _corrected_by(entry, by_id, states)
        if corrected is not None:
            corrections.setdefault(corrected, []).append(entry)
    for corrected in corrections:
        if states[corrected] is not EntryState.VOIDED:
            states[corrected] = EntryState.SUPERSEDED
    conflicts = []
    for corrected in sorted(corrections):
        heads = sorted(_heads(corrected, corrections), key=order_key)
        if len(corrections[corrected]) > 1:
            conflicts.append(Conflict(corrected, tuple(heads)))
            for head in heads:
                states[head.id] = EntryState.CONTESTED
    return tuple(conflicts)


def _corrected_by(entry: Entry, by_id: Mapping[str, Entry], states: Mapping[str, EntryState]) -> str | None:
    """The entry that a correction takes the place of, past the voided ones; the first of them if nothing is left."""
    corrected = entry.supersedes
    if corrected is None or corrected not in by_id:
        return None
    while states[corrected] is EntryState.VOIDED:
        earlier = by_id[corrected].supersedes
        if earlier is None or earlier not in by_id:
            break
        corrected = earlier
    return corrected


def _heads(corrected: str, corrections: Mapping[str, Sequence[Entry]]) -> list[Entry]:
    heads: list[Entry] = []
    waiting = [corrected]
    while waiting:
        for entry in corrections[waiting.pop()]:
            if entry.id in corrections:
                waiting.append(entry.id)
            else:
                heads.append(entry)
    return heads
