"""The HSCT panel: what a transplant physician asks of the chart."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from bedside.chart.assessment import Risk
from bedside.chart.derived.opinion import Hsct, HsctItem, SecondOpinion
from bedside.chart.entries import Entry
from bedside.chart.enums import Indication, TherapyHistory
from bedside.chart.formats import age_text, at_text, date_text, day_text, label
from bedside.logic.preparation.prior_lines import history_is_complete
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids, marrow_words, therapy_words


class _Said(NamedTuple):
    """What is so, and by which entries; `known` False: nothing is recorded."""

    text: str
    evidence: tuple[str, ...] = ()
    known: bool = True


def hsct_panel(scene: Scene, opinion: SecondOpinion, risk: Risk) -> Hsct:
    """Return the lines of the panel in order; what is not recorded is said to be so (myers_2023, buechner_2022).

    Each names the entries that it rests on: the class those of the criteria that decided it and of the end of its
    course, the age none but a correction of the birth date. A line without any rests on none, and its words say on
    what instead.
    """
    derived = {"risk_class": lambda: _risk(scene, risk), "second_opinion": lambda: _opinion(opinion)}
    items = []
    for name, table in scene.knowledge.hsct.items.items():
        contested = _contested(scene, name)
        if contested:
            words = conflict_words(contested)
            said = _Said(words.text, words.evidence, known=False)
        else:
            said = derived[name]() if name in derived else _SAID[name](scene)
        items.append(HsctItem(name, table.title, said.text, said.known, table.text, said.evidence, table.source))
    return Hsct(tuple(items))


def _contested(scene: Scene, name: str) -> tuple[Entry, ...]:
    """The contested entries that bear on a line; a referral does where what it tells of is not recorded itself."""
    found = scene.contested_of(*_KINDS.get(name, ()), bears=_BEARS.get(name))
    if name in _HELD and not found and not _HELD[name](scene):
        return scene.contested_of("referral")
    return found


def _not_recorded(what: str) -> _Said:
    return _Said(f"not recorded: {what}", known=False)


def _none_recorded(scene: Scene, what: str) -> _Said:
    """A therapy that is not recorded: none only where the referral says that all earlier therapy is."""
    referral = scene.newest("referral")
    if referral is None:
        return _not_recorded(what)
    if not history_is_complete(scene):
        history = _INCOMPLETE.get(referral.therapy_history, "not stated")
        return _Said(f"not recorded: {what}; history of therapy {history}", (referral.id,), known=False)
    return _Said("none; history of therapy complete", (referral.id,))


def _prior(scene: Scene) -> _Said:
    held = scene.kinds.get("hsct", ())
    if not held:
        told = [e for e in scene.kinds.get("referral", ()) if e.indication is Indication.POST_HSCT_RELAPSE]
        if told:
            words = f"recorded without its date: referred {date_text(told[-1].at.day)} for relapse after HSCT"
            return _Said(words, ids(told[-1:]))
        return _none_recorded(scene, "an earlier HSCT")
    return _Said("; ".join(f"{date_text(e.at.day)}, {label(e.donor.value)}" for e in held), ids(held))


def _donor(scene: Scene) -> _Said:
    entry = scene.newest("donor_search")
    if entry is None:
        return _not_recorded("the donor search")
    parts = [label(entry.status.value)]
    parts += [label(entry.donor.value)] if entry.donor is not None else []
    parts += [entry.match] if entry.match else []
    return _Said(f"{', '.join(parts)}, {date_text(entry.at.day)}", (entry.id,))


def _mrd(scene: Scene) -> _Said:
    """The newest marrow with a result of MRD, and the newest of all where it is a later one."""
    samples = scene.passed.gathered.history.samples
    if not samples:
        return _not_recorded("a marrow")
    tested = [sample for sample in samples if max(sample.fcm, sample.pcr, sample.ngs)]
    shown = samples[-1:] if samples[-1:] == tested[-1:] else [samples[-1], *tested[-1:]]
    text = "; ".join(f"{marrow_words(one, blasts=True)}, {date_text(one.day)}{_early(scene, one.day)}" for one in shown)
    return _Said(text if tested else f"{text}; MRD not recorded", tuple(one for sample in shown for one in sample.ids))


def _inotuzumab(scene: Scene) -> _Said:
    held = [therapy for therapy in scene.kinds.get("therapy", ()) if _is_inotuzumab(therapy)]
    if not held:
        return _none_recorded(scene, "inotuzumab")
    return _Said("; ".join(therapy_words(therapy) for therapy in held), ids(held))


def _is_inotuzumab(therapy: Any) -> bool:
    return bool(therapy.agent == "inotuzumab_ozogamicin")


def _age(scene: Scene) -> _Said:
    born = scene.patient.birth_date
    corrected = scene.newest_with("identity", "birth_date")
    text = f"{age_text(born, scene.today)} on {date_text(scene.today)}, born {date_text(born)}"
    if corrected is not None and corrected.birth_date == born:
        return _Said(f"{text} as corrected", (corrected.id,))
    return _Said(f"{text} as registered")


def _infections(scene: Scene) -> _Said:
    recorded = scene.kinds.get("infection", ())
    active = [e for e in recorded if e.stop is None or e.stop >= scene.today]
    if not active:
        said = "none active of those recorded" if recorded else "not recorded: an infection"
        return _Said(said, ids(recorded), known=bool(recorded))
    words = [
        f"{entry.organism or 'organism not stated'}, {'controlled' if entry.controlled else 'not controlled'}, "
        f"since {date_text(entry.at.day)}"
        for entry in active
    ]
    return _Said("; ".join(words), ids(active))


def _since_infusion(scene: Scene) -> _Said:
    record = scene.record
    if record is None:
        return _Said("not infused yet", known=False)
    day0 = record.facts.day0
    return _Said(
        f"{day_text((scene.today - day0).days)}, infused {date_text(day0)}", (record.facts.before.infusion.id,)
    )


def _risk(scene: Scene, risk: Risk) -> _Said:
    """The class with the entries of what decided it and of what ended the course; with none decided, the infusion."""
    record = scene.record
    decided = f" by {', '.join(risk.decided_by)}" if risk.decided_by else ""
    text = f"{risk.class_.value}{', provisional' if risk.provisional else ''}{decided}"
    rests = [one for criterion in risk.criteria if criterion.id in risk.decided_by for one in criterion.evidence]
    if record is None:
        contested = scene.contested_of("infusion")
        return _Said(f"{text}: {'the infusion is in conflict' if contested else 'not infused yet'}", ids(contested))
    rests = rests or [record.facts.before.infusion.id]
    if record.end is not None:
        text += f"; the course ended by {label(record.end.by.value)}"
        rests.append(record.end.entry.id)
    return _Said(text, tuple(dict.fromkeys(rests)))


def _opinion(opinion: SecondOpinion) -> _Said:
    return _Said(opinion.text, opinion.evidence)


def _decision(scene: Scene) -> _Said:
    entry = scene.newest("decision")
    if entry is None:
        return _not_recorded("a decision")
    signed = f"signed by {entry.signed_by}" if entry.signed_by else "not signed"
    made = f"{at_text(entry.at)}{_early(scene, entry.at.day)}"
    return _Said(f"{label(entry.choice.value)}, {made}, {signed}: {entry.rationale}", (entry.id,))


def _early(scene: Scene, day: date) -> str:
    """Say of a day that it lies before the infusion."""
    return " (before the infusion)" if scene.day0 is not None and day < scene.day0 else ""


_SAID: dict[str, Callable[[Scene], _Said]] = {
    "prior_hsct": _prior,
    "donor_search": _donor,
    "mrd_before_hsct": _mrd,
    "inotuzumab": _inotuzumab,
    "age": _age,
    "infections": _infections,
    "days_since_infusion": _since_infusion,
    "decision": _decision,
}
_INCOMPLETE = {TherapyHistory.PARTIAL: "partial", TherapyHistory.UNKNOWN: "not known"}
_KINDS = {
    "prior_hsct": ("hsct",),
    "donor_search": ("donor_search",),
    "mrd_before_hsct": ("marrow",),
    "inotuzumab": ("therapy",),
    "infections": ("infection",),
    "days_since_infusion": ("infusion",),
    "decision": ("decision",),
}
_BEARS: dict[str, Callable[[Any], bool]] = {"inotuzumab": _is_inotuzumab}
_HELD: dict[str, Callable[[Scene], Any]] = {
    "prior_hsct": lambda scene: scene.kinds.get("hsct"),
    "inotuzumab": lambda scene: any(map(_is_inotuzumab, scene.kinds.get("therapy", ()))),
}
"""The lines that a referral answers where nothing is recorded."""
