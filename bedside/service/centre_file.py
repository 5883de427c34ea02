"""The file of the centre's own values: checked whole, put in its place in the store's folder, and noted."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from bedside.chart.errors import UserError
from bedside.knowledge.loader import centre_knowledge
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

CHANGED: Final = "centre_file_changed"


@needs(Action.CHANGE_SETTINGS)
def use_centre_file(session: Session, file: Path, place: Path) -> Session:
    """Return a session that goes on with the values of the file, a copy of which then lies in its place.

    UserError names what in the file is refused, by key, value and what is allowed, or why it cannot be read or copied;
    the values that held before then hold on.
    """
    text = _read(file)
    knowledge = centre_knowledge(text, file.name)
    _put(text, place)
    name = "" if knowledge.centre is None else knowledge.centre.name
    session.note(CHANGED, None, {"centre": name, "sha256": hashlib.sha256(text).hexdigest()})
    return replace(session, knowledge=knowledge)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file.name} cannot be read: {_why(error)}.", "Choose another file.") from None


def _put(text: bytes, place: Path) -> None:
    """Replace the file in one step, so that a power cut leaves the old one or the new one."""
    beside = place.with_suffix(".new")
    try:
        with beside.open("wb") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        os.replace(beside, place)
    except OSError as error:
        raise UserError(f"{place} cannot be written: {_why(error)}.", "The values of before hold on.") from None


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
