"""What holds of CRS and ICANS of any chart: order, entries voided again, worse signs, and looking back."""

import random
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.logic.assess import scene_of
from bedside.logic.toxicity.course import crs, icans
from tests.charts import Fields, number_of, tables
from tests.oracle.generated_toxicity import DAY0, make_chart
from tests.oracle.test_agreement import typed

EXAMPLES = settings(max_examples=60)
SEEDS = st.integers(0, 1_000_000)
WORSE: dict[str, tuple[Any, ...]] = {
    "temp_c": (36.5, 37.9, 38.0, 38.1, 39.5),
    "hypotension": (False, True),
    "oxygen": ("none", "low_flow", "high_flow", "mask", "positive_pressure"),
    "consciousness": ("awake", "voice", "tactile", "unarousable"),
    "seizure": ("none", "brief", "prolonged"),
    "motor": ("none", "deep_focal_weakness"),
    "raised_icp": ("none", "focal_oedema", "diffuse_oedema"),
}
EXTRA: tuple[Fields, ...] = (
    {"kind": "vitals", "temp_c": 40.0, "oxygen": "positive_pressure"},
    {"kind": "neuro", "consciousness": "unarousable"},
    {"kind": "therapy", "agent": "tocilizumab", "intent": "toxicity"},
    {"kind": "infusion", "product": "brexucabtagene_autoleucel"},
    {"kind": "death", "cause": "crs"},
)


def graded(chart: dict[str, Any], day: int = 95) -> tuple[Toxicity, Toxicity]:
    held = typed(chart)
    scene = scene_of(held.patient, resolve(held.entries), AsOf(DAY0 + timedelta(days=day)), tables())
    return crs(scene), icans(scene)


def worse_names(entry: Fields) -> list[str]:
    """The signs of an entry that can still get worse."""
    return [name for name, steps in WORSE.items() if entry.get(name) in steps[:-1]]


@EXAMPLES
@given(SEEDS, st.randoms(use_true_random=False))
def test_that_the_order_of_entries_never_matters(seed: int, chance: random.Random) -> None:
    chart = make_chart(seed)
    shuffled = chance.sample(chart["entries"], len(chart["entries"]))
    assert graded({**chart, "entries": shuffled}) == graded(chart)


@EXAMPLES
@given(SEEDS, st.sampled_from(EXTRA), st.integers(-2, 40))
def test_that_an_entry_added_and_voided_changes_nothing(seed: int, extra: Fields, day: int) -> None:
    chart = make_chart(seed)
    at = (DAY0 + timedelta(days=day)).isoformat()
    wrong = {**extra, "at": at, "id": number_of(1)}
    void = {"kind": "void", "at": at, "id": number_of(2), "voids": number_of(1), "reason": "other patient"}
    assert graded({**chart, "entries": [*chart["entries"], wrong, void]}) == graded(chart)


@EXAMPLES
@given(SEEDS, st.randoms(use_true_random=False))
def test_that_a_worse_sign_lowers_no_grade_of_the_chart(seed: int, chance: random.Random) -> None:
    chart = make_chart(seed)
    place, entry = chance.choice(list(enumerate(chart["entries"])))
    names = worse_names(entry)
    if not names:
        return
    name = chance.choice(names)
    steps = WORSE[name]
    worse = {**entry, name: chance.choice(steps[steps.index(entry[name]) + 1 :])}
    entries = [*chart["entries"][:place], worse, *chart["entries"][place + 1 :]]
    for before, after in zip(graded(chart), graded({**chart, "entries": entries}), strict=True):
        assert (after.max_grade or 0) >= (before.max_grade or 0)
        told = {one.entry: one.grade for one in after.by_entry}
        assert all((told[one.entry] or 0) >= (one.grade or 0) for one in before.by_entry)


@EXAMPLES
@given(SEEDS, st.integers(-1, 60))
def test_that_a_later_day_keeps_what_an_earlier_one_saw_but_for_the_judgements_since(seed: int, day: int) -> None:
    chart = make_chart(seed)
    kept = ("infusion", "death", "vitals", "neuro", "therapy")
    chart["entries"] = [one for one in chart["entries"] if one["kind"] in kept and "supersedes" not in one]
    limit = (DAY0 + timedelta(days=day)).isoformat()
    known = {**chart, "entries": [one for one in chart["entries"] if one["at"][:10] <= limit]}
    assert graded(chart, day) == graded(known, day)
