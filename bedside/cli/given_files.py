"""The files that a command is given: their bytes, bounded, and their names as text."""

import os
from pathlib import Path

from bedside.chart.errors import UserError

LARGEST_FILE_BYTES = 512 * 1024 * 1024


def file_name(path: Path) -> str:
    """Return a file's name as text, whatever bytes the system gave it."""
    return os.fsencode(path.name).decode(errors="backslashreplace")


def read_file(path: Path) -> bytes:
    """Return a file's bytes; UserError when it cannot be read or is too large to be a ward's charts."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UserError(f"The file {path} cannot be read: {why}.", "Check its path.") from None
    if len(data) > LARGEST_FILE_BYTES:
        raise UserError(f"The file {path} is larger than {LARGEST_FILE_BYTES >> 20} MB.", "Split it and try again.")
    return data
