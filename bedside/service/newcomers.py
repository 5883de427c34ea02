"""Newcomers: whom somebody could be taken for who is not registered yet, by a look-alike number or by the data."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from bedside.chart.patient import Patient
from bedside.service.identity_rules import plain_name, why_alike
from bedside.service.patients import everyone
from bedside.service.session import Session

_READ_AS_DIGITS = str.maketrans("OILZSB", "011258")
_OTHER_LETTERS = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTYXIABEZHIKMNOPTYX",
)
"""Capitals of the Cyrillic and Greek letters that look like Latin ones."""


Known = tuple[str, Patient]
"""Somebody's number of now, and the data as registered."""


class Newcomers:
    """Those whom a newcomer is compared with, found by what they would share; no chart is read by it."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_look: dict[str, list[Known]] = defaultdict(list)
        self._by_birth: dict[date, list[Known]] = defaultdict(list)
        self._by_names: dict[frozenset[str], list[Known]] = defaultdict(list)
        for number, patient in known:
            self.add(number, patient)

    @classmethod
    def of(cls, session: Session) -> "Newcomers":
        """Return those who are registered in the store."""
        return cls((one.number, one.patient) for one in everyone(session))

    def add(self, number: str, patient: Patient) -> None:
        """Compare those who come later with this one too."""
        self._by_look[looks(number)].append((number, patient))
        self._by_birth[patient.birth_date].append((number, patient))
        self._by_names[_names(patient)].append((number, patient))

    def questions(self, patient: Patient) -> tuple[str, ...]:
        """Return what to ask before this one is registered, a sentence each; empty mostly."""
        asked = [f"The number {patient.mrn} looks like that of {_who(*one)}." for one in self._alike(patient)]
        others = [*self._by_birth.get(patient.birth_date, ()), *self._by_names.get(_names(patient), ())]
        reasons = {number: (one, why_alike(one, patient)) for number, one in others}
        asked += [f"{_who(number, one)} is in the store: {why}." for number, (one, why) in reasons.items() if why]
        return tuple(asked)

    def _alike(self, patient: Patient) -> list[Known]:
        return self._by_look.get(looks(patient.mrn), [])


def looks(number: str) -> str:
    """Return a number as a tired eye reads it: without signs, capitals, leading noughts and look-alike letters."""
    apart = unicodedata.normalize("NFKD", number).upper().translate(_OTHER_LETTERS).translate(_READ_AS_DIGITS)
    return re.sub(r"(?<!\d)0+(?=\d)", "", "".join(letter for letter in apart if letter.isalnum()))


def _names(patient: Patient) -> frozenset[str]:
    return frozenset({plain_name(patient.family_name), plain_name(patient.given_name)})


def _who(number: str, patient: Patient) -> str:
    return f"{patient.family_name}, {patient.given_name}, No. {number}"
