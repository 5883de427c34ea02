"""Response at day 28 (RSP-1)."""

from collections.abc import Sequence
from datetime import date

from bedside.chart.assessment import Response
from bedside.chart.entries import Entry, Remission
from bedside.chart.enums import RemissionResponse
from bedside.chart.formats import label
from bedside.logic.facts import CourseFacts
from bedside.logic.samples import Sample
from bedside.logic.told import conflict_words
from bedside.logic.wording import marrow_words, percent, when


def is_at_day28(facts: CourseFacts, day: date, until: date) -> bool:
    """Tell whether a day lies in the window of day 28, as far as results count."""
    numbers = facts.setting.knowledge.numbers
    return day <= until and numbers.day28_first <= (day - facts.day0).days <= numbers.day28_last


def response_at_day28(
    facts: CourseFacts,
    samples: Sequence[Sample],
    remissions: Sequence[Remission],
    until: date,
    contested: Sequence[Entry] = (),
) -> Response | None:
    """Return the newest judgement of the day-28 window, else remission from blasts that show no disease, else None.

    A remission beside a marrow that shows disease is `unknown`, a conflict; so is what contested marrows or remissions
    of the window (`contested`) leave open.
    """
    numbers = facts.setting.knowledge.numbers

    def in_window(day: date) -> bool:
        return is_at_day28(facts, day, until)

    if contested:
        conflict = conflict_words(contested)
        return Response(response="unknown", evidence=conflict.evidence, text=conflict.text)
    judged = [entry for entry in remissions if in_window(entry.at.day)]
    diseased = [sample for sample in samples if in_window(sample.day) and sample.disease]
    counted = [sample for sample in samples if in_window(sample.day) and sample.blasts_pct is not None]
    if judged:
        return _as_judged(judged[-1], diseased, facts)
    if diseased:
        sample = diseased[-1]
        return Response(
            response="no_response", evidence=sample.ids, text=f"{marrow_words(sample)}, {when(sample.day, facts.day0)}"
        )
    if not counted:
        return None
    target = numbers.day28_target
    best = min(counted, key=lambda sample: (abs((sample.day - facts.day0).days - target), -sample.day.toordinal()))
    words = f"remission by blasts {percent(best.blasts_pct or 0)}, {when(best.day, facts.day0)}; {marrow_words(best)}"
    return Response(response="remission", evidence=best.ids, text=words)


def _as_judged(entry: Remission, diseased: Sequence[Sample], facts: CourseFacts) -> Response:
    words = f"{label(entry.response.value)} as judged {when(entry.at.day, facts.day0)}"
    if diseased and entry.response is not RemissionResponse.NO_RESPONSE:
        sample = diseased[-1]
        against = f"{marrow_words(sample)}, {when(sample.day, facts.day0)}"
        return Response(response="unknown", evidence=(entry.id, *sample.ids), text=f"conflict: {words}, but {against}")
    return Response(response=entry.response.value, evidence=(entry.id,), text=words)
