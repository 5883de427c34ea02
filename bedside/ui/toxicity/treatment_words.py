"""Owns the words on what was given against a toxicity during one of its episodes."""

from bedside.chart.derived.toxicity import Episode, Toxicity
from bedside.chart.entries import Therapy
from bedside.chart.formats import day_text, label
from bedside.ui.overview.course import CourseFacts


def treatment_words(found: Toxicity, episode: Episode, facts: CourseFacts) -> str:
    """Return what was given in an episode, whether begun in it or before: "Given: dexamethasone since D+6, …"."""
    begun = {one.entry: one.day for one in found.treatments}
    given = [one for one in facts.of(Therapy) if one.id in begun and _overlaps(one, begun[one.id], episode)]
    if not given:
        return "No treatment of toxicity recorded"
    return "Given: " + ", ".join(f"{label(one.agent)} {_days(one, begun[one.id], facts)}" for one in given)


def _overlaps(therapy: Therapy, first: int, episode: Episode) -> bool:
    """Whether it was given on a day of the episode; one that is open goes on, as does what has no known last day."""
    ended_before = therapy.stop is not None and therapy.stop < episode.onset
    return not ended_before and (episode.open or first <= episode.last_day)


def _days(therapy: Therapy, first: int, facts: CourseFacts) -> str:
    if therapy.stop_unknown:
        return f"since {day_text(first)}, last day not known"
    if therapy.stop is None or therapy.stop > facts.as_of:
        return f"since {day_text(first)}, still given"
    last = first + (therapy.stop - therapy.at.day).days
    return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
