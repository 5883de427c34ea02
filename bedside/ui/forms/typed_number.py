"""Owns one number while it is typed, whatever shows it: how it reads, its flag, what is refused and what is asked."""

from collections.abc import Callable, Mapping
from typing import Any

from bedside.chart.formats import number_text
from bedside.chart.moments import At
from bedside.chart.reading import Number, Refused, read_number
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import FieldLimits, Question, flag_of, question_of, refusal_of
from bedside.ui.forms.question_strip import Asked
from bedside.ui.forms.row import RowSpec
from bedside.ui.painting import Flag

NOT_DONE_STATE = "x"


class TypedNumber:
    """The text of one box with its field, last value and limits; `not_done` says asked for and not measured."""

    def __init__(
        self,
        spec: RowSpec,
        moment: Callable[[], At | None],
        *,
        last: LastValue | None = None,
        limits: FieldLimits | None = None,
    ) -> None:
        self.spec, self.last, self.limits = spec, last, limits
        self._moment = moment
        self.text = ""
        self.not_done = False
        self.kept: str | None = None

    @property
    def number(self) -> Number | None:
        """The number as it is read now, or None while there is none."""
        read = read_number(self.text) if self.text else None
        return read if isinstance(read, Number) else None

    @property
    def confirmed(self) -> bool:
        """Whether the number stands although it was asked about."""
        return bool(self.kept) and self.kept == self.text

    def refusal(self, *, final: bool) -> str:
        """Why the text cannot be stored, or ""; before it is final, an unfinished text is left alone."""
        if self.not_done or not self.text:
            return ""
        read = read_number(self.text)
        if isinstance(read, Refused):
            return read.why if final or self.text[-1].isdigit() else ""
        if read.sign and not self.spec.measured:
            return f"{read.sign} is not recorded here. Type the number that was measured."
        return refusal_of(read.value, self.limits, self.spec.unit) if self.limits else ""

    def flag(self) -> Flag | None:
        """How far the number lies outside its range, or None."""
        number = self.number
        return None if number is None or self.limits is None else flag_of(number.value, self.limits, number.sign)

    def question(self) -> Question | None:
        """What is to be asked once about the number before it is stored, or None."""
        number = self.number
        if number is None or self.not_done or self.text == self.kept or self.refusal(final=True):
            return None
        return question_of(number.value, self.limits, self.last, self._moment(), self.spec.unit)

    def asked(self, question: Question) -> Asked:
        """The question with its two answers: change the number (or go back to the box), keep it."""
        first = f"Change to {number_text(question.instead)}" if question.instead is not None else "Back to the box"
        number = self.number
        kept = self.text if number is None else f"{number.sign}{number_text(number.value)}"
        return Asked(question.lead, question.detail, (first, f"Keep {kept}"), question.bold)

    def keep(self) -> None:
        """Let the number stand; it is not asked about again."""
        self.kept = self.text

    def change(self, value: float) -> str:
        """Take another value in its place and let that stand; its text comes back."""
        self.text = self.kept = typed_text(value, places=6)
        return self.text

    def contribute(self, fields: dict[str, Any]) -> None:
        """Write the value, its sign, or that it was not done into the fields of an entry."""
        number = self.number
        if self.not_done:
            fields.setdefault("not_done", []).append(self.spec.name)
        elif number is not None:
            fields[self.spec.name] = number.value
            if number.sign:
                fields.setdefault("censored", {})[self.spec.name] = number.sign

    @property
    def state(self) -> str | None:
        """The text as typed, "x" for not done, None for an empty box."""
        return NOT_DONE_STATE if self.not_done else self.text or None

    def restore(self, state: object) -> None:
        """Take the text as it was typed."""
        if isinstance(state, str):
            self.not_done = state == NOT_DONE_STATE
            self.text = "" if self.not_done else state

    def load(self, fields: Mapping[str, Any]) -> str:
        """Take the value of an entry and let it stand; what it is comes back in words."""
        value = fields.get(self.spec.name)
        if self.spec.name in (fields.get("not_done") or ()):
            self.not_done = True
            return "not done"
        if value is None:
            return "not recorded"
        sign = (fields.get("censored") or {}).get(self.spec.name, "")
        self.text = self.kept = f"{sign}{typed_text(value)}"
        return f"{sign}{number_text(value)}"


def typed_text(value: float, places: int = 9) -> str:
    """A value as a person would type it."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")
