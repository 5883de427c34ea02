"""Entries of decisions and of the patient's whereabouts: donor, decision, contact, death, stay, identity, void."""

from typing import Literal

from bedside.chart.base import Entry, EntryId, Name, Text
from bedside.chart.enums import (
    CareState,
    Choice,
    ContactStatus,
    DeathCause,
    Donor,
    DonorSearchStatus,
    Sex,
    VoidScope,
)
from bedside.chart.moments import DateField


class DonorSearch(Entry):
    """Where the search for a stem-cell donor stands."""

    kind: Literal["donor_search"]
    status: DonorSearchStatus
    donor: Donor | None = None
    match: Text | None = None


class Decision(Entry):
    """The physician's decision with its rationale."""

    kind: Literal["decision"]
    choice: Choice
    rationale: Text
    signed_by: Text | None = None


class Malignancy(Entry):
    """A second malignancy."""

    kind: Literal["malignancy"]
    second_malignancy: Text


class Contact(Entry):
    """Last contact, for censoring."""

    kind: Literal["contact"]
    status: ContactStatus


class Death(Entry):
    """The patient died."""

    kind: Literal["death"]
    cause: DeathCause


class Stay(Entry):
    """Where the patient is now; the newest wins."""

    kind: Literal["stay"]
    ward: Text | None = None
    bed: Text | None = None


class Status(Entry):
    """Whether the patient belongs to this ward."""

    kind: Literal["status"]
    state: CareState


class Identity(Entry):
    """A correction of the patient's own data, or the name of a double, with its reason."""

    kind: Literal["identity"]
    mrn: Name | None = None
    family_name: Name | None = None
    given_name: Name | None = None
    birth_date: DateField | None = None
    sex: Sex | None = None
    same_as: Name | None = None
    reason: Text


class Note(Entry):
    """Free text."""

    kind: Literal["note"]
    text: Text


class Void(Entry):
    """A mistake is taken back: the entry it names, or that entry's whole chain of corrections, no longer counts."""

    kind: Literal["void"]
    voids: EntryId
    reason: Text
    scope: VoidScope | None = None

    can_contradict = Entry.can_contradict | {"voids"}

    def contradiction(self) -> str | None:
        """Add: a void stands alone."""
        if self.supersedes is not None:
            return "a void cannot supersede an entry; void the void instead"
        if self.voids == self.id:
            return "a void cannot void itself"
        return super().contradiction()
