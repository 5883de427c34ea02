"""A synthetic patient, a form context whose doors answer at once or when told, and a frame to lay sheets over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.entries import AnyEntry, parse_entry
from bedside.chart.moments import At
from bedside.ui.forms.context import DraftText, FormContext, PatientFacts, Request, Saved
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import FieldLimits
from bedside.ui.troubles import Trouble

NOW = datetime(2020, 7, 31, 9, 41, 7, tzinfo=timezone(timedelta(hours=2)))
PATIENT = PatientFacts("SYN-0003", "Quince", "Synthetic Three", date(2004, 4, 9), date(2020, 7, 24))
YESTERDAY = At.parse("2020-07-30T07:05:00+02:00")
ENTRY_ID = "00000000-0000-4000-8000-00000000000a"
SAVED_ID = "00000000-0000-4000-8000-00000000000b"

LIMITS = {
    "blood_count.wbc": FieldLimits(4.5, 13, 0.1, 100, 0, 1500),
    "blood_count.anc": FieldLimits(1.5, 8, None, 20, 0, 200),
    "blood_count.alc": FieldLimits(1.2, 5.2, None, 20, 0, 1000),
    "blood_count.hb": FieldLimits(120, 160, 50, 220, 10, 300, "Haemoglobin is recorded in g/L."),
    "blood_count.plt": FieldLimits(150, 450, 5, 1000, 0, 5000),
    "blood_count.pb_blasts_pct": FieldLimits(hard_low=0, hard_high=100),
    "vitals.temp_c": FieldLimits(36, 37.9, 34, 41.5, 25, 45),
    "vitals.sbp": FieldLimits(soft_low=60, soft_high=200, hard_low=20, hard_high=300),
}
LAST = {
    f"blood_count.{name}": LastValue(value, YESTERDAY)
    for name, value in {"wbc": 0.5, "anc": 0.1, "alc": 0.4, "hb": 81.0, "plt": 27.0, "pb_blasts_pct": 0.0}.items()
}


@dataclass
class Doors:
    """Stands for the worker: remembers what was asked; `hold` keeps answers back until `answer` is called."""

    hold: bool = False
    keeps_drafts: bool = True
    refuse: Trouble | None = None
    requests: list[Request] = field(default_factory=list)
    drafts: dict[str, str] = field(default_factory=dict)
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def save(self, request: Request, done: Callable[[Saved], None], failed: Callable[[Trouble], None]) -> None:
        self.requests.append(request)

        def answer() -> None:
            if self.refuse is not None:
                failed(self.refuse)
            else:
                done(Saved(entry_of(request), NOW.replace(hour=9, minute=42, second=4), "B. Specimen"))

        self._later(answer)

    def save_all(
        self,
        requests: Sequence[Request],
        done: Callable[[tuple[Saved, ...]], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        self.requests.extend(requests)

        def answer() -> None:
            if self.refuse is not None:
                failed(self.refuse)
            else:
                moment = NOW.replace(hour=9, minute=42, second=4)
                done(tuple(Saved(entry_of(one), moment, "B. Specimen") for one in requests))

        self._later(answer)

    def _later(self, answer: Callable[[], None]) -> None:
        if self.hold:
            self.waiting.append(answer)
        else:
            answer()

    def answer(self) -> None:
        """Give every answer that was held back."""
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()

    def load_draft(self, form: str, done: Callable[[DraftText | None], None]) -> None:
        body = self.drafts.get(form)
        done(DraftText(body, NOW - timedelta(hours=1)) if body is not None else None)

    def store_draft(self, form: str, body: str, done: Callable[[DraftText], None]) -> None:
        if self.keeps_drafts:
            self.drafts[form] = body
            done(DraftText(body, NOW))

    def drop_draft(self, form: str) -> None:
        self.drafts.pop(form, None)


def entry_of(request: Request) -> AnyEntry:
    """The entry that a request would store."""
    links = {"supersedes": request.supersedes, "reason": request.reason} if request.supersedes else {}
    return parse_entry({**request.fields, **links, "at": request.fields.get("at", NOW.isoformat()), "id": SAVED_ID})


def entry(**fields: Any) -> Entry:
    """An entry from its fields, drawn yesterday unless they say otherwise."""
    return parse_entry({"at": YESTERDAY.text, "id": ENTRY_ID, **fields})


def at_nine_forty_one() -> datetime:
    return NOW


def context_with(doors: Doors, **changes: Any) -> FormContext:
    """A context of the synthetic patient with these doors."""
    context = FormContext(
        PATIENT,
        "B. Specimen",
        at_nine_forty_one,
        doors.save,
        last=LAST,
        limits=LIMITS,
        agents=("pegaspargase", "prednisone", "inotuzumab_ozogamicin"),
        load_draft=doors.load_draft,
        store_draft=doors.store_draft,
        drop_draft=doors.drop_draft,
        save_all=doors.save_all,
    )
    return replace(context, **changes)
