"""Small laboratory tables, and how they are read."""

from zoneinfo import ZoneInfo

from bedside.exchange.counts.found import Found, Sample, Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.counts.table import read_table

ZONE = ZoneInfo("Europe/Berlin")
NAME = "counts.csv"


def found(text: str | bytes, mapping: CountsMapping | None = None) -> Found:
    """What a file says."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_table(data, mapping or CountsMapping(), Surroundings(NAME, ZONE))


def cell(value: str, *, head: str = "Hb (g/L)", mapping: CountsMapping | None = None) -> Sample:
    """The one sample of a table with one value."""
    (sample,) = found(f"date;{head}\n2026-05-05;{value}\n", mapping).samples
    return sample


def day(text: str, mapping: CountsMapping | None = None) -> Sample:
    """The one sample of a table with one date."""
    (sample,) = found(f"date;Hb (g/L)\n{text};92\n", mapping).samples
    return sample
