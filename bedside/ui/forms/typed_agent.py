"""Owns one agent of a regimen while it is typed: the texts of its boxes, how they read, and why they cannot stand."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bedside.chart.enums import Route
from bedside.chart.formats import date_text
from bedside.chart.reading import Number, read_number
from bedside.service.regimens import TemplateDrug
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.typed_moment import ANY_DAY, DAY_UNTIL_NOW, TypedMoment
from bedside.ui.forms.typed_number import typed_text

STOP_UNKNOWN = "?"
ROUTES = tuple(route.value for route in Route)
_DAYS = ("at", "stop")


class TypedAgent:
    """`texts` by box; `typed` names the boxes (and "given") that a person changed and nothing proposed overwrites."""

    def __init__(self, drug: TemplateDrug, context: FormContext) -> None:
        self.drug = drug
        self.typed: set[str] = set()
        self.is_given = True
        self.texts = {
            "dose": "" if drug.dose is None else typed_text(drug.dose),
            "unit": drug.unit or "",
            "route": drug.route or "",
            "at": "",
            "stop": "",
        }
        self._first = TypedMoment(context, DAY_UNTIL_NOW)
        self._last = TypedMoment(context, ANY_DAY)
        self._today: Callable[[], date] = lambda: context.now().date()

    def propose(self, start: date | None) -> None:
        """Follow the first day of the regimen where nobody typed another day; what lies ahead is left out."""
        days = (None, None) if start is None else self.drug.span(start)
        for name, day in zip(_DAYS, days, strict=True):
            if name not in self.typed:
                self.read(name, "" if day is None else date_text(day))
        if "given" not in self.typed:
            self.is_given = not self._is_ahead(days[0])

    def read(self, name: str, text: str) -> None:
        """Take another text of a box."""
        self.texts[name] = text.strip()
        if name in _DAYS:
            day = self._first if name == "at" else self._last
            day.type("" if self.stop_unknown and name == "stop" else self.texts[name])

    def _is_ahead(self, day: date | None) -> bool:
        return day is not None and day > self._today()

    @property
    def dose(self) -> float | None:
        """The dose as it is read now, or None."""
        read = read_number(self.texts["dose"]) if self.texts["dose"] else None
        return read.value if isinstance(read, Number) and not read.sign else None

    @property
    def stop_unknown(self) -> bool:
        """Whether it was given until a day that nobody knows."""
        return self.texts["stop"] == STOP_UNKNOWN

    @property
    def starts_ahead(self) -> bool:
        """Whether the regimen gives it from a day on that has not come."""
        proposed = "at" not in self.typed and self._first.why != ""
        return proposed or (self._first.at is not None and self._is_ahead(self._first.at.day))

    @property
    def ends_ahead(self) -> bool:
        """Whether its last day has not come."""
        return self._last.at is not None and self._is_ahead(self._last.at.day)

    def objection(self) -> tuple[str, str] | None:
        """The first box that cannot be stored, with the reason; an agent that is left out has none."""
        dose, route = self.texts["dose"], self.texts["route"].casefold()
        has_no_stop = self.stop_unknown or not self.texts["stop"]
        why = {
            "dose": "Type the dose as a number." if dose and self.dose is None else "",
            "unit": "A dose needs its unit, like mg/m²/day." if dose and not self.texts["unit"] else "",
            "route": f"Type {', '.join(ROUTES)}, or nothing." if route and route not in ROUTES else "",
            "at": _why_not(self._first, required="The first day"),
            "stop": "" if has_no_stop else _why_not(self._last),
        }
        found = ((name, words) for name, words in why.items() if words)
        return next(found, None) if self.is_given else None

    def fields(self) -> dict[str, Any]:
        """The agent with what is known of it."""
        given: dict[str, Any] = {
            "agent": self.drug.agent,
            "at": None if self._first.at is None else self._first.at.text,
            "stop": None if self._last.at is None else self._last.at.text,
            "stop_unknown": True if self.stop_unknown else None,
            "dose": self.dose,
            "dose_unit": None if self.dose is None else self.texts["unit"],
            "route": self.texts["route"].casefold() or None,
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def state(self) -> Mapping[str, Any] | None:
        """What was typed, None while all is as it was proposed."""
        if not self.typed:
            return None
        return {name: self.is_given if name == "given" else self.texts[name] for name in sorted(self.typed)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take what was typed earlier."""
        self.typed |= set(state)
        for name, value in state.items():
            if name == "given":
                self.is_given = bool(value)
            else:
                self.read(name, str(value))


def _why_not(day: TypedMoment, required: str = "") -> str:
    """Why a day cannot be stored; one that can be read in two ways is to be typed out."""
    return day.settle(required=required) if day.asked is None else f"{day.asked.lead} Type the day out."
