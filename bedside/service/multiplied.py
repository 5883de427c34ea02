"""A dose times a size, written so that whoever multiplies what is shown gets what is shown."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_LEAST_DECIMALS = 4
_SMALL_MG = 10


class Multiplied(NamedTuple):
    """A dose in mg, the size to as many decimals as its product needs, and their product.

    That is given to a tenth of a mg, and below 10 mg to a hundredth: a child's vincristine is less than one.
    """

    dose_mg: float
    size: float
    mg: float


def multiplied(dose_mg: float, size: float) -> Multiplied:
    """Return the product of the exact numbers, and the shortest size from four decimals on that gives it too."""
    dose, exact = Decimal(repr(float(dose_mg))), Decimal(repr(float(size)))
    mg, decimals = _rounded(dose * exact), _LEAST_DECIMALS
    while _rounded(dose * (shown := round(exact, decimals))) != mg:
        decimals += 1
    return Multiplied(float(dose), float(shown), float(mg))


def _rounded(mg: Decimal) -> Decimal:
    return mg.quantize(Decimal("0.01") if mg < _SMALL_MG else Decimal("0.1"), ROUND_HALF_UP)
