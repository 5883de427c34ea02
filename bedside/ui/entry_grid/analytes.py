"""Owns which numbers of which kinds stand in a grid, and how each is called there."""

from dataclasses import dataclass

from bedside.chart.base import Measured, own_fields
from bedside.chart.describe import kind_title
from bedside.chart.entries import KINDS
from bedside.chart.formats import UNITS
from bedside.ui.forms.row import RowSpec
from bedside.ui.forms.words import field_words

SHORT_WORDS = {
    "blood_count.pb_blasts_pct": "Blasts, blood",
    "lymphocyte_subset.cd19_pct": "CD19⁺ share",
    "vitals.temp_c": "Temperature",
    "vitals.heart_rate": "Heart rate",
    "vitals.resp_rate": "Resp. rate",
}


@dataclass(frozen=True)
class Analyte:
    """One number of a kind of entry."""

    kind: str
    name: str

    @property
    def key(self) -> str:
        """Kind and field, as limits and last values are kept."""
        return f"{self.kind}.{self.name}"

    @property
    def words(self) -> str:
        """What it is called at the head of its row or column."""
        return SHORT_WORDS.get(self.key) or field_words(self.kind, self.name)

    @property
    def unit(self) -> str:
        """Its unit."""
        return UNITS.get(self.name, "")

    @property
    def spec(self) -> RowSpec:
        """The field as the forms know it; every number here can have been not done."""
        measured = issubclass(KINDS[self.kind], Measured)
        return RowSpec(self.kind, self.name, self.words, self.unit, measured=measured, observed=True)


@dataclass(frozen=True)
class Group:
    """The analytes of one kind, under its name."""

    kind: str
    analytes: tuple[Analyte, ...]

    @property
    def words(self) -> str:
        """The name of the group."""
        return kind_title(self.kind)


def group_of(kind: str, names: tuple[str, ...] = ()) -> Group:
    """The numbers of a kind in the order of the format, or these of them."""
    fields = names or tuple(name for name in own_fields(KINDS[kind]))
    return Group(kind, tuple(Analyte(kind, name) for name in fields))
