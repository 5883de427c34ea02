"""The signatures among a patient's rows: who signed what, with which meaning, and whether it still holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.entries import Decision
from bedside.store.rows import SIGNATURE, Row


class Meaning(StrEnum):
    """What a signature says."""

    DECIDED = "decided"
    REVIEWED = "reviewed"
    RELEASED = "released"


WORDS: Mapping[Meaning, str] = {
    Meaning.DECIDED: "I decided this and stand for it.",
    Meaning.REVIEWED: "I have read this and agree.",
    Meaning.RELEASED: "I have checked this summary and release it.",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who, in which roles, when, what it means, and whether what was signed is still as it was.

    `of` is the entry, None for a summary; `what` is the kind that was signed; `chart_sha256` the chart that a signed
    summary carries.
    """

    id: str
    of: str | None
    what: str
    by: str
    roles: tuple[str, ...]
    at: datetime
    meaning: Meaning
    holds: bool
    chart_sha256: str | None = None

    @property
    def sentence(self) -> str:
        """Return it as it is printed: name, roles and meaning."""
        return f"{self.by} ({' and '.join(self.roles)}): {WORDS[self.meaning]}"


def signatures_in(rows: Sequence[Row]) -> tuple[Signature, ...]:
    """Return the signatures among one patient's rows, in the order they were given."""
    signed = [row for row in rows if row.kind == SIGNATURE]
    hashes = {str(row.id): row.hash for row in rows} if signed else {}
    return tuple(signature_of(row, hashes) for row in signed)


def signature_of(row: Row, hashes: Mapping[str, str]) -> Signature:
    """Return the signature that a row holds; `hashes` are those of the patient's rows, by id."""
    body = json.loads(row.body)
    of = body.get("of")
    holds = body["hash"] == hashes.get(of) if of else body["hash"] in hashes.values()
    by_the_session = (body["by"], body["roles"]) == (row.received_by, row.role)
    return Signature(
        id=str(row.id),
        of=of,
        what=body["what"],
        by=row.received_by,
        roles=tuple(filter(None, row.role.split(","))),
        at=row.received_at,
        meaning=Meaning(body["meaning"]),
        holds=holds and by_the_session,
        chart_sha256=body.get("chart_sha256"),
    )


def by_entry(signatures: Iterable[Signature]) -> dict[str, tuple[Signature, ...]]:
    """Return the signatures of entries that hold, by the id of the entry."""
    found: dict[str, tuple[Signature, ...]] = {}
    for one in signatures:
        if one.of is not None and one.holds:
            found[one.of] = (*found.get(one.of, ()), one)
    return found


def meaning_of(by: str, recorder: str | None) -> Meaning:
    """Return what a signature under a decision says: whoever recorded it decided it, anybody else has reviewed it."""
    return Meaning.DECIDED if by == recorder else Meaning.REVIEWED


def stands_already(signatures: Iterable[Signature], entry_id: str, by: str, meaning: str) -> bool:
    """Tell whether this person has signed the entry with that meaning, and the signature holds."""
    return any((one.of, one.by, one.meaning, one.holds) == (entry_id, by, meaning, True) for one in signatures)


def with_signers(entries: Iterable[Entry], signatures: Mapping[str, tuple[Signature, ...]]) -> tuple[Any, ...]:
    """Return the entries with the name of who stands for it in every decision that was signed after it was recorded."""
    return tuple(
        entry.model_copy(update={"signed_by": _stands_for(signatures[entry.id]).by})
        if isinstance(entry, Decision) and entry.id in signatures
        else entry
        for entry in entries
    )


def _stands_for(signatures: Sequence[Signature]) -> Signature:
    """The last signature of somebody who decided; of several reviews alone the last."""
    decided = [one for one in signatures if one.meaning is Meaning.DECIDED]
    return (decided or signatures)[-1]
