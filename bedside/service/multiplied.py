"""A dose times a size, written so that whoever multiplies what is shown gets what is shown."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_TENTH = Decimal("0.1")
_LEAST_DECIMALS = 4


class Multiplied(NamedTuple):
    """A dose in mg, the size to as many decimals as its product needs, and their product to a tenth of a mg."""

    dose_mg: float
    size: float
    mg: float


def multiplied(dose_mg: float, size: float) -> Multiplied:
    """Return the product of the exact numbers, and the shortest size from four decimals on that gives it too."""
    dose, exact = Decimal(repr(float(dose_mg))), Decimal(repr(float(size)))
    mg, decimals = _to_tenth(dose * exact), _LEAST_DECIMALS
    while _to_tenth(dose * (shown := round(exact, decimals))) != mg:
        decimals += 1
    return Multiplied(float(dose), float(shown), float(mg))


def _to_tenth(mg: Decimal) -> Decimal:
    return mg.quantize(_TENTH, ROUND_HALF_UP)
