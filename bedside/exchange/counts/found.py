"""What was found in a laboratory's file: samples line by line, what has to be asked, what cannot be read."""

from dataclasses import dataclass, field
from datetime import tzinfo

from bedside.chart.moments import At
from bedside.chart.progress import Progress, unheard


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question: the value for the mapping, and its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something about the whole file that only a person can settle; `key` is its place in the mapping.

    Without choices it is answered by saying what the columns are.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One number in the chart's unit, `<` or `>` where the laboratory gave it; `told` says how it was converted."""

    field: str
    value: float
    sign: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one line of a file says; `line` counts from 1.

    `mrn` and `birth_date` (ISO) are empty where the file does not tell them. `refused`, `asked` and `unused` say what
    is wrong, in doubt, or nothing that a chart holds; `withdrawn` names what the laboratory took back.
    """

    line: int
    at: At | None
    measured: tuple[Measurement, ...] = ()
    not_done: tuple[str, ...] = ()
    mrn: str = ""
    birth_date: str = ""
    refused: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is understood: its head, its place from 1, its use (a role or a field), its unit.

    An empty use: it is not used. An analyte that is named in rows instead has the place 0. `example` is what it holds
    first, or the words that the file has for it.
    """

    head: str
    place: int
    use: str
    unit: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a file says, in its order, and what has to be settled before any of it can be stored."""

    samples: tuple[Sample, ...] = ()
    questions: tuple[Question, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(slots=True)
class Doubts:
    """Questions collected while a file is read, each once."""

    found: dict[str, Question] = field(default_factory=dict)

    def add(self, question: Question) -> str:
        """Keep a question and return its words."""
        return self.found.setdefault(question.key, question).text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading needs beside the file: its name for messages, the ward's zone, whom to tell of every line."""

    name: str
    zone: tzinfo
    tell: Progress = unheard
