"""The plain values that most derived parts are, and the terms they hold: hundreds are built and written a chart."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, cast, dataclass_transform

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def plain_value(made: type[T]) -> type[T]:
    """Return a class of values that never change: mypy refuses an assignment to their fields, at no cost when they run.

    A dataclass frozen at run time is built in four times the time.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)


class Term(StrEnum):
    """A closed list of terms, written to JSON as the texts that its members are.

    An enumeration asks each member for its `value`, which makes an assessment an eighth slower to write.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the enumeration, written as text."""
        schema: dict[str, Any] = {**handler(source), "serialization": core_schema.simple_ser_schema("str")}
        return cast(CoreSchema, schema)
