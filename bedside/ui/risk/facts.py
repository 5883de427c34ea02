"""Owns what stands beside the criteria: response, aplasia with its definition, marrow samples, alerts, the history."""

from collections.abc import Iterable, Mapping, Sequence

from bedside.chart.assessment import AlertLevel, Aplasia, Assessment, BcaStatus, MrdSample, SampleStatus
from bedside.chart.base import Entry
from bedside.chart.formats import NO_BREAK_SPACE, date_text, day_text
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.risk.words import history_lines, unbroken

APLASIA_WORDS = {
    BcaStatus.UNKNOWN: "Not known",
    BcaStatus.NOT_ESTABLISHED: "Not established so far",
    BcaStatus.NEVER_ESTABLISHED: "Never established",
    BcaStatus.ONGOING: "Ongoing",
    BcaStatus.LOST: "Lost",
}
SAMPLE_WORDS = {SampleStatus.POSITIVE: "positive", SampleStatus.NEGATIVE: "negative", SampleStatus.UNKNOWN: "not known"}
Section = tuple[str, tuple[Line, ...]]


def sections(assessment: Assessment, entries: Mapping[str, Entry], definition: str) -> tuple[Section, ...]:
    """The sections in the order of reading, each a head and its lines; definition is that of B-cell recovery."""
    aplasia = [*_aplasia(assessment.bca)]
    if assessment.second_interval is not None:
        aplasia += [(Run("Second interval", 12, 600, "ink"),), *_aplasia(assessment.second_interval)]
    if definition not in assessment.bca.text:
        aplasia.append(_soft(f"Definition: {definition}."))
    return (
        ("Response at day 28", tuple(_response(assessment))),
        ("B-cell aplasia", tuple(aplasia)),
        ("Marrow samples", tuple(_samples(assessment.mrd))),
        ("Class history", history_lines(assessment.risk.history, entries)),
    )


def _soft(text: str, token: str = "ink2") -> Line:
    return (Run(unbroken(text), 12, 400, token),)


def _response(assessment: Assessment) -> Iterable[Line]:
    response = assessment.response
    if response is None:
        yield (Run("Not derived", 12, 600, "ink", missing=True), Run("  no infusion so far", 12, 400, "ink2"))
        return
    if response.response is None:
        yield (Run("Not known", 12, 600, "ink", missing=True), Run(f"  {unbroken(response.text)}", 12, 400, "ink2"))
        return
    word = {"cr": "CR", "cri": "CRi"}.get(response.response, response.response.replace("_", " ").capitalize())
    yield (Run(f"{word}  ", 12, 600, "ink"), Run(unbroken(response.text), 12, 400, "ink2"))


def _aplasia(bca: Aplasia) -> Iterable[Line]:
    missing = bca.status is BcaStatus.UNKNOWN
    duration = (
        f", {bca.duration_days}{NO_BREAK_SPACE}d from day{NO_BREAK_SPACE}0" if bca.duration_days is not None else ""
    )
    tone = "high" if bca.status in (BcaStatus.LOST, BcaStatus.NEVER_ESTABLISHED) else "ink"
    yield (Run(APLASIA_WORDS[bca.status], 12, 600, tone, missing), Run(duration, 12, 400, "ink2"))
    if bca.text:
        yield _soft(bca.text)
    if bca.lost_on is not None and bca.confirmed is False:
        yield _soft("Seen in one sample; a second one has not confirmed it.", "ink")
    if bca.not_counted:
        count = len(bca.not_counted)
        yield _soft(f"{count} {'sample' if count == 1 else 'samples'} not counted, after CD19-directed therapy.")


def _samples(samples: Sequence[MrdSample]) -> Iterable[Line]:
    if not samples:
        yield (Run("None recorded", 12, 600, "ink", missing=True),)
    for sample in reversed(samples):
        day = f"{NO_BREAK_SPACE}({day_text(sample.day)})" if sample.day is not None else ""
        yield (
            Run(f"{unbroken(date_text(sample.date))}{day}  ", 12, 400, "ink2"),
            Run(SAMPLE_WORDS[sample.status], 12, 600, "ink", sample.status is SampleStatus.UNKNOWN),
            Run(f"  {unbroken(sample.text)}", 12, 400, "ink2"),
        )


ALERT_KINDS = {AlertLevel.WARNING: "warning", AlertLevel.CAUTION: "caution", AlertLevel.INFO: "note"}


def rule_words(rule: str) -> str:
    """The rule of an alert as it is printed: "BCA-3" of the rulebook; other names of rules say nothing to a reader."""
    return rule if rule.isupper() else ""
