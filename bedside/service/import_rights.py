"""What an import may do: nothing to a patient of the store that the person could not do by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bedside.chart.entries import AnyEntry, Identity
from bedside.chart.errors import UserError
from bedside.chart.live import named_by
from bedside.service.permissions import NotAllowed
from bedside.service.read import rows_of, stored_chart
from bedside.service.registrations import Registration
from bedside.service.rights import require_kind, require_touch, touched_by
from bedside.service.session import Session
from bedside.service.signatures import by_entry, signatures_in

Placed = Sequence[tuple[str, AnyEntry]]
"""New entries, each with the words for its file and its place in it."""


def require_of_newcomer(session: Session, mrn: str, new: Placed) -> None:
    """Raise UserError for a link to another patient, unless the person may link; else the chart stands as it came."""
    for place, entry in new:
        if isinstance(entry, Identity) and entry.same_as not in (None, mrn):
            with _told_with(place):
                require_kind(session, entry)


def require_of_stored(session: Session, known: Registration, new: Placed, before: Sequence[AnyEntry]) -> None:
    """Raise UserError for what the person could not do to this patient by hand, or takes back what somebody signed.

    `before` is what the same file brought of the patient already.
    """
    for place, entry in new:
        with _told_with(place):
            require_kind(session, entry)
    naming = [(place, entry) for place, entry in new if named_by(entry) is not None]
    if not naming:
        return
    stored = stored_chart(session, known).entries
    held, signed = {one.id for one in stored}, by_entry(signatures_in(rows_of(session, known)))
    everything = (*stored, *before, *(entry for _, entry in new))
    for place, entry in naming:
        touched = [one for one in touched_by(entry, everything) if one.id in held]
        if touched:
            with _told_with(place):
                require_touch(session, stored, touched)
        taken_back = next((one.kind for one in touched if one.id in signed), None)
        if taken_back is not None:
            raise UserError(
                f"{place}: it takes back a signed {taken_back}.",
                "Do that in the window, where it is signed; nothing of this file was used.",
            )


@contextmanager
def _told_with(place: str) -> Iterator[None]:
    """Say of a refusal which place of which file it is about."""
    try:
        yield
    except NotAllowed as refused:
        raise UserError(f"{place}: {refused.what_happened}", refused.what_to_do) from None
