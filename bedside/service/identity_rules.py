"""Identities: what a correction or a link may say, and which registrations look like doubles."""

import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import combinations

from bedside.chart.base import Entry
from bedside.chart.entries import Identity, Status
from bedside.chart.enums import CareState
from bedside.chart.errors import UserError
from bedside.chart.identity import identified
from bedside.chart.patient import Patient
from bedside.exchange.refusals import EntryRefused, Refusal
from bedside.service.patients import everyone, find
from bedside.service.permissions import Action, needs
from bedside.service.read import stored_chart
from bedside.service.registrations import Registration
from bedside.service.session import Session

CORRECTED = ("mrn", "family_name", "given_name", "birth_date", "sex")


@dataclass(frozen=True, slots=True)
class LikelyDoubles:
    """Two registrations that may be one person, and in words why."""

    first: Patient
    second: Patient
    why: str


def require_state(entry: Entry) -> None:
    """Raise EntryRefused where it is not said why a patient is never infused."""
    if isinstance(entry, Status) and entry.state is CareState.NEVER_INFUSED and not (entry.reason or "").strip():
        raise EntryRefused(Refusal("reason", None, "the reason why the patient is never infused"))


def require_identity(session: Session, known: Registration, entry: Entry, stored: Sequence[Entry]) -> None:
    """Raise UserError unless an identity entry can stand: it says one thing, and nobody else is touched by it."""
    if not isinstance(entry, Identity):
        return
    given = [name for name in CORRECTED if getattr(entry, name) is not None]
    if bool(given) == (entry.same_as is not None):
        raise UserError(
            "An identity entry corrects the patient's own data, or names one double.", "Do one of both at a time."
        )
    if entry.same_as is not None:
        _require_link(session, known, entry.same_as)
    if entry.mrn is not None:
        _require_free(session, known, entry.mrn)
    if entry.birth_date is not None:
        _require_born_before(session, entry, stored)


def _require_link(session: Session, known: Registration, number: str) -> None:
    other = find(session, number)
    if other is None:
        raise UserError(f"There is no patient with the MRN {number} in this store.", "Check the MRN of the double.")
    if other.patient_id == known.patient_id:
        raise UserError(f"{number} is this patient already.", "Nothing was linked.")


def _require_free(session: Session, known: Registration, number: str) -> None:
    other = find(session, number)
    if other is not None and other.patient_id != known.patient_id:
        raise UserError(
            f"The MRN {number} belongs to another patient in this store.",
            "If both are one person, link them instead; nothing was changed.",
        )


def _require_born_before(session: Session, entry: Identity, stored: Sequence[Entry]) -> None:
    born = entry.birth_date
    if born is None:
        return
    days = [one.at.day for one in stored if not isinstance(one, Identity)]
    if born > min([session.now().date(), *days]):
        expected = "a date that is not in the future and before every entry of the patient"
        raise EntryRefused(Refusal("birth_date", born.isoformat(), expected))


@needs(Action.IDENTIFY)
def likely_doubles(session: Session) -> tuple[LikelyDoubles, ...]:
    """Return the pairs of registrations that share birth date and a name, or both names; linked ones are left out."""
    changed = session.store.identity_bodies()
    people = [_data_of_now(session, known, changed) for known in everyone(session)]
    alike: dict[object, list[int]] = {}
    for place, patient in enumerate(people):
        for shared in (
            patient.birth_date,
            frozenset({plain_name(patient.family_name), plain_name(patient.given_name)}),
        ):
            alike.setdefault(shared, []).append(place)
    pairs = sorted({pair for places in alike.values() for pair in combinations(places, 2)})
    found = ((people[one], people[other]) for one, other in pairs)
    return tuple(LikelyDoubles(one, other, why) for one, other in found if (why := why_alike(one, other)))


def _data_of_now(session: Session, known: Registration, changed: Container[str]) -> Patient:
    """The patient's own data as corrected; a chart is read only where one of its journals has an identity entry."""
    if any(one in changed for one in known.ids):
        return identified(stored_chart(session, known)).patient
    return known.patient


def why_alike(one: Patient, other: Patient) -> str:
    """Return in words why two registrations may be one person, "" where nothing says so."""
    family = plain_name(one.family_name) == plain_name(other.family_name)
    given = plain_name(one.given_name) == plain_name(other.given_name)
    swapped = {plain_name(one.family_name), plain_name(one.given_name)} == {
        plain_name(other.family_name),
        plain_name(other.given_name),
    }
    if one.birth_date == other.birth_date and (family or given or swapped):
        return "born on the same day, with the same names" if swapped else "born on the same day, with one name alike"
    return "the same names, born on different days" if family and given else ""


def plain_name(name: str) -> str:
    """Return a name without accents, capitals and signs between its letters."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in apart if letter.isalnum())
