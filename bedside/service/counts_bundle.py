"""What a FHIR bundle would add to the store: its persons held against those of the store, then its results."""

from dataclasses import replace

from bedside.exchange.counts.found import Surroundings
from bedside.exchange.fhir.reading import read_bundle
from bedside.service.bundle_persons import bundle_persons
from bedside.service.counts_plan import CountsPlan
from bedside.service.counts_planner import Planner, Whose
from bedside.service.session import Session


def bundle_plan(session: Session, empty: CountsPlan, reading: Surroundings, around: Surroundings) -> CountsPlan:
    """Return the plan of a bundle; `empty` has the file and how it is to be read, `reading` tells half the progress.

    UserError for a bundle that cannot be read.
    """
    file = empty.file
    read = read_bundle(file.data, empty.mapping, reading)
    persons = bundle_persons(session, read, file.mrn, empty.mapping)
    found = persons.held_against(read.found)
    planner = Planner(session, around, Whose(file.mrn, newcomers=persons.known), empty.mapping.same_day)
    rows, batches = planner.plan(found.samples)
    questions = (*found.questions, *planner.doubts.found.values())
    newcomers = tuple(patient for _, patient in persons.registered.values())
    return replace(empty, rows=persons.told(rows), questions=questions, batches=batches, newcomers=newcomers)
