"""What every table of clinical knowledge is made of: values with source, level, jurisdiction, date and policy."""

from dataclasses import dataclass
from typing import Annotated, dataclass_transform

from pydantic import ConfigDict, Field


@dataclass_transform(frozen_default=True, kw_only_default=True)
@dataclass(frozen=True)
class Table:
    """An immutable table that refuses unknown fields; only the loader makes one, and pydantic validates it.

    A plain dataclass and no model of pydantic: to read a field of a model takes five times as long. What a dataclass
    adds beside its fields is left out, as every start would wait until it is compiled.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False)

    def __init_subclass__(cls) -> None:
        """Make every kind of table a dataclass of its own fields and the inherited ones."""
        dataclass(init=False, repr=False, eq=False, frozen=True, kw_only=True)(cls)


class Sourced(Table):
    """A value with where it comes from; `policy` marks what no paper gives and a centre may change."""

    source: Annotated[str, Field(min_length=1)]
    level: Annotated[str, Field(min_length=1)]
    jurisdiction: Annotated[str, Field(min_length=1)]
    date: Annotated[str, Field(min_length=4)]
    policy: bool


class Reference(Table):
    """A source: title, the words that name it in the program, how it is cited."""

    title: str
    short: str
    cited_as: str
    doi: str | None = None


class Threshold(Sourced):
    """One number of the rules with its unit and what it is."""

    value: float
    unit: str
    text: str
