"""Which registrations are one person: corrected numbers, and doubles that a link lets be read as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bedside.chart.entries import Identity, parse_entries
from bedside.chart.live import resolve
from bedside.store.rows import PatientRow
from bedside.store.store import Store


@dataclass(frozen=True, slots=True)
class Persons:
    """What the live identity entries of a store say.

    `numbers` holds the present number of each patient_id whose number was corrected; `main` the patient_id under which
    a double is read, for those that are linked.
    """

    numbers: Mapping[str, str]
    main: Mapping[str, str]

    def owner_of(self, number: str) -> str | None:
        """Return the patient_id whose number was corrected to this one, or None."""
        return next((patient for patient, held in self.numbers.items() if held == number), None)

    def doubles_of(self, patient_id: str) -> tuple[str, ...]:
        """Return the patient_ids that are read together with this one."""
        return tuple(sorted(double for double, main in self.main.items() if main == patient_id))


def persons(store: Store) -> Persons:
    """Return what the store's identity entries say; only patients who have any are read."""
    live = {patient: _live(bodies) for patient, bodies in store.identity_bodies().items()}
    corrected = {patient: [one.mrn for one in entries if one.mrn] for patient, entries in live.items()}
    numbers = {patient: found[-1] for patient, found in corrected.items() if found}
    named = {patient: [one.same_as for one in entries if one.same_as] for patient, entries in live.items()}
    asked = {number for found in named.values() for number in found}
    owners = {row.mrn: row.patient_id for number in asked if (row := store.patient(number)) is not None}
    owners = {number: patient for patient, number in numbers.items()} | owners
    links = {patient: owners[found[-1]] for patient, found in named.items() if found and found[-1] in owners}
    return Persons(numbers, _mains({one: other for one, other in links.items() if one != other}))


def _live(bodies: Iterable[str]) -> tuple[Identity, ...]:
    entries = parse_entries(f"[{','.join(bodies)}]")
    return tuple(entry for entry in resolve(entries).live if isinstance(entry, Identity))


def _mains(links: Mapping[str, str]) -> dict[str, str]:
    """Follow each link to its end; a circle ends at the smallest patient_id in it, whoever begins."""
    found: dict[str, str] = {}
    for start in links:
        path = [start]
        while (step := links.get(path[-1])) is not None and step not in path:
            path.append(step)
        end = path[-1] if step is None else min(path[path.index(step) :])
        if end != start:
            found[start] = end
    return found


def row_of_owner(store: Store, known: Persons, number: str) -> PatientRow | None:
    """Return the registration under which the person with this number, present or earlier, is read; None if nobody."""
    row = store.patient(number)
    owner = row.patient_id if row is not None else known.owner_of(number)
    if owner is None:
        return None
    main = known.main.get(owner, owner)
    return row if row is not None and row.patient_id == main else store.patient_row(main)
