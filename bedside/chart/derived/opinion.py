"""The second opinion, where the sources differ, the HSCT panel and the kinetics of the CAR T cells."""

import datetime

from bedside.chart.derived.plain import Term, plain_value


class FactorStatus(Term):
    """Whether a factor is there."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class OpinionVerdict(Term):
    """What the second opinion comes to."""

    NOT_INFUSED = "not_infused"
    NOT_IN_REMISSION = "not_in_remission"
    SECOND_HSCT_IF_IMMINENT = "second_hsct_if_imminent"
    NO_SECOND_HSCT_ROUTINELY = "no_second_hsct_routinely"
    HSCT_SOON = "hsct_soon"
    HSCT_RECOMMENDED = "hsct_recommended"
    REPEAT_NGS = "repeat_ngs"
    MONITOR = "monitor"


@plain_value
class Factor:
    """One factor with the patient's datum and the published effect."""

    id: str
    status: FactorStatus
    title: str
    text: str
    effect: str
    when: str
    evidence: tuple[str, ...]
    source: str


@plain_value
class Sign:
    """A sign of imminent relapse."""

    id: str
    text: str
    evidence: tuple[str, ...]


@plain_value
class SecondOpinion:
    """The verdict with what decided it, all factors, and the signs of imminent relapse.

    `notes_evidence` holds the entries behind each of the notes, in their order; none where a note rests on none.
    """

    verdict: OpinionVerdict
    text: str
    evidence: tuple[str, ...]
    imminent: tuple[Sign, ...]
    factors: tuple[Factor, ...]
    notes: tuple[str, ...]
    notes_evidence: tuple[tuple[str, ...], ...]
    source: str


@plain_value
class Position:
    """What one source says."""

    source: str
    text: str


@plain_value
class Difference:
    """A topic that the patient's own data raise and on which the sources differ."""

    topic: str
    title: str
    sources: tuple[str, ...]
    says: tuple[Position, ...]
    text: str
    evidence: tuple[str, ...]


@plain_value
class HsctItem:
    """One line of the HSCT panel: what is so, and the published fact beside it; `known` False where nothing is."""

    id: str
    title: str
    text: str
    known: bool
    note: str
    evidence: tuple[str, ...]
    source: str


@plain_value
class Hsct:
    """The HSCT panel."""

    items: tuple[HsctItem, ...]


@plain_value
class Kinetics:
    """Kinetics by one method: the highest level and its day, area under the curve from day 0, the last positive day.

    Levels in copies/µg DNA or cells/µL by `unit`; the area in that unit times days; days after day 0. No Tmax and no
    Tlast where every level is 0.
    """

    method: str
    unit: str
    cmax: float
    tmax_day: int | None
    auc_0_28: float
    last_day_used: int
    tlast_day: int | None
    text: str
    evidence: tuple[str, ...]
    first: datetime.date
