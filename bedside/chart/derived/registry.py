"""What registries ask of one course, and which of it the chart answers today."""

import datetime

from bedside.chart.derived.plain import Term, plain_value


class AnswerStatus(Term):
    """How a question stands.

    `to_confirm`: nothing is recorded that says yes, which is no "no"; `no_field`: a chart has no place for it.
    """

    ANSWERED = "answered"
    TO_CONFIRM = "to_confirm"
    MISSING = "missing"
    NOT_DUE = "not_due"
    NOT_ASKED = "not_asked"
    NO_FIELD = "no_field"


@plain_value
class RegistryAnswer:
    """One question with what the chart says: in words, with the entries it rests on and the kinds to look into.

    `level` tells whether the question was read in its source or is recalled.
    """

    question: str
    section: str
    text: str
    status: AnswerStatus
    answer: str
    evidence: tuple[str, ...]
    kinds: tuple[str, ...]
    level: str
    source: str


@plain_value
class RegistryPart:
    """A form at one point in time, or for one infusion (`about`): from when to when it asks, its window, its answers.

    `due`: the point in time, None where it has none.
    """

    form: str
    registry: str
    title: str
    about: str
    due: datetime.date | None
    window_first: datetime.date | None
    window_last: datetime.date | None
    answers: tuple[RegistryAnswer, ...]


@plain_value
class RegistryReport:
    """Every form of the newest course as of a day."""

    mrn: str
    as_of: str
    day0: datetime.date | None
    parts: tuple[RegistryPart, ...]
