"""The values that a centre has put in place of the program's own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CentreValue:
    """One value of the centre: its place in the tables, what it is in words, and what the program would take.

    `reason` is the centre's own, None where it gives none.
    """

    key: str
    text: str
    value: int | float | str
    default: int | float | str
    unit: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class CentreValues:
    """The centre by name, and all of its values."""

    name: str
    values: tuple[CentreValue, ...]
