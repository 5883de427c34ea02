"""Any entry as one line of words: what journal, summary and tooltips say about it, in units and never in codes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache

from bedside.chart.base import Entry, Measured, Observed, Value, own_fields
from bedside.chart.bedside_signs import CAPD_TOTAL, ICE_MOST, ICE_TOTAL, Ice
from bedside.chart.entries import Infusion, Mrd, Therapy, Void
from bedside.chart.enums import CarTMethod, Target, VoidScope
from bedside.chart.formats import (
    UNITS,
    cells_text,
    date_text,
    fraction_text,
    label,
    number_text,
    quantity_text,
    title,
)
from bedside.chart.laboratory import CarTLevel
from bedside.chart.treatment import Lasting

KIND_TITLES: Mapping[str, str] = {
    "hsct": "HSCT", "gvhd": "GVHD", "csf": "CSF", "car_t_level": "CAR-T level",
    "lymphocyte_subset": "Lymphocyte subsets", "neuro": "Neurology", "immunoglobulin": "Immunoglobulins",
    "malignancy": "Second malignancy",
    "grade_override": "Grade set by a physician", "stay": "Ward and bed", "status": "Place on the ward",
    "contact": "Last contact", "performance": "Performance status", "void": "Taken back", "plan": "Planned date",
    "identity": "Patient’s own data", "expansion": "CAR-T expansion", "remission": "Response",
    "extramedullary": "Extramedullary disease", "vitals": "Vital signs",
}  # fmt: skip

# `{}` is the value; a field without a phrase is its label and its value. `kind.field` goes before `field`.
_PHRASES: Mapping[str, str] = {
    "agent": "{}", "intent": "{}", "route": "{}", "cycle": "cycle {}", "therapy.response": "response {}",
    "marker": "{}", "result": "{}", "detail": "{}", "disease": "{}",
    "diagnosis.cd19": "CD19 {}", "marrow.cd19": "CD19 {}", "ngs_clone": "NGS clone {}",
    "indication": "{}", "referring_centre": "from {}", "therapy_history": "therapy history {}",
    "target_date": "target date {}", "sites": "{}", "immunophenotype": "{}", "remission.response": "{}",
    "condition": "{}", "site": "{}", "form": "{}", "grade": "grade {}", "organs": "{}", "donor": "{} donor",
    "conditioning": "conditioning {}", "milestone": "{}", "date": "on {}", "component": "{}", "units": "{} units",
    "extramedullary.method": "by {}", "peak": "peak {}", "expansion.auc": "AUC {}", "basis": "{}", "product": "{}",
    "product_name": "{}", "target": "target {}", "costimulation": "co-stimulation {}", "cell_source": "{}",
    "status": "{}", "batch": "batch {}", "role": "{}", "reinfusion_reason": "because of {}", "vasopressors": "{}",
    "identity_checked_by": "identity checked by {}", "identity_check_reason": "one person checked: {}",
    "oxygen": "oxygen {}", "cause": "cause {}", "consciousness": "{}", "seizure": "seizure {}", "motor": "motor {}",
    "organism": "{}", "choice": "{}", "rationale": "{}", "signed_by": "signed by {}", "match": "match {}",
    "scale": "{}", "score": "{}", "second_malignancy": "{}", "what": "{}", "substance": "{}", "state": "{}",
    "ward": "ward {}", "bed": "bed {}", "text": "{}", "scope": "{}", "sbp": "systolic {}", "dbp": "diastolic {}",
    "complication": "complication: {}", "raised_icp": "raised intracranial pressure {}", "death.cause": "{}",
    "capd": f"CAPD {{}} of {CAPD_TOTAL}", "birth_date": "born {}", "sex": "{}", "car_t_level.method": "{}",
    "value": "{}",
}  # fmt: skip

_YES_NO: Mapping[str, tuple[str, str]] = {
    "active": ("active", "not active"),
    "controlled": ("controlled", "not controlled"),
    "known": ("known allergy", "no known allergies"),
    "out_of_specification": ("out of specification", "within specification"),
    "sufficient": ("sufficient", "not sufficient"),
    "stop_unknown": ("last day not known", "last day known"),
    "physiological": ("replacement dose", "above a replacement dose"),
    "hypotension": ("hypotension", "no hypotension"),
    "csf.blasts": ("blasts seen", "no blasts"),
    "below_loq": ("below the limit of quantification", "above the limit of quantification"),
    "bulky": ("bulky", "not bulky"),
    "developmental_delay": ("developmental delay", "no developmental delay"),
    "down_syndrome": ("Down syndrome", "no Down syndrome"),
    "tbi": ("with TBI", "without TBI"),
}

_TOLD_OTHERWISE = {"voids", "of", "stop", "dose", "dose_unit", "reason", "scope"}


def kind_title(kind: str) -> str:
    """Return the words of a kind as they stand at the start of a line: "Blood count"."""
    return KIND_TITLES.get(kind, title(kind))


def describe(entry: Entry) -> str:
    """Return the entry in one line with its kind: "Blood count: WBC 0.7 ×10⁹/L, ANC 0.1 ×10⁹/L"."""
    values = values_text(entry)
    return f"{kind_title(entry.kind)}: {values}" if values else f"{kind_title(entry.kind)}: no value"


def values_text(entry: Entry) -> str:
    """Return what the entry says without its kind, in the order of the format; "" when it says nothing."""
    return ", ".join(value_parts(entry))


def value_parts(entry: Entry) -> list[str]:
    """Return each thing that the entry says, without its kind, in the order of the format."""
    return [part for part in (*_opening(entry), *_own_parts(entry), *_ending(entry)) if part]


def field_text(entry: Value, name: str, kind: str = "") -> str:
    """Return one field of an entry as words, or "" when it is not recorded."""
    value = getattr(entry, name)
    if value is None or value == ():
        return ""
    key = f"{kind}.{name}"
    if isinstance(value, bool):
        return _yes_no(key, name, value)
    if isinstance(value, Ice):
        return ice_text(value)
    if name == "mrd":
        return ", ".join(mrd_text(result) for result in value)
    words = _value_words(entry, name, value)
    phrase = _PHRASES.get(key) or _PHRASES.get(name) or f"{label_inside(name)} {{}}"
    return phrase.replace("{}", words)


@lru_cache(maxsize=512)
def label_inside(name: str) -> str:
    """Return the words of a field as they stand within a line: "platelets", but "Hb" and "NK cells" as they are."""
    words = label(name)
    return words[0].lower() + words[1:] if len(words) > 2 and words[1:].islower() else words


def mrd_text(result: Mrd) -> str:
    """Return one method's result: "MRD FCM negative (limit of detection 10⁻⁴)"."""
    text = f"MRD {label(result.method.value)} {label(result.result.value)}"
    if result.value is not None:
        text += f" {fraction_text(result.value)}"
    brackets = []
    if result.below_loq is not None:
        brackets.append(_YES_NO["below_loq"][0 if result.below_loq else 1])
    if result.lod is not None:
        brackets.append(f"limit of detection {fraction_text(result.lod)}")
    return f"{text} ({', '.join(brackets)})" if brackets else text


def ice_text(ice: Ice) -> str:
    """Return the ICE total and the items that lost points: "ICE 8 of 10 (writing 0 of 1, attention 0 of 1)"."""
    points = {name: getattr(ice, name) for name in ICE_MOST}
    lost = [f"{name} {got} of {ICE_MOST[name]}" for name, got in points.items() if got < ICE_MOST[name]]
    text = f"ICE {sum(points.values())} of {ICE_TOTAL}"
    return f"{text} ({', '.join(lost)})" if lost else text


def _opening(entry: Entry) -> Iterator[str]:
    if isinstance(entry, Void):
        yield "one entry with all its corrections" if entry.scope is VoidScope.CHAIN else "one entry"


def _own_parts(entry: Entry) -> Iterator[str]:
    for name in own_fields(type(entry)):
        if name == "dose" and isinstance(entry, Therapy):
            yield _dose(entry)
        elif name not in _TOLD_OTHERWISE:
            yield field_text(entry, name, entry.kind)


def _ending(entry: Entry) -> Iterator[str]:
    if isinstance(entry, Lasting) and entry.stop is not None:
        yield "on that day only" if entry.stop == entry.at.day else f"until {date_text(entry.stop)}"
    if isinstance(entry, Observed) and entry.not_done:
        yield f"not done: {', '.join(label_inside(name) for name in entry.not_done)}"
    if entry.reason and (entry.supersedes is None or "reason" in type(entry).__annotations__):
        words = label(entry.reason) if isinstance(entry, Infusion) else entry.reason
        yield f"because: {words}"
    if entry.note:
        yield f"“{entry.note}”"


def _dose(therapy: Therapy) -> str:
    return "" if therapy.dose is None else quantity_text(therapy.dose, therapy.dose_unit or "")


def _yes_no(key: str, name: str, value: bool) -> str:
    words = _YES_NO.get(key) or _YES_NO.get(name) or (label_inside(name), f"no {label_inside(name)}")
    return words[0 if value else 1]


def _value_words(entry: Value, name: str, value: object) -> str:
    for kind, words in _WORDS.items():
        if isinstance(value, kind):
            return words(entry, name, value)
    return str(value)


def _number(entry: Value, name: str, value: object) -> str:
    assert isinstance(value, (int, float))
    censored = entry.censored if isinstance(entry, Measured) else None
    sign = censored[name].value if censored and name in censored else ""
    if isinstance(entry, CarTLevel):
        unit = "copies/µg DNA" if entry.method is CarTMethod.QPCR else "/µL"
        return quantity_text(value, unit, sign)
    if name in {"dose_car_t_cells", "dose_car_t_per_kg"}:
        return f"{cells_text(value)} {UNITS[name]}"
    return quantity_text(value, UNITS.get(name, ""), sign) if isinstance(value, float) else number_text(value)


def _texts(_entry: Value, _name: str, value: object) -> str:
    assert isinstance(value, tuple)
    return " and ".join(label(item.value) if isinstance(item, Enum) else str(item) for item in value)


def _code(_entry: Value, _name: str, value: object) -> str:
    assert isinstance(value, Enum)
    return "CD19" if value is Target.CD19 else label(str(value.value))


def _day(_entry: Value, _name: str, value: object) -> str:
    assert isinstance(value, date)
    return date_text(value)


def _text(_entry: Value, name: str, value: object) -> str:
    return label(str(value)) if name == "agent" else str(value)


_WORDS: Mapping[type, Callable[[Value, str, object], str]] = {
    Enum: _code, str: _text, int: _number, float: _number, tuple: _texts, date: _day,
}  # fmt: skip
