"""What a store takes from the computer that it is opened on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Station:
    """Where a store lies, and what gives it the time (in UTC) and new ids."""

    folder: Path
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
