"""What is known of one course: facts fixed at day 0, and facts that grow with its results, date by date."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.entries import (
    Csf,
    Diagnosis,
    Expansion,
    Extramedullary,
    Genetics,
    Infusion,
    LymphocyteSubset,
    Manufacturing,
    ProductRelease,
    Referral,
    Remission,
    Therapy,
)
from bedside.chart.enums import (
    Costimulation,
    ExpansionAuc,
    ExpansionPeak,
    Finding,
    Intent,
    Marker,
    Product,
    RemissionResponse,
)
from bedside.chart.moments import add_months, birthday
from bedside.knowledge.tables import Knowledge
from bedside.logic.aplasia import AplasiaTrack
from bedside.logic.burden import Burden, burden_before, objections
from bedside.logic.marrow import MarrowTrack
from bedside.logic.samples import Sample


@dataclass(slots=True)
class Setting:
    """What every rule is told beside the entries: the knowledge, the birth and the jurisdiction."""

    knowledge: Knowledge
    birth_date: date
    jurisdiction: str

    @property
    def first_birthday(self) -> date:
        """The day that the patient has to be past (L1)."""
        return birthday(self.birth_date, self.knowledge.numbers.older_than_years)


@dataclass(slots=True)
class History:
    """What counts whatever the course: earlier therapy, genetics, the newest of what the newest decides."""

    genetics: dict[Marker, Genetics] = field(default_factory=dict)
    referral: Referral | None = None
    diagnosis: Diagnosis | None = None
    systemic: list[Therapy] = field(default_factory=list)
    excluding: list[Therapy] = field(default_factory=list)
    releases: list[ProductRelease] = field(default_factory=list)
    manufacturing: Manufacturing | None = None
    samples: list[Sample] = field(default_factory=list)
    csf: list[Csf] = field(default_factory=list)
    sites: dict[str, Extramedullary] = field(default_factory=dict)

    def learn(self, entry: Genetics) -> None:
        """Keep the finding of a marker: once present it stays, else the newest that is not unknown."""
        held = self.genetics.get(entry.marker)
        if held is None or (held.result is not Finding.PRESENT and entry.result is not Finding.UNKNOWN):
            self.genetics[entry.marker] = entry


class Feed(NamedTuple):
    """The results of one date for the course."""

    day: date
    sample: Sample | None = None
    shown: int = 0
    subsets: tuple[LymphocyteSubset, ...] = ()
    therapies: tuple[Therapy, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    remissions: tuple[Remission, ...] = ()
    reinfusions: tuple[Infusion, ...] = ()
    referral: Referral | None = None


class Dates(NamedTuple):
    """The dates of one course on which windows close."""

    day28_last: date
    ngs_first: date
    ngs_last: date
    early: date
    early_due: date
    long: date
    long_due: date


def dates_from(day0: date, knowledge: Knowledge) -> Dates:
    """Return the windows of a course; months are calendar months with the end of the month clipped."""
    n = knowledge.numbers
    early, long = add_months(day0, n.early_loss_months), add_months(day0, n.long_aplasia_months)
    return Dates(
        day0 + timedelta(n.day28_last),
        day0 + timedelta(n.ngs_3_months_first),
        day0 + timedelta(n.ngs_3_months_last),
        early,
        early + timedelta(n.early_loss_grace_days),
        long,
        long + timedelta(n.long_aplasia_grace_days),
    )


class Before(NamedTuple):
    """What was so at day 0 of a course, and the dates that follow from it."""

    infusion: Infusion
    dates: Dates
    costimulation: str | None
    burden: Burden | None
    objections: tuple[Csf | Extramedullary, ...]
    release: ProductRelease | None
    excluding: tuple[Therapy, ...]
    treated_since: bool


def before(infusion: Infusion, history: History, setting: Setting) -> Before:
    """Return what the chart says up to day 0: marrow, CSF and sites up to it, therapies that began before it."""
    day0, numbers = infusion.at.day, setting.knowledge.numbers
    releases = [release for release in history.releases if same_product(release, infusion)]
    burden = burden_before(day0, history.samples, numbers)
    return Before(
        infusion,
        dates_from(day0, setting.knowledge),
        costimulation_of(infusion, releases[-1] if releases else None, setting.knowledge),
        burden,
        objections(day0, history.csf, tuple(history.sites.values()), numbers),
        releases[-1] if releases else None,
        tuple(therapy for therapy in history.excluding if therapy.at.day < day0),
        burden is not None and any(_given_between(t, burden.sample.day, day0) for t in history.systemic),
    )


def _given_between(therapy: Therapy, after: date, day0: date) -> bool:
    """Tell whether a therapy was given after one date and begun before day 0."""
    if therapy.at.day >= day0:
        return False
    last = therapy.stop or (therapy.at.day if therapy.stop_unknown else day0)
    return last > after


def same_product(one: ProductRelease | Infusion, other: ProductRelease | Infusion) -> bool:
    """Tell whether two entries mean one product; products without a code of their own differ by their names."""
    if one.product is not other.product:
        return False
    if one.product is not Product.OTHER or one.product_name is None or other.product_name is None:
        return True
    return one.product_name == other.product_name


def costimulation_of(infusion: Infusion, release: ProductRelease | None, knowledge: Knowledge) -> str | None:
    """Return the co-stimulatory domain recorded with the infusion, else that of the product, else of its release."""
    if infusion.costimulation is not None:
        return infusion.costimulation.value
    table = knowledge.products.get(infusion.product)
    if table is not None:
        return table.costimulation
    return None if release is None or release.costimulation is None else release.costimulation.value


class CourseFacts:
    """The results of one course so far; replayed from its feeds when an HSCT moves the end of the course back."""

    __slots__ = (
        "aplasia", "b_cell_directed", "before", "dates", "day0", "expansion_auc", "expansion_peak", "first_referral",
        "further", "history", "marrow", "newest", "referral", "reinfusion", "second_interval", "setting",
    )  # fmt: skip

    def __init__(self, start: Before, history: History, setting: Setting, referral: Referral | None) -> None:
        self.before = start
        self.history = history
        self.setting = setting
        self.day0 = start.infusion.at.day
        self.dates = start.dates
        self.marrow = MarrowTrack(self.day0, setting.knowledge.numbers)
        self.aplasia = AplasiaTrack(self.day0, setting.knowledge.numbers, setting.knowledge.recovery)
        self.second_interval: AplasiaTrack | None = None
        self.b_cell_directed: Therapy | None = None
        self.expansion_peak: Expansion | None = None
        self.expansion_auc: Expansion | None = None
        self.further: Therapy | None = None
        self.reinfusion: Infusion | None = None
        self.newest: Sample | None = None
        self.first_referral = self.referral = referral

    @property
    def is_cd28(self) -> bool:
        """Whether the product has a CD28 domain alone: its cells are expected to go (pasvolsky_2023)."""
        return self.before.costimulation == Costimulation.CD28

    def take(self, feed: Feed) -> None:
        """Add the results of the next date."""
        for therapy in feed.therapies:
            self._treat(therapy)
        for infusion in feed.reinfusions:
            self._reinfuse(infusion)
        if feed.sample is not None:
            self.marrow.take(feed.sample)
            if feed.day > self.day0:
                self.newest = feed.sample
        if feed.shown:
            counts = self.b_cell_directed is None
            self.aplasia.take(feed.day, feed.shown, feed.subsets, counts)
            if self.second_interval is not None:
                self.second_interval.take(feed.day, feed.shown, feed.subsets, counts)
        for expansion in feed.expansions:
            self._judge_expansion(expansion)
        for remission in feed.remissions:
            if remission.response is RemissionResponse.NO_RESPONSE:
                self.marrow.judge_no_response(remission.at.day, remission.id)
        if feed.referral is not None:
            self.referral = feed.referral

    def _treat(self, therapy: Therapy) -> None:
        if therapy.at.day <= self.day0:
            return
        agents = self.setting.knowledge.agents_with
        if self.b_cell_directed is None and therapy.agent in agents["b_cell_directed"]:
            self.b_cell_directed = therapy
        if self.further is None and is_further_therapy(therapy, self.setting.knowledge):
            self.further = therapy

    def _reinfuse(self, infusion: Infusion) -> None:
        self.reinfusion = self.reinfusion or infusion
        knowledge = self.setting.knowledge
        self.second_interval = AplasiaTrack(infusion.at.day, knowledge.numbers, knowledge.recovery)

    def _judge_expansion(self, entry: Expansion) -> None:
        if entry.at.day < self.day0:
            return
        if entry.peak not in {None, ExpansionPeak.UNKNOWN}:
            self.expansion_peak = entry
        if entry.auc not in {None, ExpansionAuc.UNKNOWN}:
            self.expansion_auc = entry


def is_further_therapy(therapy: Therapy, knowledge: Knowledge) -> bool:
    """Tell whether a therapy after day 0 is one of A11: an agent against B cells, or given for the leukaemia."""
    if therapy.agent in knowledge.agents_with["b_cell_directed"]:
        return True
    return therapy.intent in {Intent.POST_CAR_T, Intent.SALVAGE}
