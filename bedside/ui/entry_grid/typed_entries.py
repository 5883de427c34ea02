"""Owns what is typed for one patient at one moment: the moment, the numbers, what stands in the way of storing them."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from bedside.chart.formats import time_text
from bedside.chart.moments import At
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.forms.context import FormContext, Request
from bedside.ui.forms.objections import Doubts, objections_to, question_about
from bedside.ui.forms.question_strip import Asked
from bedside.ui.forms.typed_moment import UNTIL_NOW, TakenMoments, TypedMoment
from bedside.ui.forms.typed_number import TypedNumber

MOMENT = -1
"""The place of the moment; numbers have the places from 0 on."""


@dataclass(frozen=True)
class Obstacle:
    """Why something cannot be stored yet: at which place, and either a refusal or a question."""

    place: int
    refusal: str = ""
    asked: Asked | None = None


@dataclass(frozen=True)
class TypedTogether:
    """What is typed at one moment: the name of its drafts, the numbers, how the moment is called, which ones it takes.

    The numbers are of one kind or of several.
    """

    form: str
    analytes: tuple[Analyte, ...]
    moment_words: str = "Drawn"
    takes: TakenMoments = UNTIL_NOW


class TypedEntries:
    """The boxes of one patient: `moment` and one number for each analyte."""

    def __init__(self, together: TypedTogether, context: FormContext) -> None:
        self.context, self.analytes = context, together.analytes
        self._moment_words = together.moment_words
        self.moment = TypedMoment(context, together.takes)
        self.numbers = tuple(
            TypedNumber(one.spec, self.at, last=context.last.get(one.key), limits=context.limits.get(one.key))
            for one in self.analytes
        )
        self._doubts = Doubts()

    def at(self) -> At | None:
        """The moment as far as it is understood."""
        return self.moment.at

    @property
    def count(self) -> int:
        """How many boxes say something, the moment left aside."""
        return sum(number.state is not None for number in self.numbers)

    def obstacle_at(self, place: int) -> Obstacle | None:
        """What stands in the way at one place, read to its end, or None."""
        if place == MOMENT:
            refusal = self.moment.settle(required=self._moment_words)
            asked = self.moment.asked
        else:
            number = self.numbers[place]
            refusal, question = number.refusal(final=True), number.question()
            asked = None if question is None else number.asked(question)
        return Obstacle(place, refusal, asked) if refusal or asked is not None else None

    def obstacle(self) -> Obstacle | None:
        """The first thing that stands in the way of storing: a box, then what the entries as wholes contradict."""
        for place in (MOMENT, *range(len(self.numbers))):
            found = self.obstacle_at(place)
            if found is not None:
                return found
        return next((found for one in self.requests() if (found := self._of_entry(one.fields)) is not None), None)

    def _of_entry(self, fields: Any) -> Obstacle | None:
        place_of = partial(self._place_of, fields["kind"])
        found = objections_to(fields, self.context)
        if found.faults:
            return Obstacle(place_of(found.faults[0].field), found.faults[0].text)
        doubt = self._doubts.first(found.doubts, lambda name: self._is_confirmed(place_of(name)))
        return None if doubt is None else Obstacle(place_of(doubt.field), asked=question_about(doubt))

    def _is_confirmed(self, place: int) -> bool:
        return place != MOMENT and self.numbers[place].confirmed

    def _place_of(self, kind: str, name: str) -> int:
        key = f"{kind}.{name}"
        return next((place for place, one in enumerate(self.analytes) if one.key == key), MOMENT)

    def answer(self, place: int, index: int) -> bool:
        """Take an answer to what was asked at a place; whether to go on (True) or back to the box."""
        if self._doubts.answer(index) is not None:
            return bool(index)
        if place == MOMENT:
            return self.moment.answer(index)
        number = self.numbers[place]
        question = number.question()
        if question is None or (index == 0 and question.instead is None):
            return False
        if index:
            number.keep()
        elif question.instead is not None:
            number.change(question.instead)
        return True

    def requests(self) -> list[Request]:
        """One entry for each kind in which something was typed."""
        by_kind: dict[str, dict[str, Any]] = {}
        for number in self.numbers:
            if number.state is not None:
                number.contribute(by_kind.setdefault(number.spec.kind, {"kind": number.spec.kind}))
        at = self.at()
        return [Request({**fields, "at": at.text if at is not None else ""}) for fields in by_kind.values()]

    def draft(self) -> str:
        """What was typed as JSON text, "" while no number was."""
        typed = {one.key: number.state for one, number in self._boxes() if number.state is not None}
        if not typed:
            return ""
        at = {"at": self.moment.state} if self.moment.state else {}
        return json.dumps({**at, **typed}, ensure_ascii=False)

    def restore(self, body: str) -> bool:
        """Bring back a draft where nothing was typed meanwhile; false when there was nothing to bring back."""
        states = json.loads(body)
        waiting = [(number, states[one.key]) for one, number in self._boxes() if one.key in states]
        for number, state in waiting:
            if number.state is None:
                number.restore(state)
        if waiting and isinstance(states.get("at"), str):
            self.moment.type(states["at"])
            at = self.at()
            if at is not None and at.instant is not None and at.day == self.context.now().date():
                self.moment.type(time_text(at.instant))
        return bool(waiting)

    def _boxes(self) -> list[tuple[Analyte, TypedNumber]]:
        return list(zip(self.analytes, self.numbers, strict=True))
