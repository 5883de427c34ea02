"""Owns how an error is told: to a person in two sentences, and a bug to the log without a patient."""

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path

from bedside.chart.errors import StoreDamaged, UserError
from bedside.chart.progress import Cancelled

log = logging.getLogger("bedside.ui")

BUG_HAPPENED = "Something did not work, because of a fault in Bedside."
BUG_TO_DO = (
    "If you were saving, see in the journal whether it was stored before you try again; "
    "if it happens again, report what you did."
)


@dataclass(frozen=True)
class Trouble:
    """An error in words: what happened, what to do, and whether it is a bug rather than something a person can mend.

    is_damage says that the store itself is not as it was written, so that a backup should take its place;
    was_cancelled that a person wanted it so; is_lost_draft that what was typed was not kept as a draft. author is who
    alone may read it, because it names a patient; "" everybody.
    """

    what_happened: str
    what_to_do: str
    is_bug: bool = False
    is_damage: bool = False
    was_cancelled: bool = False
    is_lost_draft: bool = False
    author: str = ""

    @property
    def text(self) -> str:
        """Both sentences in one line."""
        return f"{self.what_happened} {self.what_to_do}".strip()


def trouble_of(error: BaseException) -> Trouble:
    """The words for an error; all but a UserError are bugs, logged as kind and place, never with their text."""
    if isinstance(error, UserError):
        damaged, cancelled = isinstance(error, StoreDamaged), isinstance(error, Cancelled)
        return Trouble(error.what_happened, error.what_to_do, is_damage=damaged, was_cancelled=cancelled)
    log.error("bug: %s at %s", type(error).__name__, _place(error))
    return Trouble(BUG_HAPPENED, BUG_TO_DO, is_bug=True)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)) or "?"
