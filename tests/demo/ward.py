"""Owns the twenty-four synthetic patients: every phase, every class, and what charts lack or get wrong."""

from collections.abc import Callable
from datetime import date, time

from tests.demo.journal import TODAY, Journal, Who
from tests.demo.steps import (
    Course,
    b_cells,
    count,
    day_28,
    days,
    diagnosis,
    full_course,
    genetics,
    mrd,
    referral,
    relapse,
    to_apheresis,
    to_infusion,
)

_SOUGHT = ("kmt2a_r", "hypodiploid", "tp53", "bcr_abl1")


def _before(journal: Journal, diagnosed: date, relapsed: date, referred: date, present: tuple[str, ...] = ()) -> None:
    diagnosis(journal, diagnosed)
    genetics(journal, diagnosed + days(8), present, tuple(m for m in _SOUGHT if m not in present))
    relapse(journal, relapsed)
    referral(journal, referred)


def _infused(journal: Journal, course: Course, present: tuple[str, ...] = ()) -> None:
    _before(journal, course.day0 - days(1500), course.day0 - days(110), course.day0 - days(70), present)
    full_course(journal, course)


def _back(number: int) -> date:
    return TODAY - days(number)


def quince(journal: Journal) -> None:
    _before(journal, date(2016, 5, 9), _back(24), _back(6))
    journal.on(_back(5), "body_size", weight_kg=34.5, height_cm=139.0)
    journal.on(_back(4), "donor_search", status="identified", donor="sibling", match="10/10")
    count(journal, _back(3), 0.5)
    count(journal, _back(1), 0.55)


def sorrel(journal: Journal) -> None:
    """A referral that holds next to nothing: unknown is spelled out, the rest is absent."""
    journal.on(_back(2), "referral", indication="other", therapy_history="unknown")
    journal.on(_back(2), "diagnosis", disease="b_all", cd19="unknown")
    journal.on(_back(2), "genetics", marker="kmt2a_r", result="unknown")
    journal.on(_back(2), "genetics", marker="tp53", result="unknown")
    journal.morning(_back(1), "blood_count", wbc=4.2, not_done=["plt", "pb_blasts_pct"])
    journal.on(_back(1), "marrow", mrd=[{"method": "fcm", "result": "not_evaluable"}], not_done=["blasts_pct"])


def alder(journal: Journal) -> None:
    _before(journal, date(2017, 2, 20), _back(40), _back(21), ("iamp21",))
    journal.on(_back(7), "approval", what="product", status="granted")
    journal.on(_back(7), "plan", milestone="apheresis", date=(TODAY + days(5)).isoformat())
    journal.on(_back(7), "plan", milestone="infusion", date=(TODAY + days(45)).isoformat())
    for back in (14, 7, 3, 1):
        count(journal, _back(back), 0.6)
    journal.morning(_back(3), "lymphocyte_subset", cd3=640.0, cd19=11.0)


def rowan(journal: Journal) -> None:
    """An infant with a KMT2A rearrangement, bridged."""
    diagnosis(journal, date(2019, 12, 2), note="aged three weeks")
    genetics(journal, date(2019, 12, 9), ("kmt2a_r",), ("tp53",))
    relapse(journal, _back(60), ("mitoxantrone",), immunophenotype="unknown")
    referral(journal, _back(45), indication="first_relapse")
    journal.on(_back(44), "body_size", weight_kg=7.4, height_cm=66.0)
    to_apheresis(journal, _back(28))
    journal.on(_back(27), "manufacturing", product="tisagenlecleucel", status="in_process")
    journal.on(_back(24), "therapy", agent="cytarabine", intent="bridging", route="sc", note="low dose")
    journal.on(_back(10), "infection", organism="RSV", site="airways", grade=2, controlled=True)
    for back in range(26, 0, -3):
        count(journal, _back(back), 0.45)


def hazel(journal: Journal) -> None:
    """CNS disease that clears under intrathecal bridging."""
    diagnosis(journal, date(2015, 9, 14))
    genetics(journal, date(2015, 9, 22), ("etv6_runx1",), ("kmt2a_r", "tp53"))
    relapse(journal, _back(75), ("cytarabine",), sites=["marrow", "cns"])
    journal.on(_back(74), "csf", wbc_per_ul=18, blasts=True, neurological_signs=True)
    referral(journal, _back(60))
    to_apheresis(journal, _back(35))
    for back in (33, 26, 19):
        for agent in ("methotrexate", "cytarabine"):
            journal.on(_back(back), "therapy", agent=agent, intent="bridging", route="it", stop=_back(back).isoformat())
        journal.on(_back(back), "csf", wbc_per_ul=3 if back == 33 else 0, blasts=back == 33)
    journal.on(_back(30), "extramedullary", site="cns_parenchyma", active=False, method="mri")
    journal.on(_back(30), "comorbidity", condition="leukoencephalopathy", active=False)
    for back in range(32, 0, -4):
        count(journal, _back(back), 0.5)


def linden(journal: Journal) -> None:
    """Down syndrome, lymphodepletion under way."""
    diagnosis(journal, date(2016, 11, 3), down_syndrome=True)
    genetics(journal, date(2016, 11, 11), (), ("kmt2a_r", "bcr_abl1"))
    relapse(journal, _back(120))
    referral(journal, _back(80))
    journal.on(_back(79), "comorbidity", condition="severe_cardiac", active=False, detail="septal defect, closed 2012")
    course = Course(day0=TODAY + days(3), weight_kg=24.0, dose=6.2e7, burden=2.0)
    to_infusion(journal, course)
    journal.on(_back(1), "plan", milestone="infusion", date=course.day0.isoformat())
    for back in (3, 2, 1, 0):
        count(journal, _back(back), 0.35)
        journal.at(_back(back), time(8, 0), "vitals", temp_c=36.8, hypotension=False, oxygen="none")


def maple(journal: Journal) -> None:
    _infused(journal, Course(day0=TODAY, weight_kg=41.0, dose=1.1e8, burden=12.0))


def willow(journal: Journal) -> None:
    _infused(journal, Course(day0=_back(4), crs=(2, 3, 4), weight_kg=28.5, burden=22.0), ("tp53",))


def juniper(journal: Journal) -> None:
    course = Course(day0=_back(9), crs=(3, 4, 5, 6, 7), pressor_day=5, icans=(6, 7, 8, 9), weight_kg=47.0, burden=61.0)
    _infused(journal, course, ("ph_like",))
    journal.on(_back(3), "therapy", agent="dexamethasone", intent="toxicity", route="iv")
    journal.on(_back(3), "therapy", agent="levetiracetam", intent="supportive", route="po")


def hawthorn(journal: Journal) -> None:
    """An adult under brexucabtagene autoleucel."""
    course = Course(
        day0=_back(20), product="brexucabtagene_autoleucel", crs=(2, 3, 4), icans=(5, 6, 7), weight_kg=71.0,
        dose=7.1e7, burden=48.0, adult=True, bridging=("dexamethasone",),
    )  # fmt: skip
    _infused(journal, course)
    journal.on(_back(13), "therapy", agent="dexamethasone", intent="toxicity", route="iv", stop=_back(9).isoformat())


def bramble(journal: Journal) -> None:
    """An adult under obecabtagene autoleucel, its dose given in two parts."""
    course = Course(
        day0=_back(12), product="obecabtagene_autoleucel", split_day=9, crs=(3, 4), weight_kg=66.0, dose=4.1e8,
        burden=35.0, adult=True, bridging=("vincristine",),
    )  # fmt: skip
    _infused(journal, course)


def yarrow(journal: Journal) -> None:
    course = Course(day0=_back(31), crs=(4, 5))
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 28)


def fennel(journal: Journal) -> None:
    """Low risk: everything met, aplasia beyond six months."""
    course = Course(day0=_back(224), burden=2.5)
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 224)
    for number in (91, 182):
        journal.on(course.day0 + days(number), "marrow", blasts_pct=0.0, mrd=mrd())
    journal.on(course.day0 + days(190), "decision", choice="watch_and_wait",
               rationale="low risk, ongoing aplasia, molecular remission in three marrows")  # fmt: skip


def clover(journal: Journal) -> None:
    """On the way to low risk, nothing against it yet."""
    course = Course(day0=_back(120), burden=3.2, crs=(3,))
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 112)
    journal.on(course.day0 + days(91), "marrow", blasts_pct=0.0, mrd=mrd())


def tansy(journal: Journal) -> None:
    """Ambiguous by TP53 and a high burden."""
    course = Course(day0=_back(98), burden=38.0, crs=(2, 3, 4))
    _infused(journal, course, ("tp53",))
    day_28(journal, course, mrd())
    b_cells(journal, course, 84)
    journal.on(course.day0 + days(88), "marrow", blasts_pct=0.0, mrd=mrd())


def sage(journal: Journal) -> None:
    """Ambiguous: blinatumomab before, aplasia lost in the fifth month."""
    course = Course(day0=_back(160), burden=3.0)
    _before(journal, course.day0 - days(1500), course.day0 - days(140), course.day0 - days(75))
    journal.on(course.day0 - days(120), "therapy", agent="blinatumomab", intent="salvage", route="iv", response="cr",
               stop=(course.day0 - days(93)).isoformat())  # fmt: skip
    full_course(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 150, lost=140)
    journal.on(course.day0 + days(92), "marrow", blasts_pct=0.0, mrd=mrd(), haematogones=False)


def burdock(journal: Journal) -> None:
    """High: MRD by flow cytometry at day 28."""
    course = Course(day0=_back(45), burden=55.0, crs=(1, 2, 3, 4), pressor_day=3)
    _infused(journal, course)
    day_28(journal, course, mrd(0.004, 0.0052))
    b_cells(journal, course, 28)
    journal.on(_back(10), "donor_search", status="confirmed", donor="unrelated", match="10/10")


def comfrey(journal: Journal) -> None:
    """High: sequencing finds the clone at three months, flow cytometry does not."""
    course = Course(day0=_back(105), burden=9.0)
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 84)
    journal.on(course.day0 + days(90), "marrow", blasts_pct=0.0, mrd=mrd(None, 0.000013))


def teasel(journal: Journal) -> None:
    """High: MRD comes back; one count is corrected, one taken back."""
    course = Course(day0=_back(80), burden=4.0)
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 56)
    journal.on(course.day0 + days(66), "marrow", blasts_pct=1.0, mrd=mrd(0.0021, 0.0034))
    typed = journal.morning(_back(20), "blood_count", wbc=3.1, anc=1.4, alc=0.7, hb=18.0, plt=120.0)
    journal.morning(_back(20), "blood_count", wbc=3.1, anc=1.4, alc=0.7, hb=108.0, plt=120.0, supersedes=typed,
                    reason="haemoglobin typed without its first digit", recorded_at="2020-07-12T09:00:00Z")  # fmt: skip
    other = journal.morning(_back(18), "lymphocyte_subset", cd3=800.0, cd19=240.0)
    journal.on(_back(18), "void", voids=other, reason="another patient's result", recorded_at="2020-07-13T10:30:00Z")


def mallow(journal: Journal) -> None:
    """High: aplasia lost in the third month, confirmed by a second sample."""
    course = Course(day0=_back(92), burden=2.0, viability=None)
    _infused(journal, course)
    day_28(journal, course, mrd(with_ngs=False))
    b_cells(journal, course, 84, lost=56)
    journal.on(_back(5), "donor_search", status="identified", donor="haploidentical")


def holunder(journal: Journal) -> None:
    """Two corrections of one CD19 count contradict each other."""
    course = Course(day0=_back(63), burden=7.0, crs=(2, 3))
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 28)
    read = journal.morning(_back(7), "lymphocyte_subset", cd3=610.0, cd19=8.0)
    for value, hour, reason in ((80.0, 9, "misread by a factor of ten"), (0.8, 11, "decimal point lost")):
        journal.morning(_back(7), "lymphocyte_subset", cd3=610.0, cd19=value, supersedes=read, reason=reason,
                        recorded_at=f"2020-07-25T{hour:02d}:00:00Z")  # fmt: skip


def borage(journal: Journal) -> None:
    """Closed by a CD19-negative relapse."""
    course = Course(day0=_back(190), burden=30.0)
    _infused(journal, course)
    day_28(journal, course, mrd())
    b_cells(journal, course, 112)
    journal.on(course.day0 + days(131), "relapse", sites=["marrow"], immunophenotype="cd19_negative")
    journal.on(course.day0 + days(131), "marrow", blasts_pct=64.0, cd19="negative", cd19_negative_clone=True)
    journal.on(course.day0 + days(138), "therapy", agent="inotuzumab_ozogamicin", intent="salvage", route="iv",
               stop=(course.day0 + days(152)).isoformat(), response="no_cr")  # fmt: skip


def campion(journal: Journal) -> None:
    """Closed by a transplant after MRD at day 28."""
    course = Course(day0=_back(150), burden=44.0, crs=(2, 3, 4))
    _infused(journal, course)
    day_28(journal, course, mrd(0.0008, 0.0011))
    b_cells(journal, course, 56)
    journal.on(course.day0 + days(40), "decision", choice="hsct", rationale="MRD at day 28, sibling donor confirmed")
    journal.on(course.day0 + days(70), "therapy", agent="treosulfan", intent="conditioning", route="iv",
               stop=(course.day0 + days(72)).isoformat())  # fmt: skip
    journal.on(course.day0 + days(76), "hsct", donor="sibling", conditioning="treosulfan, fludarabine", tbi=False)
    journal.on(course.day0 + days(102), "gvhd", form="acute", grade=1, organs="skin", active=False)


def vetch(journal: Journal) -> None:
    """Closed by death of an infection in aplasia."""
    course = Course(day0=_back(70), burden=72.0, crs=(1, 2, 3, 4, 5), pressor_day=4, icans=(4, 5, 6))
    _infused(journal, course)
    day_28(journal, course, mrd(with_ngs=False))
    b_cells(journal, course, 28)
    journal.on(course.day0 + days(36), "infection", organism="Aspergillus", site="lung", grade=4, controlled=False)
    journal.on(course.day0 + days(43), "death", cause="infection")


WARD: tuple[tuple[Who, Callable[[Journal], None]], ...] = (
    (Who(1, "Quince", date(2009, 8, 17), "female"), quince),
    (Who(2, "Sorrel", date(2013, 1, 30), "unknown"), sorrel),
    (Who(3, "Alder", date(2008, 4, 4), "male"), alder),
    (Who(4, "Rowan", date(2019, 11, 11), "female"), rowan),
    (Who(5, "Hazel", date(2010, 6, 22), "female"), hazel),
    (Who(6, "Linden", date(2011, 3, 19), "male"), linden),
    (Who(7, "Maple", date(2007, 12, 8), "male"), maple),
    (Who(8, "Willow", date(2011, 10, 2), "female"), willow),
    (Who(9, "Juniper", date(2004, 2, 27), "male"), juniper),
    (Who(10, "Hawthorn", date(1988, 9, 13), "female"), hawthorn),
    (Who(11, "Bramble", date(1981, 5, 26), "male"), bramble),
    (Who(12, "Yarrow", date(2012, 7, 7), "male"), yarrow),
    (Who(13, "Fennel", date(2010, 11, 15), "female"), fennel),
    (Who(14, "Clover", date(2012, 2, 29), "female"), clover),
    (Who(15, "Tansy", date(2008, 8, 21), "male"), tansy),
    (Who(16, "Sage", date(2006, 6, 5), "female"), sage),
    (Who(17, "Burdock", date(2009, 1, 12), "male"), burdock),
    (Who(18, "Comfrey", date(2011, 5, 9), "female"), comfrey),
    (Who(19, "Teasel", date(2010, 9, 28), "male"), teasel),
    (Who(20, "Mallow", date(2012, 4, 16), "female"), mallow),
    (Who(21, "von der Testberg-Holunder", date(2009, 10, 31), "female", "Synthetic Marie-Luise Twenty-One"), holunder),
    (Who(22, "Borage", date(2007, 3, 3), "male"), borage),
    (Who(23, "Campion", date(2008, 12, 24), "female"), campion),
    (Who(24, "Vetch", date(2011, 7, 18), "male"), vetch),
)  # fmt: skip


def ward_lines() -> str:
    """The whole ward as JSON Lines, the same bytes every time."""
    lines = []
    for who, course in WARD:
        journal = Journal(who)
        course(journal)
        lines.append(journal.line() + "\n")
    return "".join(lines)


__all__ = ["WARD", "ward_lines"]
