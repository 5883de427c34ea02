"""Owns how a synthetic patient's entries are dated, numbered and written in the interchange format."""

import json
import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SEED = 20200731
TODAY = date(2020, 7, 31)
SOURCE = f"synthetic, generated from seed {SEED}: no real person"

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bedside:demonstration")
_WARD = ZoneInfo("Europe/Berlin")
_RECORDED_BY = "demo"
_MORNING = time(7, 10)
_NUMBERS = (
    "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen",
    "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen", "Twenty", "Twenty-One", "Twenty-Two",
    "Twenty-Three", "Twenty-Four",
)  # fmt: skip


@dataclass(frozen=True)
class Who:
    """A synthetic patient: number on the ward, family name of a plant, birth date, sex."""

    number: int
    family_name: str
    birth_date: date
    sex: str
    given_name: str = ""

    @property
    def mrn(self) -> str:
        return f"SYN-{self.number:04d}"


@dataclass
class Journal:
    """The entries of one patient while they are made; nothing after today is kept."""

    who: Who
    entries: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{SEED}/{self.who.mrn}")

    def on(self, day: date, kind: str, **fields: Any) -> str:
        """Add an entry dated to a day and return its id."""
        return self._add(day, day.isoformat(), kind, fields)

    def at(self, day: date, clock: time, kind: str, **fields: Any) -> str:
        """Add an entry with a time of the ward's clock and return its id."""
        moment = datetime.combine(day, clock, _WARD)
        return self._add(day, moment.isoformat(timespec="seconds"), kind, fields)

    def morning(self, day: date, kind: str, **fields: Any) -> str:
        """Add an entry of the morning round and return its id."""
        shifted = (datetime.combine(day, _MORNING) + timedelta(minutes=self.chance.randrange(0, 50, 5))).time()
        return self.at(day, shifted, kind, **fields)

    def between(self, low: float, high: float, digits: int = 1) -> float:
        """Return a number of the patient's own chance."""
        return round(self.chance.uniform(low, high), digits)

    def whole(self, low: int, high: int) -> float:
        """Return a whole number below `high` of the patient's own chance."""
        return float(self.chance.randrange(low, high))

    def line(self) -> str:
        """Return the chart as one line of JSON Lines, its entries by date."""
        who = self.who
        document = {
            "format": "bedside-chart", "version": 1, "source": SOURCE, "as_of": TODAY.isoformat(),
            "patient": {
                "mrn": who.mrn, "family_name": who.family_name,
                "given_name": who.given_name or f"Synthetic {_NUMBERS[who.number - 1]}",
                "birth_date": who.birth_date.isoformat(), "sex": who.sex,
            },
            "entries": sorted(self.entries, key=lambda entry: (entry["at"][:10], entry["at"], entry["id"])),
        }  # fmt: skip
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    def _add(self, day: date, at: str, kind: str, fields: dict[str, Any]) -> str:
        name = f"{self.who.mrn}/{len(self.entries)}/{kind}/{at}"
        entry_id = str(uuid.uuid5(_NAMESPACE, name))
        if day <= TODAY:
            recorded = fields.pop("recorded_at", None) or _recorded(day, at)
            ahead = fields.get("stop", "") > TODAY.isoformat() if fields.get("stop") else False
            left_out = {"stop"} if ahead else set()
            kept = {name: value for name, value in fields.items() if value is not None and name not in left_out}
            self.entries.append(
                {"id": entry_id, "kind": kind, "at": at, "recorded_at": recorded, "recorded_by": _RECORDED_BY, **kept}
            )
        return entry_id


def _recorded(day: date, at: str) -> str:
    """A quarter of an hour after a timed entry, in the afternoon for a day: always before the end of today."""
    moment = datetime.fromisoformat(at) if "T" in at else datetime.combine(day, time(15, 30), _WARD)
    later = moment + timedelta(minutes=15 if "T" in at else 0)
    return later.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
