"""Owns which rounds there are, and what is read of each patient before a round."""

from collections.abc import Sequence
from dataclasses import dataclass

from bedside.chart.base import Entry
from bedside.chart.bedside_signs import Neuro
from bedside.chart.live import resolve
from bedside.chart.patient import Chart, Patient
from bedside.service.read import chart_if_held
from bedside.service.session import Session
from bedside.ui.entry_grid.analytes import Analyte, group_of
from bedside.ui.entry_grid.typed_entries import TypedTogether
from bedside.ui.forms.typed_moment import TakenMoments

RECENT = TakenMoments(usual_days=2)
"""A round is of today, or of the night before; an older moment is asked about."""


@dataclass(frozen=True)
class Round:
    """The numbers of one kind that are typed on a round."""

    kind: str
    words: str
    moment_words: str
    names: tuple[str, ...]

    @property
    def analytes(self) -> tuple[Analyte, ...]:
        """The numbers in the order of their columns."""
        return group_of(self.kind, self.names).analytes

    @property
    def together(self) -> TypedTogether:
        """What is typed of each patient."""
        return TypedTogether(f"round:{self.kind}", self.analytes, self.moment_words, RECENT)


ROUNDS = (
    Round("blood_count", "Blood count", "Drawn", ("wbc", "anc", "alc", "hb", "plt", "pb_blasts_pct")),
    Round("vitals", "Vital signs", "Taken", ("temp_c", "heart_rate", "sbp", "dbp", "resp_rate", "spo2")),
    Round("chemistry", "Chemistry", "Drawn", ("crp", "ferritin", "ldh", "fibrinogen", "creatinine", "bilirubin")),
)


@dataclass(frozen=True)
class RoundPatient:
    """A patient of the round: the number that was asked for, the identity as corrected, what counts, and all of it."""

    mrn: str
    patient: Patient
    live: tuple[Entry, ...]
    chart: Chart | None = None

    @property
    def last_neuro(self) -> Neuro | None:
        """The newest neurological assessment."""
        return next((entry for entry in reversed(self.live) if isinstance(entry, Neuro)), None)


def read_round(session: Session, mrns: Sequence[str]) -> tuple[RoundPatient, ...]:
    """Return the patients of these numbers in their order; one who is no longer in the store is left out.

    Raises Locked, NotAllowed or StoreFault where they cannot be read.
    """
    charts = [(mrn, chart_if_held(session, mrn)) for mrn in mrns]
    return tuple(
        RoundPatient(mrn, chart.patient, resolve(chart.entries).live, chart)
        for mrn, chart in charts
        if chart is not None
    )
