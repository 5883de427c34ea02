"""Random charts that crowd around the edges of the rules, for the oracle and the program to disagree about."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.oracle.chart_facts import Fields, months_later

DAY0 = date(2020, 3, 1)
EDGES = (
    -43,
    -42,
    -10,
    -1,
    0,
    1,
    13,
    14,
    20,
    21,
    27,
    28,
    29,
    35,
    42,
    43,
    60,
    83,
    84,
    85,
    91,
    92,
    93,
    106,
    107,
    112,
    113,
    150,
    183,
    184,
    185,
    212,
    213,
    240,
    300,
)
AGENTS = (
    "blinatumomab",
    "inotuzumab_ozogamicin",
    "rituximab",
    "vincristine",
    "dexamethasone",
    "imatinib",
    "tocilizumab",
)
INTENTS = (
    "salvage",
    "bridging",
    "post_car_t",
    "supportive",
    "toxicity",
    "frontline",
    "conditioning",
    "lymphodepletion",
)
PRODUCTS = ("tisagenlecleucel",) * 6 + ("brexucabtagene_autoleucel", "obecabtagene_autoleucel", "other")


class ChartMaker:
    """Makes one chart from one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.day0 = self.rng.choice([DAY0, date(2019, 8, 31), date(2020, 2, 29), date(2019, 11, 30), date(2021, 6, 15)])
        self.entries: list[Fields] = []

    def add(self, kind: str, day: int | date, **fields: Any) -> Fields:
        when = self.day0 + timedelta(days=day) if isinstance(day, int) else day
        kept = {name: value for name, value in fields.items() if value is not None}
        entry = {
            "kind": kind,
            "id": str(UUID(int=self.rng.getrandbits(128), version=4)),
            "at": when.isoformat(),
            **kept,
        }
        self.entries.append(entry)
        return entry

    def some_day(self, low: int = -60, high: int = 300) -> int:
        edges = [edge for edge in EDGES if low <= edge <= high]
        return self.rng.choice(edges) if edges and self.rng.random() < 0.7 else self.rng.randint(low, high)

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def chart(self) -> dict[str, Any]:
        born = self.day0 - timedelta(days=self.rng.choice([364, 365, 366, 367, 3000, 6000]))
        if self.maybe(0.4):
            self._low_course()
            self._disturb()
        else:
            self._before()
            if self.maybe(0.95):
                self._infusions()
            self._after()
            self._genetics()
        self._ends()
        self._amendments()
        self.rng.shuffle(self.entries)
        patient = {"mrn": "GEN-1", "family_name": "Generated", "given_name": "Synthetic", "sex": "unknown"}
        return {
            "format": "bedside-chart",
            "version": 1,
            "patient": {**patient, "birth_date": born.isoformat()},
            "entries": self.entries,
        }

    def _before(self) -> None:
        rng = self.rng
        for _ in range(rng.randint(0, 2)):
            history = rng.choice(["complete", "complete", "partial", None])
            self.add("referral", rng.randint(-100, -40), indication="first_relapse", therapy_history=history)
        for _ in range(rng.choice([0, 1, 1, 2])):
            self.marrow(self.some_day(-45, 0))
        for _ in range(rng.choice([0, 0, 1])):
            self.add("csf", self.some_day(-45, 0), wbc_per_ul=3, blasts=self.maybe(0.5))
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            self.add("extramedullary", self.some_day(-45, 3), site="testis", active=self.maybe(0.5))
        for _ in range(rng.choice([0, 0, 1, 2])):
            self.add("therapy", self.some_day(-60, 100), agent=rng.choice(AGENTS), intent=rng.choice(INTENTS))
        for _ in range(rng.choice([0, 1])):
            viability = rng.choice([None, 69.9, 70, 79, 90])
            self.add(
                "product_release",
                self.some_day(-10, 1),
                product=rng.choice(PRODUCTS[:8]),
                viability_pct=viability,
                out_of_specification=self.maybe(0.2),
            )

    def _low_course(self) -> None:
        """A course in which every criterion of low risk is met in the end."""
        self.add("referral", -60, indication="first_relapse", therapy_history="complete")
        self.add("genetics", -100, marker="kmt2a_r", result="absent")
        for marker in ("tp53", "hypodiploid"):
            result = self.rng.choice(["absent", "absent", "absent", "absent", "unknown"])
            self.add("genetics", -100, marker=marker, result=result)
        self.add("marrow", -5, blasts_pct=self.rng.choice([1, 2, 4.9]))
        self.add("infusion", 0, product="tisagenlecleucel")
        for day in (28, 90, 180):
            negative = [{"method": method, "result": "negative"} for method in ("fcm", "ngs")]
            self.add("marrow", day, blasts_pct=0, mrd=negative)
        for day in (28, 56, 84, 112, 150, 190):
            self.add("lymphocyte_subset", day, cd19=0)

    def _disturb(self) -> None:
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            disturbance = self.rng.choice([self._before, self._after, self._genetics])
            if disturbance == self._after:
                self.rng.choice([self.marrow, self.subset])(self.some_day(1, 260))
            else:
                disturbance()

    def _infusions(self) -> None:
        rng = self.rng
        product = rng.choice(PRODUCTS)
        self.add("infusion", 0, product=product, costimulation=rng.choice([None, None, "cd28", "4_1bb"]))
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            other = rng.choice([product, product, *PRODUCTS])
            role = rng.choice([None, None, None, "reinfusion", "split"])
            self.add("infusion", rng.choice([1, 10, 14, 15, 21, 22, 90, 200]), product=other, role=role)

    def _after(self) -> None:
        for _ in range(self.rng.randint(0, 6)):
            self.marrow(self.some_day(1, 260))
        for _ in range(self.rng.randint(0, 8)):
            self.subset(self.some_day(1, 300))
        for _ in range(self.rng.choice([0, 0, 0, 1])):
            self.add("remission", self.some_day(15, 60), response=self.rng.choice(["cr", "cri", "no_response"]))
        for _ in range(self.rng.choice([0, 0, 1])):
            peak, auc = self.rng.choice(["low", "adequate", None]), self.rng.choice(["reduced", "adequate", "unknown"])
            self.add("expansion", self.some_day(0, 40), peak=peak, auc=auc)

    def marrow(self, day: int) -> Fields:
        rng = self.rng
        results = []
        for method in ("fcm", "pcr", "ngs"):
            if self.maybe(0.5):
                results.append(self._mrd(method))
        blasts = rng.choice([None, 0, 0, 0, 0.5, 1, 2, 4.9, 5, 30])
        return self.add("marrow", day, blasts_pct=blasts, mrd=results if results or self.maybe(0.3) else None)

    def _mrd(self, method: str) -> Fields:
        rng = self.rng
        result = rng.choice(["negative", "negative", "negative", "positive", "not_evaluable"])
        fields: Fields = {"method": method, "result": result}
        if result == "negative" and self.maybe(0.6):
            fields["lod"] = rng.choice([0.0001, 0.00011, 0.000001, 0.001])
        if result == "positive":
            value = rng.choice([None, 0.00009, 0.0001, 0.00011, 0.009, 0.01, 0.03, 0.049, 0.05, 0.2])
            if value is not None:
                fields["value"] = value
            if self.maybe(0.3):
                fields["below_loq"] = True
        return fields

    def subset(self, day: int) -> Fields:
        count = self.rng.choice([None, 0, 0, 0, 0, 5, 9.9, 10, 75])
        return self.add("lymphocyte_subset", day, cd19=count, cd19_pct=self.rng.choice([None, None, 0, 2.9, 3]))

    def _genetics(self) -> None:
        for marker in ("kmt2a_r", "tp53", "hypodiploid"):
            for _ in range(self.rng.choice([0, 1, 1, 2])):
                result = self.rng.choice(["absent", "absent", "absent", "present", "unknown"])
                self.add("genetics", self.rng.choice([-100, -50, 30, 200]), marker=marker, result=result)

    def _ends(self) -> None:
        if self.maybe(0.15):
            self.add("relapse", self.some_day(1, 280), sites=["marrow"])
        if self.maybe(0.15):
            day = self.some_day(30, 280)
            self.add("hsct", day, donor="sibling")
            if self.maybe(0.5):
                start = day - self.rng.choice([5, 21, 22])
                self.add("therapy", start, agent="busulfan", intent="conditioning")
        if self.maybe(0.1):
            self.add("death", self.some_day(1, 300), cause="infection")

    def _amendments(self) -> None:
        for entry in self.rng.sample(self.entries, k=min(len(self.entries), self.rng.choice([0, 0, 1, 2]))):
            if self.maybe(0.5):
                self.add("void", self.day0, voids=entry["id"], reason="wrong patient")
            elif entry["kind"] == "lymphocyte_subset":
                again = self.subset(self.some_day(1, 300))
                again |= {"supersedes": entry["id"], "reason": "typing slip"}
            elif entry["kind"] == "marrow":
                again = self.marrow(self.some_day(1, 200))
                again |= {"supersedes": entry["id"], "reason": "typing slip"}


def make_chart(seed: int) -> dict[str, Any]:
    """The chart of a seed, in the interchange format."""
    return ChartMaker(seed).chart()


def dates_of_interest(chart: dict[str, Any]) -> list[date]:
    """Dates as of which a chart is worth looking at: around each entry and each date on which time alone decides."""
    days = {date.fromisoformat(entry["at"][:10]) for entry in chart["entries"]}
    infused = {date.fromisoformat(e["at"][:10]) for e in chart["entries"] if e["kind"] == "infusion"}
    for day0 in infused:
        days |= {day0 + timedelta(days=n) for n in (42, 43, 112, 113)}
        days |= {months_later(day0, 3) + timedelta(days=n) for n in (0, 14, 15)}
        days |= {months_later(day0, 6) + timedelta(days=n) for n in (0, 28, 29)}
    return sorted(days)
