"""The factors of the second opinion (MYE-*): each present, absent or unknown, with the patient's datum."""

from collections.abc import Callable

from bedside.chart.derived.opinion import Factor, FactorStatus
from bedside.chart.entries import Entry, LymphocyteSubset, Marrow, Referral, Therapy
from bedside.chart.enums import Intent, Marker, MrdMethod
from bedside.logic.aplasia import gives_cd19
from bedside.logic.opinion import factors_after as after
from bedside.logic.opinion import factors_before as before
from bedside.logic.opinion.found import Found
from bedside.logic.preparation.prior_lines import LINES
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words

_WHATEVER_ITS_DATE = frozenset(("genetics", "referral", "infusion"))
_THERAPIES = ("therapy", "referral")
_COUNTS = ("lymphocyte_subset", "therapy", "infusion")
_MARROWS = ("marrow", "infusion")


def factors(scene: Scene) -> tuple[Factor, ...]:
    """Return every factor with its published effect (myers_2023); what is not recorded is unknown, never absent."""
    return tuple(_factor(scene, name) for name in scene.knowledge.second_opinion.factors)


def _factor(scene: Scene, name: str) -> Factor:
    table = scene.knowledge.second_opinion.factors[name]
    rule, kinds = _FACTORS[name]
    asks = _ASKS.get(name)

    def bears(entry: Entry) -> bool:
        return _bears(scene, table.when, entry) and (asks is None or asks(scene, entry))

    contested = scene.contested_of(*kinds, bears=bears)
    if contested:
        words = conflict_words(contested)
        found = Found(FactorStatus.UNKNOWN, words.text, words.evidence)
    else:
        found = rule(scene)
    return Factor(name, found.status, table.title, found.text, table.effect, table.when, found.evidence, table.source)


def _bears(scene: Scene, when: str, entry: Entry) -> bool:
    """Whether a contested entry bears on what was so before the infusion, or on what came after it."""
    if scene.day0 is None or entry.kind in _WHATEVER_ITS_DATE:
        return True
    if when == "before":
        return entry.at.day <= scene.day0
    empties = not isinstance(entry, Therapy) or entry.agent in scene.knowledge.agents_with["b_cell_directed"]
    return entry.at.day > scene.day0 and empties


def _of_blinatumomab(scene: Scene, entry: Entry) -> bool:
    """Whether an entry tells of blinatumomab; a referral does where none is recorded before the infusion."""
    if isinstance(entry, Therapy):
        return entry.agent == "blinatumomab"
    return not isinstance(entry, Referral) or not before.given_before(scene, "blinatumomab")


def _of_a_line(scene: Scene, entry: Entry) -> bool:
    """Whether an entry tells of a line of therapy."""
    if isinstance(entry, Therapy):
        return entry.intent in LINES and entry.agent in scene.knowledge.agents_with["anti_leukaemic"]
    return True


def _of_the_load(_scene: Scene, entry: Entry) -> bool:
    """Whether an entry tells of the CD19⁺ load, or dates the lymphodepletion."""
    if isinstance(entry, Therapy):
        return entry.intent is Intent.LYMPHODEPLETION
    return not isinstance(entry, Marrow) or entry.cd19_load_pct is not None


def _of_aplasia(_scene: Scene, entry: Entry) -> bool:
    """Whether an entry tells of B cells."""
    return not isinstance(entry, LymphocyteSubset) or gives_cd19(entry)


def _late_loss_months(scene: Scene) -> int:
    return int(scene.knowledge.second_opinion.numbers.late_loss_months.value)


_FACTORS: dict[str, tuple[Callable[[Scene], Found], tuple[str, ...]]] = {
    "blinatumomab_nonresponse": (before.blinatumomab_nonresponse, (*_THERAPIES, "infusion")),
    "burden_5_pct": (before.burden, _MARROWS),
    "non_cns_extramedullary": (before.extramedullary, ("extramedullary", "infusion")),
    "cd19_load_below_15_pct": (before.cd19_load, (*_MARROWS, "therapy")),
    "fludarabine_auc_below_13_8": (before.fludarabine, ("fludarabine_exposure",)),
    "cd19_dim_after_blinatumomab": (before.cd19_dim, (*_MARROWS, *_THERAPIES)),
    "kmt2a_r": (before.marker(Marker.KMT2A_R), ("genetics",)),
    "tp53": (before.marker(Marker.TP53), ("genetics",)),
    "hypodiploid": (before.marker(Marker.HYPODIPLOID), ("genetics",)),
    "prior_lines": (before.lines, (*_THERAPIES, "relapse")),
    "two_prior_remissions": (before.remissions, (*_THERAPIES, "remission", "relapse")),
    "bca_loss_within_6_months": (after.loss_within(lambda s: s.knowledge.numbers.long_aplasia_months), _COUNTS),
    "bca_loss_within_12_months": (after.loss_within(_late_loss_months), _COUNTS),
    "ngs_day28": (after.day28(MrdMethod.NGS), _MARROWS),
    "ngs_3_months": (after.ngs_3_months, _MARROWS),
    "pcr_day28": (after.day28(MrdMethod.PCR), _MARROWS),
}
_ASKS: dict[str, Callable[[Scene, Entry], bool]] = {
    "blinatumomab_nonresponse": _of_blinatumomab,
    "cd19_dim_after_blinatumomab": _of_blinatumomab,
    "cd19_load_below_15_pct": _of_the_load,
    "prior_lines": _of_a_line,
    "two_prior_remissions": _of_a_line,
    "bca_loss_within_6_months": _of_aplasia,
    "bca_loss_within_12_months": _of_aplasia,
}
"""Which of the contested entries of its kinds a factor would use; all of them where nothing stands here."""
