"""ORU^R01 messages as samples, one for each OBX: final and corrected results are facts, everything else is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from bedside.chart.errors import UserError
from bedside.chart.moments import At
from bedside.chart.progress import one_by_one
from bedside.exchange.counts.analytes import Analytes, Meaning
from bedside.exchange.counts.found import Doubts, Found, Question, Sample, Surroundings
from bedside.exchange.counts.mapping import CountsMapping, Use
from bedside.exchange.counts.numbers import Asked, Numbers, Refused
from bedside.exchange.counts.table import Line
from bedside.exchange.counts.units import Scale, measured
from bedside.exchange.hl7.fields import UNREADABLE, Fields, moment_of, taken_apart
from bedside.exchange.hl7.messages import Message, messages_of, text_of
from bedside.exchange.reading import WHAT_TO_DO
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import COUNT_FIELDS, load_codes

FINAL, CORRECTED, NOT_OBTAINED = "F", "C", "X"
WITHDRAWN = {"D": "deleted", "W": "sent for the wrong patient or test"}
NO_FACT = {
    "P": "the result is preliminary (P); the final one counts",
    "R": "the result is not verified (R); the final one counts",
    "S": "the result is partial (S); the final one counts",
    "I": "the result is pending (I)",
    NOT_OBTAINED: "the laboratory could not obtain a result (X)",
    "N": "the result was not asked for (N)",
    "O": "it describes the order alone (O)",
    "U": "an earlier preliminary result became final without being sent again (U): ask the laboratory for it",
}
_REPLACING = frozenset((CORRECTED, NOT_OBTAINED, *WITHDRAWN))
"""What an earlier result of the same moment does not outlast."""
_NUMERIC = frozenset(("NM", "SN", "ST", "TX", "FT", ""))
_DECIMAL = "."
_PRODUCTION = frozenset(("", "P"))
_RESULTS = ("ORU", "R01")
_NULL = '""'
_LOINC = "LN"
_NUMBERS = ("MR", "PI", "")
"""Which number of a patient counts: the medical record's, the hospital's, else the only one there is."""


def read_messages(data: bytes, mapping: CountsMapping, around: Surroundings) -> Found:
    """Return what each OBX says and what has to be asked; UserError for a file of which nothing can be read."""
    text = text_of(data, around.name, mapping.encoding)
    if isinstance(text, Question):
        return Found(questions=(text,))
    messages = messages_of(text, around.name)
    if not messages:
        raise UserError(f"{around.name}: there is no message in it.", WHAT_TO_DO)
    return _Results(mapping, around).read(messages)


@dataclass(slots=True)
class _Place:
    """What stands above an OBX: the patient, the order, the sender's time."""

    mrn: str = ""
    birth_date: str = ""
    refused: tuple[str, ...] = ()
    order: Fields | None = None
    sent: str = ""


@dataclass(frozen=True, slots=True)
class _Result:
    """One OBX as a sample, with its status and the field of the chart that it is about, "" where it is about none."""

    sample: Sample
    status: str = ""
    field: str = ""

    @property
    def told(self) -> str:
        """What it does to an earlier result."""
        if self.status != CORRECTED:
            return f"line {self.sample.line} withdraws it"
        brings_none = self.sample.refused or self.sample.unused
        return f"line {self.sample.line} corrects it{' and brings no value' if brings_none else ''}"


class _Results:
    def __init__(self, mapping: CountsMapping, around: Surroundings) -> None:
        self._mapping, self._around, self._codes = mapping, around, load_codes()
        self._doubts = Doubts()
        self._analytes = Analytes(mapping, self._codes, self._doubts)
        self._numbers = Numbers(mapping.decimal or _DECIMAL, self._doubts)

    def read(self, messages: Sequence[Message]) -> Found:
        """Return every result as a sample, what was corrected or withdrawn later in the file set apart."""
        samples: list[Sample] = []
        standing: dict[tuple[str, str, str], list[int]] = {}
        for message in one_by_one(messages, self._around.tell):
            for result in self._message(message):
                self._replace_earlier(samples, standing, result)
                samples.append(result.sample)
        return Found(tuple(samples), tuple(self._doubts.found.values()), self._analytes.columns)

    @staticmethod
    def _replace_earlier(
        samples: list[Sample], standing: dict[tuple[str, str, str], list[int]], result: _Result
    ) -> None:
        """Set apart the results that this one corrects or withdraws, where they stand earlier in the file.

        What the laboratory has taken back is no fact, also where the correction itself brings no value.
        """
        if result.sample.at is None or not result.field:
            return
        key = result.sample.mrn, result.field, result.sample.at.text
        earlier = standing.get(key, [])
        if result.status in _REPLACING:
            for place in earlier:
                unused = (result.told,)
                samples[place] = replace(samples[place], measured=(), not_done=(), asked=(), unused=unused)
            earlier = []
        standing[key] = [*earlier, len(samples)]

    def _message(self, message: Message) -> Iterator[_Result]:
        parts = taken_apart(message)
        head = message[0]
        if isinstance(parts, Refused):
            yield _Result(Sample(head.line, None, refused=(parts.why,)))
            return
        kind = parts[0].text(9), parts[0].text(9, 2)
        if kind[0] in ("", _NULL):
            yield _Result(Sample(head.line, None, refused=("the message does not say what it is (MSH-9 is empty)",)))
            return
        if kind != _RESULTS:
            why = f"a message {shortened('^'.join(filter(None, kind)))} brings no results"
            yield _Result(Sample(head.line, None, unused=(why,)))
            return
        if parts[0].text(11) not in _PRODUCTION:
            why = f"the message is marked as a trial (MSH-11 is {shortened(parts[0].text(11))})"
            yield _Result(Sample(head.line, None, refused=(why,)))
            return
        yield from self._results(parts)

    def _results(self, parts: Sequence[Fields]) -> Iterator[_Result]:
        place, found = _Place(sent=parts[0].text(7)), 0
        for part in parts:
            if part.name == "PID":
                place = _patient(part, place.sent)
            elif part.name == "OBR":
                place.order = part
            elif part.name == "OBX":
                found += 1
                yield self._result(part, place)
        if not found:
            yield _Result(Sample(parts[0].line, None, unused=("the message holds no result (OBX)",)))

    def _result(self, obx: Fields, place: _Place) -> _Result:
        """One OBX with its status; what stands in doubt about its patient matters only where it would be a fact."""
        line, status = Line(), obx.text(11) or (place.order.text(25) if place.order else "")
        meaning, field = self._meaning(obx)
        if not isinstance(meaning, Scale | Asked):
            line.take(meaning)
        elif status in {FINAL, CORRECTED}:
            self._take_value(line, obx, meaning)
        elif status in WITHDRAWN:
            line.unused.append(f"the laboratory withdrew the result ({status}: {WITHDRAWN[status]})")
        elif status in NO_FACT:
            line.unused.append(NO_FACT[status])
        else:
            line.refused.append(f"{shortened(status)} is no status of a result (OBX-11)")
        withdrawn = (field,) if field and line.unused and status in {CORRECTED, *WITHDRAWN} else ()
        at = None
        if withdrawn or not line.unused:
            line.refused += place.refused
            at = self._when(line, obx, place)
        elif status == NOT_OBTAINED:
            at = self._when(Line(), obx, place)
        sample = line.sample(obx.line, at, place.mrn, place.birth_date)
        return _Result(replace(sample, withdrawn=withdrawn) if withdrawn else sample, status, field)

    def _meaning(self, obx: Fields) -> tuple[Meaning, str]:
        """What was measured: by its LOINC, or by a code of the laboratory that a person has named; and its field."""
        named = [(obx.text(3, place), obx.text(3, place + 1), obx.text(3, place + 2)) for place in (1, 4)]
        loinc = next((code for code, _, system in named if system == _LOINC and code in self._codes.by_loinc), "")
        said = next((code for code, _, _ in named if code in self._mapping.analytes), "")
        name = said or loinc or next((code or words for code, words, _ in named if code or words), "")
        if not name:
            return Refused("the result does not say what was measured (OBX-3 is empty)"), ""
        words = next((words for _, words, _ in named if words), "")
        meaning = self._analytes.meaning(name, self._unit(obx), lambda: self._own_use(loinc), words)
        return meaning, self._analytes.field_of(name)

    def _own_use(self, loinc: str) -> Use | None:
        field = self._codes.by_loinc.get(loinc)
        return Use(field=field) if field in COUNT_FIELDS and field is not None else None

    def _unit(self, obx: Fields) -> str:
        """The unit, also where its sign for a power was sent as the sign between components."""
        parts = obx.components(6)
        given = [*parts[:1], "^".join(parts[:2]), *parts[1:2]]
        known = (one for one in given if one and self._codes.unit_of(one))
        return next(known, parts[0] if parts else "")

    def _take_value(self, line: Line, obx: Fields, meaning: Scale | Asked) -> None:
        text = _value(obx)
        if isinstance(text, Refused):
            line.take(text)
        elif text in ("", _NULL, *self._mapping.absent):
            line.unused.append("the result holds no value")
        elif isinstance(meaning, Asked):
            line.take(meaning)
        elif text in self._mapping.not_done:
            line.not_done.append(meaning.name)
        else:
            line.take(measured(text, meaning, self._numbers))

    def _when(self, line: Line, obx: Fields, place: _Place) -> At | None:
        """When the sample was taken: as the result says, else its order."""
        if place.order is None:
            line.refused.append("no order stands above it (OBR is missing)")
            return None
        text = obx.text(14) or place.order.text(7)
        if not text:
            line.refused.append("it does not tell when the sample was taken (OBX-14 and OBR-7 are empty)")
            return None
        read = moment_of(text, place.sent, self._around.zone)
        if isinstance(read, At):
            return read
        line.take(read)
        return None


def _value(obx: Fields) -> str | Refused:
    """The number of a result as text, its comparison before it; SN keeps the two apart."""
    kind = obx.text(2)
    if kind not in _NUMERIC:
        return Refused(f"the value is of the type {shortened(kind)} (OBX-2); expected a number")
    if not obx.is_readable(5):
        return Refused(f"{UNREADABLE} (OBX-5)")
    if obx.repetitions(5) > 1:
        return Refused("the result has several values")
    if kind != "SN":
        return obx.text(5)
    comparison, number, between, second = (obx.text(5, place) for place in (1, 2, 3, 4))
    if between or second:
        return Refused("the value is a range or a ratio")
    if comparison not in {"", "=", "<", ">"}:
        return Refused(f"the comparison {shortened(comparison)} cannot be kept; expected < or >")
    return f"{comparison.strip('=')}{number}"


def _patient(pid: Fields, sent: str) -> _Place:
    """Who a message is about; where no one number is theirs, or the birth date is none, every result is refused."""
    numbers = [(pid.text(3, 1, one), pid.text(3, 5, one)) for one in range(1, pid.repetitions(3) + 1)]
    numbers = [(number, kind) for number, kind in numbers if number] or [(pid.text(2), "")]
    refused = []
    for wanted in _NUMBERS:
        chosen = {number for number, kind in numbers if wanted in (kind, "")}
        if chosen:
            break
    if len(chosen) > 1:
        refused.append("the patient has several numbers (PID-3), of which not one alone is marked MR")
    refused += [f"{UNREADABLE} (PID-{field})" for field in (2, 3, 7) if not pid.is_readable(field)]
    born = pid.text(7)
    read = moment_of(born[:8], "", UTC) if born else None
    if isinstance(read, Refused):
        refused.append(f"birth date: {shortened(born)} is not a whole date (PID-7)")
    birth_date = read.day.isoformat() if isinstance(read, At) else ""
    return _Place("" if len(chosen) > 1 else chosen.pop(), birth_date, tuple(refused), None, sent)
