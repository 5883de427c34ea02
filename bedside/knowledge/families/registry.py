"""What registries ask of a course: forms with their points in time, questions, and what answers them."""

from typing import Literal

from pydantic import model_validator

from bedside.chart.entries import KINDS
from bedside.knowledge.sourced import Sourced, Table, Threshold

NOTHING = "none"
"""The answer to a question for which a chart has no place."""


class RegistryPoint(Sourced):
    """A point in time after the infusion, by day or by calendar month, with the window for the contact if one is known.

    The window lies between two days after the infusion, or `around_days` about the point. One that repeats comes back
    every year.
    """

    name: str
    day: int | None = None
    month: int | None = None
    first_day: int | None = None
    last_day: int | None = None
    around_days: int | None = None
    repeats: bool = False


class RegistryForm(Sourced):
    """A form: asked once, for each infusion, or at points in time."""

    registry: str
    title: str
    when: Literal["once", "infusion", "points"]
    points: tuple[RegistryPoint, ...] = ()


class RegistryQuestion(Sourced):
    """One question: `level` is "read" or "recalled", `answer` the rule that answers it, `kinds` what it rests on.

    One that `follows` another is asked once that is answered.
    """

    form: str
    section: str
    text: str
    answer: str
    kinds: tuple[str, ...]
    only: Literal["first"] | None = None
    follows: str | None = None


class RegistryNumbers(Table):
    """When neutrophils have recovered."""

    anc_recovery: Threshold
    anc_recovery_days: Threshold


class AutologousProducts(Sourced):
    """The products that their labels name as made from the patient's own cells."""

    products: tuple[str, ...]


class RegistryTables(Table):
    """All forms and questions."""

    forms: dict[str, RegistryForm]
    questions: dict[str, RegistryQuestion]
    numbers: RegistryNumbers
    autologous: AutologousProducts

    @model_validator(mode="after")
    def _hold_together(self) -> "RegistryTables":
        for name, question in self.questions.items():
            if question.form not in self.forms:
                raise ValueError(f"the question {name} belongs to the form {question.form}, which is not listed")
            if unknown := set(question.kinds) - KINDS.keys():
                raise ValueError(f"the question {name} rests on {', '.join(sorted(unknown))}, which is no kind")
            if question.follows is not None and question.follows not in self.questions:
                raise ValueError(f"the question {name} follows {question.follows}, which is not listed")
            if question.level not in {"read", "recalled"}:
                raise ValueError(f"the level of the question {name} is {question.level}; expected read or recalled")
        return self
