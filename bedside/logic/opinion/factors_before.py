"""The factors of the second opinion that are known before the infusion or at it (MYE-*)."""

from collections.abc import Callable

from bedside.chart.entries import Therapy
from bedside.chart.enums import Cd19, ExtramedullarySite, Finding, Marker, TherapyResponse
from bedside.chart.formats import date_text, label, number_text
from bedside.logic.opinion.found import Found, told, unknown
from bedside.logic.preparation.blocks import depletion
from bedside.logic.preparation.prior_lines import history_is_complete, prior_lines, prior_remissions
from bedside.logic.preparation.stretch import course_way
from bedside.logic.scene import Scene
from bedside.logic.wording import given_by, ids, percent, therapy_words, when

_CNS = (ExtramedullarySite.CNS_PARENCHYMA, ExtramedullarySite.OPTIC)


def blinatumomab_nonresponse(scene: Scene) -> Found:
    """Return whether blinatumomab before the infusion brought no remission."""
    given = given_before(scene, "blinatumomab")
    failed = [one for one in given if one.response is TherapyResponse.NO_CR]
    if failed:
        return told(True, f"{therapy_words(failed[-1])}, no remission", ids(failed))
    if any(one.response is not TherapyResponse.CR for one in given):
        return unknown("the response to blinatumomab", ids(given))
    if given:
        return told(False, f"{therapy_words(given[-1])}, remission", ids(given))
    return _never_given(scene)


def _history(scene: Scene) -> tuple[str, ...]:
    """The referral that says how much of the earlier therapy is recorded."""
    return ids(scene.kinds.get("referral", ())[-1:])


def _never_given(scene: Scene) -> Found:
    if history_is_complete(scene):
        return told(False, "no blinatumomab; history of therapy complete", _history(scene))
    return unknown("whether blinatumomab was given; no referral says that all earlier therapy is recorded")


def given_before(scene: Scene, agent: str) -> list[Therapy]:
    """Return every administration of an agent begun before the infusion, or so far."""
    day0 = scene.day0
    return [t for t in scene.kinds.get("therapy", ()) if t.agent == agent and (day0 is None or t.at.day < day0)]


def burden(scene: Scene) -> Found:
    """Return whether the burden at infusion reached the limit."""
    record = scene.record
    if record is None:
        return unknown("the burden at infusion; not infused yet")
    held = record.facts.before.burden
    if held is None:
        days = scene.knowledge.numbers.burden_days_before
        return unknown(f"the burden at infusion; no marrow of the {days} days before it gives one")
    present = held.pct >= scene.knowledge.second_opinion.numbers.burden_pct.value
    text = f"{percent(held.pct)} {given_by(held)}, {when(held.sample.day, record.facts.day0)}"
    return told(present, text, held.sample.ids)


def extramedullary(scene: Scene) -> Found:
    """Return whether a site outside the CNS was active in its newest entry up to the infusion."""
    newest = {
        entry.site: entry
        for entry in scene.kinds.get("extramedullary", ())
        if entry.site not in _CNS and (scene.day0 is None or entry.at.day <= scene.day0)
    }
    active = [entry for entry in newest.values() if entry.active]
    if active:
        return told(True, ", ".join(f"{label(e.site.value)} {date_text(e.at.day)}" for e in active), ids(active))
    if newest:
        return told(False, "no active site in its newest entry", ids(tuple(newest.values())))
    return unknown("no extramedullary site recorded up to infusion")


def cd19_load(scene: Scene) -> Found:
    """Return whether the newest CD19⁺ load up to the first day of lymphodepletion was below the limit."""
    block = depletion(scene, course_way(scene))
    until = scene.day0 if block is None else block.start
    loads = [
        entry
        for entry in scene.kinds.get("marrow", ())
        if entry.cd19_load_pct is not None and (until is None or entry.at.day <= until)
    ]
    if not loads:
        return unknown("CD19⁺ load of the marrow before lymphodepletion")
    newest = loads[-1]
    present = newest.cd19_load_pct < scene.knowledge.second_opinion.numbers.cd19_load_pct.value
    return told(present, f"{percent(newest.cd19_load_pct)}, {date_text(newest.at.day)}", (newest.id,))


def fludarabine(scene: Scene) -> Found:
    """Return whether the exposure to fludarabine before the newest infusion was below the limit."""
    since, opened = course_way(scene).since, scene.way_since
    held = [
        entry
        for entry in scene.kinds.get("fludarabine_exposure", ())
        if (since is None or entry.at.day > since) and (opened is None or entry.at.day <= opened)
    ]
    if not held:
        return unknown("exposure to fludarabine")
    entry = held[-1]
    present = entry.auc < scene.knowledge.second_opinion.numbers.fludarabine_auc.value
    return told(present, f"{number_text(entry.auc)} mg·h/L, {label(entry.basis.value)}", (entry.id,))


def cd19_dim(scene: Scene) -> Found:
    """Return whether CD19 was dim, partial or lost in the newest marrow after blinatumomab, up to the infusion."""
    given = given_before(scene, "blinatumomab")
    if not given:
        return _never_given(scene)
    after = [
        entry
        for entry in scene.kinds.get("marrow", ())
        if entry.cd19 not in {None, Cd19.UNKNOWN}
        and entry.at.day > given[-1].at.day
        and (scene.day0 is None or entry.at.day <= scene.day0)
    ]
    if not after:
        return unknown("CD19 after blinatumomab", ids(given))
    newest = after[-1]
    text = f"CD19 {label(newest.cd19.value)}, {date_text(newest.at.day)}"
    return told(newest.cd19 is not Cd19.POSITIVE, text, (newest.id, given[-1].id))


def marker(name: Marker) -> Callable[[Scene], Found]:
    """Return the rule of a genetic marker: present once recorded stays."""

    def found(scene: Scene) -> Found:
        entry = scene.passed.gathered.history.genetics.get(name)
        if entry is None or entry.result is Finding.UNKNOWN:
            return unknown(label(name.value), () if entry is None else (entry.id,))
        text = f"{label(name.value)} {entry.result.value}, {date_text(entry.at.day)}"
        return told(entry.result is Finding.PRESENT, text, (entry.id,))

    return found


def lines(scene: Scene) -> Found:
    """Return the earlier lines: present from one on, absent only when all earlier therapy is recorded."""
    found = prior_lines(scene)
    if found.number:
        least = "" if found.complete else "at least "
        return told(True, f"{least}{found.number} earlier {'line' if found.number == 1 else 'lines'}", found.evidence)
    if found.complete:
        return told(False, "no earlier line; history of therapy complete", _history(scene))
    return unknown("whether a line was given; no referral says that all earlier therapy is recorded")


def remissions(scene: Scene) -> Found:
    """Return whether as many complete remissions as `prior_remissions` came before the infusion."""
    found = prior_remissions(scene)
    wanted = int(scene.knowledge.second_opinion.numbers.prior_remissions.value)
    text = f"{found.number} earlier {'remission' if found.number == 1 else 'remissions'}"
    if found.number >= wanted:
        return told(True, text, found.evidence)
    if found.complete:
        return told(False, f"{text}; history of therapy complete", (*found.evidence, *_history(scene)))
    recorded = f"{found.number or 'none'} recorded, and no referral says that all earlier therapy is in the chart"
    return unknown(f"whether there were {wanted} or more earlier remissions; {recorded}", found.evidence)
