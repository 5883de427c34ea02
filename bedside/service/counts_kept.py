"""How the files of a laboratory are read, kept for the next file of the same shape in the audit trail."""

from typing import Final

from bedside.exchange.counts.mapping import CountsMapping, mapping_of, mapping_text, shape_of
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

KEPT: Final = "mapping_kept"


@needs(Action.IMPORT_COUNTS)
def keep_mapping(session: Session, data: bytes, mapping: CountsMapping) -> None:
    """Keep how a file was read, for the next one with the same heads, whoever brings it.

    What was said of single samples is not kept.
    """
    session.note(KEPT, None, {"shape": shape_of(data), "mapping": mapping_text(lasting(mapping))})


def lasting(mapping: CountsMapping) -> CountsMapping:
    """Return what of a mapping can hold for the next file too."""
    return mapping.model_copy(update={"same_day": None})


def kept_mapping(session: Session, data: bytes) -> tuple[CountsMapping, str]:
    """Return the mapping that was kept last for files of this shape, and by whom; an empty one where there is none."""
    shape = shape_of(data)
    for event in reversed(session.store.events(KEPT)):
        if event.detail.get("shape") == shape:
            mapping = mapping_of(event.detail["mapping"])
            return (mapping, event.user) if mapping is not None else (CountsMapping(), "")
    return CountsMapping(), ""
