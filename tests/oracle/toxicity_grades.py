"""The oracle's own grading of CRS and ICANS (rulebook section 8), from the plain fields, restarted for every date.

Charts hold one first infusion; ends are a relapse or a death. It shares no code and no number with the program.
"""

from datetime import date, datetime, timedelta
from typing import Any

from tests.oracle.chart_facts import Fields, counting, day_of

Graded = tuple[str, int | None, bool]
"""Entry, grade (None: cannot be told), whether it is at least that."""

OXYGEN = {"none": 0, "low_flow": 2, "high_flow": 3, "mask": 3, "positive_pressure": 4}
AWAKE = {"awake": 0, "voice": 2, "tactile": 3, "unarousable": 4}
FOUR = {"diffuse_oedema", "posturing", "sixth_nerve_palsy", "papilloedema", "cushing_triad"}


class Toxicities:
    """CRS and ICANS of a chart as of the end of a day."""

    def __init__(self, birth: date, entries: list[Fields], as_of: date) -> None:
        live, contested = counting(entries)
        self.contested = bool(contested)
        self.birth = birth
        self.live = [entry for entry in live if day_of(entry) <= as_of]
        infusions = [day_of(entry) for entry in self.live if entry["kind"] == "infusion"]
        self.infusions = sorted(infusions)
        ends = [day_of(e) for e in self.live if e["kind"] in {"relapse", "death"} and self.infusions]
        self.end = min((day for day in ends if day > self.infusions[0]), default=None) if self.infusions else None

    def crs(self) -> dict[str, Any]:
        return self._summary(self._vitals(), "crs")

    def icans(self) -> dict[str, Any]:
        found = []
        for entry in self._graded_kind("neuro", "icans"):
            grade, least = self._neuro(entry)
            found.append(self._counted(entry, grade, least, "icans"))
        return self._summary(found, "icans")

    def _graded_kind(self, kind: str, cause: str) -> list[Fields]:
        held = []
        for entry in self.live:
            day = day_of(entry)
            if entry["kind"] != kind or not self.infusions or day < self.infusions[0]:
                continue
            if self.end is not None and day >= self.end:
                continue
            near = any(timedelta(0) <= day - start <= timedelta(days=30) for start in self.infusions)
            if near or entry.get("cause") == cause:
                held.append(entry)
        return held

    def _vitals(self) -> list[tuple[Fields, Graded]]:
        found: list[tuple[Fields, Graded]] = []
        first: date | None = None
        last: Fields | None = None
        for entry in self._graded_kind("vitals", "crs"):
            is_open = last is not None and not _longer_than_72_hours(last, entry)
            treated = is_open and any(first is not None and first <= day <= day_of(entry) for day in self._dampening())
            grade, least = _vital_grade(entry, fever_needed=not treated)
            counted = self._counted(entry, grade, least, "crs")
            if counted[1][1]:
                if not is_open:
                    first = day_of(entry)
                last = entry
            found.append(counted)
        return found

    def _dampening(self) -> list[date]:
        return [
            day_of(entry)
            for entry in self.live
            if entry["kind"] == "therapy" and (entry["intent"] == "toxicity" or entry["agent"] == "paracetamol")
        ]

    def _counted(self, entry: Fields, grade: int | None, least: bool, scale: str) -> tuple[Fields, Graded]:
        for other in reversed(self.live):
            if other["kind"] == "grade_override" and other["of"] == entry["id"] and other["scale"] == scale:
                return entry, (entry["id"], other["grade"], False)
        return entry, (entry["id"], grade, least)

    def _neuro(self, entry: Fields) -> tuple[int | None, bool]:
        if entry.get("cause") == "other":
            return 0, False
        on = day_of(entry)
        years = on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))
        older = years >= 12 and not entry.get("developmental_delay")
        arms = [AWAKE[entry["consciousness"]], {"brief": 3, "prolonged": 4}.get(entry.get("seizure", ""), 0)]
        arms.append(4 if entry.get("motor") == "deep_focal_weakness" else 0)
        pressure = entry.get("raised_icp")
        arms.append(4 if pressure in FOUR else 3 if pressure == "focal_oedema" else 0)
        score = sum(entry["ice"].values()) if older and "ice" in entry else None
        if older and score is not None:
            arms.append(0 if score == 10 else 1 if score >= 7 else 2 if score >= 3 else 3)
        if not older:
            score = entry.get("capd")
            if score is not None:
                arms.append(0 if score == 0 else 1 if score <= 8 else 3)
        worst = max(arms)
        if score is None:
            return (worst, worst < 4) if worst else (None, False)
        return worst, False

    def _summary(self, found: list[tuple[Fields, Graded]], cause: str) -> dict[str, Any]:
        deaths = [e for e in self.live if e["kind"] == "death" and e["cause"] == cause and self.infusions]
        found = [*found, *((e, (e["id"], 5, False)) for e in deaths if day_of(e) >= self.infusions[0])]
        grades = [graded[1] for _, graded in found if graded[1] is not None]
        ill = [day_of(entry) for entry, graded in found if graded[1]]
        return {
            "by_entry": [graded for _, graded in found],
            "max_grade": max(grades) if grades else None,
            "onset_day": (ill[0] - self.infusions[0]).days if ill else None,
            "last_day": (ill[-1] - self.infusions[0]).days if ill else None,
        }


def _vital_grade(entry: Fields, *, fever_needed: bool) -> tuple[int | None, bool]:
    if entry.get("cause") == "other":
        return 0, False
    drugs = {name.strip().lower() for name in entry.get("vasopressors", [])}
    others = drugs - {"vasopressin"}
    pressure: int | None = None
    if drugs:
        pressure = 4 if len(others) >= 2 else 3
    elif "hypotension" in entry:
        pressure = 2 if entry["hypotension"] else 0
    oxygen = OXYGEN[entry["oxygen"]] if "oxygen" in entry else None
    if entry.get("oxygen") == "low_flow" and entry.get("o2_flow", 0) > 6:
        oxygen = 3
    arms = [arm for arm in (pressure, oxygen) if arm is not None]
    worst = max(arms, default=0)
    if entry.get("temp_c", 0) >= 38:
        return max(1, worst), not arms
    if fever_needed:
        return (0, False) if "temp_c" in entry else (None, False)
    if worst:
        return worst, len(arms) < 2
    return (0, False) if len(arms) == 2 else (None, False)


def _longer_than_72_hours(earlier: Fields, later: Fields) -> bool:
    if "T" in earlier["at"] and "T" in later["at"]:
        gap = datetime.fromisoformat(later["at"]) - datetime.fromisoformat(earlier["at"])
        return gap > timedelta(hours=72)
    return day_of(later) - day_of(earlier) > timedelta(days=3)
