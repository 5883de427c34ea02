"""A second grading of CRS and ICANS, from the written rules alone: plain fields in, plain values out.

It reads the chart once, sign by sign, and asks of each entry only what their sentences ask.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.oracle.chart_facts import Fields, counting, day_of, first_infusions, of_kind

SYNONYMS = {"argipressin": "vasopressin", "noradrenaline": "norepinephrine", "adrenaline": "epinephrine"}
DEVICE = {"none": 0, "low_flow": 2, "high_flow": 3, "mask": 3, "positive_pressure": 4}
ICE = (3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 0)
SIGNS = {
    "consciousness": {"awake": 0, "voice": 2, "tactile": 3, "unarousable": 4},
    "seizure": {"none": 0, "brief": 3, "prolonged": 4},
    "motor": {"none": 0, "deep_focal_weakness": 4},
    "raised_icp": {"none": 0, "focal_oedema": 3, "diffuse_oedema": 4, "posturing": 4, "sixth_nerve_palsy": 4,
                   "papilloedema": 4, "cushing_triad": 4},
}  # fmt: skip
ANTIPYRETICS = {"paracetamol", "metamizole", "ibuprofen"}
Grade = tuple[int | None, bool]


def pressure(vitals: Fields) -> int | None:
    drugs = {SYNONYMS.get(name, name) for name in (one.strip().lower() for one in vitals.get("vasopressors", []))}
    if len(drugs - {"vasopressin"}) > 1:
        return 4
    if drugs:
        return 3
    return {None: None, False: 0, True: 2}[vitals.get("hypotension")]


def oxygen(vitals: Fields) -> int | None:
    device = vitals.get("oxygen")
    if device == "low_flow" and vitals.get("o2_flow", 0) > 6:
        return 3
    if device is None and vitals.get("o2_flow"):
        return 3 if vitals["o2_flow"] > 6 else 2
    return None if device is None else DEVICE[device]


def crs_of(vitals: Fields, fever_needed: bool) -> Grade:
    if vitals.get("cause") == "other":
        return 0, False
    temperature = vitals.get("temp_c")
    fever = temperature is not None and temperature >= 38
    if fever_needed and not fever:
        return (None, False) if temperature is None else (0, False)
    arms = (pressure(vitals), oxygen(vitals))
    recorded = [arm for arm in arms if arm is not None]
    if not fever and max(recorded, default=0) == 0:
        return (0 if len(recorded) == 2 else None), False
    grade = max([1] * fever + recorded)
    device_unknown = vitals.get("oxygen") is None and arms[1] is not None
    open_arms = not recorded if fever else len(recorded) < 2
    return grade, grade < 4 and (open_arms or device_unknown)


def icans_of(neuro: Fields, years: int) -> Grade:
    if neuro.get("cause") == "other":
        return 0, False
    by_capd = years < 12 or bool(neuro.get("developmental_delay"))
    signs = max(SIGNS[name][neuro[name]] for name in SIGNS if name in neuro)
    points = neuro.get("capd") if by_capd else sum(neuro["ice"].values()) if "ice" in neuro else None
    if points is None:
        return (signs, signs < 3) if signs else (None, False)
    by_score = (0 if points == 0 else 1 if points <= 8 else 3) if by_capd else ICE[points]
    return max(by_score, signs), False


def years_old(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Toxicities:
    """CRS and ICANS of the newest course as of the end of a day."""

    def __init__(self, birth: date, entries: Sequence[Fields], as_of: date) -> None:
        live, contested = counting(entries)
        self.contested = bool(contested)
        self.birth = birth
        self.entries = [entry for entry in live if day_of(entry) <= as_of]
        roles = first_infusions(self.entries)
        starts = [infusion for infusion, role in roles if role == "first"]
        self.day0 = day_of(starts[-1]) if starts else None
        self.infused = [infusion for infusion, _ in roles if self.day0 and day_of(infusion) >= self.day0]
        died = [day_of(one) for one in of_kind(self.entries, "death") if self.day0 and day_of(one) >= self.day0]
        self.dead_on = min(died, default=None)
        given = of_kind(self.entries, "therapy")
        self.treated = [one for one in given if one["intent"] == "toxicity" or one["agent"] in ANTIPYRETICS]

    def crs(self) -> dict[str, Any]:
        return self._graded("vitals", "crs")

    def icans(self) -> dict[str, Any]:
        return self._graded("neuro", "icans")

    def _in_window(self, entry: Fields, scale: str) -> bool:
        before = [one for one in self.infused if not _earlier(entry, one)]
        recent = any((day_of(entry) - day_of(one)).days <= 30 for one in before)
        return bool(before) and (recent or entry.get("cause") == scale)

    def _graded(self, kind: str, scale: str) -> dict[str, Any]:
        told: list[tuple[Fields, Grade, Grade]] = []
        episodes: list[list[tuple[Fields, int]]] = []
        candidates = sorted(
            of_kind(self.entries, kind, "death"), key=lambda entry: (day_of(entry), entry["kind"] == "death")
        )
        for entry in candidates:
            if self.dead_on and day_of(entry) > self.dead_on:
                break
            if not self._in_window(entry, scale) or (entry["kind"] == "death" and entry["cause"] != scale):
                continue
            current = episodes[-1] if episodes and _within_72_hours(episodes[-1][-1][0], entry) else []
            proposed = self._proposed(entry, current)
            said = [one["grade"] for one in of_kind(self.entries, "grade_override")
                    if (one["of"], one["scale"]) == (entry["id"], scale)]  # fmt: skip
            counts = (said[-1], False) if said else proposed
            told.append((entry, proposed, counts))
            if counts[0]:
                if not current:
                    episodes.append(current)
                current.append((entry, counts[0]))
        return self._summary(told, episodes)

    def _proposed(self, entry: Fields, episode: list[tuple[Fields, int]]) -> Grade:
        if entry["kind"] == "death":
            return 5, False
        if entry["kind"] == "neuro":
            return icans_of(entry, years_old(self.birth, day_of(entry)))
        treated = episode and any(day_of(episode[0][0]) <= day_of(one) <= day_of(entry) for one in self.treated)
        return crs_of(entry, fever_needed=not treated)

    def _summary(
        self, told: list[tuple[Fields, Grade, Grade]], episodes: list[list[tuple[Fields, int]]]
    ) -> dict[str, Any]:
        known = [(day_of(entry), counts[0]) for entry, _, counts in told if counts[0] is not None]
        ill = [day for day, grade in known if grade]
        day0 = self.day0 or date.max
        return {
            "by_entry": [(entry["id"], proposed[0], *counts) for entry, proposed, counts in told],
            "max_grade": max((grade for _, grade in known), default=None),
            "onset_day": (ill[0] - day0).days if ill else None,
            "last_day": (ill[-1] - day0).days if ill else None,
            "duration_days": (ill[-1] - ill[0]).days + 1 if ill else None,
            "by_day": {(day - day0).days: max(grade for other, grade in known if other == day) for day, _ in known},
            "episodes": [
                ((day_of(held[0][0]) - day0).days, (day_of(held[-1][0]) - day0).days, max(grade for _, grade in held))
                for held in episodes
            ],
            "treatments": [one["id"] for one in self.treated if one["intent"] == "toxicity" and day_of(one) >= day0],
        }


def _earlier(entry: Fields, infusion: Fields) -> bool:
    """Whether signs came before an infusion; on its day only the clocks can tell."""
    if "T" in entry["at"] and "T" in infusion["at"] and day_of(entry) == day_of(infusion):
        return datetime.fromisoformat(entry["at"]) < datetime.fromisoformat(infusion["at"])
    return day_of(entry) < day_of(infusion)


def _within_72_hours(earlier: Fields, later: Fields) -> bool:
    if "T" in earlier["at"] and "T" in later["at"]:
        passed = datetime.fromisoformat(later["at"]) - datetime.fromisoformat(earlier["at"])
        return passed <= timedelta(hours=72)
    return (day_of(later) - day_of(earlier)).days <= 3
