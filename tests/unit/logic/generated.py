"""Charts for properties: entries of every kind that a rule reads, crowded on the days where windows open and close."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.charts import (
    DAY0,
    Fields,
    entry,
    genetics,
    hsct,
    infusion,
    marrow,
    mrd,
    number_of,
    referral,
    relapse,
    release,
    subset,
    therapy,
)

# Around every window: D14, D21, D28, D42, D84, D112, 3 months (D92) and 6 months (D183) with their days of grace.
EDGES = (
    -43, -42, -10, -1, 0, 1, 13, 14, 15, 20, 21, 27, 28, 29, 41, 42, 43, 60, 83, 84, 91, 92, 93, 105, 106, 107, 111,
    112, 113, 150, 182, 183, 184, 210, 211, 212, 260,
)  # fmt: skip

days = st.sampled_from(EDGES)
later = st.sampled_from([day for day in EDGES if day > 0])

results = st.lists(
    st.builds(
        mrd,
        st.sampled_from(["fcm", "pcr", "ngs"]),
        st.sampled_from(["negative", "positive", "not_evaluable"]),
    ),
    max_size=2,
    unique_by=lambda result: result["method"],
)

_kinds: list[st.SearchStrategy[Fields]] = [
    st.builds(lambda day, blasts, found: marrow(day, blasts, *found), days, st.sampled_from([None, 0, 3, 5]), results),
    st.builds(subset, days, st.sampled_from([0, 9, 10, 80])),
    st.builds(
        genetics, st.sampled_from(["kmt2a_r", "tp53", "hypodiploid"]), st.sampled_from(["present", "absent"]), days
    ),
    st.builds(referral, days, st.sampled_from(["complete", "partial", None])),
    st.builds(
        therapy,
        days,
        st.sampled_from(["blinatumomab", "rituximab", "vincristine", "busulfan"]),
        st.sampled_from(["salvage", "supportive", "conditioning", "post_car_t"]),
    ),
    st.builds(relapse, later),
    st.builds(hsct, later),
    st.builds(lambda day: entry("death", day, cause="other"), st.just(260)),
    st.builds(
        lambda day, temp, oxygen, low: entry("vitals", day, temp_c=temp, oxygen=oxygen, hypotension=low),
        days,
        st.sampled_from([None, 37.9, 38.0, 39.5]),
        st.sampled_from([None, "none", "low_flow", "mask"]),
        st.sampled_from([None, False, True]),
    ),
    st.builds(
        lambda day, capd, awake: entry("neuro", day, capd=capd, consciousness=awake),
        days,
        st.sampled_from([None, 0, 8, 9]),
        st.sampled_from(["awake", "voice"]),
    ),
    st.builds(
        lambda day, anc: entry("blood_count", day, anc=anc, wbc=4.0), days, st.sampled_from([0.1, 0.5, 1.5, 2.0])
    ),
    st.builds(
        lambda day, level: entry("car_t_level", day, method="qpcr", value=level), days, st.sampled_from([0.0, 9.0])
    ),
    st.builds(
        lambda day, milestone, ahead: entry("plan", day, milestone=milestone, date=str(DAY0 + timedelta(days=ahead))),
        days,
        st.sampled_from(["apheresis", "infusion"]),
        days,
    ),
    st.builds(infusion, later, st.sampled_from(["tisagenlecleucel", "brexucabtagene_autoleucel"])),
    st.builds(
        lambda day, peak: entry("expansion", day, peak=peak, auc="adequate"), days, st.sampled_from(["low", "adequate"])
    ),
    st.builds(lambda day, said: entry("remission", day, response=said), days, st.sampled_from(["cr", "no_response"])),
    st.builds(lambda day: entry("csf", day, wbc_per_ul=0, blasts=False), days),
    st.builds(release, days),
    st.builds(lambda day: entry("blood_count", day, wbc=1.5), days),
]


@st.composite
def charts(draw: st.DrawFn) -> list[Fields]:
    """A course with up to 14 further entries, some of them corrected, contested or voided."""
    entries: list[Fields] = [infusion(0), *draw(st.lists(st.one_of(_kinds), max_size=14))]
    numbered = [{"id": number_of(place), **fields} for place, fields in enumerate(entries)]
    changes: list[Fields] = []
    for fields in numbered[1:]:
        for place in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2]))):
            changes.append(draw(_change(fields, len(numbered) + len(changes) + place)))
    return numbered + changes


def _change(fields: Fields, place: int) -> st.SearchStrategy[Fields]:
    void = {"kind": "void", "at": fields["at"], "voids": fields["id"], "reason": "typed wrongly"}
    correction: dict[str, Any] = {**fields, "supersedes": fields["id"], "reason": "typed wrongly"}
    moved = st.builds(lambda day: {**correction, "at": entry("note", day)["at"]}, days)
    return st.one_of(st.just(void), st.just(correction), moved).map(
        lambda made: {**made, "id": number_of(1000 + place)}
    )
