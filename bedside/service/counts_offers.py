"""What a column or an analyte of a laboratory's file can be said to be, in words, with the units that have a factor."""

from dataclasses import dataclass

from bedside.chart.formats import title
from bedside.exchange.counts.columns import use_words
from bedside.exchange.counts.mapping import IGNORE, ROLES, Use
from bedside.knowledge.codes import COUNT_FIELDS, load_codes

__all__ = ["IGNORE", "Use", "UseOffer", "offers", "use_words"]


@dataclass(frozen=True, slots=True)
class UseOffer:
    """One use: its code for the mapping, its words, and the units in which a value can be given (none for a role)."""

    use: str
    words: str
    units: tuple[str, ...] = ()


def offers(*, is_analyte: bool) -> tuple[UseOffer, ...]:
    """Return every use that a column, or an analyte that is named in rows, can have; the first is not to be used."""
    codes = load_codes()
    roles = () if is_analyte else tuple(UseOffer(role, title(use_words(role))) for role in ROLES)
    fields = tuple(UseOffer(field, title(field), codes.units_of(field)) for field in COUNT_FIELDS)
    return (UseOffer(IGNORE, "Not used"), *roles, *fields)
