"""Owns what a row of the journal says: one entry in words, who wrote it, and what became of it, with its links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bedside.chart.base import Entry
from bedside.chart.describe import kind_title, values_text
from bedside.chart.entries import Void
from bedside.chart.enums import VoidScope
from bedside.chart.formats import at_text, date_text, day_text, moment_text
from bedside.chart.live import EntryState, order_key
from bedside.chart.moments import AsOf, day_number
from bedside.service.read import Opened, Provenance

STATE_WORDS: Mapping[EntryState, str] = {
    EntryState.LIVE: "in force",
    EntryState.SUPERSEDED: "corrected",
    EntryState.VOIDED: "taken back",
    EntryState.CONTESTED: "conflict",
    EntryState.HIDDEN: "not known",
}
SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class JournalLine:
    """One entry in words; `notes` are the sentences on its links, `link` the id of the entry that they lead to or "".

    received is "" where the entry was received when it was recorded; recorded is "" where nobody said who wrote it.
    beyond names the date that is shown where the entry lies after it, "" where the entry counts there.
    """

    id: str
    kind: str
    title: str
    when: str
    day: str
    values: str
    recorded: str
    recorded_at: str
    received: str
    state: EntryState
    notes: tuple[str, ...] = ()
    link: str = ""
    beyond: str = ""

    @property
    def struck(self) -> bool:
        """Whether it no longer counts."""
        return self.state in (EntryState.SUPERSEDED, EntryState.VOIDED)

    @property
    def state_words(self) -> str:
        """What became of it; what lies after the date that is shown does not count there."""
        if self.beyond and self.state is EntryState.LIVE:
            return f"after {self.beyond}"
        return STATE_WORDS[self.state]

    @property
    def counts(self) -> bool:
        """Whether what is shown rests on it."""
        return self.state in (EntryState.LIVE, EntryState.CONTESTED) and not self.beyond

    @property
    def sentence(self) -> str:
        """The whole row as it is read aloud."""
        parts = [self.when, self.day, self.title, self.values or "no value", self.state_words, *self.notes]
        return ", ".join(
            part for part in (*parts, self.recorded or "recorded by: not recorded", self.recorded_at) if part
        )


def lines_of(opened: Opened, zone: tzinfo) -> list[JournalLine]:
    """The rows of a patient's journal, the newest first; moments are told in the ward's zone.

    An entry that was not known at the moment to which the journal is turned back is left out, and no link tells of it.
    """
    states = opened.journal.states
    known = (entry for entry in opened.chart.entries if states.get(entry.id) is not EntryState.HIDDEN)
    entries = sorted(known, key=order_key, reverse=True)
    maker = _Maker(opened, entries, zone)
    return [maker.line(entry) for entry in entries]


class _Maker:
    def __init__(self, opened: Opened, entries: Sequence[Entry], zone: tzinfo) -> None:
        self._by_id = {entry.id: entry for entry in entries}
        self._states, self._recorded = opened.journal.states, opened.recorded
        self._day0, self._zone = opened.assessment.day0, zone
        self._as_of = AsOf.parse(opened.assessment.as_of)
        self._successors: dict[str, list[Entry]] = {}
        self._voids: dict[str, list[Void]] = {}
        for entry in reversed(entries):
            if entry.supersedes is not None:
                self._successors.setdefault(entry.supersedes, []).append(entry)
            if isinstance(entry, Void):
                self._voids.setdefault(entry.voids, []).append(entry)

    def line(self, entry: Entry) -> JournalLine:
        """One entry in words."""
        state = self._states.get(entry.id, EntryState.HIDDEN)
        notes, link = self._links(entry, state)
        who = self._recorded.get(entry.id)
        return JournalLine(
            id=entry.id,
            kind=entry.kind,
            title=kind_title(entry.kind),
            when=at_text(entry.at),
            day="" if self._day0 is None else day_text(day_number(entry.at.day, self._day0)),
            values=self._values(entry),
            recorded=(entry.recorded_by or "") if who is None else who.recorded_by or "",
            recorded_at=self._moment(entry.recorded_at),
            received=self._received(who),
            state=state,
            notes=tuple(notes),
            link=link,
            beyond="" if self._as_of.covers(entry.at) else self._before(entry),
        )

    def _before(self, entry: Entry) -> str:
        """The date that is shown; its time too where the entry lies on the same day."""
        as_of = self._as_of
        return date_text(as_of.day) if entry.at.day != as_of.day else self._moment(as_of.instant)

    def _values(self, entry: Entry) -> str:
        if isinstance(entry, Void) and entry.voids in self._by_id:
            named = self._by_id[entry.voids]
            chain = ", with all its corrections" if entry.scope is VoidScope.CHAIN else ""
            return f"{kind_title(named.kind)} of {at_text(named.at)}, {values_text(named) or 'no value'}{chain}"
        return values_text(entry)

    def _links(self, entry: Entry, state: EntryState) -> tuple[list[str], str]:
        notes: list[str] = []
        link = ""
        if entry.supersedes is not None:
            before = self._by_id.get(entry.supersedes)
            notes.append(
                f"Corrects{'' if before is None else ' ' + (values_text(before) or 'no value')}: “{entry.reason}”"
            )
            link = entry.supersedes
        if isinstance(entry, Void):
            notes.append(f"“{entry.reason}”")
            link = entry.voids
        for successor in self._successors.get(entry.id, ()):
            by = f"Corrected {self._by(successor)}: “{successor.reason}”. Now: {values_text(successor) or 'no value'}"
            notes.append(by)
            link = successor.id
        for void in self._voids.get(entry.id, ()):
            notes.append(f"Taken back {self._by(void)}: “{void.reason}”")
            link = void.id
        if state is EntryState.CONTESTED:
            notes.append("Two corrections stand against each other; neither counts until one is taken back.")
        return notes, link

    def _by(self, entry: Entry) -> str:
        who = self._recorded.get(entry.id)
        name = entry.recorded_by or (who.received_by if who else "")
        moment = self._moment(entry.recorded_at)
        return " ".join(part for part in (moment, f"by {name}" if name else "") if part) or "earlier"

    def _moment(self, moment: datetime | None) -> str:
        return "" if moment is None else moment_text(moment, self._zone)

    def _received(self, who: Provenance | None) -> str:
        if who is None:
            return ""
        same_person = who.recorded_by == who.received_by
        at_once = who.recorded_at is not None and abs(who.received_at - who.recorded_at) <= SOON
        if same_person and at_once:
            return ""
        if same_person:
            return f"received {moment_text(who.received_at, self._zone)}"
        return f"received {date_text(who.received_at.astimezone(self._zone).date())} by {who.received_by}"


def matching(lines: Sequence[JournalLine], typed: str, kind: str) -> list[JournalLine]:
    """The rows whose words hold every typed word, of one kind or of all (""), in their order."""
    words = typed.casefold().split()
    return [
        line
        for line in lines
        if (not kind or line.kind == kind) and (not words or _holds(line.sentence.casefold(), words))
    ]


def _holds(sentence: str, words: Sequence[str]) -> bool:
    plain = sentence.replace("\u00a0", " ").replace("\u202f", "")
    return all(word in plain for word in words)
