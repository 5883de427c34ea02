"""What a store keeps beside its journal: summaries as they were sent, board rows worked out before, what was seen.

Summaries are for ever. Board rows and what was seen can be lost without harm: they are worked out or looked at again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bedside.store.cipher import faults_in_words
from bedside.store.engine import transaction
from bedside.store.hold import Hold
from bedside.store.rows import microseconds, moment_of

# A summary of before version 4 does not say which row was its newest: the last that the clock puts before it.
_SUMMARIES = """SELECT id, patient_id, made_at, made_by, as_of, recipient, sha256, coalesce(head,
    (SELECT max(origin_seq) FROM journal AS j WHERE j.patient_id = summary.patient_id AND j.received_at <= made_at),
    0) AS newest
FROM summary WHERE patient_id = ? ORDER BY newest DESC, made_at DESC"""
_KEEP_SUMMARY = """INSERT INTO summary (id, patient_id, made_at, made_by, as_of, recipient, sha256, head, pdf)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_KEEP_ROW = "INSERT OR REPLACE INTO board_row (patient_id, stamp, body) VALUES (?, ?, ?)"
_KEEP_SEEN = "INSERT OR REPLACE INTO seen (user, patient_id, origin_seq) VALUES (?, ?, ?)"
_NOBODY, _REGISTERED, _UNOPENED = "", -1, -2
"""What `seen` holds besides how far somebody saw a patient: under nobody's id how far the person looked at the board,
and below 0 that others stored something of a patient whom the person never opened: registered it, or added to it."""
_LOOKED = "SELECT origin_seq FROM seen WHERE user = ? AND patient_id = ?"
_NOTE_UNOPENED = """INSERT OR IGNORE INTO seen (user, patient_id, origin_seq)
SELECT ?1, m.patient_id, CASE WHEN (SELECT min(origin_seq) FROM journal WHERE patient_id = m.patient_id) > ?3
    THEN ?4 ELSE ?5 END
FROM (SELECT DISTINCT patient_id FROM journal WHERE origin = ?2 AND origin_seq > ?3) AS m
WHERE EXISTS (SELECT 1 FROM journal WHERE patient_id = m.patient_id AND origin_seq > ?3 AND received_by <> ?1)"""


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """A summary as it was sent: when (UTC), by whom, for which point in time, to whom, and the hash of its bytes.

    `head` is the number of the newest row of the journal that is in it: what has a higher one came later, whatever the
    clock says.
    """

    id: str
    patient_id: str
    made_at: datetime
    made_by: str
    as_of: str
    recipient: str
    sha256: str
    head: int


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A board row as JSON text, and the state of everything that it was worked out from."""

    stamp: str
    body: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept things of one open store, in the name of the person who has it open."""

    hold: Hold

    def keep_summary(self, patient_id: str, as_of: str, recipient: str, pdf: bytes, head: int) -> KeptSummary:
        """Keep the bytes of a summary, made of the journal up to the row `head`, for ever; durable on return."""
        self.hold.require_writer()
        stamp, digest = self.hold.stamp(), hashlib.sha256(pdf).hexdigest()
        said = (as_of, recipient, digest, head)
        kept = KeptSummary(str(self.hold.station.new_id()), patient_id, stamp.received_at, stamp.received_by, *said)
        values = (kept.id, patient_id, microseconds(stamp.received_at), kept.made_by, *said, pdf)
        with self.hold.turn, transaction(self.hold.connection):
            self.hold.connection.execute(_KEEP_SUMMARY, values)
        return kept

    def summaries(self, patient_id: str) -> tuple[KeptSummary, ...]:
        """Return the summaries of a patient, the newest first."""
        with self.hold.turn, faults_in_words():
            found = self.hold.connection.execute(_SUMMARIES, (patient_id,))
            return tuple(
                KeptSummary(key, patient, moment_of(at), by, as_of, recipient, digest, head)
                for key, patient, at, by, as_of, recipient, digest, head in found
            )

    def summary_pdf(self, summary_id: str) -> bytes | None:
        """Return the bytes of a summary as they were sent, None for an id that there is not."""
        with self.hold.turn, faults_in_words():
            found = self.hold.connection.execute("SELECT pdf FROM summary WHERE id = ?", (summary_id,)).fetchone()
            return None if found is None else bytes(found[0])

    def board_rows(self) -> dict[str, KeptRow]:
        """Return every board row that was worked out before, by patient_id."""
        with self.hold.turn, faults_in_words():
            found = self.hold.connection.execute("SELECT patient_id, stamp, body FROM board_row")
            return {patient: KeptRow(stamp, body) for patient, stamp, body in found}

    def keep_board_rows(self, rows: Mapping[str, KeptRow]) -> None:
        """Keep these board rows in the place of earlier ones of the same patients."""
        self.hold.require_writer()
        values = [(patient, row.stamp, row.body) for patient, row in rows.items()]
        with self.hold.turn, transaction(self.hold.connection):
            self.hold.connection.executemany(_KEEP_ROW, values)

    def head(self, patient_id: str) -> int:
        """Return the number of a patient's newest row in the journal, 0 where there is none."""
        newest = "SELECT max(origin_seq) FROM journal WHERE patient_id = ?"
        with self.hold.turn, faults_in_words():
            return int(self.hold.connection.execute(newest, (patient_id,)).fetchone()[0] or 0)

    def moved_since(self, number: int) -> dict[str, int]:
        """Return, by patient_id, the number of the newest of the rows that were stored after the one of that number."""
        newest = "SELECT patient_id, max(origin_seq) FROM journal WHERE origin = ? AND origin_seq > ? GROUP BY 1"
        with self.hold.turn, faults_in_words():
            return dict(self.hold.connection.execute(newest, (self.hold.stamp().origin, number)).fetchall())

    def mark_seen(self, patient_id: str) -> None:
        """Note that the person has now seen everything of a patient that is stored."""
        self.hold.require_writer()
        head = self.head(patient_id)
        with self.hold.turn, transaction(self.hold.connection):
            values = (self.hold.stamp().received_by, patient_id, head)
            self.hold.connection.execute(_KEEP_SEEN, values)

    def unseen(self) -> dict[str, int]:
        """Return, by patient_id, how many rows others stored since the person last saw the patient; 0 is left out.

        A patient whom the person never opened is left out: `unopened` tells of those.
        """
        user = self.hold.stamp().received_by
        counted = """SELECT s.patient_id, (SELECT count(*) FROM journal AS j WHERE j.patient_id = s.patient_id
            AND j.origin_seq > s.origin_seq AND j.received_by <> s.user)
            FROM seen AS s WHERE s.user = ? AND s.origin_seq >= 0"""
        with self.hold.turn, faults_in_words():
            return {patient: count for patient, count in self.hold.connection.execute(counted, (user,)) if count}

    def note_unopened(self) -> None:
        """Note of whom others stored something since the person looked last, if the person never opened the patient.

        Who looks for the first time finds nothing new: everything would be.
        """
        user, origin = self.hold.stamp().received_by, self.hold.origin
        newest = "SELECT coalesce(max(origin_seq), 0) FROM journal WHERE origin = ?"
        with self.hold.turn, faults_in_words():
            looked = self.hold.connection.execute(_LOOKED, (user, _NOBODY)).fetchone()
            head = self.hold.connection.execute(newest, (origin,)).fetchone()[0]
        if looked is not None and looked[0] == head:
            return
        self.hold.require_writer()
        with self.hold.turn, transaction(self.hold.connection):
            if looked is not None:
                values = (user, origin, looked[0], _REGISTERED, _UNOPENED)
                self.hold.connection.execute(_NOTE_UNOPENED, values)
            self.hold.connection.execute(_KEEP_SEEN, (user, _NOBODY, head))

    def unopened(self) -> dict[str, bool]:
        """Return, by patient_id, whom the person never opened though others stored something; True: was registered."""
        noted = "SELECT patient_id, origin_seq FROM seen WHERE user = ? AND origin_seq < 0"
        with self.hold.turn, faults_in_words():
            found = self.hold.connection.execute(noted, (self.hold.stamp().received_by,))
            return {patient: mark == _REGISTERED for patient, mark in found}
