"""What a person should look at: conflicts, unrecorded relapse, a single recovered sample, IgG, steps out of order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bedside.chart.assessment import Alert, AlertLevel, BcaStatus, Response
from bedside.chart.entries import Immunoglobulin, Marrow, Therapy
from bedside.chart.enums import Censor, InfusionRole, RemissionResponse
from bedside.chart.formats import date_text, field_quantity_text, label
from bedside.chart.live import Conflict
from bedside.knowledge.tables import Knowledge
from bedside.logic.aplasia import AplasiaTrack
from bedside.logic.course import CourseRecord
from bedside.logic.samples import Sample
from bedside.logic.told import conflict_words
from bedside.logic.wording import cd19_words, ids, marrow_words, when

Kinds = Mapping[str, Sequence[Any]]


def conflict_alerts(conflicts: Iterable[Conflict]) -> Iterator[Alert]:
    """Corrections that contest each other, for a person to settle."""
    for conflict in conflicts:
        words = conflict_words(conflict.entries)
        text = f"{words.text[0].upper()}{words.text[1:]}"
        yield Alert(level=AlertLevel.WARNING, rule="conflict", text=text, evidence=words.evidence)


def relapse_alerts(samples: Sequence[Sample], kinds: Kinds, blasts_pct: float) -> Iterator[Alert]:
    """Marrow that shows disease after remission without a relapse entry since; MRD alone is never relapse."""
    relapses = [entry.at.day for entry in kinds.get("relapse", ())]
    judged = [e.at.day for e in kinds.get("remission", ()) if e.response is not RemissionResponse.NO_RESPONSE]
    clean = [sample.day for sample in samples if sample.blasts_pct is not None and not sample.disease]
    remissions = sorted(judged + clean)
    place, since = 0, None
    for sample in samples:
        while place < len(remissions) and remissions[place] < sample.day:
            since = remissions[place]
            place += 1
        if sample.disease and since is not None and not (relapses and relapses[-1] > since):
            text = f"Marrow ≥ {blasts_pct:g} % after remission without a relapse entry: "
            shown = f"{marrow_words(sample)}, {date_text(sample.day)}"
            yield Alert(level=AlertLevel.WARNING, rule="RSP-1", text=text + shown, evidence=sample.ids)
            return


def outside_marrow_alerts(kinds: Kinds, since: date) -> Iterator[Alert]:
    """Leukaemia outside the marrow in an open course, from a day on: CSF, sites and blood, as last recorded of each."""
    csf = [entry for entry in kinds.get("csf", ()) if entry.at.day >= since]
    shown = [("blasts in the CSF", one) for one in csf if one.blasts and one.at.day == csf[-1].at.day]
    sites = {entry.site: entry for entry in kinds.get("extramedullary", ()) if entry.at.day >= since}
    shown += [(label(site.value), entry) for site, entry in sites.items() if entry.active]
    blood = [e for e in kinds.get("blood_count", ()) if e.at.day >= since and e.pb_blasts_pct is not None][-1:]
    shown += [("blasts in blood", entry) for entry in blood if entry.pb_blasts_pct]
    if shown:
        words = ", ".join(f"{what} {date_text(entry.at.day)}" for what, entry in shown)
        text = f"Leukaemia outside the marrow without a relapse entry: {words}"
        yield Alert(level=AlertLevel.WARNING, rule="RSP-1", text=text, evidence=ids([entry for _, entry in shown]))


def response_alerts(response: Response | None) -> Iterator[Alert]:
    """A judged remission that the marrow contradicts."""
    if response is not None and response.response == "unknown":
        text = f"Response at day 28: {response.text}"
        yield Alert(level=AlertLevel.WARNING, rule="RSP-1", text=text, evidence=response.evidence)


def aplasia_alerts(track: AplasiaTrack) -> Iterator[Alert]:
    """A loss seen in one sample asks for a repeat (BCA-3)."""
    if track.rests_on_one_sample and track.lost_on is not None:
        shown = f"{cd19_words(track.lost_by)}, {when(track.lost_on, track.day0)}"
        text = f"Loss of B-cell aplasia seen in one sample ({shown}): repeat the CD19 count"
        yield Alert(level=AlertLevel.CAUTION, rule="BCA-3", text=text, evidence=ids(track.lost_by))


def haematogone_alerts(track: AplasiaTrack, marrows: Sequence[Marrow]) -> Iterator[Alert]:
    """Haematogones while aplasia lasts are an early sign of its loss (BCA-4)."""
    seen = [entry for entry in marrows if entry.haematogones is not None and entry.at.day > track.day0]
    if track.status is BcaStatus.ONGOING and seen and seen[-1].haematogones:
        text = f"Haematogones in the marrow of {when(seen[-1].at.day, track.day0)}: an early sign of B-cell recovery"
        yield Alert(level=AlertLevel.INFO, rule="BCA-4", text=text, evidence=(seen[-1].id,))


def igg_alerts(track: AplasiaTrack, kinds: Kinds, knowledge: Knowledge) -> Iterator[Alert]:
    """Low IgG while aplasia lasts; after recent immunoglobulin the value is a trough (BCA-5)."""
    values: list[Immunoglobulin] = [
        e for e in kinds.get("immunoglobulin", ()) if e.igg is not None and e.at.day > track.day0
    ]
    if track.status is not BcaStatus.ONGOING or not values:
        return
    newest, limit = values[-1], knowledge.numbers.igg_replacement
    mark = (newest.censored or {}).get("igg")
    if newest.igg is None or newest.igg > limit or (mark is Censor.ABOVE):
        return
    shown = f"{field_quantity_text('igg', newest.igg, mark.value if mark else '')}, {date_text(newest.at.day)}"
    given = _replacement(kinds, newest.at.day, knowledge)
    if given:
        text = f"IgG {shown}: on replacement since {date_text(given[0].at.day)}; IgG is a trough"
    else:
        text = f"IgG {shown}, during B-cell aplasia: consider replacement (Hill 2019); what to do is the centre's"
    yield Alert(level=AlertLevel.INFO, rule="BCA-5", text=text, evidence=(newest.id, *ids(given)))


def _replacement(kinds: Kinds, day: date, knowledge: Knowledge) -> list[Therapy]:
    """The immunoglobulin given up to a date without a gap longer than the days for which IgG is a trough."""
    agents = knowledge.agents_with["immunoglobulin"]
    given = [entry for entry in kinds.get("therapy", ()) if entry.agent in agents and entry.at.day <= day]
    longest = timedelta(knowledge.numbers.igg_trough_days)
    since: list[Therapy] = []
    began = day
    for entry in reversed(given):
        last = entry.at.day if entry.stop_unknown else entry.stop
        if last is None or last >= began - longest:
            since.insert(0, entry)
            began = min(began, entry.at.day)
    return since


def order_alerts(
    out_of_order: Iterable[tuple[str, str]], stray: Sequence[Any], record: CourseRecord | None
) -> Iterator[Alert]:
    """Steps out of order: allowed, for a transferred patient for example, and flagged."""
    for text, infusion in out_of_order:
        yield Alert(level=AlertLevel.INFO, rule="phase", text=text, evidence=(infusion,))
    if record is None and stray:
        roles = {InfusionRole.SPLIT: "split dose", InfusionRole.REINFUSION: "reinfusion"}
        first = stray[0]
        role = roles.get(first.role, "later dose")
        text = f"Infusion of {date_text(first.at.day)} is recorded as a {role}, but no first infusion is"
        yield Alert(level=AlertLevel.CAUTION, rule="phase", text=text, evidence=ids(stray))
