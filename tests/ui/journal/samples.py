"""A synthetic journal with a correction, a void and a conflict, opened as the service opens one."""

from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any, cast

from bedside.chart.assessment import Assessment
from bedside.chart.entries import AnyEntry, parse_entry
from bedside.chart.enums import Sex
from bedside.chart.live import resolve
from bedside.chart.patient import Chart, Patient
from bedside.service.read import Opened, Provenance

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2020, 7, 31, 9, 41, 7, tzinfo=ZONE)
DAY0 = date(2020, 7, 24)


def now() -> datetime:
    return NOW


def id_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def entry(number: int, **fields: Any) -> AnyEntry:
    """An entry recorded at 07:00 UTC plus its number in minutes, on 30-Jul-2020."""
    recorded = datetime(2020, 7, 30, 7, 0, tzinfo=UTC) + timedelta(minutes=number)
    given = {
        "at": "2020-07-30T07:05:00+02:00",
        "recorded_at": recorded.isoformat().replace("+00:00", "Z"),
        "recorded_by": "B. Specimen",
        "id": id_of(number),
    }
    return parse_entry({**given, **fields})


def a_corrected_count() -> list[AnyEntry]:
    return [
        entry(1, kind="blood_count", hb=19.0, plt=27.0),
        entry(2, kind="blood_count", hb=91.0, plt=27.0, supersedes=id_of(1), reason="typing slip"),
    ]


def a_voided_note() -> list[AnyEntry]:
    return [
        entry(3, kind="note", text="Seen by the family doctor.", at="2020-07-29"),
        entry(4, kind="void", voids=id_of(3), reason="another patient’s note", at="2020-07-30T11:00:00+02:00"),
    ]


def a_conflict() -> list[AnyEntry]:
    return [
        entry(5, kind="body_size", weight_kg=45.0, at="2020-07-23"),
        entry(6, kind="body_size", weight_kg=54.0, at="2020-07-23", supersedes=id_of(5), reason="figures swapped"),
        entry(
            7,
            kind="body_size",
            weight_kg=55.0,
            at="2020-07-23",
            supersedes=id_of(5),
            reason="weighed again",
            recorded_by="A. Example",
        ),
    ]


def a_course() -> list[AnyEntry]:
    """Every state, and a long entry that has to wrap."""
    marrow = {
        "blasts_pct": 0.5,
        "mrd": [
            {"method": "fcm", "result": "negative", "lod": 1e-4},
            {"method": "ngs", "result": "positive", "value": 3.2e-5, "below_loq": True},
        ],
        "cd19": "negative",
        "cd19_load_pct": 1.0,
        "haematogones": False,
    }
    return [
        *a_corrected_count(),
        *a_voided_note(),
        *a_conflict(),
        entry(8, kind="infusion", product="tisagenlecleucel", dose_car_t_cells=9e7, at="2020-07-24"),
        entry(9, kind="marrow", at="2020-07-20", **marrow),
        entry(
            10, kind="diagnosis", disease="b_all", cd19="positive", at="2018-01-05", recorded_by=None, recorded_at=None
        ),
        entry(11, kind="therapy", agent="pegaspargase", intent="frontline", at="2018-01-12", stop="2018-03-01"),
    ]


def opened(entries: list[AnyEntry], known_at: datetime | None = None, as_of: str = "2020-07-31") -> Opened:
    """These entries as the service opens a patient, received the day after by an import."""
    patient = Patient.model_construct(
        mrn="SYN-0003",
        family_name="Quince",
        given_name="Synthetic Three",
        birth_date=date(2004, 4, 9),
        sex=Sex.FEMALE,
    )
    recorded = {
        one.id: Provenance(
            one.recorded_at, one.recorded_by, "nurse", one.recorded_at or NOW, one.recorded_by or "importer", number
        )
        for number, one in enumerate(entries, start=1)
    }
    assessment = cast(Assessment, SimpleNamespace(day0=DAY0, as_of=as_of))
    chart = Chart.model_construct(patient=patient, entries=tuple(entries), source=None, as_of=None)
    return Opened(chart, resolve(entries, known_at), assessment, recorded)
