"""The oracle's B-cell aplasia and its burden before infusion."""

from collections.abc import Sequence
from datetime import date

from tests.oracle.chart_facts import Fields, Sample, day_of, of_kind

B_CELL_DEPLETING = ("blinatumomab", "inotuzumab_ozogamicin", "rituximab")


def burden_of(sample: Sample) -> float | None:
    reported = [r for r in sample.results if r["method"] in ("fcm", "pcr")]
    positive = [r for r in reported if r["result"] == "positive"]
    values = [r["value"] * 100 for r in positive if r.get("value") is not None]
    if sample.disease:
        assert sample.blasts is not None
        return float(max([sample.blasts, *values]))
    if values:
        return float(max(values))
    if positive:
        return None
    if "negative" in sample.statuses("fcm", "pcr"):
        return 0.0
    return sample.blasts if not reported else None


def aplasia_of(
    entries: Sequence[Fields], day0: date | None
) -> tuple[str, date | None, date | None, date | None, list[date], bool]:
    if day0 is None:
        return "unknown", None, None, None, [], False
    spoiled = [day_of(t) for t in of_kind(entries, "therapy") if t["agent"] in B_CELL_DEPLETING and day_of(t) > day0]
    by_day: dict[date, list[bool]] = {}
    for subset in of_kind(entries, "lymphocyte_subset"):
        count, share = subset.get("cd19"), subset.get("cd19_pct")
        if day_of(subset) > day0 and (count is not None or share is not None):
            recovered = (count is not None and count >= 10) or (share is not None and share >= 3)
            by_day.setdefault(day_of(subset), []).append(recovered)
    if not by_day:
        return "unknown", None, None, None, [], False
    counted = [
        (day, any(found)) for day, found in sorted(by_day.items()) if any(found) or not spoiled or day < min(spoiled)
    ]
    established: date | None = None
    loss: date | None = None
    last: date | None = None
    status = "not_established"
    aplastic: list[date] = []
    first_from_28 = next((day for day, _ in counted if (day - day0).days >= 28), None)
    for day, recovered in counted:
        if not recovered and (day - day0).days >= 14 and loss is None:
            established = established or day
            last = day
        if not recovered and (day - day0).days >= 14:
            aplastic.append(day)
        if recovered and loss is None and established:
            loss, status = day, "lost"
        elif recovered and loss is None and day == first_from_28:
            loss, status = day, "never_established" if (day - day0).days <= 42 else "lost"
    if loss is None and established:
        status = "ongoing"
    confirmed = loss is not None and any(recovered and day > loss for day, recovered in counted)
    return status, established, loss, last, aplastic, confirmed
