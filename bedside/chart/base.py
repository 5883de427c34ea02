"""What every entry has, and the field types that entries are made of."""

import re
from functools import cache
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bedside.chart.enums import Censor
from bedside.chart.moments import AtField, UtcField

_TURNS_AND_BREAKS = r"\u2028-\u202e\u2066-\u2069"  # they make a text look like another one
_NO_CONTROL_CHARACTERS = rf"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_TURNS_AND_BREAKS}]*$"
_HIDDEN = rf"\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff{_TURNS_AND_BREAKS}"
_NAME = rf"^[^\s{_HIDDEN}]([^{_HIDDEN}]*[^\s{_HIDDEN}])?$"

_UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"

Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=_NO_CONTROL_CHARACTERS)]
Name = Annotated[str, Field(min_length=1, max_length=4000, pattern=_NAME)]
Amount = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
Fraction = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
EntryId = Annotated[str, StringConstraints(to_lower=True, pattern=_UUID)]
Names = Annotated[tuple[str, ...], Field(strict=False)]
AgentCode = Annotated[str, Field(min_length=2, max_length=80, pattern=r"^[a-z][a-z0-9_]*$")]


def is_storable(text: str) -> bool:
    """Return whether a text holds nothing that hides in it or turns it round, so that it can be stored as it reads."""
    return re.match(_NO_CONTROL_CHARACTERS, text) is not None


class Value(BaseModel):
    """An immutable value that refuses unknown fields, wrong types, NaN and infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Entry(Value):
    """One dated fact: when it happened, who recorded it when, and what it corrects."""

    kind: str
    at: AtField
    id: EntryId
    recorded_at: UtcField | None = None
    recorded_by: Text | None = None
    supersedes: EntryId | None = None
    reason: Text | None = None
    note: Text | None = None

    can_contradict: ClassVar[frozenset[str]] = frozenset(("supersedes",))
    """The fields without any of which nothing contradicts; a kind that adds to `contradiction` adds its own."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.can_contradict.isdisjoint(self.__pydantic_fields_set__):
            return self
        problem = self.contradiction()
        if problem is not None:
            raise ValueError(problem)
        return self

    def contradiction(self) -> str | None:
        """Return what the fields say against each other, in words, or None; kinds add their own."""
        if self.supersedes is not None:
            if not (self.reason or "").strip():
                return "a correction needs a reason"
            if self.supersedes == self.id:
                return "an entry cannot supersede itself"
        return None


class Observed(Entry):
    """An entry whose fields can have been asked for and not done, which is neither blank nor zero."""

    not_done: Names | None = None

    can_contradict = Entry.can_contradict | {"not_done"}

    def contradiction(self) -> str | None:
        """Add: what is listed as not done is a field of the kind and has no value."""
        for name in self.not_done or ():
            if name not in own_fields(type(self)):
                return f"not_done names {name!r}, which is not a field of {self.kind}"
            if getattr(self, name) is not None:
                return f"{name} has a value and is also listed as not done"
        return super().contradiction()


class Measured(Observed):
    """A laboratory entry, whose values may lie beyond what the laboratory measures (`<` or `>`)."""

    censored: dict[str, Censor] | None = None

    can_contradict = Observed.can_contradict | {"censored"}

    def contradiction(self) -> str | None:
        """Add: what is marked `<` or `>` is a number of the kind."""
        for name, sign in (self.censored or {}).items():
            if name not in own_fields(type(self)) or not isinstance(getattr(self, name), float):
                return f"censored marks {name!r} with {sign.value!r}, but {self.kind} gives no number for it"
        return super().contradiction()


@cache
def own_fields(entry: type[Entry]) -> tuple[str, ...]:
    """Return the names of the fields that belong to the kind itself, in the order of the format."""
    shared = set(Measured.model_fields)
    return tuple(name for name in entry.model_fields if name not in shared or name in entry.__annotations__)[1:]
