"""Which stretches of a course a time axis shows, and which long empty ones it leaves out; days as ordinals."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

Stretch = tuple[int, int]


def joined(spans: Iterable[Stretch]) -> list[Stretch]:
    """Return the spans of (first, last) day in order, those that touch or overlap made one."""
    found: list[Stretch] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def without_long_gaps(covered: Sequence[Stretch], *, shortest_days: int, share: float) -> list[Stretch]:
    """Return the stretches to draw: neighbours joined across short gaps, apart where a long one is left out.

    A gap of at least `shortest_days` is left out while it takes more than `share` of what would still be drawn.
    """
    gaps = sorted(((b[0] - a[1], place) for place, (a, b) in enumerate(pairwise(covered))), reverse=True)
    remaining, left_out = covered[-1][1] - covered[0][0], set[int]()
    for length, place in gaps:
        if length >= shortest_days and length > share * remaining:
            left_out.add(place)
            remaining -= length
    kept = [covered[0]]
    for place, span in enumerate(covered[1:]):
        if place in left_out:
            kept.append(span)
        else:
            kept[-1] = (kept[-1][0], span[1])
    return kept
