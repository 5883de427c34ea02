"""The codes that may leave the program: what is not in its table is not to be found in what it exports."""

from collections.abc import Mapping
from functools import cache

from bedside.knowledge.codes import atc_codes, load_codes


@cache
def exported_codes() -> Mapping[str, frozenset[str]]:
    """Every code of the table, by its system."""
    tables = load_codes()
    loinc = frozenset(one.loinc for one in tables.observations.values() if one.loinc)
    return {
        tables.systems.loinc: loinc,
        tables.systems.ucum: frozenset(tables.units),
        tables.systems.atc: frozenset(atc_codes().values()),
        **{system: frozenset(codes) for system, codes in tables.terminology.items()},
    }
