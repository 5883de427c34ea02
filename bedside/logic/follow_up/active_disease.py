"""The leukaemia that is there now, as far as entries tell it: among the active problems."""

from collections.abc import Iterator
from typing import NamedTuple

from bedside.chart.enums import RelapseSite, RemissionResponse, TherapyResponse
from bedside.chart.formats import date_text, label
from bedside.logic.cns import cns_class
from bedside.logic.relapses import OneRelapse, relapses
from bedside.logic.samples import Sample
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids, percent


class Shown(NamedTuple):
    """What shows disease, in words and with its entries."""

    words: str
    evidence: tuple[str, ...]


def active_disease(scene: Scene) -> tuple[Shown, ...]:
    """Return what recorded shows the leukaemia now: a relapse without remission since, marrow, judgement, CSF.

    A remission as judged, the response of a therapy begun for it, or, where the marrow alone had relapsed, a marrow
    below the limit ends a relapse here. Nothing returned is no remission: nothing recorded shows disease.
    """
    return tuple(_shown(scene))


def _shown(scene: Scene) -> Iterator[Shown]:
    contested = scene.contested_of("relapse")
    if contested:
        yield Shown(*conflict_words(contested)[:2])
    samples = [one for one in scene.passed.gathered.history.samples if one.blasts_pct is not None]
    newest = relapses(scene)[-1:]
    if newest and not _answered(scene, newest[0], samples):
        sites = ", ".join(label(site.value) for site in newest[0].sites)
        words = f"relapse of {date_text(newest[0].day)} ({sites}), no remission recorded since"
        yield Shown(words, ids(newest[0].entries))
    if samples and samples[-1].disease:
        last = samples[-1]
        yield Shown(f"{percent(last.blasts_pct or 0)} blasts in the marrow of {date_text(last.day)}", last.ids)
    else:
        yield from _judged(scene, samples)
    yield from _in_csf(scene)


def _answered(scene: Scene, relapse: OneRelapse, samples: list[Sample]) -> bool:
    last = relapse.entries[-1].at.day
    if any(entry.at.day > last and _is_remission(entry) for entry in scene.kinds.get("remission", ())):
        return True
    if any(
        therapy.response is TherapyResponse.CR and therapy.at.day >= relapse.day and (therapy.stop or last) > last
        for therapy in scene.kinds.get("therapy", ())
    ):
        return True
    alone = relapse.sites == (RelapseSite.MARROW,)
    return alone and bool(samples) and samples[-1].day > last and not samples[-1].disease


def _is_remission(entry: object) -> bool:
    return getattr(entry, "response", None) is not RemissionResponse.NO_RESPONSE


def _judged(scene: Scene, samples: list[Sample]) -> Iterator[Shown]:
    """The newest judgement of the response, where it is none and no marrow came after it."""
    judged = scene.kinds.get("remission", ())[-1:]
    if judged and not _is_remission(judged[0]) and not any(one.day > judged[0].at.day for one in samples):
        yield Shown(f"no response as judged {date_text(judged[0].at.day)}", ids(judged))


def _in_csf(scene: Scene) -> Iterator[Shown]:
    """The CNS class of the newest CSF, where that shows leukaemia."""
    found = cns_class(scene.csf, scene.knowledge.numbers.cns3_leukocytes_per_ul)
    if found is not None and found != "CNS1":
        on = scene.csf[-1].at.day
        yield Shown(f"{found} by the CSF of {date_text(on)}", ids([one for one in scene.csf if one.at.day == on]))
