"""The oracle's plain reading of a chart: what counts, infusions, day 0, the end of the course, marrow samples.

It restarts from nothing for every date, works on the plain fields of the interchange format and shares no code with
the program, not even its dates' arithmetic or its numbers.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

Fields = dict[str, Any]
EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


def day_of(entry: Fields) -> date:
    return date.fromisoformat(str(entry["at"])[:10])


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def in_order(entries: Iterable[Fields]) -> list[Fields]:
    def key(entry: Fields) -> tuple[Any, ...]:
        timed = "T" in entry["at"]
        recorded = entry.get("recorded_at")
        return (
            day_of(entry),
            timed,
            datetime.fromisoformat(entry["at"]) if timed else EARLIEST,
            recorded is not None,
            datetime.fromisoformat(recorded) if recorded else EARLIEST,
            entry["id"],
        )

    return sorted(entries, key=key)


def counting(entries: Sequence[Fields]) -> tuple[list[Fields], list[Fields]]:
    """The live entries in order, and the contested ones. Voids of voids do not occur in the charts compared."""
    by_id = {entry["id"]: entry for entry in entries}
    gone: set[str] = set()
    for void in (entry for entry in entries if entry["kind"] == "void"):
        gone.add(void["voids"])
        if void.get("scope") == "chain":
            family = {void["voids"]}
            for _ in entries:
                family |= {e["id"] for e in entries if e.get("supersedes") in family}
                family |= {by_id[i]["supersedes"] for i in family if by_id[i].get("supersedes")}
            gone |= family
    standing = [entry for entry in entries if entry["id"] not in gone]
    replaced: dict[str, list[str]] = {}
    for entry in standing:
        target = entry.get("supersedes")
        while target in gone and by_id[target].get("supersedes"):
            target = by_id[target]["supersedes"]
        if target:
            replaced.setdefault(target, []).append(entry["id"])
    contested: set[str] = set()
    for target, corrections in replaced.items():
        if len(corrections) > 1:
            family = {target}
            for _ in standing:
                family |= {i for t in family for i in replaced.get(t, [])}
            contested |= {i for i in family if i not in replaced}
    live = [e for e in standing if e["id"] not in replaced and e["id"] not in contested]
    return in_order(live), in_order(by_id[i] for i in contested)


def of_kind(entries: Iterable[Fields], *kinds: str) -> list[Fields]:
    return [entry for entry in entries if entry["kind"] in kinds]


def first_infusions(entries: Sequence[Fields]) -> list[tuple[Fields, str]]:
    """Every infusion with its role."""
    roles: list[tuple[Fields, str]] = []
    first: Fields | None = None
    before: Fields | None = None
    for infusion in of_kind(entries, "infusion"):
        role = infusion.get("role")
        if role is None and first is not None:
            limit = 21 if first["product"] == "obecabtagene_autoleucel" else 14
            if (day_of(infusion) - day_of(first)).days <= limit:
                role = "split"
        if role is None:
            start = first or before
            between = start is not None and any(
                day_of(start) < day_of(event) <= day_of(infusion) for event in of_kind(entries, "relapse", "hsct")
            )
            different = start is not None and infusion["product"] != start["product"]
            role = "first" if before is None or between or different else "reinfusion"
        if role == "first":
            first = infusion
        before = infusion
        roles.append((infusion, role))
    return roles


def end_of_course(entries: Sequence[Fields], day0: date) -> tuple[str, date] | None:
    """What ended the course that began on `day0`, and when."""
    ends: list[tuple[date, int, str]] = []
    for event in of_kind(entries, "relapse", "hsct", "death"):
        day = day_of(event)
        if event["kind"] == "hsct":
            conditioning = [
                day_of(therapy)
                for therapy in of_kind(entries, "therapy")
                if therapy["intent"] == "conditioning"
                and day_of(therapy) > day0
                and timedelta() <= day - day_of(therapy) <= timedelta(days=21)
            ]
            day = min([day, *conditioning])
        if day > day0:
            ends.append((day, ("death", "hsct", "relapse").index(event["kind"]), event["kind"]))
    if not ends:
        return None
    day, _, what = min(ends)
    return what, day


class Sample:
    """All marrow entries of one date."""

    def __init__(self, entries: Sequence[Fields]) -> None:
        self.day = day_of(entries[0])
        blasts = [entry["blasts_pct"] for entry in entries if entry.get("blasts_pct") is not None]
        self.blasts: float | None = max(blasts) if blasts else None
        self.results: list[Fields] = [result for entry in entries for result in entry.get("mrd", [])]
        self.disease = self.blasts is not None and self.blasts >= 5

    def statuses(self, *methods: str) -> set[str]:
        found = set()
        for result in self.results:
            if result["method"] in methods:
                found.add(self._status(result))
        return found

    @staticmethod
    def _status(result: Fields) -> str:
        if result["result"] == "positive" and result["method"] != "ngs":
            value = result.get("value")
            if (value is not None and value < 0.0001) or (value is None and result.get("below_loq")):
                return "low_positive"
        if result["result"] == "negative" and result.get("lod", 0) > 0.0001:
            return "inadequate"
        return str(result["result"])

    @property
    def status(self) -> str:
        found = self.statuses("fcm", "pcr", "ngs")
        if self.disease or found & {"positive", "low_positive"}:
            return "positive"
        return "negative" if "negative" in found else "unknown"

    def carries(self, *methods: str) -> bool:
        return self.disease or bool(self.statuses(*methods) & {"positive", "low_positive", "negative"})


def samples_of(entries: Sequence[Fields]) -> list[Sample]:
    by_day: dict[date, list[Fields]] = {}
    for marrow in of_kind(entries, "marrow"):
        by_day.setdefault(day_of(marrow), []).append(marrow)
    return [Sample(by_day[day]) for day in sorted(by_day)]
