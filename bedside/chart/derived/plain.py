"""The plain value that most derived parts are: hundreds are built for every chart."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def plain_value(made: type[T]) -> type[T]:
    """Return a class of values that never change: mypy refuses an assignment to their fields, at no cost when they run.

    A dataclass frozen at run time is built in four times the time.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)
