"""Owns what a summary says of itself: who made it, from which state of the store, signed by whom, sent when before."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from bedside.chart.assessment import Assessment


@dataclass(frozen=True)
class Signed:
    """A signature that holds: of which entry (None: of this summary), by whom in which words, when."""

    of: str | None
    words: str
    at: datetime


@dataclass(frozen=True)
class LastSent:
    """The version that was sent last: its number, when, to whom ("" unknown), the SHA-256 of its bytes.

    `before` is what followed from the chart then; `later` the ids of the entries that were stored since.
    """

    number: int
    moment: datetime
    recipient: str
    sha256: str
    before: Assessment
    later: Set[str]


@dataclass(frozen=True)
class Made:
    """Who made this PDF, by which version, and from which state of the store.

    `moment` (aware, printed in `zone`) is when the patient's newest row was stored, so that the same chart gives the
    same bytes whenever it is printed; None without a store. `head_hash` is that row's hash in the chain, in hex (""
    without a store), `entry_count` its place in the journal; `known_at` hides what was recorded later. `number` is the
    version of the document, `last` the version sent before; `asked` is what the sender asks of the reader.
    """

    author: str
    role: str
    moment: datetime | None
    version: str
    head_hash: str
    entry_count: int
    zone: tzinfo = UTC
    known_at: datetime | None = None
    number: int = 1
    last: LastSent | None = None
    signatures: tuple[Signed, ...] = ()
    asked: str = ""

    @property
    def releases(self) -> tuple[Signed, ...]:
        """The signatures of the summary itself."""
        return tuple(one for one in self.signatures if one.of is None)

    def signatures_of(self, entry: str) -> tuple[Signed, ...]:
        """Return the signatures of an entry, in the order they were given."""
        return tuple(one for one in self.signatures if one.of == entry)
