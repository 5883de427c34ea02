"""Owns what a form is given: the patient, the clock, last values, limits, and the doors to save and keep drafts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bedside.chart.base import Entry
from bedside.chart.entries import AnyEntry
from bedside.service.propose import Grading
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import FieldLimits
from bedside.ui.troubles import Trouble


@dataclass(frozen=True)
class PatientFacts:
    """Whose form it is; day0 is None before an infusion."""

    mrn: str
    family: str
    given: str
    birth_date: date
    day0: date | None = None


@dataclass(frozen=True)
class Request:
    """What is to be stored: JSON-like fields; a correction names what it supersedes and why; kind "void" takes back.

    `secrets` proves who is there: the PIN that signs, or the second person and theirs. `draft` names the draft that is
    forgotten with the save, whether or not the form is still there to hear of it.
    """

    fields: Mapping[str, Any]
    supersedes: str | None = None
    reason: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    draft: str = ""


@dataclass(frozen=True)
class Saved:
    """What came back after the durable commit: the entry, and when it was stored (aware, in the ward's zone)."""

    entry: AnyEntry
    moment: datetime
    by: str
    changes: object = None


@dataclass(frozen=True)
class DraftText:
    """A form as it was left: its state as JSON text, and when it was kept."""

    body: str
    kept_at: datetime


SaveDoor = Callable[[Request, Callable[[Saved], None], Callable[[Trouble], None]], object]
SaveAllDoor = Callable[[Sequence[Request], Callable[[tuple[Saved, ...]], None], Callable[[Trouble], None]], object]
LoadDoor = Callable[[str, Callable[[DraftText | None], None]], object]
StoreDoor = Callable[[str, str, Callable[[DraftText], None]], object]


class DraftDoors(Protocol):
    """What keeps the drafts of one author, of one patient or of nobody yet; the text names the form."""

    @property
    def load_draft(self) -> LoadDoor:
        """Bring a draft back."""
        ...

    @property
    def store_draft(self) -> StoreDoor:
        """Keep a draft."""
        ...

    @property
    def drop_draft(self) -> Callable[[str], object]:
        """Forget a draft."""
        ...


class Finding(Protocol):
    """What a check of a whole entry tells: the field, the sentence, and `severity` "refuse" or "ask"."""

    @property
    def severity(self) -> str:
        """Whether it is refused or asked."""
        ...

    @property
    def field(self) -> str:
        """The field, `mrd.fcm` for a method of a marrow."""
        ...

    @property
    def text(self) -> str:
        """Both the value and what was expected."""
        ...


def _nothing_found(_entry: Entry) -> tuple[Finding, ...]:
    return ()


def _one_at_a_time(
    _requests: Sequence[Request], _done: Callable[[tuple[Saved, ...]], None], _failed: Callable[[Trouble], None]
) -> None:
    raise LookupError("this context stores one entry at a time")


def _no_draft(_form: str, _done: Callable[[DraftText | None], None]) -> None:
    return None


def _keep_nothing(_form: str, _body: str, _done: Callable[[DraftText], None]) -> None:
    return None


def _drop_nothing(_form: str) -> None:
    return None


@dataclass(frozen=True)
class FormContext:
    """Everything a form needs from outside.

    now gives the moment in the ward's zone. check tells of an entry what to refuse and what to ask. last and limits are
    keyed by `kind.field`, agents are codes, graded the ids and words of entries whose grade a physician may set. save,
    save_all (together or not at all), load_draft and store_draft work in the background and answer through the bound
    methods that they are given; drafts
    belong to the author and the patient of this context, the text names the form. starts_now is false while the window
    shows another moment than now: then no time is filled in. grading makes what proposes a grade while signs are typed,
    may_grade says whether the author may set another one.
    """

    patient: PatientFacts
    author: str
    now: Callable[[], datetime]
    save: SaveDoor
    check: Callable[[Entry], Sequence[Finding]] = _nothing_found
    last: Mapping[str, LastValue] = field(default_factory=dict)
    limits: Mapping[str, FieldLimits] = field(default_factory=dict)
    agents: tuple[str, ...] = ()
    graded: tuple[tuple[str, str], ...] = ()
    load_draft: LoadDoor = _no_draft
    store_draft: StoreDoor = _keep_nothing
    drop_draft: Callable[[str], object] = _drop_nothing
    starts_now: bool = True
    save_all: SaveAllDoor = _one_at_a_time
    grading: Callable[[], Grading] | None = None
    may_grade: bool = False
