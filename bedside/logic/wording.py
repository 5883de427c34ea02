"""The phrases that texts about criteria are made of: dates with their day, marrow results, CD19 values, therapies."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bedside.chart.entries import Entry, LymphocyteSubset, Therapy
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.formats import (
    NO_BREAK_SPACE,
    date_text,
    day_text,
    field_quantity_text,
    fraction_text,
    label,
    number_text,
)
from bedside.chart.sensitivity import negative_text
from bedside.logic.burden import Burden
from bedside.logic.criteria import Words
from bedside.logic.facts import CourseFacts, History, Setting
from bedside.logic.samples import (
    INADEQUATE,
    LOW_POSITIVE,
    NEGATIVE,
    POSITIVE,
    STATE_WORDS,
    Sample,
)

FCM_PCR = (MrdMethod.FCM, MrdMethod.PCR)
PCR_NGS = (MrdMethod.PCR, MrdMethod.NGS)
ALL_METHODS = (MrdMethod.FCM, MrdMethod.PCR, MrdMethod.NGS)
NOT_INFUSED = Words("not infused yet")


class Case(NamedTuple):
    """What is told about: the setting, earlier history, the course if there is one, and the day it is judged on.

    `counted_until` is the last day whose results count: the day before a relapse or death, else the day itself.
    """

    setting: Setting
    history: History
    facts: CourseFacts | None
    day: date
    counted_until: date
    closed: bool

    @property
    def as_of(self) -> str:
        """The words that tie a statement to its day."""
        return f"as of {date_text(self.day)}"


@lru_cache(maxsize=8192)
def when(day: date, day0: date) -> str:
    """Return 31-Jul-2020 (D+60)."""
    return f"{date_text(day)} ({day_text((day - day0).days)})"


def until(day: date) -> str:
    """Return until 13-Jul-2020."""
    return f"until {date_text(day)}"


def percent(value: float) -> str:
    """Return 30 %."""
    return f"{number_text(value)}{NO_BREAK_SPACE}%"


def therapy_words(therapy: Therapy) -> str:
    """Return blinatumomab, 12-Feb-2020 to 11-Mar-2020."""
    start = date_text(therapy.at.day)
    if therapy.stop is not None:
        span = start if therapy.stop == therapy.at.day else f"{start} to {date_text(therapy.stop)}"
    else:
        span = f"{start}, stop not known" if therapy.stop_unknown else f"since {start}"
    return f"{label(therapy.agent)}, {span}"


def marrow_words(sample: Sample, methods: tuple[MrdMethod, ...] = ALL_METHODS, *, blasts: bool = False) -> str:
    """Return what a sample says by some methods: NGS positive, below quantification, FCM negative, limit 10⁻⁴.

    Blasts stand first when they show disease or are asked for; then the methods with the highest state first, as that
    is what decides. With blasts asked for, the methods keep the order they are given in.
    """
    key = (methods, blasts)
    words = sample.said.get(key)
    if words is None:
        words = sample.said[key] = _marrow_words(sample, methods, blasts)
    return words


def _marrow_words(sample: Sample, methods: tuple[MrdMethod, ...], blasts: bool) -> str:
    parts = []
    if sample.blasts_pct is not None and (sample.disease or blasts):
        parts.append(f"{percent(sample.blasts_pct)} blasts")
    shown = [method for method in methods if sample.state_of(method)]
    if len(shown) > 1 and not blasts:
        shown.sort(key=sample.state_of, reverse=True)
    parts += [_method_words(sample, method) for method in shown]
    if not parts and sample.blasts_pct is not None:
        parts.append(f"{percent(sample.blasts_pct)} blasts")
    return ", ".join(parts) or "no result"


def _method_words(sample: Sample, method: MrdMethod) -> str:
    state, _, result = sample.worst[method]
    return _result_words(method, state, result.value, result.lod, result.below_loq)


@lru_cache(maxsize=4096)
def _result_words(method: MrdMethod, state: int, value: float | None, lod: float | None, below_loq: bool | None) -> str:
    if state in {NEGATIVE, INADEQUATE}:
        return f"{label(method.value)} {negative_text(lod, sensitive=state == NEGATIVE)}"
    words = f"{label(method.value)} {STATE_WORDS[state]}"
    if state in {LOW_POSITIVE, POSITIVE}:
        if value is not None:
            return f"{words} {_amount(value)}"
        return f"{words}, below quantification" if below_loq else words
    return words


def _amount(value: float) -> str:
    """A residual disease in powers of ten below 1 %, from there on in %."""
    return fraction_text(value) if value < 0.01 else percent(round(value * 100, 9))


def given_by(burden: Burden) -> str:
    """Return what gives a burden: blasts, by FCM, by PCR, by FCM and PCR."""
    sample = burden.sample
    if sample.blasts_pct == burden.pct and (sample.disease or not sample.fcm_or_pcr):
        return "blasts"
    values = {
        result.method
        for entry in sample.entries
        for result in entry.mrd or ()
        if result.result is MrdOutcome.POSITIVE and result.value is not None
        if round(result.value * 100, 9) == burden.pct
    }
    methods = [m for m in FCM_PCR if m in values or (burden.pct == 0 and sample.state_of(m) == NEGATIVE)]
    return f"by {' and '.join(label(method.value) for method in methods)}"


def cd19_words(entries: Sequence[LymphocyteSubset]) -> str:
    """Return CD19 75/µL, 4 % of lymphocytes."""
    parts = []
    for entry in entries:
        marks = entry.censored or {}
        for name, suffix in (("cd19", ""), ("cd19_pct", " of lymphocytes")):
            value = getattr(entry, name)
            if value is not None:
                mark = marks[name].value if name in marks else ""
                parts.append(f"{field_quantity_text(name, value, mark)}{suffix}")
    return f"CD19 {', '.join(parts)}" if parts else "no CD19 value"


def ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the ids of entries."""
    return tuple([entry.id for entry in entries])
