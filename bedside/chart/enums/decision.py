"""Closed lists of the interchange format: decisions and whereabouts."""

from enum import StrEnum


class DonorSearchStatus(StrEnum):
    """Where the donor search stands."""

    NOT_STARTED = "not_started"
    SEARCHING = "searching"
    IDENTIFIED = "identified"
    CONFIRMED = "confirmed"
    NONE_FOUND = "none_found"


class Choice(StrEnum):
    """The physician's decision."""

    WATCH_AND_WAIT = "watch_and_wait"
    HSCT = "hsct"
    REINFUSION = "reinfusion"
    REPEAT_ASSESSMENT = "repeat_assessment"
    OTHER = "other"


class ContactStatus(StrEnum):
    """Last contact."""

    ALIVE = "alive"
    LOST = "lost"


class DeathCause(StrEnum):
    """Cause of death."""

    DISEASE = "disease"
    INFECTION = "infection"
    CRS = "crs"
    ICANS = "icans"
    HSCT_RELATED = "hsct_related"
    OTHER = "other"
    UNKNOWN = "unknown"


class CareState(StrEnum):
    """Whether the patient belongs to this ward now."""

    ACTIVE = "active"
    TRANSFERRED = "transferred"
    NEVER_INFUSED = "never_infused"
    ARCHIVED = "archived"


class VoidScope(StrEnum):
    """How far a void reaches: one entry, or its whole chain of corrections."""

    ENTRY = "entry"
    CHAIN = "chain"
