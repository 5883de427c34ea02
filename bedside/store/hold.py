"""An open store in one person's hands, as the parts of the store work with it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bedside
from bedside.chart.errors import NotWritable, StoreFault
from bedside.store.cipher import Connection
from bedside.store.place import FileMark, file_mark
from bedside.store.rows import Stamp
from bedside.store.slots import KeyFile, keys_or_empty
from bedside.store.station import Station


@dataclass(frozen=True, slots=True)
class Hold:
    """The connection with `turn`, the right to use it, the data key, and who acts in which role.

    `file` is the database's, `mark` which file lay there when it was opened.
    """

    station: Station
    file: Path
    connection: Connection
    turn: AbstractContextManager[Any]
    key: bytes
    store_id: str
    origin: str
    user: str
    role: str
    read_only: bool
    mark: FileMark | None

    def stamp(self) -> Stamp:
        """Return what the store itself adds to a row now: the moment, who acts and in which role."""
        return Stamp(self.station.clock(), self.user, self.role, self.origin, bedside.__version__)

    def require_writer(self) -> None:
        """Raise StoreFault on a store that is open for reading only, NotWritable on one that was taken away."""
        if self.read_only:
            raise StoreFault(
                "The store is open for reading only.", "Close the other Bedside, then open the store again."
            )

        self.require_place()

    def require_place(self) -> None:
        """Write nothing into a file that was taken away while it is open: it would be lost when the store is closed."""
        if self.mark is not None and file_mark(self.file) != self.mark:
            raise NotWritable(
                f"Nothing was stored: the store is no longer in {self.station.folder}, where it was opened.",
                "Write on paper, close Bedside, and put the folder back where it was.",
                "the store is no longer in its folder",
            )

    def keys(self) -> KeyFile:
        """Return the folder's key file, or an empty one for this store when both copies are gone."""
        return keys_or_empty(self.station.folder, self.key, self.store_id)
