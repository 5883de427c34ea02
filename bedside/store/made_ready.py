"""A backup made ready: copied or unpacked into a folder of its own, brought to this version, and proved row by row."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3

from bedside.chart.errors import StoreDamaged, UserError
from bedside.store.backup import BackupReport
from bedside.store.copy_check import state_of
from bedside.store.journal_copy import unpack
from bedside.store.manifests import CopyState
from bedside.store.opening import open_checked
from bedside.store.place import DATABASE, file_mode, make_folder, reason
from bedside.store.slots import COPIES, KeyFile, write_keys
from bedside.store.verification import verify


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the copy of a journal is restored with: the key that it was sealed with, and the key file to be.

    `has_new_key` says that the restored store has a data key of its own, which no other store ever had.
    """

    key: bytes
    keys: KeyFile
    has_new_key: bool


def make_ready(report: BackupReport, place: Path, key: bytes, sealed: Sealed | None = None) -> CopyState:
    """Copy a backup into the new folder `place`, bring it to this version, prove all of it, and return what it holds.

    The backup itself is only read. Raises StoreDamaged when it is not whole or not what its manifest says, and
    UserError where it cannot be copied.
    """
    with _failures_in_words(place):
        make_folder(place)
        if sealed is None:
            _copy_files(report.folder, place)
        else:
            unpack(report.folder, sealed.key, place / DATABASE, key)
            write_keys(place, sealed.keys)
    state = _proved(place, key)
    if (state.count, state.head, state.audit_count, state.audit_head) != (
        report.count,
        report.head,
        report.audit_count,
        report.audit_head,
    ):
        raise StoreDamaged("The backup does not hold what its manifest says.")
    return state


def _copy_files(backup: Path, place: Path) -> None:
    for name in (DATABASE, *COPIES):
        if (backup / name).exists():
            shutil.copyfile(backup / name, place / name)
            (place / name).chmod(file_mode(place))


@contextmanager
def _failures_in_words(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The backup could not be copied into {place}: {reason(error)}.",
            "Nothing was replaced; free some space, then try again.",
        ) from error


def _proved(place: Path, key: bytes) -> CopyState:
    try:
        connection, _, origin = open_checked(place, key, read_only=False)
        with closing(connection):
            problems = verify(connection, origin)
            if problems:
                raise StoreDamaged(f"The backup is damaged. {problems[0].sentence}")
            return state_of(connection, origin)
    except sqlcipher3.DatabaseError as error:
        raise StoreDamaged("The backup is damaged or is not one of a Bedside store.") from error
