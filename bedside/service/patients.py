"""Who is in the store: registered patients by MRN."""

from dataclasses import dataclass, replace

from bedside.chart.errors import UserError
from bedside.service.permissions import Action, needs
from bedside.service.persons import Persons, persons, row_of_owner
from bedside.service.registrations import Registration, registered
from bedside.service.session import Session
from bedside.store.rows import PatientRow


def registration(session: Session, mrn: str) -> Registration:
    """Return the patient with this MRN, present or earlier, a double's as well; UserError when there is none.

    What was found once stays with the session, until an identity is corrected or linked.
    """
    found = find(session, mrn)
    if found is None:
        raise UserError(
            f"There is no patient with the MRN {mrn} in this store.",
            "Check the MRN, or import the patient's chart first.",
        )
    return found


def find(session: Session, mrn: str) -> Registration | None:
    """Return what `registration` does, or None when nobody has this MRN."""
    found = session.registrations.get(mrn)
    if found is None:
        known = persons(session.store)
        row = row_of_owner(session.store, known, mrn)
        if row is not None:
            found = session.registrations[mrn] = _person(row, known)
    return found


def everyone(session: Session) -> tuple[Registration, ...]:
    """Return every person in the store, doubles as one, in the order of the MRN as registered."""
    known = persons(session.store)
    return tuple(_person(row, known) for row in session.store.patients() if row.patient_id not in known.main)


def _person(row: PatientRow, known: Persons) -> Registration:
    found = registered(row.patient_id, row.body)
    number, doubles = known.numbers.get(row.patient_id), known.doubles_of(row.patient_id)
    return replace(found, corrected_number=number, doubles=doubles) if number or doubles else found


@dataclass(frozen=True, slots=True)
class Numbered:
    """A person by number alone: the MRN of now, and every identifier under which the store holds rows of the person."""

    number: str
    ids: tuple[str, ...]


def numbers(session: Session) -> tuple[Numbered, ...]:
    """Return every person of `everyone`, in the same order, without what was registered besides the number."""
    known = persons(session.store)
    return tuple(
        Numbered(
            known.numbers.get(patient_id, mrn),
            (patient_id, *(known.doubles_of(patient_id) if known.main else ())),
        )
        for patient_id, mrn in session.store.patient_numbers()
        if patient_id not in known.main
    )


@needs(Action.EXPORT_CHARTS)
def everybody(session: Session) -> tuple[str, ...]:
    """Return the MRN of every person in the store, in order."""
    return tuple(known.number for known in everyone(session))
