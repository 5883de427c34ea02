"""Owns what is told of a save that failed when its form was left: whose it was, what was typed, where it is kept."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from bedside.chart.describe import describe, kind_title
from bedside.chart.entries import parse_entry
from bedside.chart.errors import UserError
from bedside.chart.formats import at_text
from bedside.chart.patient import Patient
from bedside.service.drafts import draft
from bedside.service.session import Session
from bedside.ui.forms.context import Request
from bedside.ui.troubles import Trouble

ANY_ID = "00000000-0000-4000-8000-000000000000"
NO_DRAFT = "It is kept nowhere else: type it again, or write it on paper."
NOT_TAKEN_BACK = "an entry that was to be taken back counts as before"
WHERE = {
    "counts": "a new column of the counts",
    "round": "the round sheet",
    "regimen": "the regimen",
    "void": "taking the entry back",
}
"""Where a draft is brought back, by the name of its form in front of the colon; else in the form of the kind."""

Value = TypeVar("Value")


@dataclass
class Unsaved:
    """One save of one patient, as it is carried out on the worker and, if it fails, told on the main thread."""

    session: Session
    patient: Patient
    requests: Sequence[Request]
    draft: str = ""

    def carry_out(self, store: Callable[[], Value]) -> Value:
        """Store; where that fails, look which draft of it is there."""
        try:
            return store()
        except BaseException:
            with suppress(UserError):
                self.draft = next((one.draft for one in self.requests if self._is_kept(one.draft)), "")
            raise

    def _is_kept(self, form: str) -> bool:
        return bool(form) and draft(self.session, self.patient.mrn, form) is not None

    def told(self, trouble: Trouble) -> Trouble:
        """Return the trouble for somebody who has left the form: named, and for its author's eyes alone."""
        patient = self.patient
        whose = f"{patient.family_name.upper()}, {patient.given_name} ({patient.mrn})"
        what = "; ".join(_line(one) for one in self.requests)
        return replace(
            trouble,
            what_happened=f"Not saved for {whose}: {what}.",
            what_to_do=f"{trouble.text} {self._where()}",
            author=self.session.user,
        )

    def _where(self) -> str:
        if not self.draft:
            return NO_DRAFT
        form, _, about = self.draft.partition(":")
        usual = f"the correction of this {kind_title(form).lower()}" if about else f"the form {kind_title(form)}"
        return f"It is kept as your draft: open this patient and {WHERE.get(form, usual)}, and it is brought back."


def _line(request: Request) -> str:
    fields: Mapping[str, Any] = request.fields
    if fields["kind"] == "void":
        return f"{NOT_TAKEN_BACK} ({fields.get('reason', '')})"
    links = {} if request.supersedes is None else {"supersedes": request.supersedes, "reason": request.reason or "-"}
    try:
        entry = parse_entry({**fields, **links, "id": ANY_ID})
    except ValidationError:
        return kind_title(fields["kind"])
    words = describe(entry)
    return f"{at_text(entry.at)}, {'correction, ' if links else ''}{words}"
