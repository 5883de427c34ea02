"""Entries of treatment: drugs, radiotherapy, transplants and their planned dates."""

from typing import Annotated, Literal

from pydantic import Field

from bedside.chart.base import AgentCode, Amount, Count, Entry, Text
from bedside.chart.enums import (
    BloodComponent,
    Donor,
    GvhdForm,
    Intent,
    Milestone,
    RadiotherapySite,
    Route,
    TherapyResponse,
)
from bedside.chart.moments import DateField


class Lasting(Entry):
    """Something that was given from `at` to `stop`, the last day; no `stop` means that it still goes on."""

    stop: DateField | None = None

    can_contradict = Entry.can_contradict | {"stop"}

    def contradiction(self) -> str | None:
        """Add: the last day is not before the first."""
        if self.stop is not None and self.stop < self.at.day:
            return "stop lies before the first day"
        return super().contradiction()


class Therapy(Lasting):
    """One agent given for one intent."""

    kind: Literal["therapy"]
    agent: AgentCode
    intent: Intent
    stop_unknown: bool | None = None
    dose: Amount | None = None
    dose_unit: Text | None = None
    route: Route | None = None
    cycle: Count | None = None
    response: TherapyResponse | None = None
    physiological: bool | None = None

    def contradiction(self) -> str | None:
        """Add: the stop is either known or not."""
        if self.stop is not None and self.stop_unknown:
            return "stop is given and stop_unknown is true"
        return super().contradiction()


class Radiotherapy(Lasting):
    """A course of irradiation."""

    kind: Literal["radiotherapy"]
    site: RadiotherapySite
    dose_gy: Amount | None = None


class Hsct(Entry):
    """An allogeneic haematopoietic stem-cell transplant."""

    kind: Literal["hsct"]
    donor: Donor
    conditioning: Text | None = None
    tbi: bool | None = None


class Gvhd(Entry):
    """Graft-versus-host disease, graded 0 to 4."""

    kind: Literal["gvhd"]
    form: GvhdForm
    grade: Annotated[int, Field(ge=0, le=4)]
    organs: Text | None = None
    active: bool


class Plan(Entry):
    """The date now intended for a milestone; the newest plan wins."""

    kind: Literal["plan"]
    milestone: Milestone
    date: DateField


class Transfusion(Entry):
    """A transfused blood component."""

    kind: Literal["transfusion"]
    component: BloodComponent
    units: Annotated[float, Field(gt=0)] | None = None
