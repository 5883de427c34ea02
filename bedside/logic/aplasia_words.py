"""The interval of B-cell aplasia as a result with its words (BCA-1 to BCA-4)."""

from datetime import date

from bedside.chart.assessment import Aplasia, BcaStatus
from bedside.chart.entries import LymphocyteSubset
from bedside.chart.formats import counted_text, date_text, day_text
from bedside.knowledge.families.risk_class import RecoveryDefinition
from bedside.logic.aplasia import AplasiaTrack
from bedside.logic.wording import cd19_words, ids, when


def interval(
    track: AplasiaTrack | None, definition: RecoveryDefinition, day0: date | None = None, conflict: str = ""
) -> Aplasia:
    """Return the interval that a track has found; `unknown` without a course.

    `day0`: that of the course, for an interval that is counted from a reinfusion; the text names days of the course.
    `conflict`: the words of corrections that contest each other, which do not count.
    """
    if track is None:
        return Aplasia(status=BcaStatus.UNKNOWN, definition=definition.name, text="not infused yet")
    deciding = (*track.established_by, *track.last_aplastic_by, *track.lost_by, *track.confirmed_by)
    evidence = dict.fromkeys(ids((*deciding, *suspected_by(track))))
    return Aplasia(
        status=track.status,
        established_on=track.established_on,
        lost_on=track.lost_on,
        datable=None if track.lost_on is None else track.datable,
        confirmed=None if track.lost_on is None else track.confirmed,
        duration_days=duration_days(track),
        definition=definition.name,
        evidence=tuple(evidence),
        not_counted=ids(track.not_counted),
        text="; ".join(part for part in (_text(track, definition, day0), conflict) if part),
    )


def duration_days(track: AplasiaTrack) -> int | None:
    """Return the days from day 0 to the loss, or to the last aplastic sample; None when it was never established."""
    last = track.lost_on or track.last_aplastic
    if last is None or track.never:
        return None
    return (last - track.day0).days


def suspected_by(track: AplasiaTrack) -> tuple[LymphocyteSubset, ...]:
    """Return the recovered subsets that the chosen definition wants confirmed by the next sample; none after a loss."""
    return () if track.lost_on is not None else track.suspected_by


def _text(track: AplasiaTrack, definition: RecoveryDefinition, course: date | None) -> str:
    mark = " (policy)" if definition.policy else ""
    day0 = track.day0 if course is None else course
    counted = "" if course is None else f"after the reinfusion of {when(track.day0, day0)}: "
    parts = [f"{counted}{_state(track, day0)}"]
    suspected = suspected_by(track)
    if suspected:
        parts.append(f"{cd19_words(suspected)}, {when(suspected[-1].at.day, day0)}, to be confirmed by the next")
    parts += [f"recovery is {definition.label}{mark}"]
    if track.not_counted:
        days = ", ".join(date_text(entry.at.day) for entry in track.not_counted)
        parts.append(f"not counted after an agent against B cells: {days}")
    return "; ".join(parts)


def _state(track: AplasiaTrack, day0: date) -> str:
    if track.lost_on is not None:
        shown = f"{cd19_words(track.lost_by)}, {when(track.lost_on, day0)}"
        if track.never:
            return f"never established: {shown}"
        return f"lost: {shown}{'' if track.datable else ', not datable'}"
    if track.last_aplastic is not None and track.established_on is not None:
        since = date_text(track.established_on)
        shown = f"{cd19_words(track.last_aplastic_by)}, {when(track.last_aplastic, day0)}"
        return f"ongoing since {since}, last aplastic {shown}"
    first = track.numbers.aplasia_from
    if day0 != track.day0:
        return (
            f"no aplastic sample from {counted_text(first, 'day')} after it on"
            if track.values
            else "no CD19 value since"
        )
    return f"no aplastic sample from {day_text(first)} on" if track.values else "no CD19 value after day 0"
