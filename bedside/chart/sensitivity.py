"""What a result without disease is worth: whether its method could have seen enough, and the words that say so."""

from bedside.chart.formats import fraction_text

NOT_SENSITIVE_ENOUGH = "negative, not sensitive enough"


def sensitive_enough(lod: float | None, cut_off: float) -> bool:
    """Return whether a limit of detection, a fraction of cells, lies at the cut-off of the rules or below it.

    One that is not stated counts as enough, as long as nothing says otherwise.
    """
    return lod is None or lod <= cut_off


def negative_text(lod: float | None, *, sensitive: bool, before_limit: str = "limit ") -> str:
    """Return "negative, limit 10⁻⁴", "negative, not sensitive enough, limit 10⁻³"; "sensitivity not stated"."""
    if lod is None:
        return "negative, sensitivity not stated"
    words = "negative" if sensitive else NOT_SENSITIVE_ENOUGH
    return f"{words}, {before_limit}{fraction_text(lod)}"
