"""Readiness for apheresis after HSCT: the time since, GVHD, and the end of immunosuppression (APH-4)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from bedside.chart.derived.preparation import Readiness, ReadinessPart
from bedside.chart.entries import Therapy
from bedside.chart.enums import Indication, Intent
from bedside.chart.formats import date_text, label
from bedside.logic.preparation.disease import referral_of
from bedside.logic.preparation.stretch import way_now
from bedside.logic.preparation.washout_classes import GVHD, agent_class
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_ORDER = (Readiness.NOT_READY, Readiness.UNKNOWN, Readiness.CAUTION, Readiness.READY)


class _Found(NamedTuple):
    """One finding: its readiness, words and evidence."""

    status: Readiness
    words: str
    evidence: tuple[str, ...] = ()


def worst(found: Iterable[Readiness]) -> Readiness:
    """Return the gravest of some statuses: not ready, unknown, caution, ready."""
    return min(found, key=_ORDER.index)


def after_hsct(scene: Scene, day: date) -> Iterator[ReadinessPart]:
    """Yield the part of patients who had an HSCT; nothing recorded about GVHD or immunosuppression is unknown.

    So is the time since an HSCT that only the referral, or GVHD, tells of.
    """
    source = scene.knowledge.apheresis.numbers.hsct_met_days.source
    contested = scene.contested_of("hsct", "gvhd", "therapy", bears=lambda entry: _bears(entry, scene, day))
    transplants = [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day < day]
    if contested and (transplants or any(entry.kind == "hsct" for entry in contested)):
        words = conflict_words(contested)
        yield ReadinessPart("APH-4", Readiness.UNKNOWN, words.text, words.evidence, source)
    elif transplants:
        transplanted = transplants[-1].at.day
        found = [
            _since_hsct(scene, (day - transplanted).days),
            _gvhd(scene, transplanted, day),
            _immunosuppression(scene, transplanted, day),
        ]
        status = worst(one.status for one in found)
        evidence = (transplants[-1].id, *(held for one in found for held in one.evidence))
        yield ReadinessPart("APH-4", status, "; ".join(one.words for one in found), evidence, source)
    else:
        yield from _without_a_day(scene, day, source)


def _without_a_day(scene: Scene, day: date, source: str) -> Iterator[ReadinessPart]:
    """The part of a patient of whom an HSCT is told that is not recorded itself."""
    referral = referral_of(scene, way_now(scene))
    referred = [referral] if referral is not None and referral.indication is Indication.POST_HSCT_RELAPSE else []
    gvhd = [entry for entry in scene.kinds.get("gvhd", ()) if entry.at.day <= day]
    if not referred and not gvhd:
        return
    found = _gvhd(scene, date.min, day)
    status = worst((Readiness.UNKNOWN, found.status))
    evidence = tuple(dict.fromkeys((*ids(referred), *found.evidence, *ids(gvhd[-1:]))))
    told = "referred for a relapse after it" if referred else "GVHD is recorded"
    yield ReadinessPart("APH-4", status, f"not known: the day of HSCT ({told}); {found.words}", evidence, source)


def _bears(entry: Any, scene: Scene, day: date) -> bool:
    return bool(entry.at.day <= day) and (not isinstance(entry, Therapy) or _suppresses(entry, scene))


def _suppresses(therapy: Therapy, scene: Scene) -> bool:
    """Whether it is given against GVHD: by its intent, or as an agent of that class."""
    if therapy.physiological:
        return False
    return therapy.intent is Intent.IMMUNOSUPPRESSION or agent_class(therapy, scene.knowledge) == GVHD


def _since_hsct(scene: Scene, days: int) -> _Found:
    numbers = scene.knowledge.apheresis.numbers
    met, caution = int(numbers.hsct_met_days.value), int(numbers.hsct_caution_days.value)
    words = f"{days} d after HSCT (wanted: at least {caution} to {met})"
    if days >= met:
        return _Found(Readiness.READY, words)
    return _Found(Readiness.CAUTION if days >= caution else Readiness.NOT_READY, words)


def _gvhd(scene: Scene, transplanted: date, day: date) -> _Found:
    """The newest entry of each form since the HSCT; one active form is enough."""
    newest = {e.form: e for e in scene.kinds.get("gvhd", ()) if transplanted <= e.at.day <= day}
    if not newest:
        return _Found(Readiness.UNKNOWN, "not known: GVHD")
    active = [entry for entry in newest.values() if entry.active]
    if active:
        words = " and ".join(f"{entry.form.value} GVHD active ({date_text(entry.at.day)})" for entry in active)
        return _Found(Readiness.NOT_READY, words, ids(active))
    last = max(entry.at.day for entry in newest.values())
    return _Found(Readiness.READY, f"no active GVHD ({date_text(last)})", ids(tuple(newest.values())))


def _immunosuppression(scene: Scene, transplanted: date, day: date) -> _Found:
    """Everything that was given since the HSCT has to be stopped long enough before the apheresis."""
    free = int(scene.knowledge.apheresis.numbers.immunosuppression_free_days.value)
    given = [
        therapy
        for therapy in scene.kinds.get("therapy", ())
        if _suppresses(therapy, scene)
        and therapy.at.day <= day
        and (therapy.stop is None or therapy.stop >= transplanted)
    ]
    if not given:
        return _Found(Readiness.UNKNOWN, "not known: immunosuppression after HSCT")
    unstopped = [therapy for therapy in given if therapy.stop is None and not therapy.stop_unknown]
    if unstopped:
        agents = ", ".join(dict.fromkeys(label(therapy.agent) for therapy in unstopped))
        return _Found(Readiness.NOT_READY, f"immunosuppression not stopped ({agents})", ids(unstopped))
    last = max((therapy.stop for therapy in given if therapy.stop is not None), default=None)
    if last is not None and (day - last).days < free:
        return _Found(Readiness.NOT_READY, _stopped(day, last, free), ids(given))
    if last is None or any(therapy.stop_unknown for therapy in given):
        return _Found(Readiness.UNKNOWN, "not known: the end of immunosuppression", ids(given))
    return _Found(Readiness.READY, _stopped(day, last, free), ids(given))


def _stopped(day: date, last: date, free: int) -> str:
    days = (day - last).days
    if days < 0:
        return f"immunosuppression planned until {date_text(last)} (wanted: stopped {free} d before)"
    return f"immunosuppression stopped {days} d before (wanted: {free})"
