"""Hypothesis strategies for an entry of any kind, made from the kind's own model and the hard limits."""

from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic import BaseModel

from bedside.chart.base import Entry, Measured, Observed, own_fields
from bedside.chart.entries import KINDS
from bedside.chart.enums import ReinfusionReason
from bedside.chart.moments import At
from bedside.knowledge.loader import load_knowledge
from tests.unit.exchange.charts import OTHER_ID, Fields

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
NAMES = st.from_regex(r"[\w'-]{1,6}( [\w'-]{1,6})?", fullmatch=True)
PAST = st.one_of(
    st.dates(date(2012, 1, 1), date(2019, 12, 31)).map(date.isoformat),
    st.datetimes(datetime(2012, 1, 1), datetime(2019, 12, 30)).map(lambda at: f"{at.isoformat()}+05:30"),  # noqa: DTZ001
)
BIRTHS = st.dates(date(2000, 1, 1), date(2012, 1, 1)).map(date.isoformat)
LATER_DAYS = st.dates(date(2021, 1, 1), date(2026, 11, 20)).map(date.isoformat)
BY_NAME: dict[str, SearchStrategy[Any]] = {
    "agent": st.from_regex(r"[a-z][a-z0-9_]{1,20}", fullmatch=True),
    "of": st.just(OTHER_ID),
    "birth_date": BIRTHS,
    **dict.fromkeys(("mrn", "family_name", "given_name", "same_as"), NAMES),
    "mrd": st.lists(
        st.fixed_dictionaries(
            {"method": st.sampled_from(["fcm", "pcr", "ngs"]), "result": st.just("positive")},
            optional={"value": st.floats(1e-9, 1), "lod": st.floats(1e-9, 1), "below_loq": st.booleans()},
        ),
        unique_by=lambda result: result["method"],
    ),
}


def values(annotation: Any) -> SearchStrategy[Any]:
    """JSON values for a type of the chart."""
    if get_origin(annotation) is Annotated:
        return values(get_args(annotation)[0])
    if NoneType in get_args(annotation):
        return values(next(part for part in get_args(annotation) if part is not NoneType))
    if get_origin(annotation) is tuple:
        return st.lists(values(get_args(annotation)[0]), min_size=2, max_size=2, unique=True)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return st.fixed_dictionaries({name: st.integers(0, 1) for name in annotation.model_fields})
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return st.sampled_from([member.value for member in annotation])
    plain: dict[Any, SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(1, 4),
        float: st.floats(0.5, 4.0),
        str: TEXTS,
        At: PAST,
        date: LATER_DAYS,
    }
    return plain[annotation]


def field_values(model: type[Entry], kind: str, name: str) -> SearchStrategy[Any]:
    """JSON values for one field of a kind, within its hard limits."""
    limits = dict(load_knowledge().limited.get(kind, ()))
    if name in BY_NAME:
        return BY_NAME[name]
    if name == "reason" and kind == "infusion":
        return st.sampled_from([reason.value for reason in ReinfusionReason])
    if name in limits and float in _types(model.model_fields[name].annotation):
        return st.floats(limits[name].hard_low, limits[name].hard_high)
    return values(model.model_fields[name].annotation)


def _types(annotation: Any) -> set[Any]:
    parts = get_args(annotation)
    return {annotation} if not parts else set().union(*(_types(part) for part in parts))


@st.composite
def entries(draw: DrawFn, kind: str) -> Fields:
    """A valid entry of a kind without an id: the required fields and any of the optional ones."""
    model = KINDS[kind]
    fields: Fields = {"kind": kind, "at": draw(PAST)}
    for name in own_fields(model):
        if model.model_fields[name].is_required() or draw(st.booleans()):
            fields[name] = draw(field_values(model, kind, name))
    if "stop" in fields:
        fields.pop("stop_unknown", None)
    if {"anc", "alc"} & fields.keys():
        fields.pop("wbc", None)  # of which both are parts
    if draw(st.booleans()):
        fields["note"] = draw(TEXTS)
    if issubclass(model, Observed):
        absent = [name for name in own_fields(model) if name not in fields]
        fields["not_done"] = draw(st.lists(st.sampled_from(absent), unique=True)) if absent else []
    if issubclass(model, Measured):
        numbers = [name for name in own_fields(model) if isinstance(fields.get(name), float)]
        fields["censored"] = {name: draw(st.sampled_from("<>")) for name in numbers}
    return fields
