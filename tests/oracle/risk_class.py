"""The oracle's criteria and class, each written out from the written rules."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tests.oracle.blood_and_burden import B_CELL_DEPLETING, aplasia_of, burden_of
from tests.oracle.chart_facts import (
    Fields,
    Sample,
    counting,
    day_of,
    end_of_course,
    first_infusions,
    months_later,
    of_kind,
    samples_of,
)

ENGAGERS = ("blinatumomab", "inotuzumab_ozogamicin")
RESULTS = (
    "therapy", "infusion", "marrow", "csf", "lymphocyte_subset", "blood_count", "remission", "expansion",
    "extramedullary",
)  # fmt: skip
"""What is of a course: dated on the day of its end it counts only where an HSCT ended it."""


class Verdict:
    """Everything the oracle says about a chart as of one date."""

    def __init__(self, birth: date, entries: Sequence[Fields], as_of: date, jurisdiction: str = "eu") -> None:
        self.birth, self.jurisdiction = birth, jurisdiction
        live, self.contested = counting(entries)
        self.known = [entry for entry in live if day_of(entry) <= as_of]
        firsts = [infusion for infusion, role in first_infusions(self.known) if role == "first"]
        self.infusion = firsts[-1] if firsts else None
        self.day0 = day_of(firsts[-1]) if firsts else None
        self.end = end_of_course(self.known, self.day0) if self.day0 else None
        self.today = self.end[1] if self.end else as_of
        self.entries = [entry for entry in self.known if self._counts(entry)]
        self.samples = samples_of(self.entries)
        self.burden_sample, self.burden = self._burden()
        self.aplasia, self.established, self.loss, self.last_aplastic, self.aplastic_days, self.confirmed = aplasia_of(
            self.entries, self.day0
        )
        self.low = {f"L{i}": getattr(self, f"_l{i}")() for i in range(1, 8)}
        self.high = {f"H{i}": getattr(self, f"_h{i}")() for i in range(1, 5)}
        self.ambiguous = {f"A{i}": getattr(self, f"_a{i}")() for i in range(1, 13)}

    def _counts(self, entry: Fields) -> bool:
        if entry["kind"] == "genetics" or not self.end:
            return True
        day = day_of(entry)
        if day == self.end[1] and entry["kind"] in RESULTS:
            return self.end[0] == "hsct"
        return day <= self.end[1]

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _day(self, entry_day: date) -> int:
        assert self.day0 is not None
        return (entry_day - self.day0).days

    @property
    def _now(self) -> int:
        return self._day(self.today)

    def _window(self) -> list[Sample]:
        return [sample for sample in self.samples if self.day0 and 21 <= self._day(sample.day) <= 42]

    def _after(self, day: int) -> list[Sample]:
        return [sample for sample in self.samples if self.day0 and self._day(sample.day) >= day]

    def _day28(self, *methods: str) -> Sample | None:
        candidates = [sample for sample in self._window() if sample.carries(*methods)]
        return min(candidates, key=lambda s: (abs(self._day(s.day) - 28), -self._day(s.day)), default=None)

    def _no_response(self) -> bool:
        said = any(
            r["response"] == "no_response" and 21 <= self._day(day_of(r)) <= 42
            for r in of_kind(self.entries, "remission")
        )
        return said or any(sample.disease for sample in self._window())

    def _gene(self, marker: str) -> str:
        found = {g["result"] for g in of_kind(self.entries, "genetics") if g["marker"] == marker}
        return next((result for result in ("present", "absent") if result in found), "unknown")

    def _engaged(self) -> str:
        """Whether blinatumomab or inotuzumab was given before infusion: yes, no, unknown."""
        limit = self.day0 or date.max
        if any(t["agent"] in ENGAGERS and day_of(t) < limit for t in of_kind(self.entries, "therapy")):
            return "yes"
        referrals = of_kind(self.entries, "referral")
        return "no" if referrals and referrals[-1].get("therapy_history") == "complete" else "unknown"

    def _burden(self) -> tuple[Sample | None, float | None]:
        if self.day0 is None:
            return None, None
        for sample in reversed([s for s in self.samples if -42 <= self._day(s.day) <= 0]):
            burden = burden_of(sample)
            if burden is not None:
                return sample, burden
        return None, None

    # -- low -------------------------------------------------------------------------------------------------------

    def _l1(self) -> str:
        try:
            first_birthday = self.birth.replace(year=self.birth.year + 1)
        except ValueError:
            first_birthday = date(self.birth.year + 1, 3, 1)
        if self.day0 is None:
            return "met" if self.today > first_birthday else "not_due"
        return "met" if self.day0 > first_birthday else "not_met"

    def _l2(self) -> str:
        return {"absent": "met", "present": "not_met", "unknown": "unknown"}[self._gene("kmt2a_r")]

    def _l3(self) -> str:
        return {"yes": "not_met", "no": "met", "unknown": "unknown"}[self._engaged()]

    def _product(self) -> str | None:
        if self.infusion is not None:
            return str(self.infusion["product"])
        for kind in ("product_release", "manufacturing"):
            found = of_kind(self.entries, kind)
            if found:
                return str(found[-1]["product"])
        return None

    def _l4(self) -> str:
        product = self._product()
        if product is None:
            return "not_due"
        return "met" if product == "tisagenlecleucel" else "not_met"

    def _disease_elsewhere(self) -> bool:
        sites: dict[str, bool] = {}
        spinal: dict[date, bool] = {}
        for entry in self.entries:
            day = day_of(entry)
            if entry["kind"] == "extramedullary" and self._day(day) <= 0:
                sites[entry["site"]] = entry["active"]
            if entry["kind"] == "csf" and -42 <= self._day(day) <= 0:
                spinal[day] = spinal.get(day, False) or entry["blasts"]
        return any(sites.values()) or bool(spinal and spinal[max(spinal)])

    def _l5(self) -> str:
        if self.day0 is None:
            return "not_due"
        if self._disease_elsewhere():
            return "not_met"
        if self.burden is None:
            return "unknown"
        return "met" if 1 <= self.burden < 5 else "not_met"

    def _l6(self) -> str:
        if self.day0 is None:
            return "not_due"
        anything, deep = self._day28("fcm", "pcr", "ngs"), self._day28("pcr", "ngs")
        if self._no_response() or any(sample and sample.status == "positive" for sample in (anything, deep)):
            return "not_met"
        if deep:
            return "met"
        if anything:
            return "unknown"
        return "not_due" if self._now <= 42 else "unknown"

    def _l7(self) -> str:
        if self.day0 is None:
            return "not_due"
        half_year = months_later(self.day0, 6)
        if self.loss and self.loss <= half_year:
            return "not_met"
        if any(day > half_year and (self.loss is None or day < self.loss) for day in self.aplastic_days):
            return "met"
        return "not_due" if self.today <= half_year + timedelta(days=28) else "unknown"

    # -- high ------------------------------------------------------------------------------------------------------

    def _h1(self) -> str:
        if self.day0 is None:
            return "not_due"
        if self._no_response():
            return "met"
        sample = self._day28("fcm", "pcr")
        if sample:
            return "met" if sample.disease or "positive" in sample.statuses("fcm", "pcr") else "not_met"
        later = next((s for s in self._after(43) if s.carries("fcm", "pcr")), None)
        if later and (later.disease or "positive" in later.statuses("fcm", "pcr")):
            return "met"
        return "not_due" if self._now <= 42 else "unknown"

    def _h2(self) -> str:
        if self.day0 is None:
            return "not_due"
        found = [sample.statuses("ngs") for sample in self._after(84)]
        if any("positive" in statuses for statuses in found):
            return "met"
        if any("negative" in statuses for statuses in found):
            return "not_met"
        return "not_due" if self._now <= 112 else "unknown"

    def _h3(self) -> str:
        if self.day0 is None:
            return "not_due"
        cleared = by_ngs = False
        for sample in self._after(21):
            again = sample.disease or "positive" in sample.statuses("fcm", "pcr")
            if cleared and (again or (by_ngs and "positive" in sample.statuses("ngs"))):
                return "met"
            cleared = cleared or sample.status == "negative"
            by_ngs = by_ngs or "negative" in sample.statuses("ngs")
        if cleared:
            return "not_met"
        return "not_due" if not self._after(21) and self._now <= 42 else "unknown"

    def _h4(self) -> str:
        if self.day0 is None:
            return "not_due"
        quarter = months_later(self.day0, 3)
        if self.aplasia == "never_established" or (self.loss and self.loss < quarter):
            return "met"
        if any(day >= quarter for day in self.aplastic_days if self.loss is None or day < self.loss):
            return "not_met"
        if self.loss:
            datable = self.last_aplastic is not None and (self.loss - self.last_aplastic).days <= 42
            return "not_met" if datable else "unknown"
        return "not_due" if self.today <= quarter + timedelta(days=14) else "unknown"

    # -- ambiguous -------------------------------------------------------------------------------------------------

    def _a1(self) -> str:
        if self.burden_sample is None or self.burden_sample.blasts is None:
            return "unknown"
        return "met" if self.burden_sample.disease else "not_met"

    def _a2(self) -> str:
        return {"present": "met", "absent": "not_met", "unknown": "unknown"}[self._gene("tp53")]

    def _a3(self) -> str:
        found = {self._gene("kmt2a_r"), self._gene("hypodiploid")}
        return "met" if "present" in found else "not_met" if found == {"absent"} else "unknown"

    def _a4(self) -> str:
        return {"yes": "met", "no": "not_met", "unknown": "unknown"}[self._engaged()]

    def _a5(self) -> str:
        if self.infusion is None or self.day0 is None:
            return "unknown"
        releases = [
            r for r in of_kind(self.entries, "product_release")
            if day_of(r) <= self.day0 and r["product"] == self.infusion["product"]
        ]  # fmt: skip
        if not releases:
            return "unknown"
        limit = 70 if self.jurisdiction == "eu" else 80
        viability = releases[-1].get("viability_pct")
        bad = releases[-1]["out_of_specification"] or (viability is not None and viability < limit)
        return "met" if bad else "not_met"

    def _a6(self) -> str:
        judged = [e for e in of_kind(self.entries, "expansion") if self.day0 and day_of(e) >= self.day0]
        if not judged:
            return "unknown"
        peak, auc = judged[-1].get("peak"), judged[-1].get("auc")
        if peak == "low" or auc == "reduced":
            return "met"
        return "not_met" if peak == "adequate" and auc == "adequate" else "unknown"

    def _a7(self) -> str:
        if self.day0 is None:
            return "unknown"
        quarter, half_year = months_later(self.day0, 3), months_later(self.day0, 6)
        if self.loss:
            return "met" if quarter <= self.loss <= half_year else "not_met"
        if self.aplasia != "ongoing":
            return "unknown"
        seen_later = any(day > half_year for day in self.aplastic_days)
        return "not_met" if seen_later or self.today <= half_year + timedelta(days=28) else "unknown"

    def _a8(self) -> str:
        return {"met": "not_met", "not_met": "met", "not_due": "unknown"}[self.low["L4"]]

    def _a9(self) -> str:
        return {"met": "not_met", "not_met": "met", "not_due": "unknown"}[self.low["L1"]]

    def _a10(self) -> str:
        if self.burden is None:
            return "unknown"
        return "not_met" if 1 <= self.burden < 5 else "met"

    def _a11(self) -> str:
        if self.day0 is None:
            return "unknown"
        again = any(role == "reinfusion" and day_of(i) > self.day0 for i, role in first_infusions(self.entries))
        further = any(
            day_of(t) > self.day0 and (t["agent"] in B_CELL_DEPLETING or t["intent"] in ("post_car_t", "salvage"))
            for t in of_kind(self.entries, "therapy")
        )
        return "met" if again or further else "not_met"

    def _a12(self) -> str:
        found = {sample.status for sample in self._after(21)}
        return "met" if "positive" in found else "not_met" if "negative" in found else "unknown"

    # -- class -----------------------------------------------------------------------------------------------------

    @property
    def statuses(self) -> dict[str, str]:
        return {**self.low, **self.ambiguous, **self.high}

    @property
    def risk_class(self) -> str:
        if self.infusion is None:
            return "pending"
        met = [name for name, status in self.high.items() if status == "met"]
        domain = self.infusion.get("costimulation")
        cd28 = domain == "cd28" or (domain is None and self.infusion["product"] == "brexucabtagene_autoleucel")
        if met and not (cd28 and met == ["H4"]):
            return "high"
        low, factors = set(self.low.values()), set(self.ambiguous.values())
        if low == {"met"} and "met" not in factors:
            return "low"
        if "not_met" in low or "met" in factors:
            return "ambiguous"
        return "pending" if "not_due" in low | set(self.high.values()) else "ambiguous"

    @property
    def provisional(self) -> bool:
        high, low = set(self.high.values()), set(self.low.values())
        if self.risk_class == "pending":
            return True
        if self.risk_class == "high":
            only_h4 = [name for name, status in self.high.items() if status == "met"] == ["H4"]
            return only_h4 and self.established is not None and not self.confirmed
        open_high = bool(high & {"unknown", "not_due"})
        if self.risk_class == "low":
            return open_high or "unknown" in (self.ambiguous["A2"], self.ambiguous["A3"])
        return open_high or ("not_met" not in low and "unknown" in low)

    @property
    def low_reachable(self) -> bool:
        met = "met" in self.high.values() or "met" in self.ambiguous.values()
        return "not_met" not in self.low.values() and not met and self.end is None

    def summary(self) -> dict[str, Any]:
        return {
            "class": self.risk_class, "provisional": self.provisional, "low_reachable": self.low_reachable,
            "day0": self.day0.isoformat() if self.day0 else None,
            "closed_by": self.end[0] if self.end else None,
            "closed_on": self.end[1].isoformat() if self.end else None,
            "bca": self.aplasia, "statuses": self.statuses,
        }  # fmt: skip
