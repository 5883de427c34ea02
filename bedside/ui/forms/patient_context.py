"""Owns what every form of a patient is given, whether the patient is shown or stands in a row among others."""

from collections.abc import Sequence
from datetime import date

from bedside.chart.base import Entry
from bedside.chart.patient import Patient
from bedside.ui.forms.context import FormContext, PatientFacts
from bedside.ui.forms.doors import Doors
from bedside.ui.forms.facts import gradable, last_values, limits_of
from bedside.ui.start import Desk


def patient_context(desk: Desk, patient: Patient, live: Sequence[Entry], day0: date | None) -> FormContext:
    """The patient, the last values and limits, and doors that lead to this patient alone."""
    session = desk.session
    doors = Doors(session, desk.background, patient)
    return FormContext(
        PatientFacts(patient.mrn, patient.family_name, patient.given_name, patient.birth_date, day0),
        session.user,
        doors.now,
        doors.save,
        doors.check,
        last=last_values(live),
        limits=limits_of(session.knowledge, patient, session.now().date()),
        agents=tuple(session.knowledge.agents),
        graded=gradable(live),
        load_draft=doors.load_draft,
        store_draft=doors.store_draft,
        drop_draft=doors.drop_draft,
        save_all=doors.save_all,
    )
