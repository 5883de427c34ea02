"""Which entry of a date moved the class: the one that a deciding criterion reads."""

from bedside.logic.gather import Batch
from bedside.logic.risk import Verdict

_READS: dict[str, tuple[str, ...]] = {
    "L2": ("genetics",), "A2": ("genetics",), "A3": ("genetics",),
    "L3": ("referral", "therapy"), "A4": ("therapy",),
    "L6": ("marrow", "remission"), "H1": ("marrow", "remission"), "H2": ("marrow",), "H3": ("marrow",),
    "A12": ("marrow",),
    "L7": ("lymphocyte_subset", "therapy"), "H4": ("lymphocyte_subset",), "A7": ("lymphocyte_subset",),
    "A6": ("expansion",), "A11": ("therapy", "infusion"),
}  # fmt: skip

# In the order in which they are asked when no deciding criterion reads an entry of the date.
DECISIVE = (
    "contested", "infusion", "death", "hsct", "relapse", "marrow", "lymphocyte_subset", "remission", "genetics",
    "therapy", "expansion", "referral", "csf", "extramedullary", "product_release", "manufacturing",
    "diagnosis",
)  # fmt: skip

_FIRST_ASKED = frozenset(("contested", "death", "hsct", "relapse"))


def mover(verdict: Verdict, batch: Batch, begins: bool) -> str | None:
    """Return the id of the entry that moved the class; `begins`: a course began on this date."""
    if begins and batch.get("infusion"):
        return str(batch["infusion"][0].id)
    for kind in DECISIVE:
        if kind in _FIRST_ASKED and batch.get(kind):
            return str(batch[kind][-1].id)
    for name in verdict.decided_by:
        for kind in _READS.get(name, ()):
            if batch.get(kind):
                return str(batch[kind][-1].id)
    return next((str(batch[kind][-1].id) for kind in DECISIVE if batch.get(kind)), None)
