"""Owns what the round sheet asks of the rest: the clock, the patients, and doors that lead to one patient each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from bedside.service.propose import grading_of, ice_for
from bedside.service.settings import in_force
from bedside.ui.background import Job
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.opening import why_not_record
from bedside.ui.forms.patient_context import patient_context
from bedside.ui.round.rounds import RoundPatient, read_round
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble


class RoundDoor:
    """The service as the round sheet uses it; all reading is done by the worker."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def now(self) -> datetime:
        """The present moment in the ward's zone."""
        return self._desk.session.now()

    def refusal(self) -> str:
        """Why nothing can be stored, or ""."""
        return why_not_record(self._desk.session)

    def read(
        self, mrns: Sequence[str], came: Callable[[tuple[RoundPatient, ...]], None], failed: Callable[[Trouble], None]
    ) -> Job | None:
        """Read these patients; the job can be dropped."""
        return self._desk.background.run(partial(read_round, self._desk.session, mrns), came, failed)

    def score(self, one: RoundPatient) -> str:
        """The score that grades the patient today: by age, or because the last assessment says delayed development."""
        last, session = one.last_neuro, self._desk.session
        delayed = last is not None and bool(last.developmental_delay)
        today = session.now().date()
        with_ice = ice_for(one.patient.birth_date, today, session.knowledge, developmental_delay=delayed)
        return "ICE" if with_ice else "CAPD"

    def graded_context(self, one: RoundPatient, day0: date | None) -> FormContext:
        """The same for a form whose grade is proposed while it is typed."""
        context, session = self.context(one, day0), self._desk.session
        if one.chart is None:
            return context
        jurisdiction = in_force(session).jurisdiction
        return replace(context, grading=partial(grading_of, one.chart, jurisdiction, session.knowledge, session.now()))

    def context(self, one: RoundPatient, day0: date | None) -> FormContext:
        """What typing for this patient alone needs."""
        return patient_context(self._desk, one.patient, one.live, day0)
