"""Owns what stands against storing an entry that is typed: the faults that refuse it, and the doubts that are asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from bedside.chart.entries import parse_entry
from bedside.ui.forms.context import Finding, FormContext
from bedside.ui.forms.faults import Fault, faults_of
from bedside.ui.forms.question_strip import Asked

_NOT_STORED_YET = str(UUID(int=0))


@dataclass(frozen=True)
class Objections:
    """Why an entry cannot be stored, or, where nothing refuses it, what is doubtful about it."""

    faults: tuple[Fault, ...] = ()
    doubts: tuple[Finding, ...] = ()


def objections_to(fields: Mapping[str, Any], context: FormContext) -> Objections:
    """Return what its model and the knowledge object to in the fields of an entry that is not stored yet."""
    try:
        entry = parse_entry({**fields, "id": _NOT_STORED_YET})
    except ValidationError as error:
        return Objections(faults_of(error))
    findings = context.check(entry)
    refused = tuple(Fault(one.field, one.text) for one in findings if one.severity == "refuse")
    return Objections(refused) if refused else Objections(doubts=tuple(findings))


class Doubts:
    """The doubts about what is typed: each is asked about until somebody says that it is right."""

    def __init__(self) -> None:
        self._waived: set[tuple[str, str]] = set()
        self.asked: Finding | None = None

    def first(self, doubts: Iterable[Finding], is_confirmed: Callable[[str], bool]) -> Finding | None:
        """Return the first that neither its field has confirmed nor anybody waived, which is asked about now."""
        for one in doubts:
            if not is_confirmed(one.field) and (one.field, one.text) not in self._waived:
                self.asked = one
                return one
        return None

    def answer(self, index: int) -> Finding | None:
        """Return what was asked about, if anything was; the answer 1 says that it is right."""
        asked, self.asked = self.asked, None
        if asked is not None and index == 1:
            self._waived.add((asked.field, asked.text))
        return asked


def question_about(doubt: Finding) -> Asked:
    """Return the question with its two answers."""
    return Asked("Is this right?", doubt.text, ("Back to the box", "Save it so"))
