"""Which entries count: corrections, voids and conflicts resolved, in the order of the rulebook (section 0)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bedside.chart.base import Entry
from bedside.chart.entries import Void
from bedside.chart.enums import VoidScope
from bedside.chart.errors import UserError

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


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

    @property
    def contested(self) -> tuple[Entry, ...]:
        """The entries that stand in any conflict."""
        return tuple(entry for conflict in self.conflicts for entry in conflict.entries)


def order_key(entry: Entry) -> tuple[object, ...]:
    """Return the rulebook's sort key: local date, time (none first), recorded_at (none first), id."""
    at = entry.at
    return (
        at.day,
        at.instant is not None,
        at.instant or _BEGINNING,
        entry.recorded_at is not None,
        entry.recorded_at or _BEGINNING,
        entry.id,
    )


def resolve(entries: Iterable[Entry], known_at: datetime | None = None) -> Journal:
    """Return what counts among `entries`, as known at a moment (all of it when None).

    A void removes the entry it names (or its whole chain of corrections); the entry that a removed correction had
    corrected counts again. Two live corrections of one entry contest each other. Corrections and voids apply
    whatever their own date.
    """
    everything = tuple(entries)
    if all(entry.supersedes is None and entry.kind != "void" for entry in everything) and known_at is None:
        return Journal(
            tuple(sorted(everything, key=order_key)), (), {entry.id: EntryState.LIVE for entry in everything}
        )
    known = [e for e in everything if known_at is None or e.recorded_at is None or e.recorded_at <= known_at]
    states = {entry.id: EntryState.HIDDEN for entry in everything}
    states |= {entry.id: EntryState.LIVE for entry in known}
    by_id = {entry.id: entry for entry in known}
    for removed in _removed(known, by_id):
        states[removed] = EntryState.VOIDED
    conflicts = _settle(known, by_id, states)
    live = sorted((e for e in known if states[e.id] is EntryState.LIVE), key=order_key)
    return Journal(tuple(live), conflicts, states)


def check_links(entries: Sequence[Entry]) -> None:
    """Raise UserError when a correction or void names an unknown entry, one of another kind, or makes a circle."""
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        named = _named(entry)
        if named is None:
            continue
        target = by_id.get(named)
        verb = "voids" if isinstance(entry, Void) else "supersedes"
        if target is None:
            raise UserError(
                f"The {entry.kind} of {entry.at.text} {verb} the entry {named}, which this chart does not hold."
            )
        if verb == "supersedes" and target.kind != entry.kind:
            raise UserError(
                f"The {entry.kind} of {entry.at.text} supersedes the entry {named}, which is a {target.kind}."
            )
        _refuse_circle(entry, by_id)


def _named(entry: Entry) -> str | None:
    return entry.voids if isinstance(entry, Void) else entry.supersedes


def _refuse_circle(entry: Entry, by_id: Mapping[str, Entry]) -> None:
    seen = {entry.id}
    step = _named(entry)
    while step is not None and step in by_id:
        if step in seen:
            raise UserError(f"The {entry.kind} of {entry.at.text} corrects or voids itself in a circle ({entry.id}).")
        seen.add(step)
        step = _named(by_id[step])


def _removed(known: Sequence[Entry], by_id: Mapping[str, Entry]) -> set[str]:
    """The ids that voids in force remove; a void that is itself voided is not in force."""
    voids: dict[str, list[Void]] = {}
    for entry in known:
        if isinstance(entry, Void):
            voids.setdefault(entry.voids, []).append(entry)

    def in_force(void: Void) -> bool:
        return not any(in_force(other) for other in voids.get(void.id, ()))

    removed: set[str] = set()
    for target, naming in voids.items():
        acting = [void for void in naming if in_force(void)]
        if any(void.scope is VoidScope.CHAIN for void in acting):
            removed |= _chain(target, known, by_id)
        elif acting:
            removed.add(target)
    return removed


def _chain(start: str, known: Sequence[Entry], by_id: Mapping[str, Entry]) -> set[str]:
    root = start
    while root in by_id and by_id[root].supersedes is not None and by_id[root].supersedes in by_id:
        root = str(by_id[root].supersedes)
    chain = {root}
    grown = True
    while grown:
        grown = False
        for entry in known:
            if entry.supersedes in chain and entry.id not in chain:
                chain.add(entry.id)
                grown = True
    return chain


def _settle(known: Sequence[Entry], by_id: Mapping[str, Entry], states: dict[str, EntryState]) -> tuple[Conflict, ...]:
    """Mark superseded and contested entries in `states`; return the conflicts by the entry they are about."""
    corrections: dict[str, list[Entry]] = {}
    for entry in known:
        if states[entry.id] is EntryState.VOIDED:
            continue
        corrected = entry.supersedes
        while corrected is not None and corrected in by_id and states[corrected] is EntryState.VOIDED:
            corrected = by_id[corrected].supersedes
        if corrected is not None and corrected in by_id:
            corrections.setdefault(corrected, []).append(entry)
    for corrected in corrections:
        states[corrected] = EntryState.SUPERSEDED
    conflicts = []
    for corrected in sorted(corrections):
        heads = sorted(_heads(corrected, corrections), key=order_key)
        if len(corrections[corrected]) > 1:
            conflicts.append(Conflict(corrected, tuple(heads)))
            for head in heads:
                states[head.id] = EntryState.CONTESTED
    return tuple(conflicts)


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
