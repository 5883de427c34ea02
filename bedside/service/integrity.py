"""Whether the store is whole: the engine's checks, the chains, and every entry still valid."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bedside.chart.entries import AnyEntry, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.live import check_links
from bedside.service.permissions import Action, needs
from bedside.service.registrations import registered
from bedside.service.session import Session
from bedside.service.signatures import signature_of
from bedside.store.key_copies import COPIES, intact
from bedside.store.rows import REGISTRATION, SIGNATURE, PatientRow, Row


@needs(Action.VERIFY)
def verify(session: Session) -> tuple[str, ...]:
    """Return one sentence for each thing that is wrong, with its place and no patient's name; empty when whole."""
    found = (*(problem.sentence for problem in session.store.verify()), *_of_keys(session.store.folder))
    if found:
        return found
    return tuple(sentence for patient in session.store.patients() for sentence in _problems(session, patient))


@needs(Action.WORK)
def quick_check(session: Session) -> tuple[str, ...]:
    """Return one sentence for each thing that a look at every page finds wrong; cheap enough for every start."""
    return tuple(problem.sentence for problem in session.store.quick_check())


def _of_keys(folder: Path) -> Iterator[str]:
    """One of both copies opens the store, so that nobody else would notice that the other is gone."""
    for name in COPIES:
        if intact(folder / name) is None:
            yield f"Key file {name}: it is missing or damaged; signing in where Bedside can write mends it."


def _problems(session: Session, patient: PatientRow) -> Iterator[str]:
    """What is wrong with one patient's rows, read one by one so that the place can be named."""
    entries: list[AnyEntry] = []
    rows = session.store.rows(patient.patient_id)
    hashes = {str(row.id): row.hash for row in rows}
    for row in rows:
        try:
            if row.kind == REGISTRATION:
                registered(row.patient_id, row.body)
            elif row.kind == SIGNATURE:
                if not signature_of(row, hashes).holds:
                    yield f"{_place(row)}: what it signs is not there as it was signed."
            else:
                entries.extend(parse_entries(f"[{row.body}]"))
        except (ValidationError, ValueError, KeyError):
            yield f"{_place(row)}: it is not an entry that this version knows."
    try:
        check_links(entries)
    except UserError as fault:
        yield f"Journal: {fault.what_happened}"


def _place(row: Row) -> str:
    return f"Journal row {row.origin_seq} ({row.kind})"
