"""Whether the persons of a FHIR bundle are those of the store: known, to be registered, or to be asked about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bedside.chart.formats import date_text
from bedside.chart.identity import identified
from bedside.chart.patient import Patient
from bedside.exchange.counts.found import Choice, Found, Question, Sample
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.fhir.persons import Person
from bedside.exchange.fhir.reading import PATIENT, ReadBundle
from bedside.exchange.refusals import EntryRefused, parse_patient
from bedside.service.counts_known import KnownCounts
from bedside.service.counts_plan import PlannedRow, Verdict
from bedside.service.patients import find
from bedside.service.read import stored_chart
from bedside.service.session import Session

_SAME = (Choice("other", "it is somebody else"), Choice("same", "it is the same patient"))
_REGISTER = (Choice("leave", "leave their results out"), Choice("register", "register them"))


@dataclass(slots=True)
class BundlePersons:
    """The persons of one bundle held against the store.

    By the name that samples have for them: `newcomers` with their line, `doubtful` and `refused` in words, `unmatched`
    with their birth dates. `meant` is the one who is said to be the patient whose file it is.
    """

    mapping: CountsMapping
    newcomers: dict[str, tuple[int, Patient]] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unmatched: dict[str, frozenset[date]] = field(default_factory=dict)
    meant: str = ""

    @property
    def registered(self) -> dict[str, tuple[int, Patient]]:
        """Who is to be registered, by number with the line."""
        return self.newcomers if self.mapping.newcomers == "register" else {}

    @property
    def known(self) -> dict[str, KnownCounts]:
        """Those for whom results can be planned before they are in the store."""
        new = {
            number: KnownCounts(number, f"{one.family_name}, {one.given_name}", frozenset({one.birth_date}))
            for number, (_, one) in self.newcomers.items()
        }
        return new | {name: KnownCounts(name, "", born) for name, born in self.unmatched.items()}

    def questions(self) -> tuple[Question, ...]:
        """What has to be settled about persons."""
        asked = []
        if self.doubtful and self.mapping.same_person is None:
            asked.append(_same_person(self.doubtful.values()))
        if self.newcomers and self.mapping.newcomers is None:
            asked.append(_newcomers(one for _, one in self.newcomers.values()))
        return tuple(asked)

    def held_against(self, found: Found) -> Found:
        """Return what was found with what stands against each sample because of whom it is about."""
        samples = tuple(self._sample(sample) for sample in found.samples)
        return replace(found, samples=samples, questions=(*found.questions, *self.questions()))

    def _sample(self, given: Sample) -> Sample:
        number, mapping = given.mrn, self.mapping
        sample = replace(given, mrn="") if number and number == self.meant else given
        if number in self.refused:
            return replace(sample, refused=(*sample.refused, self.refused[number]))
        if number in self.newcomers and mapping.newcomers == "leave":
            return replace(sample, refused=(*sample.refused, f"{number} is not in the store and was left out"))
        if number in self.newcomers and mapping.newcomers is None:
            return replace(sample, asked=(*sample.asked, _newcomers([self.newcomers[number][1]]).text))
        if number in self.doubtful and mapping.same_person == "other":
            return replace(sample, refused=(*sample.refused, f"{number} was said to be somebody else"))
        if number in self.doubtful and mapping.same_person is None:
            return replace(sample, asked=(*sample.asked, _same_person([self.doubtful[number]]).text))
        return sample

    def told(self, rows: Sequence[PlannedRow]) -> tuple[PlannedRow, ...]:
        """Return the lines with those of newcomers telling what becomes of them."""
        lines = dict(self.newcomers.values())
        return tuple(self._row(row, lines[row.line]) if row.line in lines else row for row in rows)

    def _row(self, row: PlannedRow, patient: Patient) -> PlannedRow:
        verdict = {None: Verdict.ASKED, "register": Verdict.ACCEPTED, "leave": Verdict.UNUSED}[self.mapping.newcomers]
        names = f"{patient.family_name}, {patient.given_name}"
        words = "" if verdict is Verdict.UNUSED else ": not in the store, to be registered"
        return replace(row, mrn=patient.mrn, names=names, verdict=verdict, reasons=(f"{PATIENT}{words}",))


def bundle_persons(session: Session, read: ReadBundle, mrn: str, mapping: CountsMapping) -> BundlePersons:
    """Return the persons of a bundle held against the store; `mrn`: whose it is said to be, "" where it says so itself.

    A number that the store does not know is a new patient; one whose names or sex differ, or whose birth date is not
    told, is asked about. Another birth date is refused, line by line, where the samples are planned.
    """
    persons, today = BundlePersons(mapping), session.now().date()
    for person in read.persons:
        number = mrn if mrn and len(read.persons) == 1 else person.mrn
        if not number:
            _without_number(persons, person)
        elif not mrn or number == mrn:
            persons.meant = person.name if mrn else ""
            known = find(session, number)
            if known is None:
                _new(persons, person, today)
            else:
                patient = identified(stored_chart(session, known)).patient
                if _differs(person, patient, number):
                    persons.doubtful[person.name] = _both(person, patient, number)
    return persons


def _without_number(persons: BundlePersons, person: Person) -> None:
    _unmatched(persons, person)
    if not person.asked:
        persons.refused[person.name] = "the bundle gives no number of the patient"


def _new(persons: BundlePersons, person: Person, today: date) -> None:
    newcomer = _newcomer(person, today)
    if isinstance(newcomer, Patient):
        persons.newcomers[person.name] = person.line, newcomer
    else:
        _unmatched(persons, person)
        persons.refused[person.name] = f"{person.name} is not in the store and cannot be registered: {newcomer}"


def _unmatched(persons: BundlePersons, person: Person) -> None:
    born = [date.fromisoformat(person.birth_date)] if person.birth_date else []
    persons.unmatched[person.name] = frozenset(born)


def _differs(person: Person, patient: Patient, number: str) -> bool:
    """Whether a person has to look whether these two are one."""
    told = ((person.family_name, patient.family_name), (person.given_name, patient.given_name))
    other_name = any(given and _plain(given) != _plain(held) for given, held in told)
    return person.mrn != number or not person.birth_date or other_name or _other_sex(person, patient)


def _both(person: Person, patient: Patient, number: str) -> str:
    """The two side by side, with the sex where it differs."""
    told, held = (f", {person.sex}", f", {patient.sex.value}") if _other_sex(person, patient) else ("", "")
    return f"{person.name} is {person.words}{told} in the bundle; {number} is {_words(patient)}{held} in the store"


def _other_sex(person: Person, patient: Patient) -> bool:
    return {person.sex, patient.sex.value} == {"female", "male"}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _words(patient: Patient) -> str:
    return f"{patient.given_name} {patient.family_name}, born {date_text(patient.birth_date)}"


def _newcomer(person: Person, today: date) -> Patient | str:
    """The patient to be registered, or why that cannot be."""
    fields: Mapping[str, str] = {
        "mrn": person.mrn,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "birth_date": person.birth_date,
        "sex": person.sex or "unknown",
    }
    try:
        patient = parse_patient({name: value for name, value in fields.items() if value})
    except EntryRefused as refused:
        return refused.refusal.text
    return patient if patient.birth_date <= today else "the birth date lies in the future."


def _same_person(doubtful: Iterable[str]) -> Question:
    return Question("same_person", f"{'. '.join(doubtful)}. Is it the same patient?", _SAME)


def _newcomers(patients: Iterable[Patient]) -> Question:
    who = "; ".join(f"{one.mrn} ({_words(one)})" for one in patients)
    return Question("newcomers", f"Not in the store: {who}. Register with what the bundle says?", _REGISTER)
