"""Files that an export writes: whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import BinaryIO

from bedside.chart.errors import UserError

_RANDOM = "[a-z0-9_]" * 8
"""What `mkstemp` puts into the names that it makes up."""

_KEPT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def file_name(mrn: str, suffix: str) -> str:
    """Return a name for a patient's file, never with the patient's name: what a file system minds is written as %hex.

    Two numbers never give the same name, nor on file systems that do not tell capitals from small letters.
    """
    return "".join(_kept(letter) for letter in mrn) + suffix


def _kept(letter: str) -> str:
    if letter in _KEPT:
        return letter
    return "".join(f"%{byte:02x}" for byte in letter.encode())


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where there is none; UserError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UserError(f"The folder {folder} cannot be made: {why}.", "Choose another place.") from None


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content takes the file's place when the block ends well; else nothing is left behind.

    A link stays, and the file that it names is replaced. UserError, in one sentence, when the place cannot be written
    to: before anything is made for it.
    """
    target = Path(os.path.realpath(path))
    try:
        stream, part = _part_beside(target)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        part.unlink(missing_ok=True)


def _part_beside(path: Path) -> tuple[BinaryIO, Path]:
    """A new file (mode 0600) in the same folder, so that taking the place is one step.

    What an earlier try was killed over is removed first: it lies there in clear text, under a hidden name.
    """
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    if path.exists() and not path.is_file():
        raise FileExistsError(0, "it is not an ordinary file")
    for left in path.parent.glob(f".{escape(path.name)}-{_RANDOM}.part"):
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".part", dir=path.parent)
    return os.fdopen(handle, "wb"), Path(name)


def _unwritable(path: Path, error: OSError) -> UserError:
    why = (error.strerror or type(error).__name__).lower()
    return UserError(f"The file {path} cannot be written: {why}.", "Choose another place; nothing was written.")
