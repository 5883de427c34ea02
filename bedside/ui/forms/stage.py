"""Where a form stands on its way into the store."""

from enum import Enum


class Stage(Enum):
    """Where a form stands; only an open one takes typing and can be saved."""

    OPEN = "open"
    SAVING = "saving"
    SAVED = "saved"
